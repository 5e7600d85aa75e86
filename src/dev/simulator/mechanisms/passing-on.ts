import { type Chance } from "../chance.ts";
import * as p from "../parameters.ts";
import { freesForClients } from "../strategies/freeing.ts";
import { type Release } from "../types.ts";
import { type Standing } from "./batch.ts";
import { type Window } from "./window.ts";

type Draw = (among: readonly Standing[], left: number[]) => readonly number[];

/**
 * After the draw as the service does it: what is declined or found out goes to a second round in a
 * fresh order, what comes free later to the daily draws, each a draw by the same rules among those
 * still waiting. Nothing is ever on view.
 */
export function passOn(
  window: Window,
  { households }: Release,
  standing: readonly Standing[],
  draw: Draw,
  validated: number,
  chance: Chance,
): void {
  const stages = 1 + p.DAILY_DRAWS;
  const freed = Array.from({ length: stages }, () => window.free.map(() => 0));
  const give = (family: number, cell: number, stage: number) => {
    window.give(family, cell, 0);
    if (!chance.happens(p.CANCEL_SHARE)) return;
    const cancels = stage === 0 && chance.happens(p.CANCEL_AT_ONCE) ? 0 : stage + chance.below(stages - stage);
    if (cancels >= stages) return;
    window.giveBack(family);
    freed[cancels]![cell]! += households[family]!.size;
  };
  const settle = (among: readonly Standing[], won: readonly number[], stage: number) => {
    among.forEach(({ family, usable, ticket }, at) => {
      const cell = won[at]!;
      if (cell < 0) return;
      if (family !== null && usable && window.results[family] === "none") give(family, cell, stage);
      else if (stage < stages && chance.happens(validated)) freed[stage]![cell]! += ticket.size;
      else window.held[cell]! += ticket.size;
    });
  };

  settle(standing, draw(standing, window.free), 0);
  for (let stage = 0; stage < stages; stage++) {
    freesForClients(window, stages - stage, chance);
    freed[stage]!.forEach((places, cell) => (window.free[cell]! += places));
    const waiting = standing.filter(({ family }) => family !== null && window.results[family] === "none");
    settle(waiting, draw(waiting, window.free), stage + 1);
  }
}
