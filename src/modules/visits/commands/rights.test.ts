import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO_ZONE, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import type { BookingId, ContactId, LocalDate, ServiceSlug, SessionId } from "#kernel/ids.ts";
import { addDays, instantOf } from "#kernel/time.ts";
import { moveBookingTo, type WantedTime } from "#modules/booking/index.ts";
import type { Context } from "#platform/context.ts";
import { getOwnDay } from "../queries/own-day.ts";
import { readDayNotices, returnUntilOf } from "../queries/day-notices.ts";
import {
  aBooking,
  allOf,
  appointmentsOf,
  aStaffId,
  staffContext,
  visitOf,
  whatIsLeft,
  worker,
} from "../visits.fixtures.ts";
import { countPastDays } from "./count-days.ts";
import { markNoShow, recordOutcomes } from "./outcomes.ts";
import { callParty, checkIn } from "./reception.ts";
import { closePast, settleOutcomes } from "./settle.ts";
import { setAbsences } from "./absences.ts";
import { postponeNews, resumeServices, suspendServices, sweepSuspended } from "./suspensions.ts";

const PASSPORT = "pasaporte-adulto" as ServiceSlug;
const MATRICULA = "matricula-consular" as ServiceSlug;
const MOVED_TO = addDays(VISIT_DAY, 7);
const SLOW_DAY = addDays(VISIT_DAY, 1);

let services: TestServices;
let wanted: WantedTime;
let elsewhen: WantedTime;
let contacts: ContactId[];
let staffId: string;
let slow: { sessionId: SessionId; wanted: WantedTime };
let person = 0;

beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 36, counters: 6 }));
  ({ wanted: elsewhen } = await aSession(services, { localDate: MOVED_TO, steps: 8 }));
  slow = await aSession(services, { localDate: SLOW_DAY, steps: 16, counters: 2, stepMinutes: 30 });
  contacts = await someContacts(services, 20);
  staffId = await aStaffId(services, "supervisor");
});
afterAll(() => services.close());

const desk = (): Context => staffContext(services, staffId, "supervisor");
const at = (time: string, day: LocalDate = VISIT_DAY): void => services.clock.set(instantOf(day, time, FRESNO_ZONE));
const code = (outcome: { ok: true } | { ok: false; refusal: { code: string } }): string =>
  outcome.ok ? "ok" : outcome.refusal.code;
const aParty = (time: string, ...own: ServiceSlug[]) => aPartyOn(VISIT_DAY, time, own);
async function aPartyOn(
  localDate: LocalDate,
  time: string,
  own: ServiceSlug[],
): Promise<{ bookingId: BookingId; contactId: ContactId }> {
  const contactId = contacts.pop()!;
  const then = { ...wanted, localDate, startsAt: instantOf(localDate, time, FRESNO_ZONE) };
  return {
    contactId,
    bookingId: await aBooking(services, contactId, then, [anApplicant(++person, { services: own })]),
  };
}
async function record(bookingId: BookingId, outcomes: Awaited<ReturnType<typeof allOf>>): Promise<string> {
  const called = await visitOf(services, bookingId);
  await callParty(desk(), { visitId: called.id, counter: 1, version: called.version });
  const { id, version } = await visitOf(services, bookingId);
  return code(await recordOutcomes(desk(), { visitId: id, version, outcomes }));
}
const move = ({ bookingId, contactId }: Awaited<ReturnType<typeof aParty>>) =>
  moveBookingTo(citizen(services, contactId), { contactId, bookingId, wanted: elsewhen });

test("what was recorded before a party went home stands when it comes back, on the same day as on another", async () => {
  const { bookingId } = await aParty("10:00", MATRICULA, PASSPORT);
  at("09:50");
  await checkIn(desk(), { bookingId });
  await suspendServices(desk(), { services: [PASSPORT], reason: "printer", newsAt: "12:00" });
  const [matricula, passport] = await allOf(services, bookingId);
  expect(await record(bookingId, [matricula!])).toBe("ok");
  at("10:40");
  expect(code(await markNoShow(desk(), { bookingId }))).toBe("ok");
  at("12:00");
  await resumeServices(desk(), { services: [PASSPORT] });
  at("14:00");
  expect(code(await checkIn(desk(), { bookingId }))).toBe("ok");
  const standing = "select service from visits.outcomes where appointment_id = $1 and undone_at is null";
  expect(await services.adminQuery(standing, [matricula!.appointmentId])).toEqual([{ service: MATRICULA }]);
  expect(await record(bookingId, [passport!])).toBe("ok");
  expect((await appointmentsOf(services, bookingId)).map(({ state }) => state)).toEqual(["served"]);
});

