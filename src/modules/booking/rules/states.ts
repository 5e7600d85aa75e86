import type { LocalDate } from "#kernel/ids.ts";
import { HOUR_MS } from "#kernel/time.ts";
import type { AppointmentState, BookingState, BookingView } from "../types.ts";

/** Which state may follow which; everything that is not here is refused. */
export const APPOINTMENT_TRANSITIONS: Readonly<Record<AppointmentState, readonly AppointmentState[]>> = {
  booked: ["cancelled", "lapsed", "served", "unserved", "missed"],
  // The clerk may take an outcome back within a minute.
  served: ["booked"],
  unserved: ["booked"],
  missed: ["booked", "served", "unserved"],
  cancelled: [],
  lapsed: [],
};

export function appointmentMay(from: AppointmentState, to: AppointmentState): boolean {
  return APPOINTMENT_TRANSITIONS[from].includes(to);
}

/** Hours before the visit until which a contact may change or cancel by herself. Cancelling later helps nobody else, but is still kinder than not coming. */
export const CHANGE_UNTIL_HOURS = 2;

/** The booking stands and its visit is still to come. */
export function isAhead(booking: Pick<BookingView, "state" | "startsAt">, now: Date): boolean {
  return booking.state === "active" && booking.startsAt > now;
}

/** Whether the contact may still change or cancel, and if not, why. */
export function mayChange(state: BookingState, startsAt: Date, now: Date): "yes" | "not_changeable" | "too_late" {
  if (state !== "active") return "not_changeable";
  return startsAt.getTime() - now.getTime() < CHANGE_UNTIL_HOURS * HOUR_MS ? "too_late" : "yes";
}

/**
 * Whether the contact may move it: whose hour the office closed may also when that hour is near or over. Of whom
 * somebody was attended to already only the clerk moves the rest.
 */
export function mayMove(
  booking: Pick<BookingView, "state" | "startsAt" | "displaced" | "appointments">,
  now: Date,
): ReturnType<typeof mayChange> {
  const may = mayChange(booking.state, booking.startsAt, now);
  const isWhole = booking.appointments.every((one) => one.state === "booked");
  return may === "too_late" && booking.displaced && isWhole ? "yes" : may;
}

/**
 * Whether a party may be erased by whoever booked it. One that is to come is cancelled first, by the rule of
 * cancelling; one that was attended to today is needed until the office has closed its day.
 */
export function mayErase(
  booking: Pick<BookingView, "state" | "startsAt" | "localDate">,
  now: Date,
  today: LocalDate,
): "cancel_first" | "at_once" | "too_late" | "day_open" {
  if (booking.state === "active")
    return mayChange("active", booking.startsAt, now) === "yes" ? "cancel_first" : "too_late";
  if (booking.state === "cancelled" || booking.state === "lapsed") return "at_once";
  return booking.localDate < today ? "at_once" : "day_open";
}
