import { describe, expect, it } from "vitest";
import { aVisit } from "../testing/fixtures.ts";
import { PARTY_STATES, partyState, TABS, whyNot, type PartyState } from "./party-states.ts";

const states = Object.keys(PARTY_STATES) as PartyState[];

describe("the state of a party", () => {
  it("is read from booking and visit together", () => {
    const never = aVisit({ state: "left", arrivedAt: null });
    expect(partyState({ state: "active", visit: null })).toBe("expected");
    expect(partyState({ state: "active", visit: aVisit({ state: "called" }) })).toBe("called");
    expect(partyState({ state: "completed", visit: aVisit({ state: "done" }) })).toBe("done");
    expect(partyState({ state: "missed", visit: never })).toBe("no_show");
    expect(partyState({ state: "active", visit: aVisit({ state: "left" }) })).toBe("went_away");
    expect(partyState({ state: "cancelled", visit: null })).toBe("cancelled");
  });

  it("opens again to whoever comes back with the paper that she lacked", () => {
    const visit = aVisit({ state: "done" });
    const outcomes = [{ service: "visa", code: "missing_document" as const, reason: "photo" }];
    expect(partyState({ state: "active", visit, appointments: [{ outcomes }] })).toBe("went_away");
    expect(partyState({ state: "completed", visit, appointments: [{ outcomes }] })).toBe("done");
  });

  it("takes back a no-show to expected", () => {
    expect(partyState({ state: "active", visit: aVisit({ state: "expected", arrivedAt: null }) })).toBe("expected");
  });

  it("offers as the next step only what it allows", () => {
    for (const state of states) {
      const { next, may, tab } = PARTY_STATES[state];
      expect(TABS).toContain(tab);
      if (next) expect(may).toContain(next);
    }
  });
});

describe("why a step cannot be done", () => {
  it("names the reason of the state", () => {
    expect(whyNot("call", "expected", 3)).toBe("not_arrived");
    expect(whyNot("check_in", "waiting", 3)).toBe("already_here");
    expect(whyNot("call", "serving", 3)).toBe("already_serving");
    expect(whyNot("record", "done", 3)).toBe("already_closed");
  });

  it("receives whoever comes late or comes back", () => {
    expect(whyNot("check_in", "no_show", undefined)).toBeUndefined();
    expect(whyNot("check_in", "went_away", undefined)).toBeUndefined();
    expect(whyNot("check_in", "cancelled", undefined)).toBe("already_closed");
  });

  it("asks for a counter only where one is needed", () => {
    expect(whyNot("call", "waiting", undefined)).toBe("choose_counter");
    expect(whyNot("call", "waiting", 3)).toBeUndefined();
    expect(whyNot("check_in", "expected", undefined)).toBeUndefined();
  });
});
