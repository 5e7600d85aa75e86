import type { BookingId, ContactId, OfficeId } from "#kernel/ids.ts";
import { parseFolio } from "#kernel/folio.ts";
import { insertAudit } from "#platform/audit.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { coolingAfter } from "../rules/changes.ts";
import { findLastCancel } from "../store/cool-down.ts";
import type { ApplicantDetails, ApplicantRequest, AppointmentView, BookingView } from "../types.ts";
import type { SealedBooking } from "../commands/prepare.ts";

/** A booking with what stands behind its seals, for whoever must seal it again. */
export interface OpenedBooking {
  readonly view: BookingView;
  readonly requests: readonly ApplicantRequest[];
  readonly plain: string;
  /** Of what clerks changed in it. */
  readonly fileVersion: number;
  readonly rows: readonly { id: string; ordinal: number; plain: string }[];
}

interface BookingRow extends Omit<BookingView, "folio" | "checklist" | "applicants" | "appointments"> {
  readonly sealed: Buffer;
  readonly fileVersion: number;
  readonly applicants: readonly { id: string; ordinal: number; sealed: string }[] | null;
  readonly appointments: readonly (Omit<AppointmentView, "startsAt"> & { startsAt: string })[] | null;
}

/** The contact's own booking, opened; undefined for another's, an unknown and an erased one alike. */
export async function getBooking(
  ctx: Context,
  contactId: ContactId,
  bookingId: BookingId,
): Promise<BookingView | undefined> {
  return (await findSealedBooking(ctx, contactId, bookingId))?.view;
}

/** The contact's own booking with that folio. */
export async function getBookingByFolio(
  ctx: Context,
  contactId: ContactId,
  typed: string,
): Promise<BookingView | undefined> {
  const folio = parseFolio(typed);
  if (!folio) return undefined;
  const digests = (await ctx.keyring.digest("folio", [folio]))[0]!.map((one) => one.digest);
  const found = await asContact(ctx, contactId, (tx) =>
    rows<{ id: BookingId }>(tx, sql`select id from booking.bookings where folio_digest = any(${digests}::bytea[])`),
  );
  return found[0] && getBooking(ctx, contactId, found[0].id);
}

/** Ids of the contact's bookings that are still to come, soonest first; or of all, the latest first, also what is over and not erased yet. */
export async function listBookingIds(
  ctx: Context,
  contactId: ContactId,
  which: "ahead" | "all" = "ahead",
): Promise<BookingId[]> {
  const found = await asContact(ctx, contactId, (tx) =>
    rows<{ id: BookingId }>(
      tx,
      which === "ahead"
        ? sql`select id from booking.bookings where state = 'active' order by starts_at limit 20`
        : sql`select id from booking.bookings order by starts_at desc limit 20`,
    ),
  );
  return found.map((one) => one.id);
}

export async function findSealedBooking(
  ctx: Context,
  contactId: ContactId,
  bookingId: BookingId,
): Promise<OpenedBooking | undefined> {
  const [row] = await asContact(ctx, contactId, (tx) => selectBooking(tx, bookingId));
  return row && open(ctx, row);
}

/** The same for the worker, who renders messages and is answerable for them. */
export async function getBookingForMessage(ctx: Context, bookingId: BookingId): Promise<BookingView | undefined> {
  const [subject] = await ctx.keyring.digest("subject", [bookingId]);
  const row = await transaction(ctx, "worker", async (tx) => {
    const [found] = await selectBooking(tx, bookingId);
    if (found)
      await insertAudit(tx, [
        {
          at: ctx.now,
          actor: ctx.actor,
          channel: ctx.channel,
          action: "booking.read",
          purpose: ctx.purpose,
          officeId: found.officeId,
          subject: subject![0]!.digest,
        },
      ]);
    return found;
  });
  return row && (await open(ctx, row))?.view;
}

function asContact<T>(ctx: Context, contactId: ContactId, work: (tx: Tx) => Promise<T>): Promise<T> {
  return ctx.database.transaction("citizen_reader", { contactId }, work);
}

function selectBooking(tx: Tx, bookingId: BookingId): Promise<BookingRow[]> {
  return rows<BookingRow>(
    tx,
    sql`select b.id, b.office_id as "officeId", b.contact_id as "contactId", to_char(b.local_date, 'YYYY-MM-DD') as "localDate", b.starts_at as "startsAt", b.state,
          b.channel, b.language, b.full_message as "fullMessage", b.delicate, b.sealed, b.created_at as "createdAt", b.moves, b.mend_until as "mendUntil",
          exists (select from schedules.places p where p.holder = b.id and p.state = 'booked' and p.cut_id is not null) as displaced, b.file_version as "fileVersion",
          (select jsonb_build_object('id', d.id, 'suspended', d.state = 'suspended', 'venue', case when v.id is not null then jsonb_build_object('name', v.name, 'street', v.street,
             'city', v.city, 'region', v.region, 'wayIn', v.way_in) end)
           from booking.appointments p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
           join schedules.special_days d on d.office_id = s.office_id and d.id = s.special_day_id left join schedules.venues v on v.id = d.venue_id
           where p.office_id = b.office_id and p.booking_id = b.id order by p.starts_at, p.ordinal limit 1) as "specialDay",
          (select jsonb_agg(jsonb_build_object('id', id, 'ordinal', ordinal, 'sealed', encode(sealed, 'base64')) order by ordinal) from booking.applicants a where a.booking_id = b.id) as applicants,
          (select jsonb_agg(jsonb_build_object('id', id, 'ordinal', ordinal, 'sessionId', session_id, 'serviceGroup', service_group, 'services', services, 'startsAt', starts_at,
             'counter', counter, 'state', state) order by starts_at, ordinal) from booking.appointments p where p.office_id = b.office_id and p.booking_id = b.id) as appointments
        from booking.bookings b where b.id = ${bookingId}`,
  );
}

async function open(ctx: Pick<Context, "keyring">, row: BookingRow): Promise<OpenedBooking | undefined> {
  const people = row.applicants ?? [];
  const [plain, ...plains] = await ctx.keyring.open([
    { field: "booking.booking", row: row.id, sealed: row.sealed },
    ...people.map((one) => ({
      field: "booking.applicant" as const,
      row: one.id,
      sealed: Buffer.from(one.sealed, "base64"),
    })),
  ]);
  if (plain === undefined || plains.some((one) => one === undefined)) return undefined;
  const { folio, checklist } = JSON.parse(plain) as SealedBooking;
  const applicants = plains.map((one) => JSON.parse(one!) as ApplicantDetails);
  const appointments = (row.appointments ?? []).map((one) => ({ ...one, startsAt: new Date(one.startsAt) }));
  const { sealed: _sealed, fileVersion, ...facts } = row;
  return {
    view: { ...facts, folio, checklist, applicants, appointments },
    requests: applicants.map((person, i) => ({
      ...person,
      services: appointments.filter((one) => one.ordinal === i + 1).flatMap((one) => one.services),
    })),
    plain,
    fileVersion,
    rows: people.map((one, i) => ({ id: one.id, ordinal: one.ordinal, plain: plains[i]! })),
  };
}

export type { OfficeId };

/** Until when its contact would book nothing at once if it cancelled this booking now; null when it would not wait. */
export async function coolingIfCancelled(
  ctx: Context,
  { contactId, createdAt, displaced }: Pick<BookingView, "contactId" | "createdAt" | "displaced">,
): Promise<Date | null> {
  if (displaced) return null;
  const before = await transaction(ctx, "citizen_writer", (tx) => findLastCancel(tx, contactId));
  return coolingAfter({ bookedAt: createdAt, before }, ctx.now);
}
