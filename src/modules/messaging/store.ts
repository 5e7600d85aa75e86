import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import { RETRY_SECONDS, urgencyOf } from "./rules/queue.ts";
import type { ReminderDay } from "./rules/reminders.ts";
import type { QueuedMessage, ReminderKind } from "./types.ts";

/** A row that this node has leased: nobody else tries it before its `next_at`. */
export interface ClaimedMessage extends QueuedMessage {
  /** With the try that begins now. */
  readonly attempts: number;
  readonly queuedAt: Date;
  /** It is no longer WhatsApp's: that did not take it, or could not deliver it. */
  readonly notWhatsapp: boolean;
  /** Of the try before; null when there was none, or its sender died. */
  readonly errorCode: string | null;
}

export interface TriedMessage {
  readonly id: string;
  readonly attempts: number;
  readonly state: "sent" | "queued" | "failed" | "dropped";
  readonly errorCode: string | null;
  /** Only for a row that must wait for a better hour: that try does not count. */
  readonly waitUntil: Date | undefined;
  /** WhatsApp has taken it: what it tells of it counts more than that. */
  readonly byWhatsapp?: boolean | undefined;
}

/** Writes those that were not written before. Returns how many. */
export async function insertMessages(tx: Tx, messages: readonly QueuedMessage[], now: Date): Promise<number> {
  if (messages.length === 0) return 0;
  return run(
    tx,
    sql`insert into messaging.messages (id, contact_id, kind, office_id, subject_id, sequence, urgency, next_at, created_at)
        select id, contact_id, kind, office_id, subject_id, sequence, urgency, ${now}, ${now}
        from unnest(${messages.map((one) => one.id)}::uuid[], ${messages.map((one) => one.contactId)}::uuid[], ${messages.map((one) => one.kind)}::text[],
          ${messages.map((one) => one.officeId ?? null)}::text[], ${messages.map((one) => one.subjectId)}::uuid[], ${messages.map((one) => one.sequence)}::bigint[],
          ${messages.map((one) => urgencyOf(one.kind))}::smallint[]) as t (id, contact_id, kind, office_id, subject_id, sequence, urgency)
        on conflict on constraint said_once do nothing`,
  );
}

/**
 * Leases due rows: the try is counted and the next one set before anything is sent. Whoever dies in
 * the middle loses nothing, and the row is tried again once the lease is over.
 */
export function claimMessages(tx: Tx, now: Date, most: number): Promise<ClaimedMessage[]> {
  return rows(
    tx,
    sql`update messaging.messages m
        set attempts = m.attempts + 1,
          next_at = ${now}::timestamptz + make_interval(secs => (${RETRY_SECONDS}::int[])[least(m.attempts + 1, cardinality(${RETRY_SECONDS}::int[]))])
        from (select id from messaging.messages where state = 'queued' and next_at <= ${now} order by urgency, next_at for update skip locked limit ${most}) due
        where m.id = due.id
        returning m.id, m.contact_id as "contactId", m.kind, m.office_id as "officeId", m.subject_id as "subjectId", m.sequence::float8 as sequence, m.attempts, m.created_at as "queuedAt", m.not_whatsapp as "notWhatsapp", m.error_code as "errorCode"`,
  );
}

/** A row that somebody else has tried in the meantime keeps what they wrote. */
export async function recordTries(tx: Tx, tried: readonly TriedMessage[], now: Date): Promise<void> {
  if (tried.length === 0) return;
  await run(
    tx,
    sql`update messaging.messages m
        set state = t.state, error_code = t.error_code, sent_at = case when t.state = 'sent' then ${now}::timestamptz end,
          next_at = coalesce(t.wait_until, m.next_at), attempts = case when t.wait_until is null then m.attempts else m.attempts - 1 end
        from unnest(${tried.map((one) => one.id)}::uuid[], ${tried.map((one) => one.attempts)}::smallint[], ${tried.map((one) => one.state)}::text[],
          ${tried.map((one) => one.errorCode)}::text[], ${tried.map((one) => one.waitUntil ?? null)}::timestamptz[], ${tried.map((one) => one.byWhatsapp ?? false)}::boolean[]) as t (id, attempts, state, error_code, wait_until, by_whatsapp)
        where m.id = t.id and m.state = 'queued' and m.attempts = t.attempts and not (t.by_whatsapp and m.not_whatsapp)`,
  );
}

/** From now on it is the next channel's; false when WhatsApp told in this instant that it has it. */
export async function leaveWhatsapp(tx: Tx, id: string): Promise<boolean> {
  const left = await run(
    tx,
    sql`update messaging.messages set not_whatsapp = true where id = ${id} and state = 'queued'`,
  );
  return left === 1;
}

/** WhatsApp has it, or the telephone: told in any order and more than once. Ends the wait of one whose sender died before it could note it. */
export async function recordTaken(tx: Tx, id: string, delivered: boolean, now: Date): Promise<void> {
  await run(
    tx,
    sql`update messaging.messages
        set state = 'sent', sent_at = coalesce(sent_at, ${now}), delivered_at = coalesce(delivered_at, case when ${delivered} then ${now}::timestamptz end)
        where id = ${id} and not not_whatsapp and state in ('queued', 'sent')`,
  );
}

/** WhatsApp could not deliver it after all: it is due again, for the next channel; once, and never after it was delivered. */
export async function recordUndelivered(tx: Tx, id: string, now: Date): Promise<void> {
  await run(
    tx,
    sql`update messaging.messages set state = 'queued', sent_at = null, not_whatsapp = true, next_at = ${now}, error_code = 'whatsapp_undelivered'
        where id = ${id} and not not_whatsapp and delivered_at is null and state in ('queued', 'sent')`,
  );
}

/** How many sheets for that parent of that booking have left, whatever day they were for. */
export async function countSheetsSent(tx: Tx, bookingId: string, sequence: number): Promise<number> {
  const [counted] = await rows<{ sent: number }>(
    tx,
    sql`select count(*)::int as sent from messaging.messages
        where subject_id = ${bookingId} and kind = 'permission_sheet' and state = 'sent' and sequence % 100 = ${sequence % 100}`,
  );
  return counted!.sent;
}

export function deleteMessagesBefore(tx: Tx, before: Date): Promise<number> {
  return run(tx, sql`delete from messaging.messages where created_at < ${before} and state <> 'queued'`);
}

/** Those of these days that nobody has swept yet; from now on they are swept. */
export function claimReminderDays(tx: Tx, days: readonly ReminderDay[], now: Date): Promise<ReminderDay[]> {
  return rows<{ officeId: OfficeId; kind: ReminderKind; localDate: LocalDate }>(
    tx,
    sql`insert into messaging.reminder_days as d (office_id, kind, local_date, swept_at)
        select office_id, kind, local_date, ${now}
        from unnest(${days.map((one) => one.officeId)}::text[], ${days.map((one) => one.kind)}::text[], ${days.map((one) => one.localDate)}::date[]) as t (office_id, kind, local_date)
        where not exists (select from messaging.reminder_days s where s.office_id = t.office_id and s.kind = t.kind and s.local_date = t.local_date)
        on conflict do nothing
        returning d.office_id as "officeId", d.kind, d.local_date::text as "localDate"`,
  );
}

export function deleteReminderDaysBefore(tx: Tx, before: LocalDate): Promise<number> {
  return run(tx, sql`delete from messaging.reminder_days where local_date < ${before}::date`);
}
