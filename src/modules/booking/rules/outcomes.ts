import type { AppointmentId, BookingId } from "#kernel/ids.ts";
import type { AppointmentState, BookingState } from "../types.ts";

/** What a booking is once its appointments are in these states: it goes on as long as one of them is still to come. */
export function bookingStateAfter(states: readonly AppointmentState[]): BookingState {
  if (states.includes("booked")) return "active";
  if (states.includes("served") || states.includes("unserved")) return "completed";
  if (states.includes("missed")) return "missed";
  return states.includes("lapsed") ? "lapsed" : "cancelled";
}

/** A claim of another booking on a person and scope that were served at a counter. */
export interface RivalClaim {
  readonly bookingId: BookingId;
  readonly appointmentId: AppointmentId;
  readonly scope: string;
}

/**
 * Appointments that lapse because all they were for has been done for that person elsewhere. One
 * with a scope that is still open stays: whoever came with the papers is never served less for it.
 */
export function lapsedAppointments(
  rivals: readonly RivalClaim[],
  claimed: readonly Pick<RivalClaim, "appointmentId" | "scope">[],
): AppointmentId[] {
  const done = new Set(rivals.map((one) => `${one.appointmentId} ${one.scope}`));
  const open = new Set(
    claimed.filter((one) => !done.has(`${one.appointmentId} ${one.scope}`)).map((one) => one.appointmentId),
  );
  return [...new Set(rivals.map((one) => one.appointmentId))].filter((id) => !open.has(id));
}

/** What a booking is after some of its appointments lapsed, and how many of its people have nothing left. */
export function afterLapse(
  appointments: readonly { readonly id: AppointmentId; readonly ordinal: number; readonly state: AppointmentState }[],
  lapsed: ReadonlySet<AppointmentId>,
): { readonly over: boolean; readonly peopleGone: number } {
  const open = appointments.filter((one) => one.state === "booked" && !lapsed.has(one.id));
  const remaining = new Set(open.map((one) => one.ordinal));
  const touched = new Set(appointments.filter((one) => lapsed.has(one.id)).map((one) => one.ordinal));
  return { over: open.length === 0, peopleGone: [...touched].filter((ordinal) => !remaining.has(ordinal)).length };
}
