import { describe, expect, it } from "vitest";
import type { PartyChange, Today } from "../api/types.ts";
import { anAppointment, aParty, aVisit } from "../testing/fixtures.ts";
import { caughtUp, mustReadAgain, withChange } from "./changes.ts";

const OTHER = "0190bbbb-0000-7000-8000-000000000002";
const STRANGER = "0190bbbb-0000-7000-8000-000000000009";
const party = aParty({ visit: aVisit({ state: "waiting", version: 3 }) });
const { bookingId } = party;

function aToday(): Today {
  return {
    officeId: "fresno",
    zone: "America/Los_Angeles",
    localDate: "2026-12-03",
    at: "2026-12-03T18:42:00.000Z",
    suspensions: [],
    parties: [aParty({ bookingId: OTHER }), party],
  };
}

function aChange(version: number, changes: Partial<PartyChange> = {}): PartyChange {
  return {
    bookingId,
    visit: aVisit({ state: "done", version }),
    state: "completed",
    appointments: [
      { id: anAppointment().id, state: "served", outcomes: [{ service: "x", code: "issued", reason: null }] },
    ],
    ...changes,
  };
}
const seen = (today: Today | undefined) => today?.parties.map(({ visit, state }) => [visit?.version, state]);

describe("a change that was told", () => {
  it("is put into its party and leaves the others, the names and the hours alone", () => {
    const after = withChange(aToday(), aChange(4))!;
    expect(after.parties[0]).toEqual(aToday().parties[0]);
    expect(after.parties[1]).toEqual({
      ...party,
      ...aChange(4),
      appointments: [anAppointment({ state: "served", outcomes: [{ service: "x", code: "issued", reason: null }] })],
    });
  });

  it("may say the same version with more than the command's answer did, and never an older one", () => {
    expect(seen(withChange(aToday(), aChange(3)))?.[1]).toEqual([3, "completed"]);
    expect(seen(withChange(aToday(), aChange(2)))?.[1]).toEqual([3, "active"]);
  });

  it("of somebody who is not on the list is no change of the list", () => {
    expect(withChange(aToday(), aChange(1, { bookingId: STRANGER }))).toBeUndefined();
  });
});

describe("a list that was under way while something was told", () => {
  it("does not bring the older picture back, nor an older one over its own", () => {
    expect(seen(caughtUp(aToday(), new Map([[bookingId, aChange(4)]])))?.[1]).toEqual([4, "completed"]);
    expect(seen(caughtUp(aToday(), new Map([[bookingId, aChange(2)]])))?.[1]).toEqual([3, "active"]);
    expect(seen(caughtUp(aToday(), new Map([[OTHER, aChange(1, { bookingId: OTHER })]])))?.[0]).toEqual([
      1,
      "completed",
    ]);
  });
});

describe("the list is read again", () => {
  const again = (event: Parameters<typeof mustReadAgain>[1]) => mustReadAgain(aToday(), event);

  it("after a gap, and for a party that it does not know", () => {
    expect(again({ event: "changed", data: {} })).toBe(true);
    expect(again({ event: "party", data: aChange(1, { bookingId: STRANGER }) })).toBe(true);
  });

  it("for a booking on it or of its day, and for no other", () => {
    const of = (id: string, localDate: string) => again({ event: "booking", data: { bookingId: id, localDate } });
    expect([of(OTHER, "2026-12-03"), of(OTHER, "2027-01-04"), of(STRANGER, "2026-12-03")]).toEqual([true, true, true]);
    expect([of(STRANGER, "2026-12-02"), of(STRANGER, "2026-12-04")]).toEqual([false, false]);
  });

  it("not for a change that was told whole", () => {
    expect(again({ event: "party", data: aChange(4) })).toBe(false);
  });
});
