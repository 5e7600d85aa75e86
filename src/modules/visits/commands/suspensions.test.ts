import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, FRESNO_ZONE, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import type { BookingId, ContactId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { addDays, instantOf } from "#kernel/time.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import type { Context, StaffRole } from "#platform/context.ts";
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
import { markNoShow, recordOutcomes, undo } from "./outcomes.ts";
import { enterFromPaper } from "./paper.ts";
import { callParty, checkIn, startService } from "./reception.ts";
import { closePast, settleOutcomes } from "./settle.ts";
import { postponeNews, resumeServices, suspendServices, sweepSuspended } from "./suspensions.ts";

const PASSPORT = "pasaporte-adulto" as ServiceSlug;
const MATRICULA = "matricula-consular" as ServiceSlug;
const ELSEWHERE = "dallas" as OfficeId;

let services: TestServices;
let wanted: WantedTime;
let contacts: ContactId[];
let staffId: string;
let person = 0;

beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 36, counters: 12 }));
  contacts = await someContacts(services, 60);
  staffId = await aStaffId(services, "supervisor");
});
afterAll(() => services.close());

const as = (role: StaffRole, officeId?: OfficeId): Context => staffContext(services, staffId, role, officeId);
const desk = (): Context => as("supervisor");
const at = (time: string, day: LocalDate = VISIT_DAY): void => services.clock.set(instantOf(day, time, FRESNO_ZONE));
const aParty = (time: string, ...people: ServiceSlug[][]): Promise<BookingId> =>
  aBooking(
    services,
    contacts.pop()!,
    { ...wanted, startsAt: instantOf(VISIT_DAY, time, FRESNO_ZONE) },
    people.map((own) => anApplicant(++person, { services: own })),
  );
const code = (outcome: { ok: true } | { ok: false; refusal: { code: string } }): string =>
  outcome.ok ? "ok" : outcome.refusal.code;
async function arrive(bookingId: BookingId) {
  const visit = await checkIn(desk(), { bookingId });
  if (!visit.ok) throw new Error(visit.refusal.code);
  return visit.value;
}
async function call(bookingId: BookingId, counter = 1): Promise<string> {
  const { id, version } = await visitOf(services, bookingId);
  return code(await callParty(desk(), { visitId: id, counter, version }));
}
async function record(bookingId: BookingId, outcomes?: Awaited<ReturnType<typeof allOf>>): Promise<string> {
  const { id, version } = await visitOf(services, bookingId);
  const all = outcomes ?? (await allOf(services, bookingId));
  return code(await recordOutcomes(desk(), { visitId: id, version, outcomes: all }));
}
const told = async (name: string): Promise<string[]> =>
  (await services.adminQuery<{ id: string }>("select subject_id as id from platform.outbox where name = $1", [name]))
    .map((one) => one.id)
    .sort();
const forget = () => services.adminQuery("delete from platform.outbox where name like 'visits.%'");
const stateOf = async (id: BookingId) => (await whatIsLeft(services, id))!["state"];

