import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { AppointmentId, BookingId, ServiceSlug } from "#kernel/ids.ts";
import type { PartyOfDay } from "#modules/booking/index.ts";
import { planTurns } from "./hall.ts";

const MIDNIGHT = Date.parse("2026-11-23T08:00:00Z");
const COUNTERS = [1, 2].map((number) => ({ number, serviceGroup: "documentacion" as const }));

/** Three parties at each of five starts, with new ids at every call. */
function aDay(): PartyOfDay[] {
  return Array.from({ length: 15 }, (_, i) => {
    const bookingId = randomUUID() as BookingId;
    const startsAt = new Date(MIDNIGHT + (8 * 60 + Math.floor(i / 3) * 15) * 60_000);
    return {
      bookingId,
      folioTail: randomUUID().slice(0, 4),
      startsAt,
      state: "active",
      visit: undefined,
      people: [{ ordinal: 1, givenNames: "Ficticia", firstSurname: `Inventada ${i}`, secondSurname: "", child: false }],
      appointments: [
        {
          id: randomUUID() as AppointmentId,
          bookingId,
          ordinal: 1,
          serviceGroup: "documentacion",
          services: ["matricula-consular" as ServiceSlug],
          startsAt,
          state: "booked",
          outcomes: [],
        },
      ],
      flags: [],
      permission: undefined,
    };
  });
}

const turnsOf = (parties: readonly PartyOfDay[]) =>
  planTurns(parties, COUNTERS, { midnight: MIDNIGHT, taken: new Map() }).map(({ party, dice, ...turn }) => ({
    ...turn,
    who: party.people[0]!.firstSurname,
    next: dice.roll(),
  }));

test("the hall of one day is the same in every run, whatever the ids and the order of the list", () => {
  const turns = turnsOf(aDay());
  expect(turnsOf(aDay())).toEqual(turns);
  expect(turnsOf(aDay().reverse())).toEqual(turns);
  expect(new Set(turns.map(({ next }) => next)).size).toBe(turns.length);
});
