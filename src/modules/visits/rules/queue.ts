import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import type { Line, Priority } from "../types.ts";
import { LATE_HOURS } from "./suspension.ts";

/** A party that waits at a station; a family is one turn, whatever its size. Instants are milliseconds UTC. */
export interface Waiting {
  readonly id: string;
  readonly line: Line;
  readonly priority: Priority | null;
  /** Its own hour; null for whoever has none. */
  readonly dueAt: number | null;
  readonly arrivedAt: number;
  /** Its place by lot among all who were at the door when it opened; null for whoever came later (rules/lot.ts). */
  readonly lot: number | null;
  /** Since when it is set aside at its own wish or because it did not answer; null while it can be called. */
  readonly parkedAt: number | null;
}

/** Turns called so far today at this station, by line; the interleave looks at them. */
export type Attended = Readonly<Record<Line, number>>;

/**
 * How those who have an hour and those who have none take turns:
 * `appointments_first`: whoever has no hour fills the gaps; `one_in_n`: each n-th turn is for whoever has none;
 * `by_hour`: whoever has none gets an hour on arrival, and hours are kept in their order.
 */
export const INTERLEAVES = ["appointments_first", "one_in_n", "by_hour"] as const;
export type Interleave = (typeof INTERLEAVES)[number];

export interface HallRule {
  readonly interleave: Interleave;
  /** `one_in_n`: of so many turns in a row the last is for returns and walk-ins. */
  readonly openEvery: number;
  /** `by_hour`: minutes after arrival that count as the hour of whoever has none. */
  readonly openMinutes: number;
}

/** How every hall is run: whoever has no hour is called about an hour after arrival (decision 0027). Our own numbers, by simulation. */
export const HALL_RULE: HallRule = { interleave: "by_hour", openEvery: 4, openMinutes: 60 };

/** Minutes after its hour until which a party is on time: the walk from the car park. Our own number. */
export const GRACE_MINUTES = 15;

/** Of so many turns of a line in a row the last is for whoever has no priority, so that nobody waits for ever. Our own number. */
export const ORDINARY_EVERY = 3;

/**
 * Everybody who can be called at a station, the next one first, as it would be if nobody else came. The order is the
 * same on every machine: it depends on what is given alone, and ties are broken by id.
 *
 * Only the first place is a promise; the others may change with whoever comes. A turn keeps its hour, lot or arrival
 * through all stations: whoever is sent back for a signature, or was long at the cashier, does not start again.
 */
export function orderQueue(waiting: readonly Waiting[], attended: Attended, now: number, rule: HallRule): Waiting[] {
  const hall = hallOf(
    waiting.filter((one) => one.parkedAt === null),
    now,
  );
  const called: Record<Line, number> = { ...attended };
  const order: Waiting[] = [];
  for (let next = pick(hall, called, rule); next; next = pick(hall, called, rule)) {
    called[next.line]++;
    order.push(next);
  }
  return order;
}

/** Some who wait for the same thing, each list in its order. Those with priority go first, but not always. */
interface Queue {
  readonly ordinary: Waiting[];
  readonly priority: Waiting[];
}

/** Those who wait, by what they have. */
interface Hall {
  /** Their hour has come. */
  readonly due: Queue;
  readonly returns: Queue;
  /** They came more than two hours late, and are served today by arrival (people.md 17). */
  readonly veryLate: Queue;
  readonly walkIns: Queue;
  /** Their hour is still to come: only when there is nobody else. */
  readonly early: Queue;
}

function hallOf(waiting: readonly Waiting[], now: number): Hall {
  const of = (group: keyof Hall): Waiting[] => waiting.filter((one) => groupOf(one, now) === group);
  const drawn = of("walkIns").filter((one) => one.lot !== null);
  const later = of("walkIns").filter((one) => one.lot === null);
  const walkIns = lineOf(later, arrivalOf);
  return {
    due: lineOf(of("due"), hourOf),
    returns: lineOf(of("returns"), arrivalOf),
    veryLate: { ordinary: sorted(of("veryLate"), arrivalOf), priority: [] },
    walkIns: { ...walkIns, ordinary: [...sorted(drawn, (one) => one.lot!), ...walkIns.ordinary] },
    early: { ordinary: sorted(of("early"), hourOf), priority: [] },
  };
}

