import { HALL_RULE, orderQueue, type Line, type Priority, type Station } from "#modules/visits/index.ts";

/** What a test wrote down of a hall while it went: never read from a table. Instants are milliseconds UTC. */
export type Fact =
  | {
      readonly does: "arrives";
      readonly turn: number;
      readonly at: number;
      readonly station: Station;
      readonly line: Line;
      readonly priority: Priority | null;
      /** Its own hour; null for whoever has none. */
      readonly dueAt: number | null;
    }
  | { readonly does: "goes_first"; readonly turn: number; readonly priority: Priority }
  /** The lot of the door, the first one first. */
  | { readonly does: "lots"; readonly turns: readonly number[] }
  | { readonly does: "called"; readonly turn: number; readonly at: number; readonly station: Station }
  /** On to another station, or home. */
  | { readonly does: "moves"; readonly turn: number; readonly to: Station | undefined }
  | { readonly does: "steps_aside"; readonly turn: number; readonly at: number }
  | { readonly does: "is_back"; readonly turn: number };

export interface Misorder {
  readonly called: number;
  /** Who was next by the rule; undefined when nobody was. */
  readonly next: number | undefined;
  readonly station: Station;
}

interface Turn {
  readonly arrived: Extract<Fact, { does: "arrives" }>;
  readonly calledAt: Set<Station>;
  station: Station | undefined;
  priority: Priority | null;
  lot: number | null;
  waits: boolean;
  asideSince: number | null;
}

/** Calls of somebody else than the pure rule names, computed again from the facts alone. `opensAt`: of the door. */
export function misordersOf(facts: readonly Fact[], opensAt: number): Misorder[] {
  const turns = new Map<number, Turn>();
  const wrong: Misorder[] = [];
  for (const fact of facts) {
    if (fact.does === "arrives") {
      const { station, priority } = fact;
      const fresh = { calledAt: new Set<Station>(), lot: null, waits: true, asideSince: null };
      turns.set(fact.turn, { arrived: fact, station, priority, ...fresh });
      continue;
    }
    if (fact.does === "lots") {
      for (const [i, number] of fact.turns.entries()) turns.get(number)!.lot = i + 1;
      continue;
    }
    const turn = turns.get(fact.turn)!;
    switch (fact.does) {
      case "goes_first":
        turn.priority = fact.priority;
        break;
      case "called": {
        const next = nextAt(fact.station, [...turns.values()], fact.at, opensAt);
        if (next !== fact.turn) wrong.push({ called: fact.turn, next, station: fact.station });
        turn.waits = false;
        turn.calledAt.add(fact.station);
        break;
      }
      case "moves":
        turn.station = fact.to;
        turn.waits = fact.to !== undefined;
        break;
      case "steps_aside":
        turn.waits = true;
        turn.calledAt.delete(turn.station!);
        turn.asideSince = fact.at;
        break;
      case "is_back":
        turn.asideSince = null;
        break;
    }
  }
  return wrong;
}

function nextAt(station: Station, turns: readonly Turn[], at: number, opensAt: number): number | undefined {
  const attended = { appointment: 0, return: 0, walk_in: 0 };
  for (const { calledAt, arrived } of turns) if (calledAt.has(station)) attended[arrived.line] += 1;
  const isBeforeTheLot = ({ arrived, lot }: Turn): boolean =>
    arrived.line === "walk_in" && arrived.at < opensAt && lot === null;
  const waiting = turns
    .filter((one) => one.waits && one.station === station && !isBeforeTheLot(one))
    .map(({ arrived, priority, lot, asideSince }) => ({
      id: String(arrived.turn),
      line: arrived.line,
      priority,
      dueAt: arrived.dueAt,
      arrivedAt: arrived.at,
      lot,
      parkedAt: asideSince,
    }));
  const [next] = orderQueue(waiting, attended, at, HALL_RULE);
  return next && Number(next.id);
}
