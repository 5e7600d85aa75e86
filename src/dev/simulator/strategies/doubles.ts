import { type Chance } from "../chance.ts";

/**
 * A8, several tickets for one client under altered identities (a letter, a dropped surname, day and
 * month swapped). Filings under one and the same identity are no second chance whatever the number of
 * contacts, so a seller need not try them. Gives how many of the extra ones stand in the draw.
 */
export function extraTickets(tickets: number, found: number, chance: Chance): number {
  let left = 0;
  for (let extra = 1; extra < tickets; extra++) if (!chance.happens(found)) left += 1;
  return left;
}