test("passports stop at 10:15 and are back at 13:40: nobody is lost, nobody comes twice, matrículas are not disturbed", async () => {
  const inside = [await aParty("09:30", [PASSPORT]), await aParty("10:00", [PASSPORT], [PASSPORT])];
  const goesHome = await aParty("10:15", [PASSPORT]);
  const soon = [await aParty("10:30", [PASSPORT]), await aParty("13:15", [PASSPORT])];
  const cannotCome = await aParty("12:00", [PASSPORT]);
  const later = await aParty("13:30", [PASSPORT]);
  const afternoon = await aParty("16:45", [PASSPORT]);
  const ids = [await aParty("10:30", [MATRICULA]), await aParty("11:00", [MATRICULA])];
  const family = await aParty("10:45", [MATRICULA], [PASSPORT]);
  const both = await aParty("11:15", [MATRICULA, PASSPORT]);
  const absent = await aParty("11:30", [MATRICULA]);
  const all = [...inside, goesHome, ...soon, cannotCome, later, afternoon, ...ids, family, both, absent];

  at("10:10");
  for (const one of [...inside, goesHome]) await arrive(one);
  expect(await call(inside[0]!)).toBe("ok");

  at("10:15");
  const held = await suspendServices(desk(), { services: [PASSPORT], reason: "issuing_system", newsAt: "12:00" });
  expect(held).toEqual({ ok: true, value: { told: 3, inside: 3 } });
  expect(await told("visits.suspended")).toEqual([...soon, cannotCome].sort());
  expect(await sweepSuspended(worker(services))).toBe(0);
  // Whoever was called before may still be attended to; nobody else is called.
  expect([await call(inside[0]!), await call(inside[1]!)]).toEqual(["ok", "service_suspended"]);
  const waiting = await visitOf(services, inside[1]!);
  expect(code(await startService(desk(), { visitId: waiting.id, version: waiting.version }))).toBe("service_suspended");

  // The others go on.
  at("10:40");
  for (const one of [...ids, family, both]) await arrive(one);
  for (const one of [...ids, family, both]) expect(await call(one)).toBe("ok");
  for (const one of ids) expect(await record(one)).toBe("ok");
  const [mother, daughter] = await allOf(services, family);
  expect(await record(family, [{ ...daughter!, code: "no_show" }])).toBe("wrong_outcomes");
  expect(await record(family, [mother!])).toBe("ok");
  expect(await visitOf(services, family)).toMatchObject({ state: "waiting" });
  const [matricula, passport] = await allOf(services, both);
  expect(await record(both, [passport!])).toBe("incomplete_outcomes");
  expect(await record(both, [matricula!])).toBe("ok");
  const half = await visitOf(services, both);
  expect(half).toMatchObject({ state: "waiting" });
  // A slip of the hand, and once more.
  expect(code(await undo(desk(), { visitId: half.id }))).toBe("ok");
  expect(await visitOf(services, both)).toMatchObject({ state: "called" });
  expect([await record(both, [matricula!]), await call(both)]).toEqual(["ok", "service_suspended"]);

  // One goes home with the paper, another whom it was told stays there: neither counts as not come.
  expect(code(await markNoShow(desk(), { bookingId: goesHome }))).toBe("ok");
  expect(code(await markNoShow(desk(), { bookingId: cannotCome }))).toBe("has_right_to_return");
  expect(await visitOf(services, goesHome)).toMatchObject({ state: "left", recordedAt: null });

  at("10:30");
  expect(await sweepSuspended(worker(services))).toBe(1);
  at("12:00");
  expect(await sweepSuspended(worker(services))).toBe(0);
  expect(code(await postponeNews(desk(), { services: [PASSPORT], newsAt: "13:45" }))).toBe("ok");
  expect((await told("visits.suspended")).filter((one) => one === soon[0])).toHaveLength(2);

  at("13:40");
  await forget();
  expect(await resumeServices(desk(), { services: [PASSPORT] })).toEqual({ ok: true, value: { told: 4 } });
  expect(await told("visits.resumed")).toEqual([...soon, cannotCome, later].sort());
  expect(await told("visits.suspended")).toEqual([]);
  for (const one of [inside[1]!, family, both]) expect(await call(one)).toBe("ok");
  for (const one of [...soon, later, afternoon]) await arrive(one);
  expect(await record(family, [daughter!])).toBe("ok");
  expect(await record(both, [passport!])).toBe("ok");
  for (const one of [...inside, ...soon, later, afternoon]) expect(await record(one)).toBe("ok");
  services.clock.advance(60_000);
  await settleOutcomes(worker(services));

  at("09:00", addDays(VISIT_DAY, 1));
  await closePast(worker(services));
  const states = Object.fromEntries(await Promise.all(all.map(async (one) => [one, await stateOf(one)])));
  const away = new Set([goesHome, cannotCome]);
  expect(states).toEqual(
    Object.fromEntries(all.map((one) => [one, away.has(one) ? "active" : one === absent ? "missed" : "completed"])),
  );
  const twice =
    "select appointment_id from visits.outcomes where undone_at is null group by 1, service having count(*) > 1";
  expect(await services.adminQuery(twice)).toEqual([]);
  expect(await whatIsLeft(services, goesHome)).toMatchObject({ claims: 1, people: 1 });

  // Five days later, without an appointment, and once.
  at("11:00", addDays(VISIT_DAY, 5));
  await closePast(worker(services));
  const back = await arrive(goesHome);
  expect(await arrive(goesHome)).toMatchObject({ id: back.id, state: "waiting", localDate: addDays(VISIT_DAY, 5) });
  expect([await call(goesHome), await record(goesHome)]).toEqual(["ok", "ok"]);
  services.clock.advance(60_000);
  await settleOutcomes(worker(services));
  expect(await whatIsLeft(services, goesHome)).toEqual({ state: "completed", claims: 0, people: 0, places: "used" });
  expect(code(await checkIn(desk(), { bookingId: goesHome }))).toBe("ok");
  expect(await visitOf(services, goesHome)).toMatchObject({ state: "done" });

  // The other never comes: when the right is over nobody stays bound, and nobody counts as not come.
  const [right] = await services.adminQuery<{ until: LocalDate }>(
    "select valid_until::text as until from visits.return_rights where booking_id = $1",
    [cannotCome],
  );
  // Fifteen working days from 3 December, without the office's holidays.
  const [days] = await services.adminQuery<{ count: number }>(
    `select count(*)::int from generate_series($1::date + 1, $2::date, '1 day') day
     where extract(isodow from day) < 6 and not exists (select from schedules.closures where office_id = 'fresno' and local_date = day)`,
    [VISIT_DAY, right!.until],
  );
  expect(days).toEqual({ count: 15 });
  at("23:00", right!.until);
  await closePast(worker(services));
  expect(await stateOf(cannotCome)).toBe("active");
  at("09:00", addDays(right!.until, 1));
  expect(code(await checkIn(desk(), { bookingId: cannotCome }))).toBe("right_is_over");
  await closePast(worker(services));
  expect(await whatIsLeft(services, cannotCome)).toMatchObject({ state: "completed", claims: 0, people: 0 });
  expect((await appointmentsOf(services, cannotCome)).map((one) => one.state)).toEqual(["unserved"]);
  expect(code(await checkIn(desk(), { bookingId: cannotCome }))).toBe("booking_ended");
});

