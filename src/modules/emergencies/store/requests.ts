import type { BookingId, ContactId, LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { EmergencyAnswer, EmergencyId, EmergencyRow, EmergencyState } from "../types.ts";

export interface NewEmergency {
  readonly id: EmergencyId;
  readonly officeId: OfficeId;
  readonly contactId: ContactId | null;
  readonly sessionId: string | null;
  readonly channel: string;
  readonly language: "es" | "en";
  readonly sealed: Buffer;
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly eraseAfter: LocalDate;
}

/** False when one is open for the same contact or visit: of two at once the database takes one. */
export async function insertEmergency(tx: Tx, one: NewEmergency): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into emergencies.requests (office_id, id, contact_id, session_id, channel, language, sealed, asked_at, due_at, erase_after)
        values (${one.officeId}, ${one.id}, ${one.contactId}, ${one.sessionId}, ${one.channel}, ${one.language}, ${one.sealed}, ${one.askedAt}, ${one.dueAt}, ${one.eraseAfter})
        on conflict do nothing`,
  );
  return inserted === 1;
}

export interface Asker {
  readonly contactId: ContactId | null;
  readonly sessionId: string | null;
}

/** Which one of this asker is open, and how many she asked since that instant. */
export async function findAsked(
  tx: Tx,
  { contactId, sessionId }: Asker,
  since: Date,
): Promise<{ open: EmergencyId | null; asked: number }> {
  const [found] = await rows<{ open: EmergencyId | null; asked: number }>(
    tx,
    sql`select (array_agg(id) filter (where state in ('asked', 'proposed', 'granted')))[1] as open, (count(*) filter (where asked_at > ${since}))::int as asked
        from emergencies.requests where contact_id = ${contactId} or session_id = ${sessionId}`,
  );
  return found!;
}

/** Telephones that nobody proved and that wait for a call at one office; the next one is counted after this transaction. */
export async function countUnproved(tx: Tx, officeId: OfficeId): Promise<number> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtext('emergencies.unproved'), hashtext(${officeId}))`);
  const [found] = await rows<{ waiting: number }>(
    tx,
    sql`select count(*)::int as waiting from emergencies.requests where office_id = ${officeId} and contact_id is null and state in ('asked', 'proposed')`,
  );
  return found!.waiting;
}

/** The request of that office, which nobody else changes until the transaction ends. Read on the console's path. */
export async function lockEmergency(tx: Tx, officeId: OfficeId, id: EmergencyId): Promise<EmergencyRow | undefined> {
  const [found] = await rows<EmergencyRow>(
    tx,
    sql`select id, office_id as "officeId", contact_id as "contactId", state, version, reviewed, language, asked_at as "askedAt", due_at as "dueAt",
          proposal, proposed_at as "proposedAt", proposed_by as "proposedBy", service, people, to_char(local_date, 'YYYY-MM-DD') as "localDate", starts_at as "startsAt",
          opening_minutes as "openingMinutes", booking_id as "bookingId"
        from emergencies.requests where office_id = ${officeId} and id = ${id} for update`,
  );
  return found;
}

/** What a citizen's own steps need of it; the writing path reads neither who answered nor what was sealed. */
export type OwnRow = Pick<
  EmergencyRow,
  | "id"
  | "officeId"
  | "contactId"
  | "state"
  | "version"
  | "reviewed"
  | "proposal"
  | "service"
  | "people"
  | "localDate"
  | "startsAt"
  | "bookingId"
> & { readonly sessionId: string | null };

/** The same for whoever asked: her contact's, or of the visit in which it was asked. */
export async function lockOwn(tx: Tx, id: EmergencyId, { contactId, sessionId }: Asker): Promise<OwnRow | undefined> {
  const [found] = await rows<OwnRow>(
    tx,
    sql`select id, office_id as "officeId", contact_id as "contactId", session_id as "sessionId", state, version, reviewed, proposal, service, people,
          to_char(local_date, 'YYYY-MM-DD') as "localDate", starts_at as "startsAt", booking_id as "bookingId"
        from emergencies.requests where id = ${id} and (contact_id = ${contactId} or session_id = ${sessionId}) for update`,
  );
  return found;
}

