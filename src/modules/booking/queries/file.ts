import { parseFolio } from "#kernel/folio.ts";
import type { BookingId, ContactId, Folio, LocalDate, OfficeId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { ageOn, localDateAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { takeOne } from "#platform/limits/index.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { SealedBooking } from "../commands/prepare.ts";
import { staffActed } from "../events.ts";
import { isChild } from "../rules/party.ts";
import type { ApplicantDetails, BookingState } from "../types.ts";
import { fileOfNobody, findNobody, noteOpened, standingHoney } from "./honey.ts";
import type { Honey } from "../rules/honey.ts";
import { flaggedAnswers, type AppointmentOfParty, type VisitOfParty } from "./day.ts";

/** Everything of one party, for the clerk who has it before her. Personal. */
export interface PartyFile {
  readonly bookingId: BookingId;
  readonly folio: Folio;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly state: BookingState;
  readonly channel: string;
  readonly language: "es" | "en";
  readonly createdAt: Date;
  readonly people: readonly (ApplicantDetails & { readonly ordinal: number; readonly child: boolean })[];
  readonly appointments: readonly AppointmentOfParty[];
  readonly checklist: readonly { readonly id: string; readonly answer: boolean; readonly flagged: boolean }[];
  readonly visit: VisitOfParty | undefined;
}

export interface FoundBooking {
  readonly bookingId: BookingId;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly state: BookingState;
}

export type FileRefusal = { readonly code: "not_allowed" } | { readonly code: "unknown_booking" };
/** The budget of files is used up, for some seconds. */
export interface TooManyFiles {
  readonly code: "too_many_files";
  readonly retryAfter: number;
}

export type OpenRefusal = FileRefusal | TooManyFiles;

interface FileRow extends Pick<
  PartyFile,
  "bookingId" | "localDate" | "startsAt" | "state" | "channel" | "language" | "createdAt"
> {
  readonly contactId: ContactId;
  readonly sealed: Buffer;
}

type ReadFile = NonNullable<Awaited<ReturnType<typeof readFile>>> | { readonly nobody: Honey };

/**
 * Opens one file of the own office and says so in the audit log, also when the brake held it shut. A
 * foreign, an unknown and an erased one answer alike.
 */
export async function getFile(
  ctx: Context,
  officeId: OfficeId,
  bookingId: BookingId,
): Promise<Outcome<PartyFile, OpenRefusal>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !can(actor, "open_file", officeId)) return refuse({ code: "not_allowed" });
  const [[subject], taken, { officeById }] = await Promise.all([
    ctx.keyring.digest("subject", [bookingId]),
    takeOne(ctx, "files", actor.staffId),
    getNetwork(ctx),
  ]);
  const { zone } = officeById.get(officeId)!;
  const found = await transaction(ctx, "console", async (tx): Promise<Outcome<ReadFile, OpenRefusal>> => {
    // On the day of the visit it is what she came for; on any other her contact is told (fairness.md 3.2).
    const today = localDateAt(ctx.now, zone);
    const [found, honey] = await Promise.all([
      readFile(tx, officeId, bookingId),
      standingHoney(tx, officeId, today, ctx.now),
    ]);
    const read = found ?? (honey?.id === bookingId ? { nobody: honey } : undefined);
    if (!read) return refuse({ code: "unknown_booking" });
    await insertAudit(tx, [
      {
        at: ctx.now,
        actor,
        channel: ctx.channel,
        action: taken.ok ? "file.read" : "file.braked",
        purpose: ctx.purpose,
        officeId,
        subject: subject![0]!.digest,
      },
    ]);
    if ("nobody" in read) await noteOpened(ctx, tx, officeId, read.nobody);
    else if (taken.ok && read.booking.localDate !== today)
      await insertEvents(tx, [staffActed("opened", { ...read.booking, id: bookingId, officeId }, today, ctx.now)]);
    return taken.ok ? accept(read) : refuse({ code: "too_many_files", retryAfter: taken.refusal.retryAfter });
  });
  if (!found.ok) {
    if (found.refusal.code === "too_many_files")
      ctx.log.warn("a member of staff opens files faster than people are served", { officeId });
    return found;
  }
  if ("nobody" in found.value) return accept(fileOfNobody(found.value.nobody, (await getNetwork(ctx)).checklist));
  const { booking, applicants, appointments, visit } = found.value;
  const [[plain, ...plains], { checklist }] = await Promise.all([
    ctx.keyring.open([
      { field: "booking.booking", row: bookingId, sealed: booking.sealed },
      ...applicants.map((one) => ({ field: "booking.applicant" as const, row: one.id, sealed: one.sealed })),
    ]),
    getNetwork(ctx),
  ]);
  if (plain === undefined || plains.some((one) => one === undefined)) return refuse({ code: "unknown_booking" });
  const { folio, checklist: answers } = JSON.parse(plain) as SealedBooking;
  const flagged = flaggedAnswers(checklist, answers);
  const { sealed: _sealed, contactId: _contact, ...facts } = booking;
  return accept({
    ...facts,
    folio,
    appointments,
    visit,
    people: plains.map((one, i) => {
      const person = JSON.parse(one!) as ApplicantDetails;
      return { ...person, ordinal: applicants[i]!.ordinal, child: isChild(person.bornOn, booking.localDate) };
    }),
    checklist: checklist.flatMap(({ id }) =>
      answers[id] === undefined ? [] : [{ id, answer: answers[id], flagged: flagged.includes(id) }],
    ),
  });
}

