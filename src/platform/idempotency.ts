import { rows, run, sql, type Tx } from "./db/index.ts";
import type { Keyring } from "./keyring/index.ts";

/** What a repeated request is answered from. */
export interface StoredOutcome {
  readonly callerId: string;
  readonly route: string;
  readonly key: string;
  readonly bodyDigest: Buffer;
  /** `accepted` or a refusal's code. */
  readonly outcome: string;
  readonly resultId: string | null;
}

/** A request as whoever repeats it sends it again: `route` is the address, `body` what the key was first used with. */
export interface KeyedRequest {
  readonly route: string;
  readonly key: string;
  readonly body: string;
}

export type IdempotencyKey = Pick<StoredOutcome, "callerId" | "route" | "key">;

/** Hours for which a repeated request gets its first answer. */
export const IDEMPOTENCY_HOURS = 24;

/** Each key is looked up by itself, which `offset 0` holds the planner to: a plan made while the table was small would read all of it. */
export async function findOutcomes(tx: Tx, keys: readonly IdempotencyKey[]): Promise<StoredOutcome[]> {
  if (keys.length === 0) return [];
  return rows(
    tx,
    sql`select i.caller_id as "callerId", i.route, i.key, i.body_digest as "bodyDigest", i.outcome, i.result_id as "resultId"
        from unnest(${keys.map((one) => one.callerId)}::uuid[], ${keys.map((one) => one.route)}::text[], ${keys.map((one) => one.key)}::text[]) as t (caller_id, route, key)
        cross join lateral (select * from platform.idempotency where caller_id = t.caller_id and route = t.route and key = t.key offset 0) i`,
  );
}

/** Callers choose their keys, and some choose an address or a name: the key is stored as a digest, like the body. The oldest live version is the one that every node knows during a rotation. */
export async function idempotencyDigests(
  keyring: Keyring,
  { key, body }: { key: string; body: string },
): Promise<{ key: string; bodyDigest: Buffer }> {
  const [keys, bodies] = await keyring.digest("idempotency", [key, body]);
  return { key: keys!.at(-1)!.digest.toString("base64url"), bodyDigest: bodies!.at(-1)!.digest };
}

/** For a command with a transaction of its own: undefined when the key is new, or else what was answered to it. Of two at once the second waits for the first. */
export async function claimKey(tx: Tx, outcome: StoredOutcome, now: Date): Promise<StoredOutcome | undefined> {
  const { callerId, route, key, bodyDigest, resultId } = outcome;
  const claimed = await run(
    tx,
    sql`insert into platform.idempotency (caller_id, route, key, body_digest, outcome, result_id, created_at)
        values (${callerId}, ${route}, ${key}, ${bodyDigest}, ${outcome.outcome}, ${resultId}, ${now}) on conflict do nothing`,
  );
  return claimed === 1 ? undefined : (await findOutcomes(tx, [outcome]))[0];
}

export async function deleteOutcomesBefore(tx: Tx, before: Date): Promise<number> {
  return run(tx, sql`delete from platform.idempotency where created_at < ${before}`);
}
