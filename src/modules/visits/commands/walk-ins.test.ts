import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addDays, HOUR_MS } from "#kernel/time.ts";
import { buildSnapshot, getPlan } from "#modules/schedules/index.ts";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { book } from "#modules/booking/index.ts";
import { allOf, aStaffId, staffContext, whatIsLeft, worker } from "../visits.fixtures.ts";
import { recordOutcomes } from "./outcomes.ts";
import { settleOutcomes } from "./settle.ts";
import { callNext } from "./stations.ts";
import { registerWalkIn } from "./walk-ins.ts";

let services: TestServices;
let clerkId: string;
let otherId: string;
let day = VISIT_DAY;
let wanted: Awaited<ReturnType<typeof aSession>>["wanted"];
let person = 0;

beforeAll(async () => {
  services = await openTestServices();
  [clerkId, otherId] = await Promise.all([aStaffId(services), aStaffId(services)]);
});
afterAll(() => services.close());
/** Each test has a day of its own, an hour after the office opened. */
beforeEach(async () => {
  day = addDays(day, 1);
  ({ wanted } = await aSession(services, { localDate: day, steps: 8, counters: 4 }));
  services.clock.set(new Date(wanted.startsAt.getTime() + HOUR_MS));
});
const clerk = (id = clerkId) => staffContext(services, id);
const register = (people: readonly number[], id = clerkId) =>
  registerWalkIn(clerk(id), { applicants: people.map((one) => anApplicant(one)) });