test("whoever moves to another day leaves the right behind: she may be marked as not come there, and may get a new one", async () => {
  const [away, home] = [await aParty("15:00", PASSPORT), await aParty("15:15", PASSPORT)];
  at("12:10");
  await checkIn(desk(), { bookingId: home.bookingId });
  await suspendServices(desk(), { services: [PASSPORT], reason: "power", newsAt: "14:30" });
  expect(code(await markNoShow(desk(), { bookingId: home.bookingId }))).toBe("ok");
  const seen = async () => [
    await returnUntilOf(desk(), wanted.officeId, away.bookingId),
    (await getOwnDay(desk(), away.contactId, away.bookingId)).returnUntil,
    (await readDayNotices(desk(), wanted.officeId, VISIT_DAY)).parties.get(away.bookingId)?.returnUntil ?? null,
  ];
  expect((await seen()).every((day) => day !== null)).toBe(true);
  expect([code(await move(away)), code(await move(home))]).toEqual(["ok", "ok"]);
  expect(await seen()).toEqual([null, null, null]);

  // The visit of the day that she left behind is nothing to settle: what she moved to still counts for her.
  at("03:00", addDays(VISIT_DAY, 1));
  await closePast(worker(services));
  expect(await whatIsLeft(services, home.bookingId)).toMatchObject({ state: "active", claims: 1, people: 1 });

  at("08:05", MOVED_TO);
  expect(code(await checkIn(desk(), { bookingId: home.bookingId }))).toBe("ok");
  expect(await record(home.bookingId, await allOf(services, home.bookingId))).toBe("ok");
  services.clock.advance(60_000);
  await settleOutcomes(worker(services));
  expect(await whatIsLeft(services, home.bookingId)).toMatchObject({ state: "completed", claims: 0, people: 0 });
  await suspendServices(desk(), { services: [PASSPORT], reason: "power", newsAt: "09:30" });
  const [right] = await services.adminQuery<{ day: LocalDate; until: LocalDate }>(
    "select local_date::text as day, valid_until::text as until from visits.return_rights where booking_id = $1",
    [away.bookingId],
  );
  expect(right).toMatchObject({ day: MOVED_TO });
  expect(right!.until > addDays(MOVED_TO, 15)).toBe(true);
  await resumeServices(desk(), { services: [PASSPORT] });
});

test("whoever comes back after weeks is counted on the day that was lost, and what hangs on her goes with her booking", async () => {
  const day = addDays(MOVED_TO, 4);
  await aSession(services, { localDate: day, steps: 4, counters: 2 });
  at("06:00", VISIT_DAY);
  const { bookingId } = await aPartyOn(day, "08:30", [PASSPORT]);
  at("08:00", day);
  await suspendServices(desk(), { services: [PASSPORT], reason: "power", newsAt: "11:00" });
  const served = async () => {
    await countPastDays(worker(services));
    const counted = "select served from visits.day_counts where office_id = 'fresno' and local_date = $1";
    return (await services.adminQuery<{ served: number }>(counted, [day])).map((one) => one.served);
  };
  const back = addDays(day, 17);
  for (const passed of [2, 12]) {
    at("06:00", addDays(day, passed));
    await closePast(worker(services));
    expect(await served()).toEqual([]);
  }
  at("10:00", back);
  await checkIn(desk(), { bookingId });
  expect(await record(bookingId, await allOf(services, bookingId))).toBe("ok");
  at("06:00", addDays(back, 1));
  expect(await served()).toEqual([1]);
  const left = async () => {
    const rights = await services.adminQuery("select from visits.return_rights where booking_id = $1", [bookingId]);
    return rights.length;
  };
  at("06:00", addDays(day, 30));
  await closePast(worker(services));
  expect(await left()).toBe(1);
  at("06:00", addDays(day, 31));
  await closePast(worker(services));
  expect(await left()).toBe(0);
});

