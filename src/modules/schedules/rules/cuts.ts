import type { LocalDate } from "#kernel/ids.ts";
import { instantOf } from "#kernel/time.ts";
import type { Arrangement, CutPlace, Need, SparePlace } from "../types.ts";
import { arrange, stepsOf } from "./arrange.ts";

/** Days after the lost one on which another place is looked for: beyond four weeks a person says which day she wants. */
export const PROPOSE_WITHIN_DAYS = 28;
/** Hours before its start after which another hour is proposed to nobody: she must hear of it, answer, and travel. */
export const PROPOSE_LEAD_HOURS = 24;

/** What a cut takes, by who has it; places are steps of counters. */
export interface CutCounts {
  /** Open to everybody, or freed and about to be. */
  readonly free: number;
  readonly planned: number;
  /** Promised to a draw. */
  readonly committed: number;
  readonly held: number;
  readonly assigned: number;
  readonly booked: number;
}

export function countCut(places: readonly CutPlace[]): CutCounts {
  const counts = { free: 0, planned: 0, committed: 0, held: 0, assigned: 0, booked: 0 };
  for (const { state } of places) {
    if (state === "open" || state === "freed") counts.free += 1;
    else if (state !== "used" && state !== "withdrawn") counts[state] += 1;
  }
  return counts;
}

/** What somebody needs, with the hour and the length that she has; instants in milliseconds since 1970, UTC. */
export interface SeatedNeed extends Need {
  readonly startsAt: number;
  readonly steps: number;
  readonly stepMinutes: number;
}

/** A party whose place is lost. */
export interface Displaced {
  readonly id: string;
  readonly localDate: LocalDate;
  /** Milliseconds since 1970, UTC. */
  readonly startsAt: number;
  readonly needs: readonly SeatedNeed[];
}

export interface Proposal {
  readonly localDate: LocalDate;
  readonly arrangement: Arrangement;
}

/**
 * Another place for each party, or none: all of a party together, on the same day if there is room, else on the soonest
 * later one, at the hour nearest to its own. Never sooner: nobody can be made to come before the day she planned. Who
 * comes first on the lost day chooses first; no place is proposed twice. Before `askFrom`, in milliseconds, a party is
 * given nothing but its own hour, of which nobody has to hear. Hours are those of the wall clock of `zone`, so that a party
 * of nine o'clock stays one of nine o'clock across a change of the clocks.
 */
export function proposeMoves(
  parties: readonly Displaced[],
  spare: readonly SparePlace[],
  askFrom: number,
  zone: string,
): Map<string, Proposal> {
  const shift = shifts(zone);
  const byDay = new Map<LocalDate, SparePlace[]>();
  for (const place of spare) {
    const day = byDay.get(place.localDate);
    if (day) day.push(place);
    else byDay.set(place.localDate, [place]);
  }
  const days = [...byDay.keys()].sort();
  const proposals = new Map<string, Proposal>();
  for (const party of inOrder(parties)) {
    for (const localDate of days) {
      if (localDate < party.localDate) continue;
      const free = byDay.get(localDate)!;
      const arrangement = nearest(party, free, askFrom, party.startsAt + shift(party.localDate, localDate));
      if (arrangement === undefined) continue;
      const taken = new Set(stepsOf(arrangement).map(keyOf));
      byDay.set(
        localDate,
        free.filter((place) => !taken.has(keyOf(place))),
      );
      proposals.set(party.id, { localDate, arrangement });
      break;
    }
  }
  return proposals;
}

/** Of those of one hour the largest party first: for it there is least room. */
function inOrder(parties: readonly Displaced[]): Displaced[] {
  return [...parties].sort(
    (a, b) => a.startsAt - b.startsAt || b.needs.length - a.needs.length || (a.id < b.id ? -1 : 1),
  );
}

/** Milliseconds from an hour of one day to the same hour of another. */
function shifts(zone: string): (from: LocalDate, to: LocalDate) => number {
  const noons = new Map<LocalDate, number>();
  const noon = (day: LocalDate): number => {
    const known = noons.get(day) ?? instantOf(day, "12:00", zone).getTime();
    noons.set(day, known);
    return known;
  };
  return (from, to) => noon(to) - noon(from);
}

function nearest(
  party: Displaced,
  free: readonly SparePlace[],
  askFrom: number,
  sameHour: number,
): Arrangement | undefined {
  const first = party.needs[0]!.group;
  const starts = [...new Set(free.flatMap((one) => (one.serviceGroup === first ? [one.startsAt] : [])))];
  starts.sort((a, b) => Math.abs(a - sameHour) - Math.abs(b - sameHour) || a - b);
  for (const start of starts) {
    const arrangement = arrange(free, party.needs, start);
    if (arrangement && (start >= askFrom || keepsHours(party, arrangement))) return arrangement;
  }
  return undefined;
}

/** Whether another place leaves everybody of a party the hour that she has, for as long: then there is nothing to ask. */
export function keepsHours({ needs }: Pick<Displaced, "needs">, arrangement: Arrangement): boolean {
  return needs.every(({ ordinal, group, startsAt, steps, stepMinutes }) =>
    arrangement.some(
      (one) =>
        one.ordinal === ordinal &&
        one.serviceGroup === group &&
        one.startsAt === startsAt &&
        one.steps === steps &&
        one.stepMinutes === stepMinutes,
    ),
  );
}

function keyOf({ sessionId, startsAt, counter }: Pick<SparePlace, "sessionId" | "startsAt" | "counter">): string {
  return `${sessionId} ${startsAt} ${counter}`;
}