test("what cannot be is refused, and of two who press at once one is first", async () => {
  const outcome = (ctx: Context, change: Partial<Parameters<typeof suspendServices>[1]> = {}) =>
    suspendServices(ctx, { services: [MATRICULA], reason: "printer", newsAt: "15:00", ...change });
  at("14:00");
  expect(code(await outcome(as("clerk")))).toBe("not_allowed");
  expect(code(await outcome(as("supervisor", ELSEWHERE)))).toBe("unknown_service");
  expect(code(await outcome(desk(), { services: [] }))).toBe("unknown_service");
  expect(code(await outcome(desk(), { services: ["visa" as ServiceSlug] }))).toBe("unknown_service");
  expect(code(await outcome(desk(), { newsAt: "14:00" }))).toBe("news_in_the_past");
  expect(code(await resumeServices(desk(), { services: [MATRICULA] }))).toBe("not_suspended");
  const pressed = await Promise.all([outcome(desk()), outcome(desk())]);
  expect(pressed.map(code).sort()).toEqual(["already_suspended", "ok"]);
  expect(code(await postponeNews(desk(), { services: [MATRICULA], newsAt: "13:59" }))).toBe("news_in_the_past");
  expect(code(await postponeNews(desk(), { services: [PASSPORT], newsAt: "16:00" }))).toBe("not_suspended");
  const ended = await Promise.all([1, 2].map(() => resumeServices(desk(), { services: [MATRICULA] })));
  expect(ended.map(code).sort()).toEqual(["not_suspended", "ok"]);
});

test("a slip of the hand is undone: who was told is told that it may come, who was told nothing is where it was", async () => {
  const there = await aParty("16:00", [PASSPORT]);
  const coming = await aParty("16:30", [PASSPORT]);
  at("15:45");
  await arrive(there);
  await forget();
  await suspendServices(desk(), { services: [PASSPORT], reason: "other", newsAt: "16:15" });
  expect(await resumeServices(desk(), { services: [PASSPORT], undone: true })).toMatchObject({ value: { told: 1 } });
  expect([await told("visits.suspended"), await told("visits.resumed")]).toEqual([[coming], [coming]]);
  expect(await call(there)).toBe("ok");
  expect(code(await markNoShow(desk(), { bookingId: there }))).toBe("ok");
  expect(await stateOf(there)).toBe("missed");
  expect(code(await markNoShow(desk(), { bookingId: coming }))).toBe("has_right_to_return");
});

test("what is typed in from paper afterwards counts nobody as not come who may come back, and closes whom it served", async () => {
  const served = await aParty("15:00", [MATRICULA, PASSPORT]);
  const stays = await aParty("15:15", [PASSPORT]);
  at("14:45");
  await suspendServices(desk(), { services: [PASSPORT], reason: "power", newsAt: "16:30" });
  await arrive(served);
  const [matricula, passport] = await allOf(services, served);
  expect(await record(served, [matricula!])).toBe("ok");
  at("11:00", addDays(VISIT_DAY, 1));
  await closePast(worker(services));
  const type = async (bookingId: BookingId, outcomes: Awaited<ReturnType<typeof allOf>>) =>
    code(await enterFromPaper(desk(), { bookingId, outcomes }));
  expect(await type(stays, await allOf(services, stays, "no_show"))).toBe("has_right_to_return");
  expect([await stateOf(stays), await stateOf(served)]).toEqual(["active", "active"]);
  expect(await type(served, [passport!])).toBe("ok");
  expect(await whatIsLeft(services, served)).toEqual({ state: "completed", claims: 0, people: 0, places: "used" });
});