/** By a citizen: withdrawn, or to the head of office with a new hour by which it is due. Counts one version on. */
export async function changeOwn(
  tx: Tx,
  { officeId, id }: Pick<OwnRow, "officeId" | "id">,
  change:
    { readonly state: "withdrawn" } | { readonly state: "asked"; readonly reviewed: boolean; readonly dueAt: Date },
): Promise<void> {
  const [reviewed, dueAt] = "dueAt" in change ? [change.reviewed, change.dueAt] : [null, null];
  await run(
    tx,
    sql`update emergencies.requests set state = ${change.state}, version = version + 1, reviewed = coalesce(${reviewed}::boolean, reviewed), due_at = coalesce(${dueAt}::timestamptz, due_at)
        where office_id = ${officeId} and id = ${id}`,
  );
}

/** Its place became a booking, under the contact that the booking has; also of one that the sweep took for lost at this moment. */
export async function saveBooked(
  tx: Tx,
  { officeId, id }: Pick<OwnRow, "officeId" | "id">,
  { bookingId, contactId }: { readonly bookingId: BookingId; readonly contactId: ContactId },
): Promise<boolean> {
  const saved = await run(
    tx,
    sql`update emergencies.requests set state = 'booked', version = version + 1, booking_id = ${bookingId}, contact_id = ${contactId}
        where office_id = ${officeId} and id = ${id} and state in ('granted', 'asked')`,
  );
  return saved === 1;
}

/** Its place is gone: it waits for another answer. */
export async function saveLost(
  tx: Tx,
  { officeId, id }: Pick<OwnRow, "officeId" | "id">,
  dueAt: Date,
): Promise<boolean> {
  const saved = await run(
    tx,
    sql`update emergencies.requests set state = 'asked', version = version + 1, due_at = ${dueAt}, signed_at = null, signed_by = null, signed_how = null where office_id = ${officeId} and id = ${id} and state in ('granted', 'proposed')`,
  );
  return saved === 1;
}

export async function saveProposal(
  tx: Tx,
  { officeId, id }: Pick<EmergencyRow, "officeId" | "id">,
  proposed: {
    readonly answer: EmergencyAnswer;
    readonly localDate: LocalDate | null;
    readonly sealed: Buffer | null;
    readonly by: StaffId;
    readonly at: Date;
    readonly eraseAfter: LocalDate;
  },
): Promise<void> {
  const { answer, localDate, sealed, by, at, eraseAfter } = proposed;
  const place = answer.kind === "place" ? answer : undefined;
  await run(
    tx,
    sql`update emergencies.requests set state = 'proposed', version = version + 1, proposal = ${answer.kind}, proposed_at = ${at}, proposed_by = ${by},
          service = ${place?.service ?? null}, people = ${place?.people ?? null}, local_date = ${localDate}, starts_at = ${answer.kind === "no" ? null : answer.startsAt},
          reason = ${answer.kind === "no" ? answer.reason : null}, answer_sealed = ${sealed}, signed_at = null, signed_by = null, signed_how = null,
          erase_after = greatest(erase_after, ${eraseAfter}::date)
        where office_id = ${officeId} and id = ${id}`,
  );
}

/** Without the second signature the proposal is nothing: the request waits as before. */
export async function forgetProposal(tx: Tx, { officeId, id }: Pick<EmergencyRow, "officeId" | "id">): Promise<void> {
  await run(
    tx,
    sql`update emergencies.requests set state = 'asked', version = version + 1, proposal = null, proposed_at = null, proposed_by = null, service = null, people = null,
          local_date = null, starts_at = null, reason = null, answer_sealed = null, signed_at = null, signed_by = null, signed_how = null
        where office_id = ${officeId} and id = ${id}`,
  );
}

