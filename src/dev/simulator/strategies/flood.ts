import { type Chance } from "../chance.ts";
import { type Ticket } from "../lot.ts";
import { placesOf } from "../market.ts";
import { type Cell, type Release } from "../types.ts";

/** Where a seller's invented people live: in numbers that nobody has seen before, bought by the card. */
const CONTACT = "unseen_number";

/** A7, the flood: invented persons who would take any day at one office, less those found before the lock. */
export function floodOf({ cells, detection }: Release, multiple: number, chance: Chance): Ticket[] {
  const wished = Math.round(placesOf(cells) * multiple);
  const offices = [...new Set(cells.map(({ office }) => office))];
  return Array.from({ length: wished }, () => inventedPerson(offices, cells, chance)).filter(
    () => !chance.happens(detection),
  );
}

function inventedPerson(offices: readonly number[], cells: readonly Cell[], chance: Chance): Ticket {
  const cell = cells[chance.below(cells.length)]!;
  const weekdays = [...new Set(cells.map(({ weekday }) => weekday))];
  const first = offices.indexOf(cell.office);
  return { size: 1, tier: 3, contact: CONTACT, domain: "", offices: [offices[first]!], weekdays };
}
