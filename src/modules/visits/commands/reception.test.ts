import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts } from "#tests/support/fixtures.ts";
import type { BookingId, ContactId, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { cancelBooking, getBooking, type WantedTime } from "#modules/booking/index.ts";
import type { Context } from "#platform/context.ts";
import { aBooking, allOf, appointmentsOf, aStaffId, goToVisit, staffContext, whatIsLeft } from "../visits.fixtures.ts";
import type { VisitOutcome } from "./office.ts";
import { markNoShow, recordOutcomes, undo } from "./outcomes.ts";
import { callParty, checkIn, startService } from "./reception.ts";

let services: TestServices;
let wanted: WantedTime;
let contacts: ContactId[];
let clerkId: string;
let person = 0;

beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 8, counters: 60 }));
  contacts = await someContacts(services, 60);
  clerkId = await aStaffId(services);
});
afterAll(() => services.close());

const clerk = (): Context => staffContext(services, clerkId);
/** A fresh party, an hour before its visit. */
async function aParty(people = 1): Promise<{ bookingId: BookingId; contactId: ContactId }> {
  services.clock.set(new Date("2026-11-23T18:00:00Z"));
  const contactId = contacts.pop()!;
  const bookingId = await aBooking(
    services,
    contactId,
    wanted,
    Array.from({ length: people }, () => anApplicant(++person)),
  );
  goToVisit(services, wanted);
  return { bookingId, contactId };
}
const value = (outcome: VisitOutcome) => {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};
const code = (outcome: VisitOutcome) => (outcome.ok ? outcome.value.state : outcome.refusal.code);

test("a family is received once, called, served and recorded with one key", async () => {
  const { bookingId } = await aParty(4);
  const received = await Promise.all([1, 2, 3].map(() => checkIn(clerk(), { bookingId })));
  const { id, version } = value(received[0]!);
  expect(received.map((one) => value(one).id)).toEqual([id, id, id]);
  const called = value(await callParty(clerk(), { visitId: id, counter: 3, version }));
  const serving = value(await startService(clerk(), { visitId: id, version: called.version }));
  const done = value(
    await recordOutcomes(clerk(), {
      visitId: id,
      version: serving.version,
      outcomes: await allOf(services, bookingId),
    }),
  );
  expect([called.state, called.counter, serving.state, done.state]).toEqual(["called", 3, "serving", "done"]);
  expect(await whatIsLeft(services, bookingId)).toMatchObject({
    state: "completed",
    claims: 4,
    people: 4,
    places: "used",
  });
});

test("a clerk who acts on an older picture is told so, and of two who call at once one does", async () => {
  const { bookingId } = await aParty();
  const { id, version } = value(await checkIn(clerk(), { bookingId }));
  const outcomes = await Promise.all([1, 2].map((counter) => callParty(clerk(), { visitId: id, counter, version })));
  expect(outcomes.map(code).sort()).toEqual(["called", "changed_meanwhile"]);
});

test("everything is as before when the last outcomes are taken back within a minute, and not after", async () => {
  const { bookingId } = await aParty(2);
  const { id, version } = value(await checkIn(clerk(), { bookingId }));
  const before = await whatIsLeft(services, bookingId);
  const record = async (expected: number) =>
    value(
      await recordOutcomes(clerk(), { visitId: id, version: expected, outcomes: await allOf(services, bookingId) }),
    );
  expect(code(await undo(clerk(), { visitId: id }))).toBe("nothing_to_undo");
  await record(version);
  services.clock.advance(59_000);
  const undone = value(await undo(clerk(), { visitId: id }));
  expect(undone).toMatchObject({ state: "waiting", recordedAt: null, doneAt: null });
  expect(await whatIsLeft(services, bookingId)).toEqual(before);
  await record(undone.version);
  services.clock.advance(60_000);
  expect(code(await undo(clerk(), { visitId: id }))).toBe("too_late_to_undo");
});

test("people of one party may be recorded one after the other", async () => {
  const { bookingId } = await aParty(2);
  const { id, version } = value(await checkIn(clerk(), { bookingId }));
  const [first, second] = await allOf(services, bookingId);
  const half = value(await recordOutcomes(clerk(), { visitId: id, version, outcomes: [first!] }));
  expect(half.state).toBe("waiting");
  expect(code(await recordOutcomes(clerk(), { visitId: id, version: half.version, outcomes: [first!] }))).toBe(
    "wrong_outcomes",
  );
  services.clock.advance(1_000);
  const done = value(await recordOutcomes(clerk(), { visitId: id, version: half.version, outcomes: [second!] }));
  value(await undo(clerk(), { visitId: id }));
  expect(done.state).toBe("done");
  expect((await appointmentsOf(services, bookingId)).map((one) => one.state)).toEqual(["served", "booked"]);
});

