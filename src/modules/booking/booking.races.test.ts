import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { expectConsistent } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import type { ContactId, ServiceSlug } from "#kernel/ids.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { placeStore, type PlaceStore } from "#modules/schedules/index.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import { codes, familiesAgainstSingles, TOO_FEW_FOR_THE_SECOND_FAMILY } from "./booking.fixtures.ts";
import { bookMany } from "./commands/book-many.ts";
import { prepare } from "./commands/prepare.ts";
import { book, cancelBooking, hold, moveBookingTo, type ApplicantRequest, type WantedTime } from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const contacts = (count: number) => someContacts(services, count);
const asks = (contactId: ContactId, wanted: WantedTime, applicants: ApplicantRequest[], more = {}) =>
  book(citizen(services, contactId), { contactId, wanted, applicants, ...more });
const consistent = () => expectConsistent(services.adminQuery);

test("of 64 who want one place one gets it", async () => {
  const { wanted } = await aSession(services, { steps: 1, counters: 1 });
  const outcomes = await Promise.all((await contacts(64)).map((contact, i) => asks(contact, wanted, [anApplicant(i)])));
  expect(codes(outcomes)).toEqual({ booked: 1, place_taken: 63 });
  await consistent();
});

test("of 500 who want 8 places 8 get one", async () => {
  const { wanted } = await aSession(services, { steps: 1, counters: 8 });
  const outcomes = await Promise.all(
    (await contacts(500)).map((contact, i) => asks(contact, wanted, [anApplicant(i)])),
  );
  expect(codes(outcomes)).toEqual({ booked: 8, place_taken: 492 });
  await consistent();
});

test("families against singles: all of a family or nothing of it, and no place is left while somebody wanted it", async () => {
  const both = { steps: 4, counters: 3, singles: 20, families: 20 };
  const { booked, open, broken } = await familiesAgainstSingles(services, both);
  expect(booked).toBeGreaterThan(0);
  expect({ open, broken }).toEqual({ open: 0, broken: {} });
});

test("families against singles: a family that finds too few places leaves them to others", async () => {
  const outcome = await familiesAgainstSingles(services, TOO_FEW_FOR_THE_SECOND_FAMILY);
  expect(outcome).toEqual({ booked: 3, open: 1, broken: {} });
});

describe("without the lock", () => {
  let arrived = 0;
  let letBothGo: () => void;
  const bothHaveRead = new Promise<void>((resolve) => (letBothGo = resolve));
  /** The guard taken away: places are read and not locked, and two read before either writes. */
  const unguarded: PlaceStore = {
    ...placeStore,
    async lockOpenPlaces(tx, windows) {
      const open = await readOpenPlaces(tx, windows);
      if (++arrived === 2) letBothGo();
      await bothHaveRead;
      return open;
    },
    waitForOpenPlaces: () => Promise.resolve([]),
    takePlaces: async (tx, places) => {
      for (const { holder, sessionId } of places)
        await run(
          tx,
          sql`update schedules.places set state = 'booked', holder = ${holder} where session_id = ${sessionId}`,
        );
    },
  };
  const readOpenPlaces = (tx: Tx, windows: Parameters<PlaceStore["lockOpenPlaces"]>[1]) =>
    rows<Awaited<ReturnType<PlaceStore["lockOpenPlaces"]>>[number]>(
      tx,
      sql`select 0 as "window", s.office_id as "officeId", s.id as "sessionId", s.service_group as "serviceGroup", s.step_minutes as "stepMinutes",
            extract(epoch from p.starts_at)::float8 * 1000 as "startsAt", p.counter
          from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
          where p.office_id = ${windows[0]!.officeId} and p.state = 'open'`,
    );

  test("one place is promised to several people: the negative control of the two tests above", async () => {
    const { wanted } = await aSession(services, { steps: 1, counters: 1 });
    const network = await getNetwork(services);
    const prepared = await Promise.all(
      (await contacts(2)).map((contactId, i) =>
        prepare(citizen(services, contactId), { contactId, wanted, applicants: [anApplicant(i)] }, (slug) =>
          network.serviceBySlug.get(slug),
        ),
      ),
    );
    await Promise.all(
      prepared.map((input) =>
        services.database.transaction("citizen_writer", {}, (tx) => bookMany(tx, [input], unguarded)),
      ),
    );
    const [promised] = await services.adminQuery("select count(*)::int as n from booking.bookings");
    expect(promised).toEqual({ n: 2 });
  });
});

