import { afterAll, beforeAll, expect, test } from "vitest";
import { codes } from "../booking.fixtures.ts";
import { book, hold, moveBookingTo, type ApplicantRequest, type WantedTime } from "../index.ts";
import type { LocalDate, ServiceSlug } from "#kernel/ids.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { expectConsistent } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";

const LATER = "2026-12-04" as LocalDate;
const slugs = (...names: string[]) => names as ServiceSlug[];
let services: TestServices;
let wanted: WantedTime;
let later: WantedTime;
beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { counters: 20, steps: 8 }));
  ({ wanted: later } = await aSession(services, { counters: 20, localDate: LATER }));
});
afterAll(() => services.close());

const asContact = async (applicants: ApplicantRequest[], at = wanted) => {
  const [contactId] = await someContacts(services, 1);
  const ctx = citizen(services, contactId!);
  return { ctx, contactId: contactId!, outcome: await book(ctx, { contactId: contactId!, wanted: at, applicants }) };
};

test("a contact that asks six times at once holds once, and the places of no other try are left behind", async () => {
  const [contactId] = await someContacts(services, 1);
  const ctx = citizen(services, contactId!);
  const request = (at: WantedTime) => ({ contactId: contactId!, wanted: at, applicants: [anApplicant(1)] });
  for (let round = 0; round < 4; round++) {
    const same = await Promise.all(Array.from({ length: 6 }, () => hold(ctx, request(wanted))));
    expect(codes(same)).toEqual({ booked: 6 });
    const mixed = await Promise.all([wanted, later, wanted, later].map((at) => hold(ctx, request(at))));
    expect(mixed.at(-1)).toMatchObject({ ok: true });
    const [held] = await services.adminQuery(
      "select count(*)::int as places, count(distinct holder)::int as holds from schedules.places where state = 'held'",
    );
    expect(held).toEqual({ places: 1, holds: 1 });
  }
  await expectConsistent(services.adminQuery);
});

test("whoever is under 18 on the day of the visit needs a word on each parent of the record", async () => {
  const child = anApplicant(2, { bornOn: "2016-03-09" as LocalDate, services: slugs("matricula-consular") });
  expect((await asContact([child])).outcome).toMatchObject({ refusal: { code: "parents_missing", ordinal: 1 } });
  expect((await asContact([{ ...child, parents: [{ part: "comes" }] }])).outcome).toMatchObject({ ok: true });
});

test("a move keeps the rules of booking: a child's passport is not moved past the eighteenth birthday", async () => {
  const birthday = anApplicant(3, {
    bornOn: "2008-12-04" as LocalDate,
    parents: [{ part: "comes" }],
    services: slugs("pasaporte-menor-3-a-17"),
  });
  const { ctx, contactId, outcome } = await asContact([birthday]);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  const { bookingId } = outcome.value;
  expect(await moveBookingTo(ctx, { contactId, bookingId, wanted: later })).toMatchObject({
    refusal: { code: "wrong_services", ordinal: 1 },
  });
  expect((await asContact([birthday], later)).outcome).toMatchObject({ refusal: { code: "wrong_services" } });
});

test("services of one person are done in the order of their chain, whatever order they were asked in", async () => {
  const { outcome } = await asContact([anApplicant(4, { services: slugs("pasaporte-adulto", "matricula-consular") })]);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  expect(
    await services.adminQuery("select services from booking.appointments where booking_id = $1", [
      outcome.value.bookingId,
    ]),
  ).toEqual([{ services: slugs("matricula-consular", "pasaporte-adulto") }]);
});

test("nothing is booked at shorter notice than offices plan for, but what was held before may be confirmed", async () => {
  const before = services.clock.now();
  const [contactId] = await someContacts(services, 1);
  const request = { contactId: contactId!, wanted, applicants: [anApplicant(5)] };
  services.clock.set(new Date(wanted.startsAt.getTime() - 2 * HOUR_MS));
  const held = await hold(citizen(services, contactId!), request);
  if (!held.ok) throw new Error(held.refusal.code);
  services.clock.advance(60_000);
  expect((await asContact([anApplicant(6)])).outcome).toMatchObject({ refusal: { code: "place_taken" } });
  expect(await book(citizen(services, contactId!), { ...request, holdId: held.value.holdId })).toMatchObject({
    ok: true,
  });
  services.clock.set(before);
});
