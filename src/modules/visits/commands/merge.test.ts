import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, someContacts } from "#tests/support/fixtures.ts";
import type { AppointmentId, BookingId, ContactId, OfficeId } from "#kernel/ids.ts";
import { DAY_MS, HOUR_MS, localDateAt, MINUTE_MS } from "#kernel/time.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import type { OfflineAct, Operation } from "../rules/merge.ts";
import { aBooking, allOf, aStaffId, goToVisit, staffContext, visitOf, worker } from "../visits.fixtures.ts";
import { resolveConflict } from "./conflicts.ts";
import { declareLost, enrolTablet, getOffline, takeList, type TabletProof } from "./loans.ts";
import { handIn } from "./merge.ts";
import { markNoShow } from "./outcomes.ts";
import { callParty, checkIn } from "./reception.ts";
import { closePast, settleOutcomes } from "./settle.ts";

let services: TestServices;
let wanted: WantedTime;
let contacts: ContactId[];
let headId: string;
let person = 0;
beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 8, counters: 60 }));
  contacts = await someContacts(services, 60);
  headId = await aStaffId(services, "office_head");
  goToVisit(services, wanted);
});
afterAll(() => services.close());

const head = () => staffContext(services, headId, "office_head");
const value = <T>(outcome: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T => {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};
const code = (outcome: { ok: boolean; refusal?: { code: string } }) => outcome.refusal?.code;
const aParty = (people = 1): Promise<BookingId> =>
  aBooking(
    services,
    contacts.pop()!,
    wanted,
    Array.from({ length: people }, () => anApplicant(++person)),
  );

/** A tablet with today's list, whose clock is wrong. */
async function aTablet(clockWrongBy = 0, name = "Tableta") {
  const proof: TabletProof = value(await enrolTablet(head(), name));
  const localDate = localDateAt(services.clock.now(), "America/Los_Angeles");
  const list = value(await takeList(head(), { tablet: proof, localDate, specialDayId: null }));
  const acts: Operation[] = [];
  const now = () => services.clock.now().getTime() + clockWrongBy;
  return {
    list,
    acts,
    does(bookingId: BookingId, ...done: OfflineAct[]) {
      for (const act of done) acts.push({ counter: acts.length + 1, bookingId, at: now(), act });
    },
    handsIn: (operations: readonly Operation[] = acts) =>
      handIn(head(), { tablet: proof, loanId: list.loanId, deviceNow: now(), last: acts.length, operations }),
  };
}
const rowsOf = (bookingId: BookingId) =>
  services.adminQuery<{ service: string; code: string }>(
    "select o.service, o.code from visits.visits v join visits.outcomes o on o.office_id = v.office_id and o.visit_id = v.id where v.booking_id = $1 and o.undone_at is null",
    [bookingId],
  );
const window = { station: "window" as const };

test("a list has first names and initials, no contact, and is out until it is back or lost", async () => {
  const bookingId = await aParty();
  const tablet = await aTablet();
  const party = tablet.list.parties.find((one) => one.bookingId === bookingId)!;
  expect(party.people[0]).toMatchObject({ secondSurname: "", firstSurname: expect.stringMatching(/^.\.$/) });
  expect(party.people[0]!.givenNames).not.toContain(" ");
  expect(Object.keys(party)).not.toContain("permission");
  const { loans } = value(await getOffline(head()));
  expect(loans[0]).toMatchObject({ id: tablet.list.loanId, mergedAt: null, takenBy: "Persona Ficticia" });
  value(await declareLost(head(), tablet.list.loanId));
  tablet.does(bookingId, { do: "arrive" });
  expect(code(await tablet.handsIn())).toBe("list_is_lost");
  expect(await services.adminQuery("select from visits.visits where booking_id = $1", [bookingId])).toEqual([]);
});

test("what came in pieces, twice and out of order is merged once, with corrected times; the same acts under other numbers are other acts", async () => {
  const [served, absent] = [await aParty(), await aParty()];
  const tablet = await aTablet(20 * MINUTE_MS);
  services.clock.set(new Date(services.clock.now().getTime() + 10 * MINUTE_MS));
  const arrivedAt = services.clock.now();
  tablet.does(served, { do: "arrive" });
  services.clock.set(new Date(services.clock.now().getTime() + 5 * MINUTE_MS));
  tablet.does(served, { do: "call", ...window, counter: 3 }, { do: "serve", ...window });
  const wrong = (await allOf(services, served)).map((one) => ({
    ...one,
    code: "refused" as const,
    reason: "other_reason" as const,
  }));
  tablet.does(served, { do: "record", outcomes: wrong }, { do: "undo" });
  tablet.does(served, { do: "record", outcomes: await allOf(services, served) });
  tablet.does(absent, { do: "no_show" });
  services.clock.set(new Date(services.clock.now().getTime() + HOUR_MS));

  const late = [...tablet.acts].reverse();
  expect(value(await tablet.handsIn(late.slice(0, 4)))).toEqual({ kept: 4, merged: null });
  expect(await services.adminQuery("select from visits.visits where booking_id = any($1)", [[served, absent]])).toEqual(
    [],
  );
  expect(value(await tablet.handsIn([...late.slice(2), ...late.slice(2)]))).toEqual({
    kept: 7,
    merged: { operations: 7, conflicts: 0 },
  });
  // The answer was lost: it asks again, also twice at once.
  await Promise.all([tablet.handsIn(), tablet.handsIn()]);
  expect(await rowsOf(served)).toEqual([{ service: expect.any(String), code: "issued" }]);
  expect((await rowsOf(absent)).map((one) => one.code)).toEqual(["no_show"]);
  const [visit] = await services.adminQuery<{ at: Date; counter: number; waited: number }>(
    "select arrived_at as at, counter, extract(epoch from called_at - arrived_at)::int / 60 as waited from visits.visits where booking_id = $1",
    [served],
  );
  expect(visit).toEqual({ at: arrivedAt, counter: 3, waited: 5 });

  // Negative control: what keeps them single is their number.
  const kept = async () =>
    (
      await services.adminQuery<{ n: number }>("select count(*)::int as n from visits.operations where loan_id = $1", [
        tablet.list.loanId,
      ])
    )[0]!.n;
  expect(await kept()).toBe(7);
  await services.adminQuery(
    "insert into visits.operations select office_id, loan_id, counter + 100, booking_id, act, at, received_at from visits.operations where loan_id = $1",
    [tablet.list.loanId],
  );
  expect(await kept()).toBe(14);
  expect(code(await tablet.handsIn([{ ...tablet.acts[0]!, act: { do: "no_show" } }]))).toBe("wrong_operations");
});

test("what a tablet did after a merge whose answer it never heard is merged too, and nothing twice", async () => {
  const bookingId = await aParty();
  const tablet = await aTablet();
  tablet.does(bookingId, { do: "arrive" }, { do: "call", ...window, counter: 4 });
  expect(value(await tablet.handsIn()).merged).toEqual({ operations: 2, conflicts: 0 });
  tablet.does(bookingId, { do: "serve", ...window }, { do: "record", outcomes: await allOf(services, bookingId) });
  expect(value(await tablet.handsIn()).merged).toEqual({ operations: 4, conflicts: 0 });
  const { version, state } = await visitOf(services, bookingId);
  expect(state).toBe("done");
  await Promise.all([tablet.handsIn(), tablet.handsIn()]);
  expect((await visitOf(services, bookingId)).version).toBe(version);
  expect((await rowsOf(bookingId)).map((one) => one.code)).toEqual(["issued"]);
});

test("two tablets that say different things of one person: nothing is made final, a person decides, and that stands", async () => {
  const bookingId = await aParty(2);
  const [first, second] = [await aTablet(0, "Una"), await aTablet(-20 * MINUTE_MS, "Otra")];
  const outcomes = await allOf(services, bookingId);
  const [mother, child] = outcomes.map((one) => one.appointmentId as AppointmentId);
  first.does(bookingId, { do: "arrive" }, { do: "record", outcomes });
  const other = outcomes
    .filter((one) => one.appointmentId === child)
    .map((one) => ({ ...one, code: "refused" as const, reason: "record_differs" as const }));
  second.does(bookingId, { do: "arrive" }, { do: "call", ...window, counter: 2 }, { do: "record", outcomes: other });
  expect(value(await first.handsIn()).merged).toEqual({ operations: 2, conflicts: 0 });
  services.clock.set(new Date(services.clock.now().getTime() + 5 * MINUTE_MS));
  await settleOutcomes(worker(services));
  expect(value(await second.handsIn()).merged).toEqual({ operations: 3, conflicts: 1 });
  await settleOutcomes(worker(services));
  const { conflicts } = value(await getOffline(head()));
  const conflict = conflicts.find((one) => one.bookingId === bookingId)!;
  expect(conflict).toMatchObject({ code: "recorded_otherwise", appointmentId: child, tablet: "Otra", settled: false });
  expect([conflict.recorded[0]!.code, conflict.outcomes[0]!.code]).toEqual(["issued", "refused"]);

  value(await resolveConflict(head(), { conflictId: conflict.id, keep: "tablet" }));
  value(await resolveConflict(head(), { conflictId: conflict.id, keep: "office" }));
  expect((await rowsOf(bookingId)).map((one) => one.code).sort()).toEqual(["issued", "refused"]);
  const states = await services.adminQuery<{ id: string; state: string }>(
    "select id, state from booking.appointments where booking_id = $1",
    [bookingId],
  );
  expect(new Map(states.map((one) => [one.id, one.state]))).toEqual(
    new Map([
      [mother, "served"],
      [child, "unserved"],
    ]),
  );
  services.clock.set(new Date(services.clock.now().getTime() + 5 * MINUTE_MS));
  await settleOutcomes(worker(services));
  expect(
    await services.adminQuery("select from visits.visits where booking_id = $1 and settled_at is not null", [
      bookingId,
    ]),
  ).toHaveLength(1);
});

test("what the office did meanwhile stays: further steps, and an arrival against a mark of not come", async () => {
  const [ahead, marked, cancelled] = [await aParty(), await aParty(), await aParty()];
  const tablet = await aTablet();
  const visit = value(await checkIn(head(), { bookingId: ahead }));
  const called = value(await callParty(head(), { visitId: visit.id, counter: 9, version: visit.version }));
  value(await markNoShow(head(), { bookingId: marked }));
  await services.adminQuery("update booking.bookings set state = 'cancelled' where id = $1", [cancelled]);
  for (const one of [ahead, marked, cancelled]) tablet.does(one, { do: "arrive" });
  expect(value(await tablet.handsIn()).merged).toEqual({ operations: 3, conflicts: 1 });
  expect(await visitOf(services, ahead)).toMatchObject({ state: "called", version: called.version });
  expect((await visitOf(services, marked)).state).toBe("waiting");
  const conflict = value(await getOffline(head())).conflicts.find((one) => one.bookingId === cancelled)!;
  expect(conflict.code).toBe("booking_ended");
  expect(code(await resolveConflict(head(), { conflictId: conflict.id, keep: "tablet" }))).toBe("not_possible");
  value(await resolveConflict(head(), { conflictId: conflict.id, keep: "office" }));
  await services.adminQuery("update booking.bookings set state = 'active' where id = $1", [cancelled]);
});

test("nobody counts as not come while a tablet is out; after its list expired the day is closed, and what it brings is typed in as from paper, for a week", async () => {
  const [served, came, tooLate] = [await aParty(), await aParty(), await aParty()];
  const [tablet, never] = [await aTablet(), await aTablet()];
  tablet.does(served, { do: "arrive" }, { do: "record", outcomes: await allOf(services, served) });
  tablet.does(came, { do: "arrive" });
  never.does(tooLate, { do: "arrive" }, { do: "record", outcomes: await allOf(services, tooLate) });
  const states = async () =>
    (
      await services.adminQuery<{ state: string }>(
        "select state from booking.bookings where id = any($1) order by array_position($1, id)",
        [[served, came, tooLate]],
      )
    ).map((one) => one.state);
  services.clock.set(new Date(wanted.startsAt.getTime() + 20 * HOUR_MS));
  await closePast(worker(services));
  expect(await states()).toEqual(["active", "active", "active"]);
  services.clock.set(new Date(wanted.startsAt.getTime() + 3 * DAY_MS));
  await closePast(worker(services));
  expect(await states()).toEqual(["missed", "missed", "missed"]);
  expect(value(await tablet.handsIn()).merged).toEqual({ operations: 3, conflicts: 1 });
  expect((await rowsOf(served)).map((one) => one.code)).toEqual(["issued"]);
  expect(await states()).toEqual(["completed", "missed", "missed"]);
  services.clock.set(new Date(wanted.startsAt.getTime() + 9 * DAY_MS));
  expect(value(await never.handsIn()).merged).toEqual({ operations: 2, conflicts: 1 });
  const { conflicts } = value(await getOffline(head()));
  expect(conflicts.filter((one) => [came, tooLate].includes(one.bookingId)).map((one) => one.code)).toEqual([
    "day_is_closed",
    "not_on_paper",
  ]);
});

test("another office's member of staff knows none of its lists", async () => {
  const dallas = "dallas" as OfficeId;
  const other = staffContext(services, await aStaffId(services, "office_head", dallas), "office_head", dallas);
  const { loans, conflicts } = value(await getOffline(other));
  expect([loans, conflicts]).toEqual([[], []]);
  const [ours] = await services.adminQuery<{ id: string }>("select id from visits.loans limit 1");
  expect(code(await declareLost(other, ours!.id))).toBe("unknown_list");
});
