import { describe, expect, it } from "vitest";
import { judgeOutcomes, undoUntil, visitAfter, visitBefore } from "./visit.ts";
import { VISIT_STATES, type OutcomeInput } from "../types.ts";

type Appointments = Parameters<typeof judgeOutcomes>[0];
const appointments = [
  { id: "a", services: ["pasaporte", "matricula"], state: "booked" },
  { id: "b", services: ["acta"], state: "booked" },
  { id: "c", services: ["visa"], state: "served" },
] as unknown as Appointments;
const outcome = (appointmentId: string, service: string, code: OutcomeInput["code"], reason?: OutcomeInput["reason"]) =>
  ({ appointmentId, service, code, reason }) as unknown as OutcomeInput;
const judge = (...outcomes: OutcomeInput[]) => {
  const judged = judgeOutcomes(appointments, outcomes);
  return judged.ok ? Object.fromEntries(judged.value) : judged.refusal.code;
};

describe("the outcomes of a family", () => {
  it("serve a person as soon as one service was issued", () => {
    expect(
      judge(
        outcome("a", "pasaporte", "issued"),
        outcome("a", "matricula", "missing_document", "birth_record"),
        outcome("b", "acta", "refused", "record_differs"),
      ),
    ).toEqual({ a: "served", b: "unserved" });
  });

  it("call a person missed only when she came for none of her services", () => {
    expect(judge(outcome("b", "acta", "no_show"))).toEqual({ b: "missed" });
    expect(judge(outcome("a", "pasaporte", "no_show"), outcome("a", "matricula", "refused", "system_down"))).toEqual({
      a: "unserved",
    });
  });

  it("are recorded for all services of a person together", () => {
    expect(judge(outcome("a", "pasaporte", "issued"))).toBe("incomplete_outcomes");
  });

  it("name open services once, each with the reason that its code asks for", () => {
    const wrong = [
      [],
      [outcome("b", "acta", "issued"), outcome("b", "acta", "issued")],
      [outcome("b", "visa", "issued")],
      [outcome("z", "acta", "issued")],
      [outcome("c", "visa", "issued")],
      [outcome("b", "acta", "missing_document")],
      [outcome("b", "acta", "refused", "birth_record")],
      [outcome("b", "acta", "issued", "other_reason")],
    ];
    expect(wrong.map((one) => judge(...one))).toEqual(wrong.map(() => "wrong_outcomes"));
  });
});

describe("a visit", () => {
  it("goes from the door to the counter and no other way", () => {
    const table = Object.fromEntries(
      (["arrive", "call", "serve", "record", "leave"] as const).map((action) => [
        action,
        VISIT_STATES.map((state) => visitAfter(state, action) ?? "-").join(" "),
      ]),
    );
    expect(table).toEqual({
      arrive: "waiting - - - - waiting",
      call: "- called called - - -",
      serve: "- serving serving - - -",
      record: "- done done done - -",
      leave: "left left left - - -",
    });
  });

  it("returns to where its times say that it was", () => {
    const at = new Date(0);
    expect(visitBefore({ arrivedAt: null, calledAt: null, servedAt: null })).toBe("expected");
    expect(visitBefore({ arrivedAt: at, calledAt: null, servedAt: null })).toBe("waiting");
    expect(visitBefore({ arrivedAt: at, calledAt: at, servedAt: null })).toBe("called");
    expect(visitBefore({ arrivedAt: at, calledAt: null, servedAt: at })).toBe("serving");
  });

  it("can be taken back for a minute, unless it was settled", () => {
    const recordedAt = new Date("2026-12-03T16:00:00Z");
    expect(undoUntil({ recordedAt, settledAt: null })).toEqual(new Date("2026-12-03T16:01:00Z"));
    expect(undoUntil({ recordedAt, settledAt: recordedAt })).toBeUndefined();
    expect(undoUntil({ recordedAt: null, settledAt: null })).toBeUndefined();
  });
});
