import { MINUTE_MS } from "#kernel/time.ts";
import { type HallRule, type Line, type Waiting, orderQueue } from "#modules/visits/index.ts";
import type { Guest } from "./guests.ts";
import type { HallStation } from "./parameters.ts";

/** How a family fared. */
export interface Stay {
  readonly guest: Guest;
  /** In queues, from her hour or, without one, from arrival; at all stations together. */
  readonly waited: number;
  /** Milliseconds from midnight. */
  readonly endedAt: number;
}

/** How a hall is run. */
export interface HallRun {
  readonly stations: readonly HallStation[];
  readonly rule: HallRule;
  /** What does not ship: a turn stands behind all others again at each station after its first. */
  readonly startsAgain?: boolean;
}

interface Turn {
  readonly guest: Guest;
  station: number;
  since: number;
  waited: number;
  /** It is at a counter until then. */
  until: number;
}

/** A day from the door to the end. A free counter calls whoever is next at once; nobody leaves before she was served. */
export function playHall(guests: readonly Guest[], { stations, rule, startsAgain = false }: HallRun): Stay[] {
  const coming = guests.toSorted((a, b) => b.arrivedAt - a.arrivedAt || (a.id < b.id ? 1 : -1));
  const queues = stations.map((): Turn[] => []);
  const called = stations.map((): Record<Line, number> => ({ appointment: 0, return: 0, walk_in: 0 }));
  const free = stations.map((one) => one.counters);
  let atCounters: Turn[] = [];
  const stays: Stay[] = [];
  const waitingOf = ({ guest, station, since }: Turn): Waiting =>
    startsAgain && station > 0
      ? { ...guest, line: "walk_in", dueAt: null, lot: null, arrivedAt: since, parkedAt: null }
      : { ...guest, parkedAt: null };

  for (;;) {
    const now = Math.min(coming.at(-1)?.arrivedAt ?? Infinity, ...atCounters.map((one) => one.until));
    if (now === Infinity) return stays;
    for (const turn of atCounters.filter((one) => one.until === now)) {
      free[turn.station]!++;
      turn.station++;
      turn.since = now;
      if (turn.station < stations.length) queues[turn.station]!.push(turn);
      else stays.push({ guest: turn.guest, waited: turn.waited, endedAt: now });
    }
    atCounters = atCounters.filter((one) => one.until > now);
    while (coming.at(-1)?.arrivedAt === now)
      queues[0]!.push({ guest: coming.pop()!, station: 0, since: now, waited: 0, until: 0 });

    for (const [station, queue] of queues.entries()) {
      const calls = orderQueue(queue.map(waitingOf), called[station]!, now, rule).slice(0, free[station]);
      for (const { id, line } of calls) {
        const [turn] = queue.splice(
          queue.findIndex((one) => one.guest.id === id),
          1,
        ) as [Turn];
        free[station]!--;
        called[station]![line]++;
        turn.waited += Math.max(0, now - Math.max(turn.since, turn.guest.dueAt ?? 0));
        turn.until = now + turn.guest.minutes[station]! * MINUTE_MS;
        atCounters.push(turn);
      }
    }
  }
}
