import { rows, run, sql, type Tx } from "./db/index.ts";

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

export type IdempotencyKey = Pick<StoredOutcome, "callerId" | "route" | "key">;

/** Hours for which a repeated request gets its first answer. */
export const IDEMPOTENCY_HOURS = 24;

export async function findOutcomes(tx: Tx, keys: readonly IdempotencyKey[]): Promise<StoredOutcome[]> {
  if (keys.length === 0) return [];
  return rows(
    tx,
    sql`select i.caller_id as "callerId", i.route, i.key, i.body_digest as "bodyDigest", i.outcome, i.result_id as "resultId"
        from unnest(${keys.map((one) => one.callerId)}::uuid[], ${keys.map((one) => one.route)}::text[], ${keys.map((one) => one.key)}::text[]) as t (caller_id, route, key)
        join platform.idempotency i on i.caller_id = t.caller_id and i.route = t.route and i.key = t.key`,
  );
}

export async function deleteOutcomesBefore(tx: Tx, before: Date): Promise<number> {
  return run(tx, sql`delete from platform.idempotency where created_at < ${before}`);
}
