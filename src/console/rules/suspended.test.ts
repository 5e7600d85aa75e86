import { describe, expect, it } from "vitest";
import { anAppointment, aParty, aVisit } from "../testing/fixtures.ts";
import { absentOf, heldInside, heldServices, isHeld, servicesOfDay, withToggled } from "./suspended.ts";

const PASSPORT = "pasaporte-adulto";
const MATRICULA = "matricula-consular";
const wants = (...services: string[]) => aParty({ appointments: [anAppointment({ services })] });
const suspended = new Set([PASSPORT]);

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
    expect(heldInside({ parties }, suspended)).toEqual([inside]);
    expect(heldInside({ parties }, new Set())).toEqual([]);
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
