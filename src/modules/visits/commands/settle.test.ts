import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts } from "#tests/support/fixtures.ts";
import { addDays, DAY_MS } from "#kernel/time.ts";
import type { BookingId, ContactId, ServiceSlug } from "#kernel/ids.ts";
import {
  book,
  cancelBooking,
  cutCapacity,
  getBooking,
  parseCurp,
  type ApplicantRequest,
  type WantedTime,
} from "#modules/booking/index.ts";
import type { Context } from "#platform/context.ts";
import {
  aBooking,
  allOf,
  appointmentsOf,
  aStaffId,
  goToVisit,
  staffContext,
  whatIsLeft,
  worker,
} from "../visits.fixtures.ts";
import { markNoShow, recordOutcomes, undo } from "./outcomes.ts";
import { checkIn } from "./reception.ts";
import { closePast, settleOutcomes } from "./settle.ts";

const MATRICULA = "matricula-consular" as ServiceSlug;
const PASSPORT = "pasaporte-adulto" as ServiceSlug;

let services: TestServices;
let wanted: WantedTime;
let contacts: ContactId[];
let clerk: () => Context;

beforeEach(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 16, counters: 6 }));
  contacts = await someContacts(services, 4);
  const id = await aStaffId(services);
  clerk = () => staffContext(services, id);
});
afterEach(() => services.close());

const aParty = (contact: number, ...applicants: ApplicantRequest[]) =>
  aBooking(services, contacts[contact]!, wanted, applicants);
async function serve(bookingId: BookingId, code: "issued" | "no_show" = "issued") {
  goToVisit(services, wanted);
  const visit = await checkIn(clerk(), { bookingId });
  if (!visit.ok) throw new Error(visit.refusal.code);
  const done = await recordOutcomes(clerk(), {
    visitId: visit.value.id,
    version: visit.value.version,
    outcomes: await allOf(services, bookingId, code),
  });
  if (!done.ok) throw new Error(done.refusal.code);
  return done.value;
}
async function settle(): Promise<number> {
  services.clock.advance(60_000);
  return settleOutcomes(worker(services));
}
const events = async (name: string) =>
  (await services.adminQuery("select subject_id as id, detail from platform.outbox where name = $1", [name])).map(
    (one) => ({ ...one }),
  );

describe("outcomes that can no longer be taken back", () => {
  test("let the person book again, once the minute is over and not before", async () => {
    const bookingId = await aParty(0, anApplicant(1), anApplicant(2));
    await serve(bookingId);
    services.clock.advance(59_999);
    expect(await settleOutcomes(worker(services))).toBe(0);
    expect(await whatIsLeft(services, bookingId)).toMatchObject({ claims: 2, people: 2 });
    services.clock.advance(1);
    expect(await settleOutcomes(worker(services))).toBe(1);
    expect(await settleOutcomes(worker(services))).toBe(0);
    expect(await whatIsLeft(services, bookingId)).toEqual({ state: "completed", claims: 0, people: 0, places: "used" });
    expect((await events("visits.served")).map((one) => one["id"])).toEqual([bookingId]);
    services.clock.set(new Date("2026-11-23T18:00:00Z"));
    await aParty(0, anApplicant(1));
  });

  test("are not settled when they were taken back", async () => {
    const bookingId = await aParty(0, anApplicant(1));
    const { id } = await serve(bookingId);
    expect((await undo(clerk(), { visitId: id })).ok).toBe(true);
    expect(await settle()).toBe(0);
    expect(await whatIsLeft(services, bookingId)).toMatchObject({
      state: "active",
      claims: 1,
      people: 1,
      places: "booked",
    });
  });

  test("announce nobody as served who was not", async () => {
    const bookingId = await aParty(0, anApplicant(1));
    await serve(bookingId, "no_show");
    expect(await settle()).toBe(1);
    expect(await events("visits.served")).toEqual([]);
    expect(await whatIsLeft(services, bookingId)).toMatchObject({ state: "missed", claims: 0, people: 0 });
  });

  test("do not wait for one another when one fails", async () => {
    const first = await aParty(0, anApplicant(1));
    const second = await aParty(1, anApplicant(2));
    await serve(first);
    await serve(second);
    await services.adminQuery(`create function booking.seeded_fault() returns trigger language plpgsql as $$ begin
      if old.booking_id = '${first}' then raise exception 'seeded'; end if; return old; end $$`);
    await services.adminQuery(
      "create trigger seeded_fault before delete on booking.claims for each row execute function booking.seeded_fault()",
    );
    await expect(settle()).rejects.toThrow("seeded");
    expect([await whatIsLeft(services, first), await whatIsLeft(services, second)]).toMatchObject([
      { claims: 1 },
      { claims: 0 },
    ]);
  });
});

