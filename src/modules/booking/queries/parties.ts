import type { BookingId, ContactId, Folio, LocalDate, OfficeId } from "#kernel/ids.ts";
import { nameForKey } from "#kernel/text.ts";
import type { FiledParty, Observed } from "#modules/integrity/index.ts";
import type { Context } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { dayKey } from "#platform/keyring/index.ts";
import type { SealedBooking } from "../commands/prepare.ts";
import { curpDiffers, parseCurp } from "../rules/curp.ts";
import { nameKeyText } from "../rules/names.ts";
import type { ApplicantDetails, BookingState } from "../types.ts";

interface Row {
  readonly id: BookingId;
  readonly officeId: OfficeId;
  readonly contactId: ContactId;
  readonly localDate: LocalDate;
  readonly active: boolean;
  readonly filedAt: Date;
  readonly eraseAfter: LocalDate;
  readonly people: readonly { id: string; ordinal: number; sealed: string; seen: boolean }[] | null;
}

/**
 * Who stands in these bookings now, for whoever asks who is one person: opened for that, and for the worker alone. A
 * person is `seen` once a document was issued to her: a clerk had her paper in hand. What is erased is not in the answer.
 */
export async function listParties(
  ctx: Pick<Context, "keyring">,
  tx: Tx,
  ids: readonly string[],
): Promise<FiledParty[]> {
  const found = await rows<Row>(
    tx,
    sql`select b.id, b.office_id as "officeId", b.contact_id as "contactId", to_char(b.local_date, 'YYYY-MM-DD') as "localDate", b.state = 'active' as active,
          b.created_at as "filedAt", to_char(b.erase_after, 'YYYY-MM-DD') as "eraseAfter",
          (select jsonb_agg(jsonb_build_object('id', a.id, 'ordinal', a.ordinal, 'sealed', encode(a.sealed, 'base64'), 'seen', exists (
             select from booking.appointments p join visits.outcomes o on o.office_id = p.office_id and o.appointment_id = p.id and o.code = 'issued' and o.undone_at is null
             where p.office_id = b.office_id and p.booking_id = b.id and p.ordinal = a.ordinal)) order by a.ordinal)
           from booking.applicants a where a.booking_id = b.id) as people
        from booking.bookings b where b.id = any(${ids}::uuid[])`,
  );
  const people = found.flatMap((booking) =>
    (booking.people ?? []).map((person) => ({ ...person, booking: booking.id })),
  );
  const opened = await ctx.keyring.open(
    people.map(({ id, sealed }) => ({
      field: "booking.applicant" as const,
      row: id,
      sealed: Buffer.from(sealed, "base64"),
    })),
  );
  const readable = people.flatMap(({ booking, ordinal, seen }, i) => {
    const plain = opened[i];
    if (plain === undefined) return [];
    const details = JSON.parse(plain) as ApplicantDetails;
    const { givenNames, firstSurname, secondSurname, bornOn, bornIn, sex } = details;
    const curp = parseCurp(details.curp)?.curp ?? "";
    const differs = curpDiffers(details).length > 0;
    return [{ booking, ordinal, givenNames, firstSurname, secondSurname, bornOn, bornIn, sex, curp, differs, seen }];
  });
  return found.map(({ id, officeId, contactId, localDate, active, filedAt, eraseAfter }) => ({
    sourceId: id,
    contactId,
    active,
    filedAt,
    under: dayKey(officeId, localDate, eraseAfter),
    eraseAfter,
    people: readable.flatMap(({ booking, ...person }) => (booking === id ? [person] : [])),
  }));
}

/** Whole folios of parties of one office, for a paper that they take home; of an erased one nothing. The caller writes the line of the audit log. */
export async function listFolios(
  ctx: Context,
  tx: Tx,
  officeId: OfficeId,
  ids: readonly BookingId[],
): Promise<Map<BookingId, Folio>> {
  const sealed = await rows<{ id: BookingId; sealed: Buffer }>(
    tx,
    sql`select id, sealed from booking.bookings where office_id = ${officeId} and id = any(${ids}::uuid[])`,
  );
  const opened = await ctx.keyring.open(
    sealed.map((one) => ({ field: "booking.booking" as const, row: one.id, sealed: one.sealed })),
  );
  return new Map(
    sealed.flatMap(({ id }, i) =>
      opened[i] === undefined ? [] : [[id, (JSON.parse(opened[i]) as SealedBooking).folio] as const],
    ),
  );
}

interface ObservedRow extends Omit<Observed, "persons" | "surnames" | "cancelledAt" | "ended" | "assisted"> {
  readonly state: BookingState;
  readonly channel: string;
  readonly changedAt: Date;
  readonly people: readonly { id: string; sealed: string }[] | null;
}

/** Ways on which a member of staff typed it. */
const ASSISTED: readonly string[] = ["phone", "counter", "console", "walk_in"];
/** Bits that are kept of a digest: enough to count people and families, not to find one. */
const PERSON_HEX = 12;
const SURNAME_HEX = 4;

/** What integrity may know of these bookings: for the worker alone, who opens the names and keeps a few bits of their digests. */
export async function listObserved(
  ctx: Pick<Context, "keyring">,
  tx: Tx,
  ids: readonly BookingId[],
): Promise<Observed[]> {
  const found = await rows<ObservedRow>(
    tx,
    sql`select b.id as "bookingId", b.office_id as "officeId", b.contact_id as "contactId", b.starts_at as "startsAt", b.created_at as "bookedAt", b.changed_at as "changedAt", b.state, b.channel,
          (select jsonb_agg(jsonb_build_object('id', a.id, 'sealed', encode(a.sealed, 'base64')) order by a.ordinal) from booking.applicants a where a.booking_id = b.id) as people
        from booking.bookings b where b.id = any(${ids}::uuid[])`,
  );
  const sealed = found.flatMap(({ people }, of) => (people ?? []).map((one) => ({ of, ...one })));
  const opened = await ctx.keyring.open(
    sealed.map((one) => ({
      field: "booking.applicant" as const,
      row: one.id,
      sealed: Buffer.from(one.sealed, "base64"),
    })),
  );
  const people = sealed.flatMap(({ of }, i) => {
    const plain = opened[i];
    return plain === undefined ? [] : [{ of, person: JSON.parse(plain) as ApplicantDetails }];
  });
  const digests = await ctx.keyring.digest(
    "observed",
    people.flatMap(({ person }) => [nameKeyText(person), `surname|${nameForKey(person.firstSurname)}`]),
  );
  const bits = (i: number, hex: number) => Number.parseInt(digests[i]![0]!.digest.toString("hex").slice(0, hex), 16);
  return found.map(({ state, channel, changedAt, people: _sealed, ...booking }, of) => {
    const own = people.flatMap((one, i) => (one.of === of ? [i] : []));
    return {
      ...booking,
      persons: own.map((i) => bits(2 * i, PERSON_HEX)),
      surnames: own.map((i) => bits(2 * i + 1, SURNAME_HEX)),
      cancelledAt: state === "cancelled" || state === "lapsed" ? changedAt : null,
      ended: state === "completed" ? "served" : state === "missed" ? "missed" : null,
      assisted: ASSISTED.includes(channel),
    };
  });
}
