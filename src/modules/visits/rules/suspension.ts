import type { LocalDate, ServiceSlug } from "#kernel/ids.ts";
import { addDays, HOUR_MS, weekdayOf } from "#kernel/time.ts";
import type { AppointmentState } from "#modules/booking/index.ts";
import type { Station, VisitState } from "../types.ts";

export const SUSPENSION_REASONS = ["issuing_system", "printer", "cash_desk", "power", "other"] as const;
export type SuspensionReason = (typeof SUSPENSION_REASONS)[number];

/** Hours ahead for which parties are told to stay at home: who is expected later may still be served, and has not left (people.md 12). */
export const TOLD_AHEAD_HOURS = 3;
/** Hours for which a party that is late is still taken for being on its way (people.md 17). */
export const LATE_HOURS = 2;
/** Opening days within which whoever was sent home comes back without an appointment (people.md 12). */
export const RETURN_DAYS = 15;
/** Days after the lost one: on the thirtieth its file is erased. Only an office that hardly opens comes so far. */
const LAST_RETURN_AFTER_DAYS = 29;
const FRIDAY = 5;

/** What decides whether a party can be attended to now. */
export interface HeldAppointment {
  readonly services: readonly ServiceSlug[];
  readonly state: AppointmentState;
  /** Services of it of which an outcome stands already. */
  readonly recorded: readonly ServiceSlug[];
}

/** A service that stands still, or one station on its way. */
export interface StandsStill {
  readonly service: ServiceSlug;
  readonly station: Station | null;
}

/** Where a party stands on its way; undefined of one that is not in the hall. */
export interface OnTheWay {
  readonly state: VisitState;
  readonly station: Station;
  readonly route: readonly Station[];
}

/**
 * What stands still for one party. A station that does holds whoever still has it before her; who has it behind her, or
 * never goes there, goes on. Whoever is not in the hall has everything before her.
 */
export function suspendedFor(standing: readonly StandsStill[], at: OnTheWay | undefined): Set<ServiceSlug> {
  const isInside = at !== undefined && at.state !== "expected" && at.state !== "left";
  const holds = ({ station }: StandsStill): boolean =>
    station === null || !isInside || at.route.indexOf(station) >= at.route.indexOf(at.station);
  return new Set(standing.filter(holds).map((one) => one.service));
}

/** What keeps a party from being called where it waits now: a station further on does not. */
export function suspendedAt(standing: readonly StandsStill[], station: Station): Set<ServiceSlug> {
  return new Set(standing.filter((one) => one.station === null || one.station === station).map((one) => one.service));
}

/** Services that still want an outcome. */
export function openServices(appointments: readonly HeldAppointment[]): ServiceSlug[] {
  return appointments
    .filter((one) => one.state === "booked")
    .flatMap((one) => one.services.filter((service) => !one.recorded.includes(service)));
}

/** Whether nothing of what a party still comes for can be done: one with another service goes on with that one. */
export function isHeld(appointments: readonly HeldAppointment[], suspended: ReadonlySet<ServiceSlug>): boolean {
  const open = openServices(appointments);
  return open.length > 0 && open.every((service) => suspended.has(service));
}

/**
 * What a party that is held hears: to stay at home, that it may come back as it stands in the hall, or nothing yet.
 * Whoever was told to stay at home waits for news, however late it becomes.
 */
export function whatIsDue(
  party: { readonly visit: VisitState | undefined; readonly hour: Date; readonly told?: boolean },
  now: Date,
): "stay_home" | "right_only" | "nothing" {
  if (party.visit === "waiting" || party.visit === "called") return "right_only";
  if (party.visit !== undefined && party.visit !== "expected") return "nothing";
  if (party.told) return "stay_home";
  const hours = (party.hour.getTime() - now.getTime()) / HOUR_MS;
  return hours <= TOLD_AHEAD_HOURS && hours >= -LATE_HOURS ? "stay_home" : "nothing";
}

/** Last day on which the right to return is good: the fifteenth working day after the lost one on which the office opens. */
export function returnUntil(lost: LocalDate, closed: ReadonlySet<LocalDate>): LocalDate {
  return workingDayAfter(lost, RETURN_DAYS, closed);
}

/** First day on which whoever goes home today is expected: a date that she leaves with, though any later one is as good. */
export function returnFrom(today: LocalDate, closed: ReadonlySet<LocalDate>): LocalDate {
  return workingDayAfter(today, 1, closed);
}

function workingDayAfter(lost: LocalDate, count: number, closed: ReadonlySet<LocalDate>): LocalDate {
  const last = addDays(lost, LAST_RETURN_AFTER_DAYS);
  let day = lost;
  for (let opened = 0; opened < count && day < last;) {
    day = addDays(day, 1);
    if (weekdayOf(day) <= FRIDAY && !closed.has(day)) opened += 1;
  }
  return day;
}

/** Last day whose closure can matter to `returnUntil`. */
export function lastReturnDay(lost: LocalDate): LocalDate {
  return addDays(lost, LAST_RETURN_AFTER_DAYS);
}
