import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { addDays, instantOf, localDateAt, localTimeAt, MINUTE_MS } from "#kernel/time.ts";
import type { MessageKind, ReminderKind } from "../types.ts";

/** Days before the visit on which a reminder goes out, and the warning that a permission has not come (people.md 5). */
export const REMINDER_DAYS: Readonly<Record<ReminderKind, number>> = { reminder_7: 7, reminder_1: 1, permission_5: 5 };
/** Wall clock of the office between which a reminder may arrive: nobody is woken, and nobody is called at night. */
const DECENT_FROM = "09:00";
const DECENT_UNTIL = "20:00";
/** Whoever booked or moved within these hours was told the day just now. */
export const JUST_TOLD_HOURS = 24;

/** A day of visits at one office whose reminders are due. */
export interface ReminderDay {
  readonly officeId: OfficeId;
  readonly kind: ReminderKind;
  readonly localDate: LocalDate;
}

export function isReminder(kind: MessageKind): kind is ReminderKind {
  return kind in REMINDER_DAYS;
}

/** `20261203`: a booking that moves to another day is reminded again. */
export function reminderSequence(day: LocalDate): number {
  return Number(day.replaceAll("-", ""));
}

function isDecentHour(now: Date, zone: string): boolean {
  const time = localTimeAt(now, zone);
  return time >= DECENT_FROM && time < DECENT_UNTIL;
}

/** The next instant at which a reminder may arrive; that instant itself when it may now. */
export function nextDecentInstant(now: Date, zone: string): Date {
  if (isDecentHour(now, zone)) return now;
  const today = localDateAt(now, zone);
  return instantOf(localTimeAt(now, zone) < DECENT_FROM ? today : addDays(today, 1), DECENT_FROM, zone);
}

/**
 * When a contact is told that its booking lapsed: not at the event, which would tell whoever filed for
 * another person that she stands at a counter at this minute (hardening 2), but on the next morning.
 * Only if that were too late for the visit, at once: nobody shall travel in vain.
 */
export function lapseToldAt(lapsedAt: Date, startsAt: Date, zone: string): Date {
  const morning = instantOf(addDays(localDateAt(lapsedAt, zone), 1), DECENT_FROM, zone);
  return morning < startsAt ? morning : lapsedAt;
}

/** When thanks for a visit may arrive: on the next morning at the earliest, and at a decent hour. */
export function thanksToldAt(servedAt: Date, now: Date, zone: string): Date {
  const morning = instantOf(addDays(localDateAt(servedAt, zone), 1), DECENT_FROM, zone);
  return nextDecentInstant(now > morning ? now : morning, zone);
}

/** Minutes in which a paper that is said to be ready may turn out not to be: the slip of a hand, with room. */
const READY_AFTER_MS = 2 * MINUTE_MS;

/**
 * When it may be told that papers wait. On the day of the visit not before the next morning: a message at that minute would
 * say that she stands at a counter (hardening 2), and most have their paper in their hands by then.
 */
export function readyToldAt(readyAt: Date, visitedOn: LocalDate, now: Date, zone: string): Date {
  if (localDateAt(readyAt, zone) === visitedOn) return thanksToldAt(readyAt, now, zone);
  const settled = new Date(readyAt.getTime() + READY_AFTER_MS);
  return nextDecentInstant(now > settled ? now : settled, zone);
}

/** Which days of visits are to be reminded of now, in the offices where the hour is decent. */
export function dueReminderDays(
  offices: readonly { readonly id: OfficeId; readonly zone: string }[],
  now: Date,
): ReminderDay[] {
  return offices
    .filter((office) => isDecentHour(now, office.zone))
    .flatMap((office) =>
      (Object.keys(REMINDER_DAYS) as ReminderKind[]).map((kind) => ({
        officeId: office.id,
        kind,
        localDate: addDays(localDateAt(now, office.zone), REMINDER_DAYS[kind]),
      })),
    );
}
