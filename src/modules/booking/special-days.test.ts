import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts } from "#tests/support/fixtures.ts";
import { aSpecialDay, SPECIAL_DATE, VENUE, type MadeDay } from "#tests/support/special-days.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { ContactId, OfficeId } from "#kernel/ids.ts";
import { buildSnapshot, listDays, type SpecialDayId } from "#modules/schedules/index.ts";
import { cutFresno, cutWork } from "./booking.fixtures.ts";
import { book, getBooking, getProposal, hold, viewTimes, type WantedTime } from "./index.ts";

const STEP_MS = 15 * MINUTE_MS;
let services: TestServices;
let day: MadeDay;
/** One counter at the consulate, one at the venue, at the same hours of the same day. */
let office: Awaited<ReturnType<typeof aSession>>;
beforeEach(async () => {
  services = await openTestServices();
  office = await aSession(services, { localDate: SPECIAL_DATE, steps: 2, counters: 1 });
  day = await aSpecialDay(services, { steps: 2, counters: 1 });
});
afterEach(() => services.close());

const at = (specialDayId?: SpecialDayId, step = 0): WantedTime => ({
  ...office.wanted,
  startsAt: new Date(office.startsAt.getTime() + step * STEP_MS),
  specialDayId,
});

let people = 0;
async function ask(wanted: WantedTime, count = 1) {
  const [contactId] = (await someContacts(services, 1)) as [ContactId];
  const applicants = Array.from({ length: count }, () => anApplicant((people += 1)));
  const outcome = await book(citizen(services, contactId), { contactId, wanted, applicants });
  return { contactId, applicants, outcome, bookingId: outcome.ok ? outcome.value.bookingId : undefined };
}
const sessionOf = async (bookingId: string) =>
  (
    await services.adminQuery<{ id: string }>(
      "select distinct session_id as id from booking.appointments where booking_id = $1",
      [bookingId],
    )
  ).map(({ id }) => id);

test("whoever asks for the consulate gets the consulate, and whoever asks for the venue the venue", async () => {
  const here = await ask(at());
  const there = await ask(at(day.id));
  expect(await sessionOf(here.bookingId!)).toEqual([office.sessionId]);
  expect(await sessionOf(there.bookingId!)).toEqual([day.sessionId]);
  const view = (one: typeof here) => getBooking(citizen(services, one.contactId), one.contactId, one.bookingId!);
  expect((await view(here))!.specialDay).toBeNull();
  expect((await view(there))!.specialDay).toEqual({
    id: day.id,
    suspended: false,
    venue: { name: VENUE.name, street: VENUE.street, city: VENUE.city, region: VENUE.region, wayIn: VENUE.wayIn },
  });
});

test("a full consulate sends nobody to the venue, and a family is not torn between the two", async () => {
  expect((await ask(at())).outcome.ok).toBe(true);
  const taken = { ok: false, refusal: { code: "place_taken" } };
  expect((await ask(at())).outcome).toEqual(taken);
  const [contactId] = (await someContacts(services, 1)) as [ContactId];
  const applicants = [anApplicant(90)];
  expect(await hold(citizen(services, contactId), { contactId, wanted: at(), applicants })).toEqual(taken);
  // Three places at the same hour and after it, in two towns: of them two are together.
  const times = async (count: number, specialDayId?: SpecialDayId) => {
    const needs = Array.from({ length: count }, (_, i) => ({
      ordinal: i + 1,
      group: "documentacion" as const,
      minutes: 15,
    }));
    const wanted = { officeId: FRESNO, localDate: SPECIAL_DATE, specialDayId, needs };
    const offers = await viewTimes(citizen(services, contactId), contactId, wanted);
    return offers.ok && offers.value.length;
  };
  expect([await times(1), await times(1, day.id)]).toEqual([1, 2]);
  expect([await times(2), await times(2, day.id)]).toEqual([0, 1]);
  expect((await ask(at(day.id), 3)).outcome).toEqual(taken);
  expect((await ask(at(day.id), 2)).outcome.ok).toBe(true);
});

test("the public picture shows a venue under its own id, and nothing of it in the consulate's calendar", async () => {
  await ask(at());
  await ask(at(undefined, 1));
  const picture = await buildSnapshot(services);
  const offers = (site: OfficeId | SpecialDayId) => listDays(picture, site, ["documentacion"]);
  expect(offers(FRESNO)).toEqual([{ date: SPECIAL_DATE, level: "none" }]);
  expect(offers(day.id)).toEqual([{ date: SPECIAL_DATE, level: "few" }]);
});

test("whose hour the consulate closes is not moved to another town, and at a venue another hour of that venue is proposed", async () => {
  const here = await ask(at());
  const there = await ask(at(day.id));
  // Her own hour is free at neither counter of her town; at the other town the next one is.
  await cutFresno(services, { localDate: SPECIAL_DATE, sessionId: office.sessionId });
  expect(await sessionOf(here.bookingId!)).toEqual([office.sessionId]);
  expect(await getProposal(citizen(services, here.contactId), here.contactId, here.bookingId!)).toBeUndefined();
  expect((await cutWork(services)).parties).toMatchObject([{ bookingId: here.bookingId, answer: null }]);

  await aSession(services, { localDate: SPECIAL_DATE, steps: 1, counters: 1 });
  await cutFresno(services, {
    localDate: SPECIAL_DATE,
    sessionId: day.sessionId,
    hours: { from: "08:00", until: "08:15" },
  });
  expect(await sessionOf(there.bookingId!)).toEqual([day.sessionId]);
  expect(await getProposal(citizen(services, there.contactId), there.contactId, there.bookingId!)).toMatchObject({
    startsAt: new Date(office.startsAt.getTime() + STEP_MS),
  });
});