/** Finds a booking of the own office by its folio. Its check character catches a slip of the pen before anything is asked. */
export async function findByFolio(
  ctx: Context,
  officeId: OfficeId,
  typed: string,
): Promise<Outcome<FoundBooking, FileRefusal | { code: "folio_mistyped" }>> {
  const folio = parseFolio(typed);
  if (!folio) return refuse({ code: "folio_mistyped" });
  const digests = (await ctx.keyring.digest("folio", [folio]))[0]!.map((one) => one.digest);
  return findOne(ctx, officeId, { folio }, (tx) =>
    rows(
      tx,
      sql`select id as "bookingId", to_char(local_date, 'YYYY-MM-DD') as "localDate", starts_at as "startsAt", state
                 from booking.bookings where office_id = ${officeId} and folio_digest = any(${digests}::bytea[])`,
    ),
  );
}

/** The booking of a folio at an office, for its door and its machines: they tell nothing but whether it is let in. */
export async function bookingOfFolio(
  { database, keyring }: Pick<Context, "database" | "keyring">,
  officeId: OfficeId,
  typed: string,
): Promise<Outcome<BookingId, { code: "folio_mistyped" | "unknown_booking" }>> {
  const folio = parseFolio(typed);
  if (!folio) return refuse({ code: "folio_mistyped" });
  const digests = (await keyring.digest("folio", [folio]))[0]!.map((one) => one.digest);
  const [found] = await database.transaction("console", { officeId }, (tx) =>
    rows<{ id: BookingId }>(
      tx,
      sql`select id from booking.bookings where office_id = ${officeId} and folio_digest = any(${digests}::bytea[])`,
    ),
  );
  return found ? accept(found.id) : refuse({ code: "unknown_booking" });
}

/** Whose booking has that folio anywhere in the network, for whoever answers the telephone: it opens nothing by itself. */
export async function contactOfFolio(ctx: Context, folio: Folio): Promise<ContactId | undefined> {
  const digests = (await ctx.keyring.digest("folio", [folio]))[0]!.map((one) => one.digest);
  const [found] = await transaction(ctx, "worker", (tx) =>
    rows<{ contactId: ContactId }>(
      tx,
      sql`select contact_id as "contactId" from booking.bookings where folio_digest = any(${digests}::bytea[])`,
    ),
  );
  return found?.contactId;
}

/** Finds a booking of the own office by the id that a slip's signed code carried. */
export function findById(
  ctx: Context,
  officeId: OfficeId,
  bookingId: BookingId,
): Promise<Outcome<FoundBooking, FileRefusal>> {
  return findOne(ctx, officeId, { id: bookingId }, (tx) =>
    rows(
      tx,
      sql`select id as "bookingId", to_char(local_date, 'YYYY-MM-DD') as "localDate", starts_at as "startsAt", state
                 from booking.bookings where office_id = ${officeId} and id = ${bookingId}`,
    ),
  );
}

