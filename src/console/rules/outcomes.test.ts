import { describe, expect, it } from "vitest";
import { anAppointment } from "../testing/fixtures.ts";
import { choiceKey, completeOutcomes, countMissing, isBegun, sameForAll } from "./outcomes.ts";

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

  it("waits for the reason where one is asked, and for every service of a person", () => {
    const begun = { [choiceKey("a", "pasaporte-adulto")]: { code: "issued" } } as const;
    expect(countMissing(family, begun)).toBe(2);
    expect(completeOutcomes(family, begun)).toBeUndefined();
    const noReason = { ...begun, [choiceKey("a", "matricula-consular")]: { code: "missing_document" } } as const;
    expect(completeOutcomes(family, noReason)).toBeUndefined();
    const whole = {
      ...begun,
      [choiceKey("a", "matricula-consular")]: { code: "missing_document", reason: "proof_of_address" },
    } as const;
    expect(completeOutcomes(family, whole)).toEqual([
      { appointmentId: "a", service: "pasaporte-adulto", code: "issued" },
      { appointmentId: "a", service: "matricula-consular", code: "missing_document", reason: "proof_of_address" },
    ]);
    expect(countMissing(family, whole)).toBe(1);
  });

  it("records one person of a family before the others, but no person by halves", () => {
    const child = { [choiceKey("b", "pasaporte-menor-3-a-17")]: { code: "no_show" } } as const;
    expect(completeOutcomes(family, child)).toHaveLength(1);
    expect(
      completeOutcomes(family, { ...child, [choiceKey("a", "pasaporte-adulto")]: { code: "issued" } }),
    ).toBeUndefined();
  });

  it("counts a choice as begun until its service is recorded", () => {
    const choices = { [choiceKey("b", "pasaporte-menor-3-a-17")]: { code: "missing_document" } } as const;
    expect(isBegun(family, {})).toBe(false);
    expect(isBegun(family, choices)).toBe(true);
    const recorded = family.map((one) => (one.id === "b" ? { ...one, state: "served" as const } : one));
    expect(isBegun(recorded, choices)).toBe(false);
  });

  it("has nothing to send for a party whose appointments are all closed", () => {
    expect(completeOutcomes([anAppointment({ state: "served" })], {})).toBeUndefined();
  });
});
