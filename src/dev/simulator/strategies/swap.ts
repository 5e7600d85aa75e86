import { type Chance } from "../chance.ts";
import { camperTakesIt } from "./camper.ts";

/**
 * A4, cancel and book again in the client's name: it works where the freed place is on public view
 * at once, and needs no skill at all where the name of a booking may be edited (A18).
 */
export function handsOver(chance: Chance, { renames }: { renames: boolean }): boolean {
  return renames || camperTakesIt(chance);
}
