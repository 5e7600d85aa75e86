import { afterAll, beforeAll, expect, test } from "vitest";
import type { BookingId, ServiceSlug } from "#kernel/ids.ts";
import { instantOf, MINUTE_MS } from "#kernel/time.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, FRESNO, FRESNO_ZONE, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { aBooking, allOf, aStaffId, staffContext, visitOf, whatIsLeft } from "../visits.fixtures.ts";
import { readBoard } from "../queries/board.ts";
import type { Station } from "../types.ts";
import { setHallPlan } from "./hall-plan.ts";
import { recordOutcomes } from "./outcomes.ts";
import { checkIn } from "./reception.ts";
import { callNext, passOn } from "./stations.ts";
import { resumeServices, suspendServices } from "./suspensions.ts";

const PASSPORT = "pasaporte-adulto" as ServiceSlug;
const MATRICULA = "matricula-consular" as ServiceSlug;

let services: TestServices;
let staffId: string;
let person = 0;

beforeAll(async () => {
  services = await openTestServices();
  await aSession(services, { steps: 36, counters: 6 });
  staffId = await aStaffId(services, "supervisor");
  const plan = {
    stations: (["filter", "cashier", "capture"] as const).map((station) => ({ station, counters: 2 })),
    routes: [{ service: MATRICULA, stations: ["filter", "capture"] as const }],
  };
  expect(await setHallPlan(desk(), FRESNO, plan)).toMatchObject({ ok: true });
});
afterAll(() => services.close());

const desk = () => staffContext(services, staffId, "supervisor");
const at = (time: string) => services.clock.set(instantOf(VISIT_DAY, time, FRESNO_ZONE));
async function aParty(time: string, service: ServiceSlug): Promise<BookingId> {
  const [contact] = await someContacts(services, 1);
  const wanted = { officeId: FRESNO, localDate: VISIT_DAY, startsAt: instantOf(VISIT_DAY, time, FRESNO_ZONE) };
  return aBooking(services, contact!, wanted, [anApplicant(++person, { services: [service] })]);
}
async function arrive(bookingId: BookingId): Promise<void> {
  services.clock.advance(MINUTE_MS);
  if (!(await checkIn(desk(), { bookingId })).ok) throw new Error("not received");
}
/** Who is called there, or why nobody is. */
async function call(station: Station): Promise<string> {
  const called = await callNext(desk(), { station, counter: 1 });
  return called.ok ? called.value.bookingId : called.refusal.code;
}
/** Through the station where it was called, to the next. */
async function pass(bookingId: BookingId): Promise<void> {
  const { id, version } = await visitOf(services, bookingId);
  const passed = await passOn(desk(), { visitId: id, version });
  if (!passed.ok) throw new Error(passed.refusal.code);
}
const rights = async () =>
  (
    await services.adminQuery<{ id: BookingId }>(
      "select booking_id as id from visits.return_rights where undone_at is null order by given_at, booking_id",
    )
  ).map((one) => one.id);

test("the cash desk stops: who is past it and who never goes there go on, the others have a right, and later all go on as they stood", async () => {
  const [past, atDesk, before, free, soon, later] = [
    await aParty("09:30", PASSPORT),
    await aParty("09:45", PASSPORT),
    await aParty("10:00", PASSPORT),
    await aParty("10:00", MATRICULA),
    await aParty("11:00", PASSPORT),
    await aParty("16:00", PASSPORT),
  ];
  at("09:20");
  await arrive(past);
  await arrive(atDesk);
  for (const one of [past, atDesk]) {
    expect(await call("filter")).toBe(one);
    await pass(one);
  }
  expect(await call("cashier")).toBe(past);
  await pass(past);
  await arrive(before);
  await arrive(free);

  at("10:05");
  const stop = { station: "cashier", reason: "cash_desk", newsAt: "12:00" } as const;
  expect(await suspendServices(desk(), stop)).toEqual({ ok: true, value: { told: 1, inside: 2 } });
  expect((await rights()).sort()).toEqual([atDesk, before, soon].sort());
  expect(await suspendServices(desk(), stop)).toMatchObject({ refusal: { code: "already_suspended" } });
  const board = await readBoard(desk(), FRESNO);
  expect(new Set(board.suspended.map((one) => one.station))).toEqual(new Set(["cashier"]));
  // Matrículas do not go there, so that nothing of theirs stands still.
  expect(board.suspended.map((one) => one.service)).not.toContain(MATRICULA);

  expect(await call("cashier")).toBe("nobody_waits");
  expect(await call("capture")).toBe(past);
  const { id, version } = await visitOf(services, past);
  const outcomes = await allOf(services, past);
  expect(await recordOutcomes(desk(), { visitId: id, version, outcomes })).toMatchObject({
    ok: true,
    value: { state: "done" },
  });
  // The papers of the others are looked through meanwhile.
  expect([await call("filter"), await call("filter")].sort()).toEqual([before, free].sort());
  await pass(before);
  await pass(free);
  expect(await call("capture")).toBe(free);
  expect(await call("cashier")).toBe("nobody_waits");

  at("11:40");
  const standing = (await readBoard(desk(), FRESNO)).suspended.map((one) => one.service);
  expect(await resumeServices(desk(), { services: standing })).toEqual({ ok: true, value: { told: 1 } });
  expect([await call("cashier"), await call("cashier")]).toEqual([atDesk, before]);
  expect(await whatIsLeft(services, later)).toMatchObject({ state: "active" });
});

test("a station that the office has not is nothing to stop", async () => {
  at("12:30");
  const stop = { station: "window", reason: "other", newsAt: "13:00" } as const;
  expect(await suspendServices(desk(), stop)).toMatchObject({ refusal: { code: "unknown_service" } });
});
