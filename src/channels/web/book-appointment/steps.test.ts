import { describe, expect, it } from "vitest";
import { addressOf, before, firstMissing, isReachable, partOf, type PersonProgress, type Progress } from "./steps.ts";

const done: PersonProgress = { named: true, services: true, parentsAsked: false, parents: false };
const whole: Progress = {
  people: 2,
  persons: [done, done],
  prepared: true,
  office: true,
  day: true,
  verified: true,
  held: true,
};

describe("the first missing question", () => {
  it("is who comes, for whoever has answered nothing", () => {
    expect(firstMissing({ ...whole, people: undefined, persons: [] })).toEqual({ step: "people" });
  });

  it("is the first person that has no name, then her services", () => {
    expect(firstMissing({ ...whole, persons: [done] })).toEqual({ step: "person", person: 2 });
    expect(firstMissing({ ...whole, persons: [{ ...done, services: false }, done] })).toEqual({
      step: "services",
      person: 1,
    });
  });

  it("asks who is on the record of a child, and of nobody else", () => {
    const child = { ...done, parentsAsked: true };
    expect(firstMissing({ ...whole, persons: [done, child] })).toEqual({ step: "parents", person: 2 });
    expect(firstMissing({ ...whole, persons: [done, { ...child, parents: true }] })).toEqual({ step: "review" });
  });

  it("wants a contact before an exact time, and a time before the review", () => {
    expect(firstMissing({ ...whole, verified: false, held: false })).toEqual({ step: "contact" });
    expect(firstMissing({ ...whole, held: false })).toEqual({ step: "time" });
    expect(firstMissing(whole)).toEqual({ step: "review" });
  });
});

describe("a question is reachable", () => {
  it("when all before it are answered, whether or not it is itself", () => {
    expect(isReachable(whole, { step: "people" })).toBe(true);
    expect(isReachable(whole, { step: "review" })).toBe(true);
    expect(isReachable({ ...whole, prepared: false }, { step: "prepare" })).toBe(true);
    expect(isReachable({ ...whole, prepared: false }, { step: "place" })).toBe(false);
    expect(isReachable({ ...whole, held: false }, { step: "review" })).toBe(false);
  });

  it("only when this party is asked it at all", () => {
    expect(isReachable(whole, { step: "person", person: 3 })).toBe(false);
    expect(isReachable(whole, { step: "parents", person: 1 })).toBe(false);
  });
});

it("leads back past the contact of whoever has shown one", () => {
  expect(before(whole, { step: "time" })).toEqual({ step: "day" });
  expect(before({ ...whole, verified: false }, { step: "time" })).toEqual({ step: "contact" });
  expect(before(whole, { step: "people" })).toBeUndefined();
});

it("gives each question an address and a part", () => {
  expect(addressOf({ step: "parents", person: 2 })("en")).toBe("/en/cita/persona/2/padres");
  expect(addressOf({ step: "day" })("es")).toBe("/cita/dia");
  expect(partOf({ step: "services", person: 1 })).toBe("people");
});
