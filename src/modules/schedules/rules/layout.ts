import { instantOf, MINUTE_MS } from "#kernel/time.ts";
import type { Extras, PlacePool, PlannedSession, Station, Step } from "../types.ts";
import { stepsOf } from "./sessions.ts";

/** The same with what it asks for counted, so that the horizon is known to be full without laying it out again. */
export function withCount(session: PlannedSession, zone: string): PlannedSession {
  const { layout } = session;
  return layout ? { ...session, plannedPlaces: layPlaces({ ...session, layout }, zone).length } : session;
}

/** A place that a session is to have. */
export interface LaidPlace extends Step {
  readonly counter: number;
  readonly pool: Extract<PlacePool, "open" | "urgent" | "walk_in" | "assisted">;
  /** Beyond what the counters carry. */
  readonly overbook?: true | undefined;
}

/** Numbers of the counters of an overbooked step begin after the last that a session may have. */
export const OVERBOOKED_FROM = 61;

/** A session as it is to be laid out. */
export type Laid = Pick<PlannedSession, "localDate" | "startsAt" | "endsAt" | "counters" | "stepMinutes"> & {
  readonly layout: Extras;
};

/**
 * The places of a session, step by step, in each step by counter. Breaks are taken in turn, so that a group with two
 * counters or more never closes as a whole. What the stations cannot carry and what the percentage leaves out is spread
 * over the day and over the counters; then so are the reserves.
 */
export function layPlaces(session: Laid, zone: string): LaidPlace[] {
  const steps = stepsOf(session, zone);
  const resting = restsOf(session, steps, zone);
  const { percent, overbook = 0, stations, reserves } = session.layout;
  const dropped = Array.from({ length: session.counters + 1 }, () => 0);
  const reserve = reserveBy(reserves);
  // What is due and what was given, both in hundredths of a place times the minutes at the smallest station.
  const { desks, minutes } = smallest(stations) ?? { desks: session.counters, minutes: session.stepMinutes };
  const whole = 100 * minutes;
  let due = 0;
  let given = 0;
  // What is added is for everybody, spread over the day like what is left out.
  let added = 0;
  return steps.flatMap((step, index) => {
    const working = counterNumbers(session.counters).filter((counter) => !resting[counter - 1]!.has(index));
    due += Math.min(working.length * minutes, desks * session.stepMinutes) * percent;
    const keep = Math.min(working.length, Math.floor((due - given) / whole));
    given += keep * whole;
    const left = [...working].sort((a, b) => dropped[a]! - dropped[b]! || b - a).slice(0, working.length - keep);
    for (const counter of left) dropped[counter]! += 1;
    added += keep * overbook;
    const more = Math.floor(added / 100);
    added -= more * 100;
    return [
      ...working
        .filter((counter) => !left.includes(counter))
        .map((counter): LaidPlace => ({ ...step, counter, pool: reserve() })),
      ...Array.from({ length: more }, (_, i): LaidPlace => {
        return { ...step, counter: OVERBOOKED_FROM + i, pool: "open", overbook: true };
      }),
    ];
  });
}

/** The station that carries the fewest people, and how many counters that is worth; undefined when the counters are the smallest. */
export function bottleneckOf({
  counters,
  stepMinutes,
  stations,
}: Pick<Extras, "stations"> & { readonly counters: number; readonly stepMinutes: number }):
  { readonly station: Station; readonly counters: number } | undefined {
  const found = smallest(stations);
  if (!found || found.desks * stepMinutes >= counters * found.minutes) return undefined;
  const TENTHS = 10;
  return {
    station: found.station,
    counters: Math.round((TENTHS * found.desks * stepMinutes) / found.minutes) / TENTHS,
  };
}

function smallest(stations: Extras["stations"]): Extras["stations"][number] | undefined {
  return [...stations].sort((a, b) => a.desks * b.minutes - b.desks * a.minutes)[0];
}

/** Steps that each counter rests, by its place from 0. */
function restsOf({ localDate, counters, stepMinutes, layout }: Laid, steps: readonly Step[], zone: string) {
  const none = counterNumbers(counters).map(() => new Set<number>());
  if (!layout.breaks) return none;
  const { first, length, rest } = breakSteps({ localDate, stepMinutes, breaks: layout.breaks }, steps, zone);
  if (length < rest) return none;
  return none.map((_, i) => {
    const from = first + (counters === 1 ? 0 : Math.floor((i * (length - rest)) / (counters - 1)));
    return new Set(Array.from({ length: rest }, (_unused, step) => from + step));
  });
}

/** Of the steps those within which counters rest: the first, how many there are, and how many each rests. */
export function breakSteps(
  {
    localDate,
    stepMinutes,
    breaks,
  }: Pick<Laid, "localDate" | "stepMinutes"> & { readonly breaks: NonNullable<Extras["breaks"]> },
  steps: readonly Step[],
  zone: string,
): { readonly first: number; readonly length: number; readonly rest: number } {
  const from = instantOf(localDate, breaks.from, zone).getTime();
  const until = instantOf(localDate, breaks.until, zone).getTime();
  const within = steps.flatMap(({ startsAt }, index) =>
    startsAt >= from && startsAt + stepMinutes * MINUTE_MS <= until ? [index] : [],
  );
  return { first: within[0] ?? 0, length: within.length, rest: Math.ceil(breaks.minutes / stepMinutes) };
}

/** Says for each place in turn for whom it is: the shares are spread as evenly as whole places allow. */
function reserveBy({ urgent, walkIn, assisted }: Extras["reserves"]): () => LaidPlace["pool"] {
  const WHOLE = 100;
  // Each begins a third later than the one before, so that they seldom fall due at one place.
  const shares = [
    { pool: "urgent" as const, share: urgent, due: 0 },
    { pool: "walk_in" as const, share: walkIn, due: WHOLE / 3 },
    { pool: "assisted" as const, share: assisted, due: (2 * WHOLE) / 3 },
  ].filter(({ share }) => share > 0);
  if (shares.length === 0) return () => "open";
  return () => {
    for (const one of shares) one.due += one.share;
    const next = shares.reduce((most, one) => (one.due > most.due ? one : most));
    if (next.due < WHOLE) return "open";
    next.due -= WHOLE;
    return next.pool;
  };
}

function counterNumbers(counters: number): number[] {
  return Array.from({ length: counters }, (_, i) => i + 1);
}
