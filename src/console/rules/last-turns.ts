import type { Party } from "../api/types.ts";

/** Who has a turn and no answer yet: those who wait, the first turn first, and how many sit at a counter. */
export function lastTurns(parties: readonly Party[]): { readonly waiting: Party[]; readonly atCounter: number } {
  const inside = parties.filter((one) => one.state === "active" && one.visit?.turn);
  const waits = ({ visit }: Party) => visit!.state === "waiting" || visit!.state === "called";
  return {
    waiting: inside.filter(waits).sort((a, b) => a.visit!.turn!.number - b.visit!.turn!.number),
    atCounter: inside.filter(({ visit }) => visit!.state === "serving").length,
  };
}
