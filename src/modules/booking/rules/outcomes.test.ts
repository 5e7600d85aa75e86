import { describe, expect, it } from "vitest";
import type { AppointmentId, BookingId } from "#kernel/ids.ts";
import { afterLapse, bookingStateAfter, lapsedAppointments } from "./outcomes.ts";

const id = (name: string) => name as AppointmentId;
const rival = (appointment: string, scope: string) => ({
  bookingId: "b" as BookingId,
  appointmentId: id(appointment),
  scope,
});

describe("a booking", () => {
  it("goes on as long as one appointment is to come, and is complete when anybody came", () => {
    expect(bookingStateAfter(["served", "booked"])).toBe("active");
    expect(bookingStateAfter(["missed", "unserved", "lapsed"])).toBe("completed");
    expect(bookingStateAfter(["missed", "lapsed"])).toBe("missed");
    expect(bookingStateAfter(["lapsed", "cancelled"])).toBe("lapsed");
    expect(bookingStateAfter(["cancelled"])).toBe("cancelled");
  });

  it("is over when all its appointments lapsed, and loses the people who have nothing left", () => {
    const appointments = [
      { id: id("a"), ordinal: 1, state: "booked" as const },
      { id: id("b"), ordinal: 1, state: "booked" as const },
      { id: id("c"), ordinal: 2, state: "booked" as const },
    ];
    expect(afterLapse(appointments, new Set([id("a")]))).toEqual({ over: false, peopleGone: 0 });
    expect(afterLapse(appointments, new Set([id("a"), id("b")]))).toEqual({ over: false, peopleGone: 1 });
    expect(afterLapse(appointments, new Set([id("a"), id("b"), id("c")]))).toEqual({ over: true, peopleGone: 2 });
  });
});

describe("an appointment", () => {
  it("lapses when everything that it was for was issued elsewhere, and not before", () => {
    const claimed = [
      { appointmentId: id("a"), scope: "passport" },
      { appointmentId: id("b"), scope: "passport" },
      { appointmentId: id("b"), scope: "matricula" },
    ];
    expect(lapsedAppointments([rival("a", "passport"), rival("b", "passport")], claimed)).toEqual(["a"]);
    expect(lapsedAppointments([rival("b", "passport"), rival("b", "matricula")], claimed)).toEqual(["b"]);
    expect(lapsedAppointments([], claimed)).toEqual([]);
  });
});