describe("when two contacts filed for one person", () => {
  test("the person who comes is served though she came second, the other booking lapses, and nobody is told why", async () => {
    const squatted = await aParty(0, anApplicant(1));
    const own = await aParty(1, anApplicant(1));
    await serve(own);
    expect((await whatIsLeft(services, squatted))!["state"]).toBe("active");
    await settle();

    expect(await whatIsLeft(services, squatted)).toEqual({ state: "lapsed", claims: 0, people: 0, places: null });
    expect(
      await services.adminQuery("select count(*)::int as freed from schedules.places where state = 'freed'"),
    ).toEqual([{ freed: 1 }]);
    const told = await events("booking.lapsed");
    expect(told).toEqual([{ id: squatted, detail: { contactId: contacts[0], localDate: wanted.localDate } }]);
    const seen = await getBooking(citizen(services, contacts[0]!), contacts[0]!, squatted);
    expect(seen).toMatchObject({ state: "lapsed", contactId: contacts[0] });
    expect(JSON.stringify([told, seen])).not.toMatch(new RegExp(`${contacts[1]}|${own}|contest|served`));
  });

  test("it is the same the other way round", async () => {
    const first = await aParty(0, anApplicant(1));
    const second = await aParty(1, anApplicant(1));
    await serve(first);
    await settle();
    expect([await whatIsLeft(services, first), await whatIsLeft(services, second)]).toMatchObject([
      { state: "completed" },
      { state: "lapsed", claims: 0, people: 0 },
    ]);
  });

  test("the rest of the other family keeps its appointments", async () => {
    const family = await aParty(0, anApplicant(1), anApplicant(2));
    const own = await aParty(1, anApplicant(1));
    await serve(own);
    await settle();
    expect(await whatIsLeft(services, family)).toEqual({ state: "active", claims: 1, people: 1, places: "booked" });
    expect((await appointmentsOf(services, family)).map((one) => one.state)).toEqual(["lapsed", "booked"]);
    expect(
      await services.adminQuery("select count(*)::int as n from schedules.places where holder = $1", [family]),
    ).toEqual([{ n: 1 }]);
    services.clock.set(new Date("2026-11-23T18:00:00Z"));
    expect(
      (await cancelBooking(citizen(services, contacts[0]!), { contactId: contacts[0]!, bookingId: family })).ok,
    ).toBe(true);
    expect(await whatIsLeft(services, family)).toMatchObject({ people: 0 });
  });

  test("what an office keeps for a party that lapses, or of whom one lapses, is kept no longer", async () => {
    const localDate = addDays(wanted.localDate, 5);
    const later = await aSession(services, { localDate, steps: 1, counters: 8 });
    const alone = await aBooking(services, contacts[0]!, later.wanted, [anApplicant(1)]);
    const family = await aBooking(services, contacts[1]!, later.wanted, [anApplicant(2), anApplicant(3)]);
    const others = await aBooking(services, contacts[2]!, later.wanted, [anApplicant(4)]);
    await aSession(services, { localDate: addDays(localDate, 1), steps: 1, counters: 8 });
    const planner = staffContext(services, await aStaffId(services), "supervisor");
    expect(await cutCapacity(planner, FRESNO, { localDate, reason: "storm" })).toMatchObject({ ok: true });
    await serve(await aParty(3, anApplicant(1), anApplicant(2)));
    await settle();

    const asked = await services.adminQuery("select booking_id as id from booking.proposals where state = 'asked'");
    expect(asked).toEqual([{ id: others }]);
    expect((await whatIsLeft(services, alone))!["state"]).toBe("lapsed");
    expect(await whatIsLeft(services, family)).toMatchObject({ state: "active", people: 1 });
    const held = await services.adminQuery("select count(*)::int from schedules.places where state = 'held'");
    expect(held).toEqual([{ count: 1 }]);
  });

  test("an appointment with a service that was not issued stays", async () => {
    const both = await aParty(0, anApplicant(1, { services: [PASSPORT, MATRICULA] }));
    const own = await aParty(1, anApplicant(1, { services: [MATRICULA] }));
    await serve(own);
    await settle();
    expect(await whatIsLeft(services, both)).toMatchObject({ state: "active", claims: 1, people: 1 });
  });

  test("nothing lapses for whoever was not issued anything, and nothing of whoever already stands in the hall", async () => {
    const other = await aParty(0, anApplicant(1), anApplicant(5));
    const own = await aParty(1, anApplicant(1));
    await serve(own, "no_show");
    await settle();
    expect(await whatIsLeft(services, other)).toMatchObject({ state: "active", claims: 2 });

    services.clock.set(new Date("2026-11-23T18:00:00Z"));
    const again = await aParty(2, anApplicant(5));
    await serve(again);
    expect((await checkIn(clerk(), { bookingId: other })).ok).toBe(true);
    await settle();
    expect(await whatIsLeft(services, other)).toMatchObject({ state: "active", people: 2 });
  });

  test("namesakes with two different CURPs are two people", async () => {
    const [one, other] = ["IIPF900517MOCNRC0", "IIPF900517MOCNRC1"].map((start) =>
      Array.from({ length: 10 }, (_, digit) => `${start}${digit}`).find((text) => parseCurp(text))!,
    );
    const unnamed = await aParty(0, anApplicant(1));
    const hers = await aParty(1, anApplicant(1, { curp: one! }));
    const namesake = await aParty(2, anApplicant(1, { curp: other! }));
    await serve(hers);
    await settle();
    expect([await whatIsLeft(services, unnamed), await whatIsLeft(services, namesake)]).toMatchObject([
      { state: "lapsed" },
      { state: "active", people: 1 },
    ]);
  });
});

