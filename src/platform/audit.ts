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

/** One line about somebody, as she may see it. */
export interface AuditLine {
  readonly at: Date;
  readonly actorKind: "citizen" | "staff" | "system";
  /** The member of staff; of a citizen her contact. */
  readonly actorId: string | null;
  readonly action: string;
  readonly officeId: string | null;
}

/** Lines about these pseudonyms, newest first; the path of citizens is told of no others. */
export async function listAuditOf(tx: Tx, subjects: readonly Uint8Array[], most: number): Promise<AuditLine[]> {
  const told = subjects.map((one) => `\\x${Buffer.from(one).toString("hex")}`).join(" ");
  const [, lines] = await Promise.all([
    run(tx, sql`select set_config('app.subjects', ${told}, true)`),
    rows<AuditLine>(
      tx,
      sql`select at, actor_kind as "actorKind", actor_id as "actorId", action, office_id as "officeId" from audit.entries
          where subject = any(${subjects}::bytea[]) order by at desc limit ${most}`,
    ),
  ]);
  return lines;
}

/** How often each member of staff of an office did `part` of all that `whole` names, since an instant. */
export function countActions(
  tx: Tx,
  since: Date,
  { part, whole }: { readonly part: string; readonly whole: readonly string[] },
): Promise<{ staffId: string; officeId: string; count: number; of: number }[]> {
  return rows(
    tx,
    sql`select actor_id as "staffId", office_id as "officeId", count(*) filter (where action = ${part})::int as count, count(*)::int as of
        from audit.entries where at >= ${since} and actor_kind = 'staff' and office_id is not null and action = any(${[...whole]}::text[]) group by 1, 2`,
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

/** What is wrong with one position of the chain. */
export interface ChainFault {
  /** `altered`: its entry says something else than when it was linked. `removed`: the entry or its link is gone. `moved`: the entry that belongs here stands elsewhere. */
  readonly what: "altered" | "removed" | "moved";
  readonly position: number;
  /** Of the row in `audit.entries` that stands there now; undefined when none does. */
  readonly entryId: string | undefined;
}

interface Link {
  readonly position: string;
  readonly hash: Buffer;
  readonly entryId: string;
  readonly line: string | null;
}

/** Follows the chain from its beginning, and names the first position that does not follow from the one before. */
export async function verifyAudit(
  tx: Tx,
  hash: (previous: Uint8Array, entry: string) => Buffer,
): Promise<{ linked: number; fault: ChainFault | undefined }> {
  let previous: Uint8Array = Buffer.alloc(32);
  let position = 0;
  for (;;) {
    const page = await rows<Link>(
      tx,
      sql`select c.position, c.hash, c.entry_id as "entryId", to_jsonb(e)::text as line from audit.chain c left join audit.entries e on e.id = c.entry_id
          where c.position > ${position} order by c.position limit ${PAGE}`,
    );
    for (const [i, link] of page.entries()) {
      const fits = (one: Link) => one.line !== null && hash(previous, one.line).equals(link.hash);
      if (Number(link.position) !== position + 1)
        return { linked: position, fault: { what: "removed", position: position + 1, entryId: undefined } };
      if (!fits(link)) {
        const belongs = page.slice(i).some((one) => one !== link && fitsAnywhere(one, page, previous, hash));
        const what = link.line === null ? "removed" : belongs ? "moved" : "altered";
        return { linked: position, fault: { what, position: position + 1, entryId: link.entryId } };
      }
      previous = link.hash;
      position += 1;
    }
    if (page.length < PAGE) return { linked: position, fault: undefined };
  }
}

/** Whether that entry is what was linked here first: its hash stands somewhere on the page. */
function fitsAnywhere(
  one: Link,
  page: readonly Link[],
  previous: Uint8Array,
  hash: (previous: Uint8Array, entry: string) => Buffer,
): boolean {
  const right = one.line === null ? undefined : hash(previous, one.line);
  return right !== undefined && page.some((other) => other.hash.equals(right));
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
