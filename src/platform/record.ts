import { auditActor, type AuditEntry } from "./audit.ts";
import { run, sql, type Tx } from "./db/index.ts";
import type { StoredOutcome } from "./idempotency.ts";
import type { DomainEvent } from "./outbox.ts";
import { newId } from "./random.ts";

/** What a batch of commands leaves behind beside its own rows. */
export interface BatchRecord {
  readonly outcomes: readonly StoredOutcome[];
  readonly events: readonly DomainEvent[];
  readonly audit: readonly AuditEntry[];
}

/** Writes answers, events and audit lines of a batch in one statement; for a single command there are `insertEvents` and `insertAudit`. */
export async function insertRecord(tx: Tx, { outcomes, events, audit }: BatchRecord, now: Date): Promise<void> {
  if (outcomes.length + events.length + audit.length === 0) return;
  const actors = audit.map(({ actor }) => auditActor(actor));
  await run(
    tx,
    sql`with answered as (
          insert into platform.idempotency (caller_id, route, key, body_digest, outcome, result_id, created_at)
          select t.*, ${now}::timestamptz from unnest(${outcomes.map((one) => one.callerId)}::uuid[], ${outcomes.map((one) => one.route)}::text[], ${outcomes.map((one) => one.key)}::text[],
            ${outcomes.map((one) => one.bodyDigest)}::bytea[], ${outcomes.map((one) => one.outcome)}::text[], ${outcomes.map((one) => one.resultId)}::uuid[]) as t),
        announced as (
          insert into platform.outbox (name, office_id, subject_id, detail, created_at)
          select * from unnest(${events.map((one) => one.name)}::text[], ${events.map((one) => one.officeId ?? null)}::text[], ${events.map((one) => one.subjectId)}::uuid[],
            ${events.map((one) => JSON.stringify(one.detail ?? {}))}::jsonb[], ${events.map((one) => one.at)}::timestamptz[]))
        insert into audit.entries (id, at, actor_kind, actor_id, channel, action, purpose, office_id, subject, count)
        select * from unnest(${audit.map(() => newId<string>())}::uuid[], ${audit.map((one) => one.at)}::timestamptz[], ${actors.map((one) => one.kind)}::text[], ${actors.map((one) => one.id)}::uuid[],
          ${audit.map((one) => one.channel)}::text[], ${audit.map((one) => one.action)}::text[], ${audit.map((one) => one.purpose)}::text[], ${audit.map((one) => one.officeId ?? null)}::text[],
          ${audit.map((one) => one.subject ?? null)}::bytea[], ${audit.map((one) => one.count ?? 1)}::int[])`,
  );
}