describe("days that are over", () => {
  test("close whoever did not come, was marked as not come, or was forgotten in the hall", async () => {
    const absent = await aParty(0, anApplicant(1), anApplicant(2));
    const marked = await aParty(1, anApplicant(3));
    const forgotten = await aParty(2, anApplicant(4));
    goToVisit(services, wanted);
    expect((await markNoShow(clerk(), { bookingId: marked })).ok).toBe(true);
    expect((await checkIn(clerk(), { bookingId: forgotten })).ok).toBe(true);
    expect(await closePast(worker(services))).toBe(0);
    services.clock.advance(DAY_MS);
    expect(await closePast(worker(services))).toBe(3);
    expect(await closePast(worker(services))).toBe(0);

    const left = await Promise.all([absent, marked, forgotten].map((one) => whatIsLeft(services, one)));
    expect(left).toMatchObject([
      { state: "missed", claims: 0, people: 0 },
      { state: "missed", claims: 0, people: 0 },
      { state: "completed", claims: 0, people: 0 },
    ]);
    const states = await services.adminQuery(
      "select state from visits.visits where settled_at is not null order by state",
    );
    expect(states.map((one) => one["state"])).toEqual(["done", "left"]);
    expect((await appointmentsOf(services, forgotten)).map((one) => one.state)).toEqual(["unserved"]);
  });

  test("never say of a party whose place was cut that it did not come", async () => {
    const told = await aParty(0, anApplicant(1));
    const planner = staffContext(services, await aStaffId(services), "supervisor");
    const { localDate } = wanted;
    expect(await cutCapacity(planner, FRESNO, { localDate, reason: "storm" })).toMatchObject({ ok: true });
    goToVisit(services, wanted);
    services.clock.advance(DAY_MS);
    expect(await closePast(worker(services))).toBe(1);
    expect((await appointmentsOf(services, told)).map((one) => one.state)).toEqual(["unserved"]);
    expect(await whatIsLeft(services, told)).toMatchObject({ state: "completed", claims: 0, people: 0 });
  });

  test("leave the days to come alone", async () => {
    const later = await aSession(services, { localDate: "2026-12-10" as never, steps: 2 });
    const outcome = await book(citizen(services, contacts[0]!), {
      contactId: contacts[0]!,
      wanted: later.wanted,
      applicants: [anApplicant(9)],
    });
    goToVisit(services, wanted);
    services.clock.advance(DAY_MS);
    expect([
      await closePast(worker(services)),
      outcome.ok && (await whatIsLeft(services, outcome.value.bookingId)),
    ]).toMatchObject([0, { state: "active", people: 1 }]);
  });
});
