import type { ServiceGroup } from "#kernel/ids.ts";
import type { Arrangement, Assigned, Need, OpenPlace } from "../types.ts";

/** Steps by which the members of one party may start apart, beyond the longest member's own time (engineering 9). */
export const TOGETHER_STEPS = 2;
/** Minutes a party may wait between two service groups of one visit. */
export const BETWEEN_GROUPS_MINUTES = 120;

const MINUTE = 60_000;

/**
 * Finds places for a whole party, or none at all. Somebody starts exactly at `from`; members of one
 * group sit in one session, close together; nobody is at two counters at once, and a person's groups
 * follow in the order of her needs.
 */
export function arrange(open: readonly OpenPlace[], needs: readonly Need[], from: number): Arrangement | undefined {
  const busyUntil = new Map<number, number>();
  const arrangement: Assigned[] = [];
  const groups = [...new Set(needs.map((need) => need.group))];
  for (const [index, group] of groups.entries()) {
    const members = needs
      .filter((need) => need.group === group)
      .sort((a, b) => b.minutes - a.minutes || a.ordinal - b.ordinal);
    const earliest = index === 0 ? from : Math.min(...members.map((member) => busyUntil.get(member.ordinal) ?? from));
    const seated = seatInOneSession(open, group, members, earliest, busyUntil, index === 0);
    if (!seated) return undefined;
    for (const one of seated) busyUntil.set(one.ordinal, one.endsAt);
    arrangement.push(...seated);
  }
  return arrangement;
}

/**
 * The same on places that are kept for one party: whatever the order of its groups was when they were kept, for that
 * was found without its services.
 */
export function arrangeKept(kept: readonly OpenPlace[], needs: readonly Need[], from: number): Arrangement | undefined {
  for (const groups of ordersOf([...new Set(needs.map((need) => need.group))])) {
    const found = arrange(
      kept,
      [...needs].sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group)),
      from,
    );
    if (found) return found;
  }
  return undefined;
}

/** Every order of some things: a service group each, of which there are six. */
function ordersOf<T>(things: readonly T[]): T[][] {
  if (things.length === 0) return [[]];
  return things.flatMap((first, i) => ordersOf(things.filter((_, at) => at !== i)).map((rest) => [first, ...rest]));
}

function seatInOneSession(
  open: readonly OpenPlace[],
  group: ServiceGroup,
  members: readonly Need[],
  earliest: number,
  busyUntil: ReadonlyMap<number, number>,
  exactStart: boolean,
): Assigned[] | undefined {
  const sessions = new Map<string, OpenPlace[]>();
  for (const place of open) {
    if (place.serviceGroup !== group) continue;
    const places = sessions.get(place.sessionId);
    if (places) places.push(place);
    else sessions.set(place.sessionId, [place]);
  }
  for (const places of sessions.values()) {
    const seated = seat(places, members, earliest, busyUntil, exactStart);
    if (seated) return seated;
  }
  return undefined;
}

function seat(
  places: readonly OpenPlace[],
  members: readonly Need[],
  earliest: number,
  busyUntil: ReadonlyMap<number, number>,
  exactStart: boolean,
): Assigned[] | undefined {
  const stepMs = places[0]!.stepMinutes * MINUTE;
  const free = new Set(places.map((place) => `${place.startsAt} ${place.counter}`));
  const starts = [...new Set(places.map((place) => place.startsAt))].sort((a, b) => a - b);
  const counters = [...new Set(places.map((place) => place.counter))].sort((a, b) => a - b);
  const longestMs = Math.max(...members.map((member) => member.minutes)) * MINUTE;
  const slackMs = exactStart ? 0 : BETWEEN_GROUPS_MINUTES * MINUTE;
  const latest = earliest + longestMs + TOGETHER_STEPS * stepMs + slackMs;
  const seated: Assigned[] = [];
  for (const member of members) {
    const steps = Math.max(1, Math.ceil((member.minutes * MINUTE) / stepMs));
    const notBefore = Math.max(earliest, busyUntil.get(member.ordinal) ?? earliest);
    const found = firstRun(free, starts, counters, steps, stepMs, notBefore, latest);
    if (!found) return undefined;
    if (exactStart && seated.length === 0 && found.startsAt !== earliest) return undefined;
    for (let i = 0; i < steps; i++) free.delete(`${found.startsAt + i * stepMs} ${found.counter}`);
    seated.push({
      ordinal: member.ordinal,
      serviceGroup: member.group,
      sessionId: places[0]!.sessionId,
      counter: found.counter,
      startsAt: found.startsAt,
      endsAt: found.startsAt + steps * stepMs,
      steps,
      stepMinutes: places[0]!.stepMinutes,
    });
  }
  return seated;
}

function firstRun(
  free: ReadonlySet<string>,
  starts: readonly number[],
  counters: readonly number[],
  steps: number,
  stepMs: number,
  notBefore: number,
  latest: number,
): { startsAt: number; counter: number } | undefined {
  for (const startsAt of starts) {
    if (startsAt < notBefore) continue;
    if (startsAt > latest) return undefined;
    for (const counter of counters) {
      let run = 0;
      while (run < steps && free.has(`${startsAt + run * stepMs} ${counter}`)) run++;
      if (run === steps) return { startsAt, counter };
    }
  }
  return undefined;
}

/** Every place of an arrangement, step by step. */
export function stepsOf(
  arrangement: Arrangement,
): { sessionId: Assigned["sessionId"]; startsAt: number; counter: number }[] {
  return arrangement.flatMap(({ sessionId, counter, startsAt, steps, stepMinutes }) =>
    Array.from({ length: steps }, (_, i) => ({ sessionId, counter, startsAt: startsAt + i * stepMinutes * MINUTE })),
  );
}
