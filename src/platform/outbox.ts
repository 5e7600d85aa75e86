import { rows, run, sql, type Tx } from "./db/index.ts";

/** Something that happened: a name in the past tense, ids and codes. */
export interface DomainEvent {
  readonly name: string;
  readonly officeId?: string | undefined;
  readonly subjectId: string;
  readonly at: Date;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

export interface StoredEvent extends DomainEvent {
  readonly id: string;
  readonly attempts: number;
}

/** Most reactions of one claim: they share a transaction, so fewer lose less when one fails. */
const CLAIM = 200;
/** Seconds before the first retry; the second waits four times as long, the third nine times: twelve tries take an hour. */
const RETRY_SECONDS = 6;
/** After so many tries an event is left for a person to look at. */
export const MOST_ATTEMPTS = 12;

/** Announces events in the transaction of what they announce. */
export async function insertEvents(tx: Tx, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return;
  await run(
    tx,
    sql`insert into platform.outbox (name, office_id, subject_id, detail, created_at)
        select * from unnest(${events.map((one) => one.name)}::text[], ${events.map((one) => one.officeId ?? null)}::text[],
          ${events.map((one) => one.subjectId)}::uuid[], ${events.map((one) => JSON.stringify(one.detail ?? {}))}::jsonb[], ${events.map((one) => one.at)}::timestamptz[])`,
  );
}

/** Takes events nobody else is working on, until the transaction ends. */
export async function claimEvents(tx: Tx, now: Date): Promise<StoredEvent[]> {
  return rows(
    tx,
    sql`select id, name, office_id as "officeId", subject_id as "subjectId", detail, created_at as at, attempts from platform.outbox
        where done_at is null and attempts < ${MOST_ATTEMPTS} and (retry_at is null or retry_at <= ${now}) order by id for update skip locked limit ${CLAIM}`,
  );
}

export async function markEventsDone(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length > 0)
    await run(tx, sql`update platform.outbox set done_at = ${now}, error_code = null where id = any(${ids}::bigint[])`);
}

export async function markEventsFailed(tx: Tx, ids: readonly string[], code: string, now: Date): Promise<void> {
  if (ids.length === 0) return;
  await run(
    tx,
    sql`update platform.outbox set attempts = attempts + 1, error_code = ${code}, retry_at = ${now}::timestamptz + (attempts + 1) * (attempts + 1) * ${RETRY_SECONDS} * interval '1 second'
        where id = any(${ids}::bigint[])`,
  );
}

export async function deleteEventsDoneBefore(tx: Tx, before: Date): Promise<number> {
  return run(tx, sql`delete from platform.outbox where done_at < ${before}`);
}