function groupOf(one: Waiting, now: number): keyof Hall {
  if (one.priority === "emergency") return "due";
  if (one.line === "return") return "returns";
  if (one.dueAt === null) return "walkIns";
  if (isVeryLate(one)) return "veryLate";
  return one.dueAt <= now ? "due" : "early";
}

/**
 * The hour by which a party is called. Whoever is late takes the next turn after those who were due when it came; whoever
 * comes from far is never late. An emergency that two people signed is due from its arrival, whatever its hour.
 */
function hourOf({ dueAt, arrivedAt, priority }: Waiting): number {
  if (dueAt === null || priority === "emergency") return arrivedAt;
  const isLate = priority !== "far" && arrivedAt - dueAt > GRACE_MINUTES * MINUTE_MS;
  return isLate ? arrivedAt : dueAt;
}

function isVeryLate({ dueAt, arrivedAt, priority }: Waiting): boolean {
  return dueAt !== null && priority !== "far" && arrivedAt - dueAt > LATE_HOURS * HOUR_MS;
}

function pick(hall: Hall, called: Attended, rule: HallRule): Waiting | undefined {
  const turn = called.appointment + called.return + called.walk_in;
  const { due, returns, veryLate, walkIns, early } = hall;
  const open = [returns, veryLate, walkIns];
  const line = [...(isOpenTurn(due, open, turn, rule) ? [...open, due] : [due, ...open]), early].find(isWaitedIn);
  // Counted by turns, not by appointments: an emergency that has no hour stands in this queue too.
  if (line === due) return take(line, rule.interleave === "one_in_n" ? turn - Math.floor(turn / rule.openEvery) : turn);
  return line && take(line, line === returns ? called.return : called.walk_in);
}

/** Whether this turn is for whoever has no hour, if there is somebody. */
function isOpenTurn(due: Queue, open: readonly Queue[], turn: number, rule: HallRule): boolean {
  switch (rule.interleave) {
    case "appointments_first":
      return false;
    case "one_in_n":
      return turn % rule.openEvery === rule.openEvery - 1;
    case "by_hour":
      return earliest(open, (one) => one.arrivedAt) + rule.openMinutes * MINUTE_MS < earliest([due], hourOf);
  }
}

/** Takes the next of a queue that is not empty. The lot has put priority first: whoever came later never goes before them. */
function take({ ordinary, priority }: Queue, turn: number): Waiting {
  const first = ordinary[0];
  const isOrdinary = first?.priority != null || turn % ORDINARY_EVERY === ORDINARY_EVERY - 1 || priority.length === 0;
  return (first && isOrdinary ? ordinary : priority).shift()!;
}

const size = ({ ordinary, priority }: Queue): number => ordinary.length + priority.length;
const isWaitedIn = (queue: Queue): boolean => size(queue) > 0;
const arrivalOf = (one: Waiting): number => one.arrivedAt;

function lineOf(waiting: readonly Waiting[], by: (one: Waiting) => number): Queue {
  return {
    ordinary: sorted(
      waiting.filter((one) => one.priority === null),
      by,
    ),
    priority: sorted(
      waiting.filter((one) => one.priority !== null),
      by,
    ),
  };
}

function sorted(waiting: readonly Waiting[], by: (one: Waiting) => number): Waiting[] {
  return waiting.toSorted((a, b) => by(a) - by(b) || a.arrivedAt - b.arrivedAt || (a.id < b.id ? -1 : 1));
}

function earliest(queues: readonly Queue[], by: (one: Waiting) => number): number {
  let least = Infinity;
  for (const { ordinary, priority } of queues)
    for (const list of [ordinary, priority]) for (const one of list) least = Math.min(least, by(one));
  return least;
}
