import { expect, test } from "vitest";
import type { LoanedParty, OfflineAct } from "../api/types.ts";
import { anAppointment } from "../testing/fixtures.ts";
import { actFor, standingRecords, withActs } from "./offline-party.ts";
import { nextAction, partyState } from "./party-states.ts";

const party: LoanedParty = {
  bookingId: "b",
  folioTail: "7K2M",
  startsAt: "2026-12-03T16:00:00.000Z",
  localTime: "08:00",
  state: "active",
  visit: null,
  people: [{ ordinal: 1, givenNames: "Rosa", firstSurname: "I.", secondSurname: "", child: false }],
  appointments: [anAppointment()],
  flags: [],
  permission: null,
  expectedTime: null,
  returnUntil: null,
  lostOn: null,
  route: ["filter", "capture"],
};
const done = (...acts: OfflineAct[]) => acts.map((act, i) => ({ bookingId: "b", at: i, act }));
const issued = [{ appointmentId: party.appointments[0]!.id, service: "pasaporte-adulto", code: "issued" as const }];

test("a party goes through its stations on the tablet by the keys of the list", () => {
  const acts: OfflineAct[] = [];
  const next = [];
  for (;;) {
    const now = withActs(party, done(...acts));
    const action = nextAction(partyState(now), now.visit);
    next.push(action);
    const act = action && actFor(action, now.visit, 4);
    if (!act) break;
    acts.push(act);
  }
  expect(next).toEqual(["check_in", "call", "serve", "pass", "call", "serve", "record"]);
  expect(withActs(party, done(...acts)).visit).toMatchObject({ state: "serving", station: "capture", counter: 4 });
});

test("what was recorded closes the visit, and taking it back opens it where it was", () => {
  const until: OfflineAct[] = [{ do: "arrive" }, { do: "serve", station: "filter" }];
  const closed = done(...until, { do: "record", outcomes: issued });
  expect(partyState(withActs(party, closed))).toBe("done");
  expect(standingRecords(closed)).toHaveLength(1);
  const opened = done(...until, { do: "record", outcomes: issued }, { do: "undo" });
  expect(partyState(withActs(party, opened))).toBe("serving");
  expect(standingRecords(opened)).toEqual([]);
});

test("whoever was marked as not come is received when she comes", () => {
  expect(partyState(withActs(party, done({ do: "no_show" })))).toBe("no_show");
  expect(partyState(withActs(party, done({ do: "no_show" }, { do: "arrive" })))).toBe("waiting");
});