test("the same person from two devices of one contact has one booking, and is shown it", async () => {
  const { wanted } = await aSession(services);
  const [contact] = await contacts(1);
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => asks(contact!, wanted, [anApplicant(7)])));
  expect(codes(outcomes)).toEqual({ booked: 1, already_booked: 3 });
  const booked = outcomes.find((one) => one.ok)!;
  for (const one of outcomes)
    if (!one.ok && one.refusal.code === "already_booked" && booked.ok)
      expect(one.refusal.bookingId).toBe(booked.value.bookingId);
  await consistent();
});

test("without the unique index two bookings count for one person: the negative control", async () => {
  await services.adminQuery("drop index booking.one_counting_claim");
  const { wanted } = await aSession(services);
  const [contact] = await contacts(1);
  await asks(contact!, wanted, [anApplicant(7)]);
  await asks(contact!, wanted, [anApplicant(7)]);
  const [counting] = await services.adminQuery(
    "select count(*)::int as n from booking.claims where standing = 'counting'",
  );
  expect(counting).toEqual({ n: 2 });
});

test("with a CURP and then without, without and then with: one counting claim; namesakes with two CURPs are two people", async () => {
  const { wanted } = await aSession(services, { steps: 4, counters: 4 });
  const [contact, other, third] = await contacts(3);
  const [curpA, curpB] = ["HEGG900517MOCRRD02", "HEGG900517MOCRRD10"];
  expect(codes([await asks(contact!, wanted, [anApplicant(1, { curp: curpA })])])).toEqual({ booked: 1 });
  expect(codes([await asks(contact!, wanted, [anApplicant(1)])])).toEqual({ already_booked: 1 });
  expect(codes([await asks(other!, wanted, [anApplicant(1, { curp: curpB })])])).toEqual({ booked: 1 });
  expect(await services.adminQuery("select standing from booking.claims where contact_id = $1", [other])).toEqual([
    { standing: "counting" },
  ]);
  expect(codes([await asks(third!, wanted, [anApplicant(2)])])).toEqual({ booked: 1 });
  expect(codes([await asks(third!, wanted, [anApplicant(2, { curp: curpA })])])).toEqual({ already_booked: 1 });
});

test("passport and matrícula in one visit are two claims of one person; a sixth person is offered an agent", async () => {
  const { wanted } = await aSession(services, { steps: 8, counters: 5 });
  const [contact] = await contacts(1);
  const both = ["pasaporte-adulto", "matricula-consular"] as ServiceSlug[];
  expect(
    codes([
      await asks(
        contact!,
        wanted,
        [1, 2, 3, 4, 5].map((n) => anApplicant(n, { services: both })),
      ),
    ]),
  ).toEqual({ booked: 1 });
  expect(codes([await asks(contact!, wanted, [anApplicant(6)])])).toEqual({ too_many_people: 1 });
  await consistent();
});

test("one poison command among 63 good ones loses only itself", async () => {
  const { wanted } = await aSession(services, { steps: 1, counters: 80 });
  const people = await contacts(64);
  const outcomes = await Promise.all(
    people.map((contact, i) =>
      asks(
        contact,
        wanted,
        [anApplicant(i)],
        i === 30 ? { idempotency: { route: "bo\u0000ok", key: randomUUID(), body: "" } } : {},
      ).catch((error: Error) => error),
    ),
  );
  expect(outcomes.filter((one) => !(one instanceof Error) && one.ok)).toHaveLength(63);
  expect(outcomes[30]).toBeInstanceOf(Error);
  await consistent();
});

test("a hold that ran out cannot be confirmed, and one that stands can, once", async () => {
  const { wanted } = await aSession(services, { steps: 1, counters: 1 });
  const [first, second] = await contacts(2);
  const applicants = [anApplicant(1)];
  const held = await hold(citizen(services, first!), { contactId: first!, wanted, applicants });
  if (!held.ok) throw new Error("expected a hold");
  expect(codes([await asks(second!, wanted, [anApplicant(2)])])).toEqual({ place_taken: 1 });
  services.clock.advance(10 * 60_000);
  expect(codes([await asks(first!, wanted, applicants, { holdId: held.value.holdId })])).toEqual({ hold_expired: 1 });
  services.clock.advance(-60_000);
  expect(codes([await asks(second!, wanted, [anApplicant(2)], { holdId: held.value.holdId })])).toEqual({
    hold_expired: 1,
  });
  const confirmed = await Promise.all(
    [1, 2, 3].map(() => asks(first!, wanted, applicants, { holdId: held.value.holdId })),
  );
  expect(confirmed.filter((one) => one.ok)).toHaveLength(1);
  await consistent();
});

