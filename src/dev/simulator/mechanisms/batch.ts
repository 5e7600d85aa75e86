import { DRAW_POLICY, type Policy } from "#modules/allocation/index.ts";
import { type Chance } from "../chance.ts";
import { drawLots, type Ticket } from "../lot.ts";
import * as p from "../parameters.ts";
import { extraTickets } from "../strategies/doubles.ts";
import { floodOf } from "../strategies/flood.ts";
import { type Attack, type Mechanism, type Release } from "../types.ts";
import { passOn } from "./passing-on.ts";
import { openWindow, type Window } from "./window.ts";

export interface BatchRules {
  /** One person, one chance, and a place only for who was named. Without it every ticket counts and is honoured. */
  readonly unique: boolean;
  /** Freed places on public view at once, instead of second round and daily draws. */
  readonly instant: boolean;
  /** Of altered identities that nobody found before the lock, those that the counter serves all the same. */
  readonly honoured: number;
  readonly policy: Policy;
}

const FULL: BatchRules = { unique: true, instant: false, honoured: 0, policy: DRAW_POLICY };

export const batchFull = batchWith(FULL);
export const batchLeaky = batchWith({ ...FULL, instant: true });
export const batchWithoutUniqueness = batchWith({ ...FULL, unique: false });
export const batchHonouring = (honoured: number): Mechanism => batchWith({ ...FULL, honoured });

/** What stands in the draw: for a family (and whether its win can be used), or for nobody. */
export interface Standing {
  readonly ticket: Ticket;
  readonly family: number | null;
  readonly usable: boolean;
}

function batchWith(rules: BatchRules): Mechanism {
  return (release, attack, chance) => {
    const pool = { freed: rules.instant ? "on_view" : "to_draws", renames: false, grabCents: 0 } as const;
    const window = openWindow(release, attack, pool, chance);
    const standing = file(release, attack, rules, window, chance);
    const draw = (among: readonly Standing[], left: number[]) => {
      const tickets = among.map(({ ticket }) => ticket);
      return tickets.length === 0 ? [] : drawLots(tickets, release.cells, left, rules.policy, chance).won;
    };
    const validated = rules.unique ? release.validation : 0;
    if (rules.instant) watchAndSwap(window, release, standing, draw(standing, window.free), validated, chance);
    else passOn(window, release, standing, draw, validated, chance);
    return window.close();
  };
}

/** Everybody files once, at whatever hour of the week; the seller files for his clients and for nobody. */
function file(release: Release, attack: Attack, rules: BatchRules, window: Window, chance: Chance): Standing[] {
  const found = rules.unique ? release.detection : 0;
  const standing = release.households.flatMap((household, family): Standing[] => {
    const ticket: Ticket = { ...household, domain: "" };
    const own: Standing = { ticket, family, usable: true };
    if (!window.ordered[family]) {
      window.watch(p.MINUTES_TO_FILE);
      return [own];
    }
    window.spend((attack.tickets - 1) * p.IDENTITY_CENTS);
    const extra = extraTickets(attack.tickets, found, chance);
    const altered = Array.from({ length: extra }, (): Standing => {
      const usable = !rules.unique || chance.happens(rules.honoured);
      return { ticket: { ...ticket, contact: "unseen_number" }, family, usable };
    });
    return [own, ...altered];
  });
  const invented = floodOf({ ...release, detection: found }, attack.flood, chance);
  // Those found before the lock were paid for as well.
  window.spend(Math.round((invented.length * p.IDENTITY_CENTS) / (1 - Math.min(found, 0.99))));
  return [...standing, ...invented.map((ticket): Standing => ({ ticket, family: null, usable: false }))];
}

/** The draw that leaks: what is held or cancelled is taken by whoever asks every few seconds. */
function watchAndSwap(
  window: Window,
  { households }: Release,
  standing: readonly Standing[],
  won: readonly number[],
  validated: number,
  chance: Chance,
): void {
  standing.forEach(({ family, usable, ticket }, at) => {
    const cell = won[at]!;
    if (cell < 0) return;
    if (family !== null && usable && window.results[family] === "none") window.give(family, cell, 0);
    // Who is found out loses the place to whoever watches.
    else if (chance.happens(validated))
      window.plan(chance.between(0, 3 * p.DAY), { kind: "comes_free", cell, places: ticket.size });
    else window.held[cell]! += ticket.size;
  });
  households.forEach(({ channel, reachable }, family) => {
    if (window.results[family] !== "none" || window.ordered[family]) return;
    window.plan(chance.exponential(p.DAY / p.HABITS[channel].rechecksPerDay), { kind: "attempt", family });
    if (reachable) window.plan(chance.exponential(p.MEETS_SELLER_MEAN), { kind: "meets_seller", family });
  });
}