async function findOne(
  ctx: Context,
  officeId: OfficeId,
  by: { readonly folio: Folio } | { readonly id: BookingId },
  select: (tx: Tx) => Promise<FoundBooking[]>,
): Promise<Outcome<FoundBooking, FileRefusal>> {
  if (!can(ctx.actor, "open_file", officeId)) return refuse({ code: "not_allowed" });
  const found = await transaction(
    ctx,
    "console",
    async (tx) => (await select(tx))[0] ?? findNobody(ctx, tx, officeId, by),
  );
  return found ? accept(found) : refuse({ code: "unknown_booking" });
}

async function readFile(tx: Tx, officeId: OfficeId, bookingId: BookingId) {
  const [[booking], applicants, appointments, [visit]] = await Promise.all([
    rows<FileRow>(
      tx,
      sql`select id as "bookingId", to_char(local_date, 'YYYY-MM-DD') as "localDate", starts_at as "startsAt", state, channel, language, created_at as "createdAt", contact_id as "contactId", sealed
          from booking.bookings where office_id = ${officeId} and id = ${bookingId}`,
    ),
    rows<{ id: string; ordinal: number; sealed: Buffer }>(
      tx,
      sql`select id, ordinal, sealed from booking.applicants where office_id = ${officeId} and booking_id = ${bookingId} order by ordinal`,
    ),
    rows<AppointmentOfParty>(
      tx,
      sql`select p.id, p.booking_id as "bookingId", p.ordinal, p.service_group as "serviceGroup", p.services, p.starts_at as "startsAt", p.state,
            coalesce((select jsonb_agg(jsonb_build_object('service', o.service, 'code', o.code, 'reason', o.reason)) from visits.outcomes o
                      where o.office_id = p.office_id and o.appointment_id = p.id and o.undone_at is null), '[]') as outcomes
          from booking.appointments p where p.office_id = ${officeId} and p.booking_id = ${bookingId} order by p.starts_at, p.ordinal`,
    ),
    rows<VisitOfParty>(
      tx,
      sql`select id, booking_id as "bookingId", state, counter, arrived_at as "arrivedAt", called_at as "calledAt", served_at as "servedAt", recorded_at as "recordedAt",
            done_at as "doneAt", settled_at as "settledAt", turn_no as "turnNo", line, priority, station, route, station_since as "stationSince", parked_at as "parkedAt", calls, version
          from visits.visits where office_id = ${officeId} and booking_id = ${bookingId}`,
    ),
  ]);
  return booking && { booking, applicants, appointments, visit };
}

/** Whole years of each of a party's people on the day of their visit. Nothing of somebody else's office, or for who receives nobody. */
export async function agesAtOffice(ctx: Context, bookingId: BookingId): Promise<number[]> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !can(actor, "receive", actor.officeId)) return [];
  return agesOfParty(ctx, actor.officeId as OfficeId, bookingId);
}

/** The same for the door and the machines of an office: whoever asks says nothing of them but who goes first. */
export async function agesOfParty(
  { database, keyring }: Pick<Context, "database" | "keyring">,
  officeId: OfficeId,
  bookingId: BookingId,
): Promise<number[]> {
  const people = await database.transaction("console", { officeId }, (tx) =>
    rows<{ id: string; sealed: Buffer; localDate: LocalDate }>(
      tx,
      sql`select a.id, a.sealed, to_char(b.local_date, 'YYYY-MM-DD') as "localDate" from booking.applicants a
          join booking.bookings b on b.office_id = a.office_id and b.id = a.booking_id where a.booking_id = ${bookingId} order by a.ordinal`,
    ),
  );
  const opened = await keyring.open(
    people.map((one) => ({ field: "booking.applicant" as const, row: one.id, sealed: one.sealed })),
  );
  return opened.flatMap((plain, i) =>
    plain === undefined ? [] : ageOn((JSON.parse(plain) as ApplicantDetails).bornOn, people[i]!.localDate),
  );
}
