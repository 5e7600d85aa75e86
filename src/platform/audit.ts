import { createHash } from "node:crypto";
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
  const [head] = await rows<{ position: string; hash: Buffer }>(
    tx,
    sql`select position, hash from audit.chain order by position desc limit 1`,
  );
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

/** Entries read at once by the verifier. */
const PAGE = 5_000;

/** Follows the chain from its beginning. Names the first position that does not follow from the one before; undefined when all do. */
export async function verifyAudit(
  tx: Tx,
  hash: (previous: Uint8Array, entry: string) => Buffer,
): Promise<{ linked: number; brokenAt: number | undefined }> {
  let previous: Uint8Array = Buffer.alloc(32);
  let position = 0;
  for (;;) {
    const page = await rows<{ position: string; hash: Buffer; line: string | null }>(
      tx,
      sql`select c.position, c.hash, to_jsonb(e)::text as line from audit.chain c left join audit.entries e on e.id = c.entry_id where c.position > ${position} order by c.position limit ${PAGE}`,
    );
    for (const link of page) {
      const right = link.line === null ? undefined : hash(previous, link.line);
      if (Number(link.position) !== position + 1 || !right?.equals(link.hash))
        return { linked: position, brokenAt: position + 1 };
      previous = link.hash;
      position += 1;
    }
    if (page.length < PAGE) return { linked: position, brokenAt: undefined };
  }
}

/** What links an entry to the one before it. */
export function chainHash(previous: Uint8Array, entry: string): Buffer {
  return createHash("sha256").update(previous).update(entry).digest();
}

export function auditActor(actor: Actor): { kind: string; id: string | null } {
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
