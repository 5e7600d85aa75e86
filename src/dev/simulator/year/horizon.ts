import type { LocalDate } from "#kernel/ids.ts";
import { addDays, localDateAt, weekdayOf } from "#kernel/time.ts";
import {
  blockedSteps,
  FREED_DRAWN_DAYS,
  HORIZON_WEEKS,
  poolOf,
  shortFromAt,
  type PlannedSession,
  type Template,
} from "#modules/schedules/index.ts";
import type { Session } from "./calendar.ts";
import type { Office } from "./network.ts";
import type { World } from "./world.ts";

/** Of each office the last day up to which its horizon is filled. */
const filledTo = new WeakMap<World, Map<Office, LocalDate>>();

/** Creates what is missing of every office's eight weeks. */
export function fillHorizon(world: World): void {
  const to = filledTo.get(world) ?? new Map<Office, LocalDate>();
  filledTo.set(world, to);
  for (const office of world.network.offices) {
    const today = localDateAt(new Date(world.now), office.zone);
    const last = addDays(today, HORIZON_WEEKS * 7 - 1);
    const known = to.get(office);
    if (known !== undefined && known >= last) continue;
    const from = known === undefined ? today : addDays(known, 1);
    const calendar = { zone: office.zone, closedOn: office.restDays };
    for (const planned of world.rules.planSessions(office.templates, calendar, from, last))
      make(world, office, planned);
    to.set(office, last);
  }
}

/** One dated session with its places: planned for draws where the office draws them, else open. */
export function make(world: World, office: Office, planned: PlannedSession): Session {
  const steps = world.rules.sessionSteps(planned, office.zone);
  const session = world.calendar.add({
    office,
    group: planned.serviceGroup,
    kind: planned.kind,
    localDate: planned.localDate,
    starts: Float64Array.from(steps.map((step) => step.startsAt)),
    stepMinutes: planned.stepMinutes,
    counters: planned.counters,
  });
  world.fresh.push(session);
  world.tally.count("sessions");
  if (isDrawn(session)) {
    const blocked = blockedSteps(steps);
    const blocks = 1 + Math.max(-1, ...blocked.map((step) => step.block ?? -1));
    for (let place = 0; place < session.state.length; place++) {
      const step = blocked[Math.floor(place / session.counters)]!;
      session.pool[place] = poolOf(step.block, (place % session.counters) + 1, blocks);
      world.calendar.change(session, place, "planned");
    }
  }
  return session;
}

export function isDrawn({ office, group }: Pick<Session, "office" | "group">): boolean {
  return office.draws && group === "documentacion";
}

/** Whether a freed place waits for a draw or is everybody's at once (schedules/store/release.ts). */
export function returnsTo(session: Session, startsAt: number, tick: Date): "planned" | "open" {
  if (!isDrawn(session)) return "open";
  const drawnFrom = addDays(localDateAt(tick, "UTC"), FREED_DRAWN_DAYS);
  return session.localDate >= drawnFrom || startsAt >= shortFromAt(tick).getTime() ? "planned" : "open";
}

/** A day away from the office, as a template that holds on that day alone. */
export function dayAway(kind: "mobile" | "on_wheels", on: LocalDate, counters: number): Template {
  return {
    id: `${kind} ${on}`,
    serviceGroup: "documentacion",
    kind,
    weekdays: [weekdayOf(on)],
    opens: kind === "mobile" ? "09:00" : "10:00",
    closes: kind === "mobile" ? "15:00" : "14:00",
    counters,
    stepMinutes: 15,
    validFrom: on,
    validTo: on,
  };
}
