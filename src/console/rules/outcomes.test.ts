import { describe, expect, it } from "vitest";
import { anAppointment } from "../testing/fixtures.ts";
import { choiceKey, completeOutcomes, countMissing, sameForAll } from "./outcomes.ts";

const family = [
  anAppointment({ id: "a", ordinal: 1, services: ["pasaporte-adulto", "matricula-consular"] }),
  anAppointment({ id: "b", ordinal: 2, services: ["pasaporte-menor-3-a-17"] }),
  anAppointment({ id: "c", ordinal: 3, services: ["pasaporte-adulto"], state: "cancelled" }),
];

describe("outcomes", () => {
  it("closes the whole family with one key and leaves out who cancelled", () => {
    expect(sameForAll(family, "issued")).toEqual([
      { appointmentId: "a", service: "pasaporte-adulto", code: "issued" },
      { appointmentId: "a", service: "matricula-consular", code: "issued" },
      { appointmentId: "b", service: "pasaporte-menor-3-a-17", code: "issued" },
    ]);
  });

  it("waits until every service has an outcome, and a reason where one is asked", () => {
    const some = {
      [choiceKey("a", "pasaporte-adulto")]: { code: "issued" },
      [choiceKey("a", "matricula-consular")]: { code: "missing_document" },
      [choiceKey("b", "pasaporte-menor-3-a-17")]: { code: "no_show" },
    } as const;
    expect(countMissing(family, some)).toBe(1);
    expect(completeOutcomes(family, some)).toBeUndefined();
    const all = { ...some, [choiceKey("a", "matricula-consular")]: { code: "missing_document", reason: "proof_of_address" } } as const;
    expect(countMissing(family, all)).toBe(0);
    expect(completeOutcomes(family, all)).toContainEqual({ appointmentId: "a", service: "matricula-consular", code: "missing_document", reason: "proof_of_address" });
  });

  it("has nothing to send for a party whose appointments are all closed", () => {
    expect(completeOutcomes([anAppointment({ state: "served" })], {})).toBeUndefined();
  });
});
