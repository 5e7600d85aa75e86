import { refuse, type Outcome } from "#kernel/outcome.ts";
import { giveTurnsBack, takeTurns, type JudgedTurn, type RoomRefusal } from "#modules/room/index.ts";
import type { Tx } from "#platform/context.ts";
import type { BookingRefusal } from "../types.ts";
import type { Held } from "./bookings.ts";
import { holdMany, type HoldRequest } from "./hold-many.ts";

export interface RoomHold extends HoldRequest {
  readonly turn: JudgedTurn;
}

/**
 * Holds for many whose turn it is: their turns are taken first, in the same transaction, so that a ticket sent twice
 * holds once. Whoever finds no place keeps her turn.
 */
export async function holdInRoomMany(
  tx: Tx,
  inputs: readonly RoomHold[],
): Promise<Outcome<Held, BookingRefusal | RoomRefusal>[]> {
  const taken = await takeTurns(
    tx,
    inputs.map(({ turn, holdId, now }) => ({ ...turn, holdId, at: now })),
  );
  const going = inputs.filter((_, i) => taken[i]);
  const held = await holdMany(tx, going);
  const outcomes = new Map(going.map((input, i) => [input, held[i]!]));
  await giveTurnsBack(
    tx,
    going.filter((_, i) => !held[i]!.ok).map((one) => one.holdId),
  );
  return inputs.map((input) => outcomes.get(input) ?? refuse({ code: "turn_taken" }));
}
