import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays, instantOf, MINUTE_MS } from "#kernel/time.ts";
import type { BookingId, LocalDate } from "#kernel/ids.ts";
import type { StaffRole } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, FRESNO_ZONE, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { aBooking, allOf, aStaffId, staffContext, visitOf, whatIsLeft, worker } from "../visits.fixtures.ts";
import { recordOutcomes, undo } from "./outcomes.ts";
import { printReturns } from "./papers.ts";
import { callParty, checkIn, startService } from "./reception.ts";
import { sendHome } from "./send-home.ts";
import { closePast, settleOutcomes } from "./settle.ts";
import { callNext } from "./stations.ts";
import { registerWalkIn } from "./walk-ins.ts";

const NEXT_DAY = addDays(VISIT_DAY, 1);

let services: TestServices;
let startsAt: Date;
let wanted: Awaited<ReturnType<typeof aSession>>["wanted"];
let staffId: string;
let person = 0;

beforeAll(async () => {
  services = await openTestServices();
  ({ wanted, startsAt } = await aSession(services, { steps: 8, counters: 8 }));
  await aSession(services, { localDate: NEXT_DAY, steps: 8, counters: 8 });
  staffId = await aStaffId(services, "supervisor");
});
afterAll(() => services.close());

const as = (role: StaffRole = "supervisor") => staffContext(services, staffId, role);
const at = (time: string, day: LocalDate = VISIT_DAY) => services.clock.set(instantOf(day, time, FRESNO_ZONE));
const home = (...bookings: BookingId[]) => sendHome(as(), { bookings });

async function aParty(): Promise<BookingId> {
  const [contact] = await someContacts(services, 1);
  return aBooking(services, contact!, { ...wanted, startsAt }, [anApplicant(++person)]);
}
async function arrived(): Promise<BookingId> {
  const bookingId = await aParty();
  if (!(await checkIn(as(), { bookingId })).ok) throw new Error("not received");
  return bookingId;
}
async function aWalkIn(): Promise<BookingId> {
  const made = await registerWalkIn(as(), { applicants: [anApplicant(++person)] });
  if (!made.ok) throw new Error(made.refusal.code);
  return made.value.bookingId;
}
async function call(bookingId: BookingId) {
  const { id, version } = await visitOf(services, bookingId);
  const called = await callParty(as(), { visitId: id, counter: 1, version });
  if (!called.ok) throw new Error(called.refusal.code);
  return called.value;
}

test("who still waits in the evening goes home with a date and a right, comes back before walk-ins, and never counts as not come", async () => {
  at("10:00");
  const [appointment, walkIn, sits, never] = [await arrived(), await aWalkIn(), await arrived(), await aParty()];
  const { id, version } = await call(sits);
  await startService(as(), { visitId: id, version });

  at("16:50");
  // Who sits at a counter is attended to, and who never came has no turn.
  expect(await home(sits, never)).toMatchObject({ refusal: { code: "nobody_waits" } });
  expect(await home(walkIn, sits, appointment)).toEqual({ ok: true, value: [walkIn, appointment] });
  expect(await home(walkIn, appointment)).toMatchObject({ refusal: { code: "nobody_waits" } });
  expect(await visitOf(services, walkIn)).toMatchObject({ state: "left" });

  const printed = await printReturns(as(), [{ bookingId: walkIn }, { bookingId: appointment }]);
  if (!printed.ok) throw new Error(printed.refusal.code);
  const dates = { from: NEXT_DAY, localDate: VISIT_DAY };
  expect(printed.value).toMatchObject([dates, dates]);
  expect(printed.value[0]!.validUntil > NEXT_DAY).toBe(true);

  at("00:30", NEXT_DAY);
  await closePast(worker(services));
  expect(await whatIsLeft(services, never)).toMatchObject({ state: "missed", claims: 0 });
  for (const one of [walkIn, appointment]) expect(await whatIsLeft(services, one)).toMatchObject({ state: "active" });

  at("10:00", NEXT_DAY);
  const later = await aWalkIn();
  for (const bookingId of [walkIn, appointment]) {
    services.clock.advance(MINUTE_MS);
    expect(await checkIn(as(), { bookingId })).toMatchObject({ ok: true, value: { line: "return" } });
  }
  const first = await callNext(as(), { station: "window", counter: 2 });
  expect(first).toMatchObject({ ok: true, value: { bookingId: walkIn } });
  const second = await callNext(as(), { station: "window", counter: 3 });
  expect(second).toMatchObject({ ok: true, value: { bookingId: appointment } });
  const third = await callNext(as(), { station: "window", counter: 4 });
  expect(third).toMatchObject({ ok: true, value: { bookingId: later } });
});

test("whoever was sent home by a slip of the hand is received again on the same day, and served", async () => {
  at("11:00", NEXT_DAY);
  const walkIn = await aWalkIn();
  expect(await home(walkIn)).toMatchObject({ ok: true });
  expect(await checkIn(as(), { bookingId: walkIn })).toMatchObject({ ok: true, value: { state: "waiting" } });
  const { id, version } = await call(walkIn);
  const outcomes = await allOf(services, walkIn);
  expect(await recordOutcomes(as(), { visitId: id, version, outcomes })).toMatchObject({ ok: true });
  expect(await undo(as(), { visitId: id })).toMatchObject({ ok: true, value: { state: "called" } });
  const again = await visitOf(services, walkIn);
  expect(await recordOutcomes(as(), { visitId: id, version: again.version, outcomes })).toMatchObject({ ok: true });
  at("11:30", NEXT_DAY);
  await settleOutcomes(worker(services));
  expect(await whatIsLeft(services, walkIn)).toMatchObject({ state: "completed", claims: 0 });
});

test("it is for whoever runs the hall, at her own office", async () => {
  at("12:00", NEXT_DAY);
  const waits = await aWalkIn();
  for (const role of ["clerk", "door"] as const)
    expect(await sendHome(as(role), { bookings: [waits] })).toMatchObject({ refusal: { code: "not_allowed" } });
  const elsewhere = await aStaffId(services, "supervisor", "dallas" as never);
  const other = staffContext(services, elsewhere, "supervisor", "dallas" as never);
  expect(await sendHome(other, { bookings: [waits] })).toMatchObject({ refusal: { code: "nobody_waits" } });
  expect(await visitOf(services, waits)).toMatchObject({ state: "waiting" });
});

test("two supervisors at once send each turn home once", async () => {
  at("13:00", NEXT_DAY);
  const turns = [await aWalkIn(), await aWalkIn(), await aWalkIn()];
  const answers = await Promise.all([home(...turns), home(...turns.toReversed())]);
  expect(answers.flatMap((one) => (one.ok ? one.value : [])).sort()).toEqual([...turns].sort());
});
