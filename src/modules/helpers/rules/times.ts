import type { LocalDate } from "#kernel/ids.ts";
import { addDays, DAY_MS, localDateAt, MINUTE_MS } from "#kernel/time.ts";

/** Minutes of one help: a family of five with its papers takes twenty (engineering 3.4), with somebody who reads aloud twice as long. */
export const HELP_MINUTES = 60;
/** Hours for which a helper stays signed in: a day at a desk. */
export const HELPER_SESSION_HOURS = 10;
/** Hours in which a helper uses the code that staff gave it. */
export const ENROLMENT_HOURS = 72;
/** Days for which it is known with which helper an entry was made (people.md 15; issue 6). */
export const LINK_DAYS = 30;
/** Days for which it is known which visit a helper opened: as long as an event may come late. */
export const HELP_KEPT_DAYS = 1;
/** Days in which a registration is judged; unanswered it is erased. */
export const JUDGED_DAYS = 60;
/** Days of a registration: it is asked for anew each year. */
export const REGISTERED_DAYS = 365;
/** Days for which an ended or refused registration is kept: long enough to object. */
export const OVER_KEPT_DAYS = 30;

/** When a row that was just asked for ends and is erased, at the latest. The key of what is sealed has the same day. */
export function datesOfAsking(now: Date): { readonly endsOn: LocalDate; readonly eraseAfter: LocalDate } {
  const endsOn = addDays(localDateAt(now, "UTC"), JUDGED_DAYS + REGISTERED_DAYS);
  return { endsOn, eraseAfter: addDays(endsOn, OVER_KEPT_DAYS) };
}

/** Day after which a registration that is over at this moment is erased; never later than was meant at first. */
export function eraseAfterEnd(now: Date, meant: LocalDate): LocalDate {
  const after = addDays(localDateAt(now, "UTC"), OVER_KEPT_DAYS);
  return after < meant ? after : meant;
}

export function helpEndsAt(now: Date): Date {
  return new Date(now.getTime() + HELP_MINUTES * MINUTE_MS);
}

export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
