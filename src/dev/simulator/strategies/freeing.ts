import { type Chance } from "../chance.ts";
import { type Window } from "../mechanisms/window.ts";

/**
 * A4 where nothing is on view: the seller gives up places that a waiting client would take, at an
 * hour of his choice, and hopes. Who gets them is not his to say. Spread over the stages that are left;
 * what no client would take is not worth confirming again before the day, and lapses.
 */
export function freesForClients(window: Window, stagesLeft: number, chance: Chance): void {
  const hoped = new Set(
    window.ordered.flatMap((ordered, family) =>
      ordered && window.results[family] === "none" ? window.wanted[family]! : [],
    ),
  );
  window.held.forEach((places, cell) => {
    if (!hoped.has(cell) && stagesLeft > 1) return;
    for (let place = 0; place < places; place++) {
      if (!chance.happens(1 / stagesLeft)) continue;
      window.held[cell]! -= 1;
      window.free[cell]! += 1;
    }
  });
}
