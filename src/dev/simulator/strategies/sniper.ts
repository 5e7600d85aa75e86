import { type Chance } from "../chance.ts";
import { SNIPER_REACTION } from "../parameters.ts";

/** A1, the release sniper: knows the opening and acts within seconds of it, for all places at once. */
export function sniperActsAt(chance: Chance): number {
  return chance.between(...SNIPER_REACTION);
}