test("expiry against confirmation: either the hold is confirmed or its place is open, never both", async () => {
  const { expireHolds } = await import("#modules/schedules/index.ts");
  for (let round = 0; round < 10; round++) {
    const { wanted, sessionId } = await aSession(services, {
      steps: 1,
      counters: 1,
      opens: `${String(8 + round).padStart(2, "0")}:00`,
    });
    const [contact] = await contacts(1);
    const held = await hold(citizen(services, contact!), {
      contactId: contact!,
      wanted,
      applicants: [anApplicant(round)],
    });
    if (!held.ok) throw new Error("expected a hold");
    const late = { ...citizen(services, contact!), now: new Date(services.clock.now().getTime() + 10 * 60_000) };
    const [outcome] = await Promise.all([
      asks(contact!, wanted, [anApplicant(round)], { holdId: held.value.holdId }),
      expireHolds(late),
    ]);
    const [place] = await services.adminQuery("select state from schedules.places where session_id = $1", [sessionId]);
    expect([outcome.ok, place!["state"]]).toEqual(outcome.ok ? [true, "booked"] : [false, "open"]);
    await consistent();
  }
});

test("opposite moves: two families exchange their hours in both orders without a deadlock and without losing a place", async () => {
  const { wanted } = await aSession(services, { steps: 3, counters: 2 });
  const later = { ...wanted, startsAt: new Date(wanted.startsAt.getTime() + 30 * 60_000) };
  const [a, b] = await contacts(2);
  const [first, second] = [await asks(a!, wanted, [anApplicant(1)]), await asks(b!, later, [anApplicant(2)])];
  if (!first.ok || !second.ok) throw new Error("expected two bookings");
  for (let round = 0; round < 10; round++) {
    const [toA, toB] = round % 2 === 0 ? [later, wanted] : [wanted, later];
    const moved = await Promise.all([
      moveBookingTo(citizen(services, a!), { contactId: a!, bookingId: first.value.bookingId, wanted: toA }),
      moveBookingTo(citizen(services, b!), { contactId: b!, bookingId: second.value.bookingId, wanted: toB }),
    ]);
    await services.adminQuery("update schedules.places set state = 'open' where state = 'freed'");
    // Ten rounds are more than anybody has.
    await services.adminQuery("update booking.bookings set moves = 0, mend_until = null");
    expect(codes(moved)).toEqual({ booked: 2 });
    await consistent();
  }
});

test("a cancelled place is out of sight until the release tick; cancelling twice changes nothing", async () => {
  const { wanted } = await aSession(services, { steps: 1, counters: 1 });
  const [first, second] = await contacts(2);
  const booked = await asks(first!, wanted, [anApplicant(1)]);
  if (!booked.ok) throw new Error("expected a booking");
  const cancel = () =>
    cancelBooking(citizen(services, first!), { contactId: first!, bookingId: booked.value.bookingId });
  expect(codes(await Promise.all([cancel(), cancel()]))).toEqual({ booked: 2 });
  expect(codes([await asks(second!, wanted, [anApplicant(2)])])).toEqual({ place_taken: 1 });
  const [people] = await services.adminQuery("select people from booking.contact_counters where contact_id = $1", [
    first,
  ]);
  expect(people).toEqual({ people: 0 });
  await consistent();
});

test("a request repeated with its key has one effect and the same answer; with another body it is refused", async () => {
  const { wanted } = await aSession(services);
  const [contact] = await contacts(1);
  const idempotency = { route: "bookings", key: randomUUID(), body: "the same" };
  const again = () => asks(contact!, wanted, [anApplicant(1)], { idempotency });
  const outcomes = [...(await Promise.all([again(), again(), again()])), await again()];
  expect(new Set(outcomes.map((one) => (one.ok ? one.value.bookingId : one.refusal.code))).size).toBe(1);
  const other = await asks(contact!, wanted, [anApplicant(1)], { idempotency: { ...idempotency, body: "another" } });
  expect(codes([other])).toEqual({ idempotency_mismatch: 1 });
  expect(await services.adminQuery("select count(*)::int as n from booking.bookings")).toEqual([{ n: 1 }]);
});
