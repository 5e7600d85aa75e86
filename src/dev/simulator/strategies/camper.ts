import { type Chance } from "../chance.ts";
import { CAMPER_WINS } from "../parameters.ts";

/** A2, the cancellation camper: asks every few seconds, so that a place on public view is mostly his. */
export function camperTakesIt(chance: Chance): boolean {
  return chance.happens(CAMPER_WINS);
}