test("a household without an appointment has a turn, a paper card and a booking like any other", async () => {
  const [first, second] = [++person, ++person];
  const registered = await register([first, second]);
  if (!registered.ok) throw new Error(registered.refusal.code);
  const { visit, bookingId, card } = registered.value;
  expect(visit).toMatchObject({ line: "walk_in", state: "waiting", dueAt: null, people: 2, turnNo: 1 });
  expect(card!.pin).toMatch(/^\d+$/);
  expect(await brokenRules(services.adminQuery)).toEqual({});

  const called = await callNext(clerk(), { station: "window", counter: 1 });
  if (!called.ok) throw new Error(called.refusal.code);
  expect(called.value.id).toBe(visit.id);
  const outcomes = await allOf(services, bookingId);
  expect(await recordOutcomes(clerk(), { visitId: visit.id, version: called.value.version, outcomes })).toMatchObject({
    ok: true,
    value: { state: "done" },
  });
  services.clock.advance(HOUR_MS);
  await settleOutcomes(worker(services));
  expect(await whatIsLeft(services, bookingId)).toMatchObject({ state: "completed", claims: 0 });
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

test("nobody is offered what was made for a walk-in, and the calendar of places does not show it", async () => {
  const before = await getPlan(clerk(), FRESNO, day, day);
  await register([++person]);
  expect((await getPlan(clerk(), FRESNO, day, day)).sessions).toEqual(before.sessions);
  const open = await services.adminQuery(
    "select 1 from schedules.places p join schedules.sessions s on s.id = p.session_id where s.kind = 'walk_in' and (s.state = 'open' or p.state in ('open', 'planned', 'freed'))",
  );
  expect(open).toEqual([]);
  expect(JSON.stringify(await buildSnapshot(services))).not.toContain("walk_in");
});

test("two desks at once register one person once; the other desk is told, and nothing of hers is left", async () => {
  const same = ++person;
  const [contactId] = await someContacts(services, 1);
  const wish = { contactId: contactId!, applicants: [anApplicant(same)] };
  const both = await Promise.all([registerWalkIn(clerk(), wish), registerWalkIn(clerk(otherId), wish)]);
  expect(both.map((one) => (one.ok ? "registered" : one.refusal.code)).sort()).toEqual([
    "already_booked",
    "registered",
  ]);
  const [left] = await services.adminQuery<{ held: number; turns: number }>(
    `select (select count(*)::int from schedules.places where state = 'held') as held,
            (select count(*)::int from visits.visits where local_date = $1) as turns`,
    [day],
  );
  expect(left).toEqual({ held: 0, turns: 1 });
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

test("whoever is refused a turn leaves no paper card behind, and whoever gets one has hers", async () => {
  const cards = async () => (await services.adminQuery("select 1 from people.cards")).length;
  const one = ++person;
  const before = await cards();
  const first = await register([one]);
  expect(first).toMatchObject({ ok: true });
  expect(await cards()).toBe(before + 1);
  expect(await register([one], otherId)).toMatchObject({ refusal: { code: "already_booked" } });
  const twice = [anApplicant(++person), anApplicant(person)];
  expect(await registerWalkIn(clerk(), { applicants: twice })).toMatchObject({ refusal: { code: "twice_in_party" } });
  expect(await cards()).toBe(before + 1);
  const [left] = await services.adminQuery(
    "select count(*)::int from people.contacts where kind = 'card' and not exists (select from people.cards k where k.contact_id = contacts.id)",
  );
  expect(left).toEqual({ count: 0 });
});

test("a form that is sent twice gives one turn", async () => {
  const [one, other] = [++person, ++person];
  const first = await register([one, other]);
  if (!first.ok) throw new Error(first.refusal.code);
  expect(await register([one, other], otherId)).toMatchObject({
    refusal: { code: "already_booked", bookingId: first.value.bookingId, ordinal: 1 },
  });
  // One of them with somebody else is no second turn either; on another day she comes anew.
  expect(await register([++person, other])).toMatchObject({ refusal: { code: "already_booked", ordinal: 2 } });
  const [turns] = await services.adminQuery("select count(*)::int from visits.visits where local_date = $1", [day]);
  expect(turns).toEqual({ count: 1 });
});

/** One desk for each of these people, with a contact and a companion of its own, all in the same second. */
async function atOnce(people: readonly number[], limits: object = {}): Promise<string[]> {
  const contacts = await someContacts(services, people.length);
  const wishes = people.map((one, i) => ({
    contactId: contacts[i]!,
    applicants: [anApplicant(one), anApplicant(++person)],
  }));
  const answers = await Promise.all(wishes.map((wish) => registerWalkIn({ ...clerk(), ...limits }, wish)));
  return answers.map((one) => (one.ok ? "registered" : one.refusal.code)).sort();
}

test("four desks in the same second give one person one turn, each with companions of its own", async () => {
  const same = ++person;
  const told = ["already_booked", "already_booked", "already_booked", "registered"];
  expect(await atOnce([same, same, same, same])).toEqual(told);
  expect(await atOnce([++person, ++person])).toEqual(["registered", "registered"]);
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

test("two households with the same two people, written down in another order, give one of them a turn", async () => {
  const [one, other] = [anApplicant(++person), anApplicant(++person)];
  const contacts = await someContacts(services, 2);
  const answers = await Promise.all(
    [
      [one, other],
      [other, one],
    ].map((applicants, i) => registerWalkIn(clerk(), { contactId: contacts[i]!, applicants })),
  );
  expect(answers.map((answer) => (answer.ok ? "registered" : answer.refusal.code)).sort()).toEqual([
    "already_booked",
    "registered",
  ]);
});

test("negative control: desks that keep no person to themselves give her several turns", async () => {
  const same = ++person;
  const answers = await atOnce([same, same, same, same], { unlimited: true });
  expect(answers.filter((one) => one === "registered").length).toBeGreaterThan(1);
});

test("what a person has at another office, or on another day, is told to no desk", async () => {
  const elsewhere = ++person;
  const [contactId] = await someContacts(services, 1);
  const { wanted: later } = await aSession(services, { localDate: addDays(day, 20), steps: 8, counters: 4 });
  const applicants = [anApplicant(elsewhere)];
  expect((await book(citizen(services, contactId!), { contactId: contactId!, wanted: later, applicants })).ok).toBe(
    true,
  );
  expect((await register([elsewhere])).ok).toBe(true);
});

test("whoever has an appointment of this contact is told so, instead of a second turn", async () => {
  const [contactId] = await someContacts(services, 1);
  const applicants = [anApplicant(++person)];
  const later = new Date(wanted.startsAt.getTime() - 48 * HOUR_MS);
  const booked = await book(
    { ...citizen(services, contactId!), now: later },
    { contactId: contactId!, wanted, applicants },
  );
  expect(booked.ok).toBe(true);
  expect(await registerWalkIn(clerk(), { contactId: contactId!, applicants })).toMatchObject({
    refusal: { code: "already_booked" },
  });
});

test("who receives nobody registers nobody", async () => {
  const hq = staffContext(services, await aStaffId(services, "hq", undefined), "hq", undefined);
  expect(await registerWalkIn(hq, { applicants: [anApplicant(++person)] })).toEqual({
    ok: false,
    refusal: { code: "not_allowed" },
  });
});
