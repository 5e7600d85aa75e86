import type { LocalDate, ServiceGroup } from "#kernel/ids.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { MIN_LEAD_HOURS, placesByParty, planWindows } from "#modules/schedules/index.ts";
import type { Arrangement, LockedPlace, Need, PlaceState, PlaceWindow } from "#modules/schedules/index.ts";
import type { Chance } from "../chance.ts";
import { codeOf, type Session } from "./calendar.ts";
import type { Office } from "./network.ts";
import type { Household } from "./people.ts";
import { dayAfter, type World } from "./world.ts";

/** Starts of one day that a household tries before it looks at the next. */
const STARTS_TRIED = 4;

export interface Found {
  readonly localDate: LocalDate;
  readonly seats: Arrangement;
}

/** The first day from `from` on, within so many days, on which there is room for all of a household. */
export function findRoom(
  world: World,
  office: Office,
  household: Household,
  days: { readonly from: LocalDate; readonly most: number },
  chance: Chance,
  state: Extract<PlaceState, "open" | "committed"> = "open",
): Found | undefined {
  const groups = [...new Set(household.needs.map((need) => need.group))];
  let localDate = days.from;
  for (let ahead = 0; ahead < days.most; ahead++, localDate = dayAfter(localDate)) {
    const sessions = world.calendar.of(office, localDate);
    if (sessions.length === 0) continue;
    if (state === "open" && !haveRoom(sessions, groups)) continue;
    const first = sessions.filter((one) => one.group === groups[0]);
    for (const startsAt of startsToTry(first, world.now + MIN_LEAD_HOURS * HOUR_MS, chance, state)) {
      const seats = seatsAt(world, office, localDate, startsAt, household.needs, state);
      if (seats) return { localDate, seats };
    }
  }
  return undefined;
}

function haveRoom(sessions: readonly Session[], groups: readonly ServiceGroup[]): boolean {
  for (const group of groups) if (!sessions.some((one) => one.openInAll > 0 && one.group === group)) return false;
  return true;
}

/** Some starts at which something is left, those first that are near an hour that the household likes. */
function startsToTry(
  sessions: readonly Session[],
  after: number,
  chance: Chance,
  state: "open" | "committed",
): number[] {
  const starts: number[] = [];
  for (const session of sessions)
    for (let step = 0; step < session.starts.length; step++) {
      const startsAt = session.starts[step]!;
      if (startsAt < after) continue;
      if (state === "open" ? session.open[step]! > 0 : hasIn(session, step, codeOf[state])) starts.push(startsAt);
    }
  if (starts.length <= 1) return starts;
  const liked = starts[chance.below(starts.length)]!;
  if (starts.length <= STARTS_TRIED) return starts.sort((a, b) => Math.abs(a - liked) - Math.abs(b - liked) || a - b);
  const at = starts.indexOf(liked);
  return [liked, ...[at + 1, at - 1, at + 2, at - 2].flatMap((near) => starts[near] ?? [])].slice(0, STARTS_TRIED);
}

function hasIn(session: Session, step: number, code: number): boolean {
  for (let place = step * session.counters; place < (step + 1) * session.counters; place++)
    if (session.state[place] === code) return true;
  return false;
}

/** As a booking is decided: what its windows show, the first places of each first and all of them if those are too few. */
function seatsAt(
  world: World,
  office: Office,
  localDate: LocalDate,
  startsAt: number,
  needs: readonly Need[],
  state: "open" | "committed",
): Arrangement | undefined {
  const plan = planWindows([{ officeId: office.id, localDate, startsAt, needs }]);
  const sessions = world.calendar.of(office, localDate);
  const see = (all: boolean) =>
    placesByParty(
      plan,
      plan.windows.flatMap((window, at) => inWindow(sessions, window, at, state, all)),
    )[0]!;
  const seats = world.rules.arrange(see(false), needs, startsAt);
  return seats ?? (needs.length === 1 ? world.rules.arrange(see(true), needs, startsAt) : undefined);
}

function inWindow(
  sessions: readonly Session[],
  { officeId, group, from, until, minutes, parties }: PlaceWindow,
  window: number,
  state: "open" | "committed",
  all: boolean,
): LockedPlace[] {
  const places: LockedPlace[] = [];
  const code = codeOf[state];
  for (const session of sessions) {
    if (session.group !== group) continue;
    const { starts, counters, stepMinutes, id: sessionId } = session;
    const limit = all ? Number.POSITIVE_INFINITY : parties * Math.ceil(minutes / stepMinutes);
    const add = (step: number, counter: number): boolean => {
      const place = step * counters + counter - 1;
      if (session.state[place] === code && (state !== "open" || session.pool[place] === "open"))
        places.push({
          officeId,
          window,
          sessionId,
          serviceGroup: group,
          stepMinutes,
          startsAt: starts[step]!,
          counter,
        });
      return places.length >= limit;
    };
    const steps: number[] = [];
    for (const [step, startsAt] of starts.entries())
      if (startsAt >= from.getTime() && startsAt < until.getTime()) steps.push(step);
    // What needs several steps of a counter is looked for counter by counter (schedules/store/places.ts).
    let full = false;
    if (minutes <= stepMinutes)
      for (let i = 0; i < steps.length && !full; i++)
        for (let counter = 1; counter <= counters && !full; counter++) full = add(steps[i]!, counter);
    else
      for (let counter = 1; counter <= counters && !full; counter++)
        for (let i = 0; i < steps.length && !full; i++) full = add(steps[i]!, counter);
  }
  return places;
}
