import { type Chance } from "../chance.ts";
import * as p from "../parameters.ts";
import { hoardFrom } from "../strategies/hoarder.ts";
import { SESSIONS_PER_PLACE } from "../strategies/sessions.ts";
import { type Attack, type Mechanism, type Release } from "../types.ts";
import { openWindow, type PoolRules, type Window } from "./window.ts";

/** Order by lot among those present, but a ticket for every mailbox, and freed places on public view. */
export const roomInstant = roomWith({ freed: "on_view", validates: false });

/** One rank for each person, freed places to those waiting by lot: nothing to take, only attendance to sell. */
export const roomClean = roomWith({ freed: "to_waiters", validates: true });

function roomWith({ freed, validates }: { freed: PoolRules["freed"]; validates: boolean }): Mechanism {
  return (release, attack, chance) => {
    const window = openWindow(release, attack, { freed, renames: false, grabCents: 0 }, chance);
    const present = release.households.map(({ channel }) => chance.happens(p.HABITS[channel].presentAtOpening));
    const invented = inventedTickets(release, attack, validates, chance);
    window.spend(invented.length * p.IDENTITY_CENTS);
    const tickets: (() => void)[] = invented.map((cell) => () => {
      if (!takeStock(window, cell) || !validates || !chance.happens(release.validation)) return;
      window.plan(chance.between(0, 3 * p.DAY), { kind: "found_out", cell });
    });
    release.households.forEach(({ channel }, family) => {
      const { laterWithin } = p.HABITS[channel];
      const ordered = window.ordered[family]!;
      if (ordered) window.spend(p.IDENTITY_CENTS);
      else window.watch(p.MINUTES_TO_FILE);
      if (freed === "to_waiters") window.wait(family);
      if (ordered || present[family]) tickets.push(() => enter(window, family));
      else window.plan(chance.between(1, laterWithin), { kind: "attempt", family });
    });
    for (const use of chance.shuffle(tickets)) use();
    return window.close();
  };
}

/** The cells that invented persons ask for (A13), without those found before the opening. */
function inventedTickets(release: Release, attack: Attack, validates: boolean, chance: Chance): number[] {
  const wished = hoardFrom(release.cells, attack.hoard);
  const sessions = wished.flatMap((places, cell) => Array<number>(places * SESSIONS_PER_PLACE).fill(cell));
  const found = validates ? release.detection : 0;
  return sessions.filter(() => !chance.happens(found));
}

function takeStock(window: Window, cell: number): boolean {
  if (window.free[cell]! === 0) return false;
  window.free[cell]! -= 1;
  window.held[cell]! += 1;
  return true;
}

function enter(window: Window, family: number): void {
  if (window.book(family, 0) || window.ordered[family]) return;
  window.plan(1, { kind: "attempt", family });
}
