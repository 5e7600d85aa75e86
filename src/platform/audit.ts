import { rows, run, sql, type Tx } from "./db/index.ts";
import type { Actor, Channel } from "./context.ts";
import { newId } from "./random.ts";

/** One line of the audit log: codes and a pseudonym, never what anybody typed. */
export interface AuditEntry {
  readonly at: Date;
  readonly actor: Actor;
  readonly channel: Channel;
  readonly action: string;
  readonly purpose: string;
  readonly officeId?: string | undefined;
  /** Keyed pseudonym from `keyring.digest("subject", …)`. */
  readonly subject?: Uint8Array | undefined;
  /** Files seen by a list view, which is one entry. */
  readonly count?: number | undefined;
}

/** Writes entries in the transaction of what they record. */
export async function insertAudit(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const actors = entries.map(({ actor }) => auditActor(actor));
  await run(
    tx,
    sql`insert into audit.entries (id, at, actor_kind, actor_id, channel, action, purpose, office_id, subject, count)
        select * from unnest(
          ${entries.map(() => newId<string>())}::uuid[], ${entries.map((one) => one.at)}::timestamptz[],
          ${actors.map((one) => one.kind)}::text[], ${actors.map((one) => one.id)}::uuid[],
          ${entries.map((one) => one.channel)}::text[], ${entries.map((one) => one.action)}::text[],
          ${entries.map((one) => one.purpose)}::text[], ${entries.map((one) => one.officeId ?? null)}::text[],
          ${entries.map((one) => one.subject ?? null)}::bytea[], ${entries.map((one) => one.count ?? 1)}::int[])`,
  );
}

/** Links entries that are not yet in the chain. One transaction at a time over all nodes; returns how many were linked. */
export async function linkAudit(tx: Tx, hash: (previous: Uint8Array, entry: string) => Buffer): Promise<number> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtext('audit.chain'))`);
  const [head] = await rows<{ position: string; hash: Buffer }>(tx, sql`select position, hash from audit.chain order by position desc limit 1`);
  const waiting = await rows<{ id: string; line: string }>(
    tx,
    sql`select id, to_jsonb(e)::text as line from audit.entries e
        where not exists (select from audit.chain c where c.entry_id = e.id) order by at, id limit 5000`,
  );
  let previous: Uint8Array = head?.hash ?? Buffer.alloc(32);
  const hashes = waiting.map(({ line }) => (previous = hash(previous, line)));
  const first = Number(head?.position ?? 0) + 1;
  await run(
    tx,
    sql`insert into audit.chain (position, entry_id, hash)
        select * from unnest(${waiting.map((_, i) => first + i)}::bigint[], ${waiting.map((one) => one.id)}::uuid[], ${hashes}::bytea[])`,
  );
  return waiting.length;
}

function auditActor(actor: Actor): { kind: string; id: string | null } {
  switch (actor.kind) {
    case "staff":
      return { kind: "staff", id: actor.staffId };
    case "citizen":
      return { kind: "citizen", id: actor.contactId };
    case "visitor":
      return { kind: "citizen", id: null };
    case "system":
      return { kind: "system", id: null };
  }
}
