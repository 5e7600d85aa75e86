import type { AppointmentId, BookingId } from "#kernel/ids.ts";
import type { BookingState } from "#modules/booking/index.ts";
import type { OutcomeInput, Station, Visit } from "../types.ts";

/** What a clerk does with a party on a tablet without network. A station is named, so that acts of two tablets add up. */
export type OfflineAct =
  | { readonly do: "arrive" }
  | { readonly do: "call"; readonly station: Station; readonly counter: number }
  | { readonly do: "serve"; readonly station: Station }
  | { readonly do: "pass"; readonly to: Station }
  | { readonly do: "park"; readonly station: Station }
  | { readonly do: "unpark" }
  | { readonly do: "record"; readonly outcomes: readonly OutcomeInput[] }
  /** Takes back what was recorded last of this party. */
  | { readonly do: "undo" }
  | { readonly do: "no_show" };

/** One act of one tablet. Its number is its order; `at` (ms UTC) says how long things took, never what came first. */
export interface Operation {
  readonly counter: number;
  readonly bookingId: BookingId;
  readonly at: number;
  readonly act: OfflineAct;
}

/** How a party stands at the office. */
export interface Standing {
  readonly booking: BookingState;
  readonly visit: Pick<Visit, "state" | "station" | "route" | "parkedAt" | "arrivedAt"> | null;
  /** Whether somebody else changed the visit since the tablet took its list. */
  readonly changed: boolean;
  /** The stations that it would go through if it arrived now. */
  readonly route: readonly Station[];
  readonly recorded: readonly OutcomeInput[];
}

/** A step that the office still has to take so that it knows what the tablet knows; `at` as in {@link Operation}. */
export type MergeStep = { readonly at: number } & (
  | { readonly do: "arrive" | "park" | "no_show" }
  | { readonly do: "serve" | "pass" }
  | { readonly do: "call"; readonly counter: number }
  | { readonly do: "record"; readonly outcomes: readonly OutcomeInput[] }
);

/** Something that only a person can decide; `appointmentId` is null when it is about the whole party. */
export interface MergeConflict {
  readonly code: "recorded_otherwise" | "booking_ended";
  readonly appointmentId: AppointmentId | null;
  /** What the tablet says. */
  readonly outcomes: readonly OutcomeInput[];
}

export interface Merge {
  readonly steps: readonly MergeStep[];
  readonly conflicts: readonly MergeConflict[];
}

/**
 * All acts of a tablet in their order, each once, from whatever arrived in whatever order and however often; undefined
 * while one of them is missing. Nothing is applied before: an undo may be among what is missing.
 */
export function wholeHistory<One extends Pick<Operation, "counter">>(
  received: readonly One[],
  last: number,
): One[] | undefined {
  const byCounter = new Map(received.map((one) => [one.counter, one]));
  const all: One[] = [];
  for (let counter = 1; counter <= last; counter++) {
    const one = byCounter.get(counter);
    if (!one) return undefined;
    all.push(one);
  }
  return all;
}

/** Places within a station, in the order in which a party passes them. */
const WAITING = 0;
const CALLED = 1;
const SERVING = 2;
const PLACES = 3;

/** What a tablet knows of a party in the end. */
interface Known {
  arrivedAt: number | undefined;
  leftAt: number | undefined;
  parkedAt: { readonly place: number; readonly at: number } | undefined;
  /** When it reached each place, and at which counter. */
  readonly reached: Map<number, { readonly at: number; readonly counter?: number }>;
  readonly outcomes: Map<string, OutcomeInput & { readonly at: number }>;
}

/**
 * What the office must still do so that it knows what a tablet knows, and what the two say differently. What both know
 * adds up: an arrival counts more than an absence, the later place more than the earlier. So the order in which tablets
 * come back changes nothing, and what was merged once is not merged again.
 */
export function mergeParty(office: Standing, acts: readonly Operation[]): Merge {
  const route = office.visit?.arrivedAt ? office.visit.route : office.route;
  const known = whatIsKnown(acts, route);
  const came = known.arrivedAt !== undefined;
  const recorded = [...known.outcomes.values()];
  const ended = office.booking === "cancelled" || office.booking === "lapsed";
  if (!came) return { steps: ended ? [] : notComeSteps(office, known), conflicts: [] };
  if (ended)
    return { steps: [], conflicts: [{ code: "booking_ended", appointmentId: null, outcomes: recorded.map(plain) }] };

  const { visit } = office;
  const isBack = visit?.state === "left" || visit?.state === "expected";
  // That nobody came is no outcome any more when somebody saw her.
  const standing = isBack ? office.recorded.filter((one) => one.code !== "no_show") : office.recorded;
  const { open, conflicts } = compared(recorded, standing);
  const wentAway = known.leftAt !== undefined;
  const steps: MergeStep[] = [];
  if (visit?.state !== "done" && !(isBack && wentAway && visit.arrivedAt)) {
    if (!visit || isBack) steps.push({ do: "arrive", at: known.arrivedAt! });
    steps.push(...waySteps(visit && !isBack ? visit : null, route, known));
    if (open.length > 0)
      steps.push({ do: "record", at: Math.max(...open.map(({ at }) => at)), outcomes: open.map(plain) });
    // Whoever was seen elsewhere meanwhile may have come back: nobody is sent away by an older look.
    else if (wentAway && conflicts.length === 0 && !office.changed) steps.push({ do: "no_show", at: known.leftAt! });
  } else if (open.length > 0) {
    steps.push({ do: "record", at: Math.max(...open.map(({ at }) => at)), outcomes: open.map(plain) });
  }
  return { steps, conflicts };
}