test("a party that was marked as not come is received when it comes late", async () => {
  const { bookingId, contactId } = await aParty(2);
  const before = await whatIsLeft(services, bookingId);
  const marked = value(await markNoShow(clerk(), { bookingId }));
  expect(marked).toMatchObject({ state: "left", arrivedAt: null });
  expect(await whatIsLeft(services, bookingId)).toMatchObject({ state: "missed" });
  services.clock.advance(3_600_000);
  const visit = value(await checkIn(clerk(), { bookingId }));
  expect(visit).toMatchObject({ id: marked.id, state: "waiting", arrivedAt: services.clock.now() });
  expect(await whatIsLeft(services, bookingId)).toEqual(before);
  expect((await getBooking(citizen(services, contactId), contactId, bookingId))?.state).toBe("active");
});

test("a no-show that was a slip of the hand is expected again", async () => {
  const { bookingId } = await aParty();
  const { id } = value(await markNoShow(clerk(), { bookingId }));
  expect(value(await undo(clerk(), { visitId: id })).state).toBe("expected");
  expect(value(await checkIn(clerk(), { bookingId })).state).toBe("waiting");
});

describe("refused are", () => {
  test("bookings of other offices and unknown ones, alike", async () => {
    const { bookingId } = await aParty();
    const elsewhere = staffContext(services, clerkId, "clerk", "dallas" as OfficeId);
    const unknown = "00000000-0000-4000-8000-000000000000" as BookingId;
    expect(
      [
        await checkIn(elsewhere, { bookingId }),
        await markNoShow(elsewhere, { bookingId }),
        await checkIn(clerk(), { bookingId: unknown }),
      ].map(code),
    ).toEqual(["unknown_booking", "unknown_booking", "unknown_booking"]);
    const { id, version } = value(await checkIn(clerk(), { bookingId }));
    expect(code(await callParty(elsewhere, { visitId: id, counter: 1, version }))).toBe("unknown_visit");
  });

  test("roles without the power, and other days", async () => {
    const { bookingId } = await aParty();
    expect(code(await checkIn(staffContext(services, clerkId, "hq", FRESNO), { bookingId }))).toBe("not_allowed");
    services.clock.set(new Date("2026-12-02T18:00:00Z"));
    expect(code(await checkIn(clerk(), { bookingId }))).toBe("not_today");
  });

  test("bookings that were cancelled, and steps that do not follow", async () => {
    const { bookingId, contactId } = await aParty();
    services.clock.set(new Date("2026-11-23T18:00:00Z"));
    expect((await cancelBooking(citizen(services, contactId), { contactId, bookingId })).ok).toBe(true);
    goToVisit(services, wanted);
    expect(code(await checkIn(clerk(), { bookingId }))).toBe("booking_ended");
    const other = await aParty();
    const { id, version } = value(await checkIn(clerk(), other));
    const done = value(
      await recordOutcomes(clerk(), { visitId: id, version, outcomes: await allOf(services, other.bookingId) }),
    );
    expect(code(await callParty(clerk(), { visitId: id, counter: 1, version: done.version }))).toBe("not_possible");
  });
});

test("a visit with two groups of services is one visit", async () => {
  await aSession(services, { group: "registro_civil", steps: 8, counters: 4 });
  services.clock.set(new Date("2026-11-23T18:00:00Z"));
  const contactId = contacts.pop()!;
  const [civil] = await services.adminQuery<{ slug: ServiceSlug }>(
    "select slug from offices.services where service_group = 'registro_civil' and minutes <= 60 order by position limit 1",
  );
  const bookingId = await aBooking(services, contactId, wanted, [
    anApplicant(++person, { services: [civil!.slug, "matricula-consular" as ServiceSlug] }),
  ]);
  goToVisit(services, wanted);
  const { id, version } = value(await checkIn(clerk(), { bookingId }));
  const outcomes = await allOf(services, bookingId);
  expect(outcomes).toHaveLength(2);
  expect(value(await recordOutcomes(clerk(), { visitId: id, version, outcomes })).state).toBe("done");
});

test("many clerks who receive one party at once never wait for each other in a circle", async () => {
  for (let round = 0; round < 25; round++) {
    const { bookingId } = await aParty(1);
    const received = await Promise.all(Array.from({ length: 8 }, () => checkIn(clerk(), { bookingId })));
    expect(new Set(received.map((one) => value(one).id)).size).toBe(1);
  }
});
