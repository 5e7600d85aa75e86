import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { daysBetween } from "#kernel/time.ts";
import type { Tx } from "#platform/context.ts";
import { laidOn, shiftLayouts } from "../rules/plan.ts";
import { stepsOf } from "../rules/sessions.ts";
import { lockHorizon } from "../store/sessions.ts";
import {
  lockSpecialDay,
  setSessionsOf,
  shiftSessions,
  updateSpecialDay,
  type ShiftedSession,
  type SpecialSessionRow,
} from "../store/special-days.ts";
import type { SpecialDay, SpecialDayId } from "../types.ts";
import { checkDay, PlanRefused, send, type Place } from "./day-checks.ts";

export { listPlacesOf, lockPlacesOf, type SessionPlace } from "../store/replan.ts";
export { listSessionsOf, type SpecialSessionRow } from "../store/special-days.ts";

/** Where and when a special day goes; what is left out stays. */
export interface MoveWish {
  readonly localDate: LocalDate;
  /** Local time at which the first of its groups opens; the others keep their distance. */
  readonly opens?: string | undefined;
  readonly venueId?: string | undefined;
}

/** A special day of one office, locked; refused when there is none. */
export async function takeSpecialDay(tx: Tx, officeId: OfficeId, id: SpecialDayId): Promise<SpecialDay> {
  await lockHorizon(tx, officeId);
  const day = await lockSpecialDay(tx, officeId, id);
  if (!day) throw new PlanRefused({ code: "unknown_special_day" });
  return day;
}

/** Serves nobody until it has a day again, and keeps all its places. */
export async function suspendDay(tx: Tx, day: SpecialDay): Promise<SpecialDay> {
  const suspended = { ...day, state: "suspended" as const, revision: day.revision + 1 };
  await updateSpecialDay(tx, suspended);
  await setSessionsOf(tx, day.officeId, day.id, "closed");
  return suspended;
}

/** Ends a special day of which nobody has anything any more, and frees its crews and kits. */
export async function endDay(tx: Tx, place: Place, day: SpecialDay): Promise<SpecialDay> {
  const ended = { ...day, state: "cancelled" as const, resources: [], revision: day.revision + 1 };
  await updateSpecialDay(tx, ended);
  await setSessionsOf(tx, day.officeId, day.id, "closed");
  await send(tx, place, ended);
  return ended;
}

/** Moves a special day with its sessions, places, crews and kits, and opens it. Says how far each session went. */
export async function moveDay(
  tx: Tx,
  place: Place,
  day: SpecialDay,
  sessions: readonly SpecialSessionRow[],
  wish: MoveWish,
): Promise<{ readonly day: SpecialDay; readonly shifts: readonly ShiftedSession[] }> {
  const layouts = shiftLayouts(day.sessions, wish.opens);
  if (!layouts) throw new PlanRefused({ code: "too_long_a_day", about: { hours: wish.opens ?? "" } });
  const moved = {
    ...day,
    localDate: wish.localDate,
    venueId: wish.venueId ?? day.venueId,
    sessions: layouts,
    // A Saturday that moves to another day of the week is one no more.
    kind: kindOn(day, wish),
    state: "published" as const,
    revision: day.revision + 1,
  };
  await checkDay(tx, place, moved, day.id);
  const inOrder = layouts
    .map((one) => laidOn(one, wish.localDate, place.zone))
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.serviceGroup < b.serviceGroup ? -1 : 1));
  const shifts = sessions.map((session, i): ShiftedSession => {
    const to = inOrder[i]!;
    return {
      id: session.id,
      localDate: wish.localDate,
      byMs: to.startsAt.getTime() - session.startsAt.getTime(),
      layout: to.layout,
      steps: stepsOf(to, place.zone),
    };
  });
  await updateSpecialDay(tx, moved);
  await send(tx, place, moved);
  await shiftSessions(tx, day.officeId, shifts);
  await setSessionsOf(tx, day.officeId, day.id, "open");
  return { day: moved, shifts };
}

function kindOn({ kind, localDate }: SpecialDay, wish: MoveWish): SpecialDay["kind"] {
  const isWeekend = kind === "saturday" || kind === "sunday";
  return isWeekend && wish.localDate !== localDate && !sameWeekday(localDate, wish.localDate) ? "extraordinary" : kind;
}
function sameWeekday(a: LocalDate, b: LocalDate): boolean {
  const DAYS_OF_A_WEEK = 7;
  return daysBetween(a, b) % DAYS_OF_A_WEEK === 0;
}
