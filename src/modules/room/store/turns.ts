import type { LocalDate } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Turn } from "../types.ts";
import { FORGOTTEN_AT_ONCE } from "./log.ts";

/**
 * Takes up turns, in the order of their keys, and answers for each whether it was still to be had. Called
 * in the transaction that takes the places, before it takes them: a second hold of a turn is an answer,
 * never an error, and if the transaction is rolled back the turn was never taken.
 */
export async function takeTurns(
  tx: Tx,
  turns: readonly (Turn & { readonly holdId: string; readonly at: Date; readonly eraseAfter: LocalDate })[],
): Promise<boolean[]> {
  if (turns.length === 0) return [];
  const taken = await rows<{ holdId: string }>(
    tx,
    sql`insert into room.turns (room_id, rank_id, contact_id, hold_id, taken_at, erase_after)
        select room_id, rank_id, contact_id, hold_id, taken_at, erase_after
        from unnest(${turns.map((one) => one.roomId)}::text[], ${turns.map((one) => Buffer.from(one.rankId, "hex"))}::bytea[],
                    ${turns.map((one) => one.contactId)}::uuid[], ${turns.map((one) => one.holdId)}::uuid[],
                    ${turns.map((one) => one.at)}::timestamptz[], ${turns.map((one) => one.eraseAfter)}::date[])
             with ordinality as t (room_id, rank_id, contact_id, hold_id, taken_at, erase_after, n)
        order by room_id, rank_id, contact_id, n
        on conflict do nothing returning hold_id as "holdId"`,
  );
  const winners = new Set(taken.map((one) => one.holdId));
  return turns.map((one) => winners.has(one.holdId));
}

/** Gives turns back in the transaction that took them, when no place could be held: a refusal must not cost a turn. */
export async function giveTurnsBack(tx: Tx, holdIds: readonly string[]): Promise<void> {
  if (holdIds.length === 0) return;
  await run(tx, sql`delete from room.turns where hold_id = any(${holdIds}::uuid[])`);
}

/** Deletes turns of rooms that nobody may be asked about any more, so many at once. Returns how many went. */
export function forgetTurns(tx: Tx, on: LocalDate): Promise<number> {
  return run(
    tx,
    sql`delete from room.turns where hold_id = any(array(select hold_id from room.turns where erase_after < ${on} limit ${FORGOTTEN_AT_ONCE}))`,
  );
}