/** Nobody saw her on this tablet. Whoever was seen elsewhere is there all the same. */
function notComeSteps({ booking, visit }: Standing, { leftAt }: Known): MergeStep[] {
  const seen = visit !== null && visit.state !== "expected";
  return leftAt === undefined || seen || booking !== "active" ? [] : [{ do: "no_show", at: leftAt }];
}

/** From where a party stands to the furthest place that the tablet knows. To go on it must have been at the counter. */
function waySteps(visit: Standing["visit"], route: readonly Station[], known: Known): MergeStep[] {
  const from = visit ? placeOf(route, visit.station, visit.state) : 0;
  const to = Math.max(0, ...known.reached.keys());
  const steps: MergeStep[] = [];
  let at = known.arrivedAt!;
  for (let place = from + 1; place <= to; place++) {
    const mark = known.reached.get(place);
    at = Math.max(at, mark?.at ?? at);
    if (place % PLACES === WAITING) steps.push({ do: "pass", at });
    else if (place % PLACES === CALLED) {
      if (mark?.counter !== undefined) steps.push({ do: "call", counter: mark.counter, at });
    } else if (mark || place < to) steps.push({ do: "serve", at });
  }
  const { parkedAt } = known;
  if (parkedAt && parkedAt.place === Math.max(from, to) && !visit?.parkedAt)
    steps.push({ do: "park", at: Math.max(at, parkedAt.at) });
  return steps;
}

/** What is not recorded yet, but for people of whom something else is. */
function compared(
  own: readonly (OutcomeInput & { readonly at: number })[],
  standing: readonly OutcomeInput[],
): { open: (OutcomeInput & { readonly at: number })[]; conflicts: MergeConflict[] } {
  const stands = new Map(standing.map((one) => [keyOf(one), one]));
  const differs = (one: OutcomeInput): boolean => {
    const other = stands.get(keyOf(one));
    return (
      other !== undefined && (other.code !== one.code || (other.reason ?? undefined) !== (one.reason ?? undefined))
    );
  };
  const disputed = new Set(own.filter(differs).map((one) => one.appointmentId));
  return {
    open: own.filter((one) => !disputed.has(one.appointmentId) && !stands.has(keyOf(one))),
    conflicts: [...disputed].map((appointmentId) => ({
      code: "recorded_otherwise" as const,
      appointmentId,
      outcomes: own.filter((one) => one.appointmentId === appointmentId).map(plain),
    })),
  };
}

function whatIsKnown(acts: readonly Operation[], route: readonly Station[]): Known {
  const known: Known = {
    arrivedAt: undefined,
    leftAt: undefined,
    parkedAt: undefined,
    reached: new Map(),
    outcomes: new Map(),
  };
  const records: string[][] = [];
  for (const { act, at } of acts) {
    if (act.do === "no_show") {
      known.leftAt = at;
      continue;
    }
    if (act.do === "undo") {
      for (const key of records.pop() ?? []) known.outcomes.delete(key);
      continue;
    }
    known.arrivedAt ??= at;
    known.leftAt = undefined;
    if (act.do === "record") {
      for (const one of act.outcomes) known.outcomes.set(keyOf(one), { ...one, at });
      records.push(act.outcomes.map(keyOf));
    } else if (act.do === "park") {
      known.parkedAt = { place: placeOf(route, act.station, "waiting"), at };
    } else {
      known.parkedAt = undefined;
      if (act.do === "call") reach(known, placeOf(route, act.station, "called"), { at, counter: act.counter });
      else if (act.do === "serve") reach(known, placeOf(route, act.station, "serving"), { at });
      else if (act.do === "pass") reach(known, placeOf(route, act.to, "waiting"), { at });
    }
  }
  return known;
}

function reach({ reached }: Known, place: number, mark: { readonly at: number; readonly counter?: number }): void {
  if (!reached.has(place)) reached.set(place, mark);
}

/** A station that is not on the route counts as its first: the party is in the hall. */
function placeOf(route: readonly Station[], station: Station, state: Visit["state"]): number {
  const within = state === "serving" ? SERVING : state === "called" ? CALLED : WAITING;
  return Math.max(0, route.indexOf(station)) * PLACES + within;
}

function keyOf({ appointmentId, service }: Pick<OutcomeInput, "appointmentId" | "service">): string {
  return `${appointmentId} ${service}`;
}

function plain({ appointmentId, service, code, reason }: OutcomeInput): OutcomeInput {
  return reason === undefined ? { appointmentId, service, code } : { appointmentId, service, code, reason };
}

/** How far the clock of a tablet may be wrong is not our business: the server measures it when the tablet is back. */
export function correctedTime(
  at: number,
  span: { readonly offset: number; readonly from: number; readonly to: number },
): number {
  return Math.min(span.to, Math.max(span.from, at + span.offset));
}