const news = async (name: string): Promise<string[]> =>
  (await services.adminQuery<{ id: string }>("select subject_id as id from platform.outbox where name = $1", [name]))
    .map(({ id }) => id)
    .sort();
const forget = () => services.adminQuery("delete from platform.outbox where name like 'visits.%'");
const postpone = (newsAt: string) => postponeNews(desk(), { services: [PASSPORT], newsAt });

test("the hour of the news is told to who waits for it however late, never once it is over, and again when it is another", async () => {
  const day = addDays(MOVED_TO, 1);
  await aSession(services, { localDate: day, steps: 36, counters: 2 });
  at("06:00", VISIT_DAY);
  const early = (await aPartyOn(day, "08:30", [PASSPORT])).bookingId;
  const later = (await aPartyOn(day, "14:00", [PASSPORT])).bookingId;
  at("08:00", day);
  await forget();
  await suspendServices(desk(), { services: [PASSPORT], reason: "power", newsAt: "11:00" });
  expect(await news("visits.suspended")).toEqual([early]);
  // Nobody said anything at eleven: who comes near now is not told an hour that is over.
  at("11:05", day);
  expect([await sweepSuspended(worker(services)), await news("visits.suspended")]).toEqual([0, [early]]);
  await forget();
  expect(await postpone("12:00")).toMatchObject({ value: { told: 2 } });
  expect(await news("visits.suspended")).toEqual([early, later].sort());
  at("12:10", day);
  await forget();
  expect(await postpone("13:00")).toMatchObject({ value: { told: 2 } });
  expect(await news("visits.suspended")).toEqual([early, later].sort());
  await resumeServices(desk(), { services: [PASSPORT] });
});

test("whose hour becomes another one while she is told to stay at home hears it with the news; whom a cut asks for another day takes no time of this one", async () => {
  at("06:00", VISIT_DAY);
  const ids: BookingId[] = [];
  for (const time of ["12:00", "12:00", "12:30", "12:30", "13:00"])
    ids.push((await aPartyOn(SLOW_DAY, time, [time === "12:30" ? PASSPORT : MATRICULA])).bookingId);
  const passport = ids[2]!;
  at("09:45", SLOW_DAY);
  await suspendServices(desk(), { services: [PASSPORT], reason: "printer", newsAt: "10:10" });
  await forget();
  const absent = [{ sessionId: slow.sessionId, counter: 2 }];
  const set = await setAbsences(desk(), { absent, known: [] });
  expect(set.ok).toBe(true);
  const hours = async () =>
    Object.fromEntries(
      (
        await services.adminQuery<{ id: string; minutes: number; told: boolean }>(
          `select e.booking_id as id, extract(epoch from e.expected_at - b.starts_at)::int / 60 as minutes, e.told_for is not null as told
           from visits.expected_hours e join booking.bookings b on b.id = e.booking_id where b.local_date = $1`,
          [SLOW_DAY],
        )
      ).map(({ id, minutes, told }) => [id, [minutes, told]]),
    );
  const two = async () => [(await hours())[passport], (await hours())[ids[3]!]].sort();
  expect(await two()).toEqual([
    [30, false],
    [60, false],
  ]);
  expect(await news("visits.hour_changed")).not.toContain(passport);
  at("10:05", SLOW_DAY);
  await forget();
  await resumeServices(desk(), { services: [PASSPORT] });
  expect(await news("visits.resumed")).toEqual([]);
  expect(await news("visits.hour_changed")).toEqual([passport, ids[3]!].sort());
  expect(await two()).toEqual([
    [30, true],
    [60, true],
  ]);

  const last = ids[4]!;
  expect((await hours())[last]).toEqual([60, true]);
  await services.adminQuery(
    `with cut as (insert into schedules.cuts (id, office_id, local_date, reason, places, made_at) values (gen_random_uuid(), 'fresno', $2, 'staff', 4, now()) returning id)
     update schedules.places set cut_id = cut.id from cut where holder = any($1)`,
    [ids.slice(0, 4), SLOW_DAY],
  );
  await setAbsences(desk(), { absent, known: absent });
  expect((await hours())[last]).toEqual([0, true]);
});
