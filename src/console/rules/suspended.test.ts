import { describe, expect, it } from "vitest";
import { anAppointment, aParty, aVisit } from "../testing/fixtures.ts";
import {
  absentOf,
  heldInside,
  heldServices,
  isHeld,
  isHeldHere,
  servicesOfDay,
  standing,
  suspendedFor,
  withToggled,
} from "./suspended.ts";

const PASSPORT = "pasaporte-adulto";
const MATRICULA = "matricula-consular";
const wants = (...services: string[]) => aParty({ appointments: [anAppointment({ services })] });
const suspended = new Set([PASSPORT]);
const stops = (service: string, station: "cashier" | null = null) => ({
  service,
  station,
  reason: "printer" as const,
  newsAt: "2026-11-23T20:00:00Z",
  newsTime: "12:00",
});

describe("a suspended service", () => {
  it("holds who comes for nothing else, and whoever has done the rest", () => {
    expect(
      [wants(PASSPORT), wants(MATRICULA), wants(MATRICULA, PASSPORT)].map((one) => isHeld(one, suspended)),
    ).toEqual([true, false, false]);
    const done = anAppointment({
      services: [MATRICULA, PASSPORT],
      outcomes: [{ service: MATRICULA, code: "issued", reason: null }],
    });
    expect(isHeld({ appointments: [done] }, suspended)).toBe(true);
    expect(heldServices(wants(MATRICULA, PASSPORT).appointments, suspended)).toEqual([PASSPORT]);
    expect(isHeld({ appointments: [anAppointment({ state: "served" })] }, suspended)).toBe(false);
  });

  it("is chosen among those of the day, the most wanted first", () => {
    const parties = [wants(PASSPORT), wants(MATRICULA, PASSPORT), wants("visa")];
    expect(servicesOfDay({ parties })).toEqual([
      { service: PASSPORT, parties: 2 },
      { service: MATRICULA, parties: 1 },
      { service: "visa", parties: 1 },
    ]);
  });

  it("gives papers to who waits in the hall for it", () => {
    const inside = aParty({ visit: aVisit({ state: "waiting" }) });
    const parties = [inside, aParty(), aParty({ visit: aVisit({ state: "serving" }) })];
    expect(heldInside({ parties, suspensions: [stops(PASSPORT), stops(MATRICULA)] })).toEqual([inside]);
    expect(heldInside({ parties, suspensions: [] })).toEqual([]);
  });

  it("of a station holds whoever has it before her, and calls to the stations before it", () => {
    const route = ["filter", "cashier", "capture"] as const;
    const cashier = [stops(PASSPORT, "cashier"), stops(MATRICULA, "cashier")];
    const at = (station: (typeof route)[number]) => aVisit({ state: "waiting", station, route: [...route] });
    expect(route.map((station) => suspendedFor(cashier, at(station)).size)).toEqual([2, 2, 0]);
    const parties = route.map((station) => ({ ...wants(PASSPORT), visit: at(station) }));
    expect(parties.map((one) => isHeldHere(one, cashier))).toEqual([false, true, false]);
    expect(suspendedFor(cashier, null).size).toBe(2);
    expect(standing([...cashier, stops("visa")])).toMatchObject([
      { station: "cashier", services: [PASSPORT, MATRICULA] },
      { station: null, services: ["visa"] },
    ]);
  });
});

describe("absent counters", () => {
  it("are tapped on and off", () => {
    const absent = absentOf([
      { id: "a", absent: [2] },
      { id: "b", absent: [] },
    ]);
    expect(absent).toEqual([{ sessionId: "a", counter: 2 }]);
    const two = withToggled(absent, { sessionId: "b", counter: 2 });
    expect(two).toHaveLength(2);
    expect(withToggled(two, { sessionId: "a", counter: 2 })).toEqual([{ sessionId: "b", counter: 2 }]);
  });
});
