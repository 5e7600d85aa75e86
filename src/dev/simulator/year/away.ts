import type { LocalDate } from "#kernel/ids.ts";
import { addDays, weekdayOf } from "#kernel/time.ts";
import { dayAway, isDrawn, make } from "./horizon.ts";
import type { Office } from "./network.ts";
import {
  MOBILE_AHEAD_DAYS,
  MOBILE_COUNTERS,
  MOBILE_WEEKENDS_A_WEEK,
  SHORT_NOTICE_AHEAD_DAYS,
  SHORT_NOTICE_SHARE,
  WHEELS_DAYS_A_WEEK,
} from "./parameters.ts";
import type { World } from "./world.ts";

/** Offices of the whole network, over which the days away are spread. */
const ALL_OFFICES = 59;
const SATURDAY = 6;
const SUNDAY = 7;
const TUESDAY = 2;

/** Makes the days away that are due to be made today: weekends in a far town, and stops of a circuit from Tuesday to Saturday. */
export function planAway(world: World, office: Office, today: LocalDate): void {
  const chance = world.chance(office.at);
  const kinds = [
    ["mobile", MOBILE_WEEKENDS_A_WEEK / ALL_OFFICES / 2, (day: number) => day >= SATURDAY && day <= SUNDAY],
    ["on_wheels", WHEELS_DAYS_A_WEEK / ALL_OFFICES / 5, (day: number) => day >= TUESDAY && day <= SATURDAY],
  ] as const;
  for (const [kind, share, fits] of kinds) {
    const short = chance.happens(SHORT_NOTICE_SHARE);
    const on = addDays(today, short ? SHORT_NOTICE_AHEAD_DAYS : MOBILE_AHEAD_DAYS);
    if (!fits(weekdayOf(on)) || office.restDays.has(on) || !chance.happens(share)) continue;
    makeDay(world, office, kind, on, short);
  }
}

/** A day made at short notice is drawn in every office: it is never a race (people.md 17). */
function makeDay(world: World, office: Office, kind: "mobile" | "on_wheels", on: LocalDate, short: boolean): void {
  const template = dayAway(kind, on, MOBILE_COUNTERS[kind]);
  const calendar = { zone: office.zone, closedOn: office.restDays };
  for (const planned of world.rules.planSessions([template], calendar, on, on)) {
    const session = make(world, office, planned);
    world.tally.count("mobileDays");
    if (!short || isDrawn(session)) continue;
    for (let place = 0; place < session.state.length; place++) {
      session.pool[place] = "draw";
      world.calendar.change(session, place, "planned");
    }
  }
}
