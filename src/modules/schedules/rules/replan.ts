import { MINUTE_MS } from "#kernel/time.ts";
import type { PlaceState } from "../types.ts";
import type { LaidPlace } from "./layout.ts";

/** A place that a session has now. */
export interface StandingPlace {
  /** Milliseconds since 1970, UTC. */
  readonly startsAt: number;
  readonly counter: number;
  readonly state: PlaceState;
  readonly pool: string;
  readonly isCut: boolean;
}

/** What stands at a counter and stays there, of whatever session; `lengthMs` from its start. */
export interface Busy {
  readonly startsAt: number;
  readonly counter: number;
  readonly lengthMs: number;
}

/** What becomes of one session. */
export interface Replanned<Place> {
  /** Its places can stay where they are; otherwise the new ones are another session's. */
  readonly stays: boolean;
  readonly gained: readonly LaidPlace[];
  readonly lost: readonly Place[];
  /** Free places that are for somebody else from now on. */
  readonly repooled: readonly (Place & { readonly to: LaidPlace["pool"] })[];
}

/** States in which a place is somebody's, or promised. */
const TAKEN: readonly PlaceState[] = ["committed", "assigned", "held", "booked", "used"];
/** Pools that only a layout keeps back. */
const KEPT_BY_LAYOUT = ["walk_in", "assisted"];

/**
 * What changes when a session is laid out anew. Where steps and their minutes stay in line, places are compared one by
 * one. Otherwise whoever has a place keeps it as it is, if its counter works then, and the new ones stand around it: no
 * place of a counter overlaps another, nor what is in the way from other sessions. What is free and not wanted, or taken
 * at an hour or counter that is no more, is lost.
 */
export function replan<Place extends StandingPlace>(
  before: { readonly stepMinutes: number; readonly places: readonly Place[] },
  after: { readonly stepMinutes: number; readonly places: readonly LaidPlace[] },
  others: readonly Busy[] = [],
): Replanned<Place> {
  const standing = before.places.filter((one) => !one.isCut && one.state !== "withdrawn");
  const step = after.stepMinutes * MINUTE_MS;
  const [first] = before.places;
  const [firstAfter] = after.places;
  const stays =
    before.stepMinutes === after.stepMinutes &&
    (!first || !firstAfter || (first.startsAt - firstAfter.startsAt) % step === 0);
  const isFree = (place: LaidPlace, busy: readonly Busy[]): boolean =>
    !busy.some(
      (one) =>
        one.counter === place.counter &&
        one.startsAt < place.startsAt + step &&
        place.startsAt < one.startsAt + one.lengthMs,
    );
  if (stays) {
    const compared = compare(before.places, standing, after.places);
    return { ...compared, gained: compared.gained.filter((place) => isFree(place, others)) };
  }

  const length = before.stepMinutes * MINUTE_MS;
  const taken = standing.filter((one) => TAKEN.includes(one.state));
  const keeps = new Set(
    taken.filter(({ startsAt, counter }) =>
      isCovered(
        startsAt,
        length,
        after.places.filter((one) => one.counter === counter),
        step,
      ),
    ),
  );
  const own = [...keeps, ...before.places.filter((one) => one.isCut)].map((one) => ({ ...one, lengthMs: length }));
  return {
    stays,
    gained: after.places.filter((place) => isFree(place, [...own, ...others])),
    lost: standing.filter((one) => !keeps.has(one)),
    repooled: [],
  };
}

function compare<Place extends StandingPlace>(
  all: readonly Place[],
  standing: readonly Place[],
  wanted: readonly LaidPlace[],
): Replanned<Place> {
  const byKey = new Map(wanted.map((one) => [keyOf(one), one]));
  const there = new Set(all.map(keyOf));
  return {
    stays: true,
    gained: wanted.filter((one) => !there.has(keyOf(one))),
    lost: standing.filter((one) => !byKey.has(keyOf(one))),
    repooled: standing.flatMap((one) => {
      const to = byKey.get(keyOf(one))?.pool;
      if (to === undefined || TAKEN.includes(one.state)) return [];
      const isKept = KEPT_BY_LAYOUT.includes(one.pool) || (one.pool === "urgent" && to !== "open");
      return to === one.pool || (to === "open" && !isKept) ? [] : [{ ...one, to }];
    }),
  };
}

/** Whether the counter works all along. */
function isCovered(startsAt: number, length: number, places: readonly LaidPlace[], step: number): boolean {
  let from = startsAt;
  for (const place of places) if (place.startsAt <= from && from < place.startsAt + step) from = place.startsAt + step;
  return from >= startsAt + length;
}

function keyOf({ startsAt, counter }: Pick<StandingPlace, "startsAt" | "counter">): string {
  return `${startsAt} ${counter}`;
}