export async function saveSignature(
  tx: Tx,
  { officeId, id }: Pick<EmergencyRow, "officeId" | "id">,
  signed: {
    readonly state: Extract<EmergencyState, "granted" | "refused">;
    readonly how: "two" | "alone";
    readonly by: StaffId;
    readonly at: Date;
    /** Of the first answer; a review does not make it later. */
    readonly openingMinutes: number;
  },
): Promise<void> {
  await run(
    tx,
    sql`update emergencies.requests set state = ${signed.state}, version = version + 1, signed_at = ${signed.at}, signed_by = ${signed.by}, signed_how = ${signed.how},
          opening_minutes = coalesce(opening_minutes, ${signed.openingMinutes})
        where office_id = ${officeId} and id = ${id}`,
  );
}

/** Locked by its own statements, or by worse ones that a test puts in their stead. */
export interface EmergencyStore {
  readonly lockEmergency: typeof lockEmergency;
}
export const emergencyStore: EmergencyStore = { lockEmergency };

/** Marks what is due and not answered, each once, and says where. */
export async function markOverdue(tx: Tx, now: Date): Promise<{ id: EmergencyId; officeId: OfficeId }[]> {
  return rows(
    tx,
    sql`update emergencies.requests set reminded_at = ${now}
        where state in ('asked', 'proposed') and due_at <= ${now} and reminded_at is null returning id, office_id as "officeId"`,
  );
}

/** After an hour of today no office is still open so long. */
const HOUR_STANDS_HOURS = 12;

/**
 * Places whose hour passed while nobody said who comes are over; an hour without a place stays until the office has
 * closed, for whoever is late is attended to. What was only proposed waits for another answer, and its screen shows it.
 */
export async function endLapsed(tx: Tx, now: Date): Promise<{ id: EmergencyId; officeId: OfficeId }[]> {
  return rows(
    tx,
    sql`update emergencies.requests set state = 'lapsed', version = version + 1
        where state = 'granted' and starts_at <= ${now}::timestamptz - case proposal when 'hour' then ${HOUR_STANDS_HOURS} else 0 end * interval '1 hour' returning id, office_id as "officeId"`,
  );
}

/**
 * Empties a request that is over, as whoever asked it wants: nobody's from then on, and only its state and minutes stay for
 * the counts of its week. Undefined where she has no such request.
 */
export async function emptyOwn(
  tx: Tx,
  id: EmergencyId,
  { contactId, sessionId }: Asker,
): Promise<{ officeId: OfficeId } | undefined> {
  const [found] = await rows<{ officeId: OfficeId }>(
    tx,
    sql`update emergencies.requests set sealed = '', answer_sealed = null, contact_id = null, session_id = null, version = version + 1
        where id = ${id} and (contact_id = ${contactId} or session_id = ${sessionId}) and state in ('refused', 'booked', 'withdrawn', 'lapsed')
        returning office_id as "officeId"`,
  );
  return found;
}

/** The same of those whose bookings are erased. */
export async function emptyBooked(tx: Tx, bookingIds: readonly BookingId[]): Promise<void> {
  await run(
    tx,
    sql`update emergencies.requests set sealed = '', answer_sealed = null, contact_id = null, session_id = null, booking_id = null, version = version + 1
        where state = 'booked' and booking_id = any(${[...bookingIds]}::uuid[])`,
  );
}

/** Deletes requests whose day of erasure has passed. Returns how many. */
export async function deleteEmergencies(tx: Tx, today: LocalDate, most: number): Promise<number> {
  return run(
    tx,
    sql`delete from emergencies.requests where (office_id, id) in (
          select office_id, id from emergencies.requests where erase_after < ${today} order by erase_after limit ${most} for update skip locked)`,
  );
}
