import type { BookingId, LocalDate, ServiceSlug } from "#kernel/ids.ts";
import { initialsOf } from "#kernel/text.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import { readSignedId, signId } from "#platform/keyring/signed-id.ts";
import { isPermissionMissing } from "../rules/permission.ts";
import type { ApplicantDetails } from "../types.ts";

/** What an absent parent's sheet says. Its holder may be anybody: no name, no office, no folio. */
export interface SheetView {
  /** `X. Ñ. C.`: enough for the parent to know which child is meant. */
  readonly initials: string;
  readonly services: readonly ServiceSlug[];
  readonly visitOn: LocalDate;
  /** Every permission of this child has come. */
  readonly received: boolean;
}

interface SheetAppointment {
  readonly services: readonly ServiceSlug[];
  readonly localDate: LocalDate;
}

/** What stands in the link and the code of the sheet for one of a booking's people: for its contact, and for whoever renders its messages. */
export async function sheetToken(ctx: Context, bookingId: BookingId, ordinal: number): Promise<string | undefined> {
  if (ctx.actor.kind === "staff") throw new Error("staff find the file by the sheet, never the sheet by the file");
  const role = ctx.actor.kind === "citizen" ? "citizen_reader" : "worker";
  const [person] = await transaction(ctx, role, (tx) =>
    rows<{ id: string }>(
      tx,
      sql`select id from booking.applicants where booking_id = ${bookingId} and ordinal = ${ordinal}`,
    ),
  );
  return person && signId(ctx.keyring, "sheet", person.id);
}

/** The booking of the caller's own office for which a sheet was made: a permission comes with its sheet, and the sheet finds the file. */
export async function findBookingOfSheet(ctx: Context, token: string): Promise<BookingId | undefined> {
  const id = await readSignedId(ctx.keyring, "sheet", token);
  if (id === undefined) return undefined;
  const [found] = await transaction(ctx, "console", (tx) =>
    rows<{ bookingId: BookingId }>(tx, sql`select booking_id as "bookingId" from booking.applicants where id = ${id}`),
  );
  return found?.bookingId;
}

/** The sheet behind a link of ours; undefined for an invented link, an ended booking, a visit that is over and an erased one alike. */
export async function getSheet(ctx: Context, token: string, today: LocalDate): Promise<SheetView | undefined> {
  const id = await readSignedId(ctx.keyring, "sheet", token);
  if (id === undefined) return undefined;
  const found = await ctx.database.transaction("citizen_reader", {}, (tx) => readSheet(tx, id));
  const [first] = found.appointments;
  const [plain] = found.person
    ? await ctx.keyring.open([{ field: "booking.applicant", row: id, sealed: found.person.sealed }])
    : [];
  if (plain === undefined || !first || first.localDate < today) return undefined;
  const { parents, ...names } = JSON.parse(plain) as ApplicantDetails;
  if (!parents.some((one) => one.part === "signs_elsewhere")) return undefined;
  return {
    initials: initialsOf([names.givenNames, names.firstSurname, names.secondSurname]),
    services: found.appointments.flatMap((one) => one.services),
    visitOn: first.localDate,
    received: !parents.some(isPermissionMissing),
  };
}

/** Row level security shows a reader without a contact nothing but the person whose signed link it says it was given. */
async function readSheet(tx: Tx, id: string) {
  await run(tx, sql`select set_config('app.sheet_of', ${id}, true)`);
  const [[person], appointments] = await Promise.all([
    rows<{ sealed: Buffer }>(tx, sql`select sealed from booking.applicants where id = ${id}`),
    rows<SheetAppointment>(
      tx,
      sql`select p.services, to_char(p.local_date, 'YYYY-MM-DD') as "localDate"
          from booking.applicants a join booking.appointments p on p.booking_id = a.booking_id and p.ordinal = a.ordinal
          where a.id = ${id} and p.state = 'booked' order by p.starts_at`,
    ),
  ]);
  return { person, appointments };
}
