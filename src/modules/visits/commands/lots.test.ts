import { createHash, createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { timeOfRound } from "#kernel/quicknet.ts";
import { addDays, HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import type { Beacon } from "#platform/beacon/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, FRESNO, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { aBooking, aStaffId, staffContext, worker } from "../visits.fixtures.ts";
import { getDoorsToday } from "../queries/lots.ts";
import { getWalkInRoom } from "../queries/walk-in-room.ts";
import { checkIn } from "./reception.ts";
import { callNext } from "./stations.ts";
import { drawDoorLots, LOT_WAITS_MINUTES, REGISTRATION_SECONDS } from "./walk-ins.ts";

let services: TestServices;
let clerkId: string;
let person = 0;
let day = VISIT_DAY;
let opensAt: Date;

beforeAll(async () => {
  services = await openTestServices();
  clerkId = await aStaffId(services);
});
afterAll(() => services.close());
/** Each test has a day of its own, at six in the morning of an office that opens at eight. */
beforeEach(async () => {
  day = addDays(day, 1);
  ({ startsAt: opensAt } = await aSession(services, { localDate: day, steps: 8, counters: 30 }));
  services.clock.set(new Date(opensAt.getTime() - 2 * HOUR_MS));
});

const clerk = () => staffContext(services, clerkId);
const at = (minutes: number) => services.clock.set(new Date(opensAt.getTime() + minutes * MINUTE_MS));
/** Turns at the door without an appointment, a minute apart; returns their numbers. */
async function arrivals(count: number, priority: string | null = null): Promise<number[]> {
  const numbers: number[] = [];
  for (const contact of await someContacts(services, count)) {
    const bookingId = await aBooking(services, contact, { officeId: FRESNO, localDate: day, startsAt: opensAt }, [
      anApplicant(++person),
    ]);
    services.clock.set(new Date(services.clock.now().getTime() + MINUTE_MS));
    const outcome = await checkIn(clerk(), { bookingId });
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    await services.adminQuery("update visits.visits set line = 'walk_in', due_at = null, priority = $2 where id = $1", [
      outcome.value.id,
      priority,
    ]);
    numbers.push(outcome.value.turnNo!);
  }
  return numbers;
}
/** A mobile consulate in another town, which opens before the hall. */
async function aMorningAtAVenue(): Promise<void> {
  const { sessionId } = await aSession(services, { localDate: day, opens: "05:00", group: "mobile", counters: 1 });
  await services.adminQuery(
    `with venue as (insert into schedules.venues (id, office_id, name, street, city, region, latitude, longitude)
       values (gen_random_uuid(), 'fresno', 'Salón Inventado', 'Calle Uno 1', 'Madera', 'CA', 36.96, -120.06) returning id),
     day as (insert into schedules.special_days (office_id, id, kind, local_date, venue_id, sessions, state, made_at, published_at)
       select 'fresno', gen_random_uuid(), 'mobile', $1, id, '[]', 'published', now(), now() from venue returning id)
     update schedules.sessions set special_day_id = (select id from day) where id = $2`,
    [day, sessionId],
  );
}
const orderInTables = async () =>
  (
    await services.adminQuery<{ turn: number }>(
      "select turn_no::int as turn from visits.visits where local_date = $1 and lot is not null order by lot",
      [day],
    )
  ).map((one) => one.turn);
const nextTurn = async () => {
  const called = await callNext(clerk(), { station: "window", counter: 1 });
  return called.ok ? called.value.turnNo : called.refusal.code;
};
const beaconOf = (world: string): Beacon => ({
  source: "drand",
  fetchRound: (round) => {
    const signature = createHash("sha384").update(`${world} ${round}`).digest("hex");
    const randomness = createHash("sha256").update(Buffer.from(signature, "hex")).digest("hex");
    return Promise.resolve({ round, signature, randomness });
  },
});
const door = async () => (await getDoorsToday(services)).find((one) => one.officeId === FRESNO);
const nobodyReachesIt: Beacon = { source: "drand", fetchRound: () => Promise.resolve(undefined) };
const by = (beacon: Beacon) => ({ ...worker(services), beacon });

test("who was there when the door opened is called by lot, priority first, and who came later in order of arrival", async () => {
  const before = await arrivals(12);
  const first = await arrivals(2, "pregnancy");
  at(1);
  expect(await drawDoorLots(by(beaconOf("a")))).toBe(1);
  const later = await arrivals(2);
  const order = await orderInTables();
  expect([...order].sort((a, b) => a - b)).toEqual([...before, ...first]);
  expect((await door())?.lot).toMatchObject({ turns: order, first: 2 });
  expect(new Set(order.slice(0, 2))).toEqual(new Set(first));
  // With this value; whoever slept on the pavement has no better place than the last who came.
  expect(order.slice(2)).not.toEqual(before);
  const called: unknown[] = [];
  for (let i = 0; i < 16; i++) called.push(await nextTurn());
  expect(called).toEqual([...order, ...later]);
});

test("an office that receives people without an appointment later than it opens draws its lot then", async () => {
  // The hall opens at eight, and this office receives them from nine until six; it closes before.
  await services.adminQuery(
    "insert into visits.walk_in_hours (office_id, opens, closes) values ('fresno', '09:00', '18:00')",
  );
  try {
    const before = await arrivals(3);
    at(30);
    const meanwhile = await arrivals(2);
    expect(await drawDoorLots(by(beaconOf("a")))).toBe(0);
    expect(await nextTurn()).toBe("nobody_waits");
    at(61);
    expect(await drawDoorLots(by(beaconOf("a")))).toBe(1);
    expect([...(await orderInTables())].sort((a, b) => a - b)).toEqual([...before, ...meanwhile]);
    const office = { opensAt: new Date(opensAt.getTime() + 60 * MINUTE_MS) };
    expect(await door()).toMatchObject(office);
    const clerkNow = { ...clerk(), now: services.clock.now() };
    const { closesAt, ...room } = await getWalkInRoom(clerkNow, FRESNO);
    expect(room).toMatchObject(office);
    // Eight quarters of an hour after eight, whatever the hours say.
    expect(closesAt).toEqual(new Date(opensAt.getTime() + 2 * HOUR_MS));
  } finally {
    await services.adminQuery("delete from visits.walk_in_hours");
  }
});

test("nobody who stood at the door is called before the lot is drawn", async () => {
  const [number] = await arrivals(1);
  expect(await drawDoorLots(by(beaconOf("a")))).toBe(0);
  at(0);
  expect(await nextTurn()).toBe("nobody_waits");
  at(1);
  expect(await drawDoorLots(by(beaconOf("a")))).toBe(1);
  expect(await nextTurn()).toBe(number);
});

test("anybody draws the order again from what is published, by the bytes that are written down", async () => {
  await arrivals(6);
  at(1);
  await drawDoorLots(by(beaconOf("b")));
  const { lot } = (await door())!;
  const seed = createHash("sha256")
    .update(`ventanilla-hall-v1\0fresno\0${day}\0`)
    .update(Buffer.from(lot!.randomness, "hex"))
    .digest();
  const ticket = (turn: number) => createHmac("sha256", seed).update(`turn\0${turn}`).digest("hex");
  expect([...lot!.turns].sort((a, b) => (ticket(a) < ticket(b) ? -1 : 1))).toEqual(lot!.turns);
  expect(lot).toMatchObject({ source: "drand", first: 0 });
  // The round came out after the door had opened: nobody knew it while people came.
  expect(timeOfRound(lot!.round) * 1_000).toBeGreaterThan(opensAt.getTime());
  expect(await orderInTables()).toEqual(lot!.turns);
});

test("it is drawn once, whoever tries with whatever value", async () => {
  await arrivals(8);
  at(1);
  const worlds = ["one", "two", "three", "four"];
  const drawn = await Promise.all(worlds.map((world) => drawDoorLots(by(beaconOf(world)))));
  expect(drawn.reduce((sum, one) => sum + one, 0)).toBe(1);
  const order = await orderInTables();
  const { lot } = (await door())!;
  expect(order).toEqual(lot!.turns);
  // The row is the guard: without it another value gives another order.
  expect(await drawDoorLots(by(beaconOf("five")))).toBe(0);
  expect(await orderInTables()).toEqual(order);
  await services.adminQuery("delete from visits.door_lots where local_date = $1", [day]);
  await drawDoorLots(by(beaconOf("five")));
  expect(await orderInTables()).not.toEqual(order);
});

test("without the public beacon people wait some minutes; then the installation's own number is taken, and says that it is one", async () => {
  await arrivals(3);
  at(LOT_WAITS_MINUTES - 1);
  expect(await drawDoorLots(by(nobodyReachesIt))).toBe(0);
  at(LOT_WAITS_MINUTES);
  expect(await drawDoorLots(by(nobodyReachesIt))).toBe(1);
  expect((await door())?.lot).toMatchObject({ source: "operator" });
  expect(await nextTurn()).toEqual(expect.any(Number));
});

test("where nobody stood before the door there is no lot, and nobody waits for one", async () => {
  at(1);
  const [number] = await arrivals(1);
  expect(await drawDoorLots(by(beaconOf("a")))).toBe(0);
  expect(await nextTurn()).toBe(number);
  expect(await door()).toMatchObject({ localDate: day, opensAt, lot: null });
});

test("what was published of a lot stays as it was drawn, whatever becomes of a turn; who comes back comes without her old lot", async () => {
  const numbers = await arrivals(5);
  at(1);
  await drawDoorLots(by(beaconOf("a")));
  await services.adminQuery(
    "update visits.visits set priority = 'far', turn_no = 900 where local_date = $1 and lot = 5",
    [day],
  );
  const { lot } = (await door())!;
  expect([...lot!.turns].sort((a, b) => a - b)).toEqual(numbers);
  expect(lot!.first).toBe(0);
  const called = await callNext(clerk(), { station: "window", counter: 1 });
  if (!called.ok) throw new Error(called.refusal.code);
  await services.adminQuery("update visits.visits set state = 'left', recorded_at = now() where id = $1", [
    called.value.id,
  ]);
  const back = await checkIn(clerk(), { bookingId: called.value.bookingId });
  expect(back).toMatchObject({ value: { lot: null, calls: 0, firstCalledAt: null, state: "waiting" } });
});

test("who is being registered while the door opens is in the lot: it is drawn half a minute later", async () => {
  await arrivals(1);
  at(REGISTRATION_SECONDS / 60 - 0.1);
  expect(await drawDoorLots(by(beaconOf("a")))).toBe(0);
  at(REGISTRATION_SECONDS / 60);
  expect(await drawDoorLots(by(beaconOf("a")))).toBe(1);
});

test("on a day without hours of the house who comes is called by arrival: a session at a venue opens no hall", async () => {
  const numbers = await arrivals(2);
  await aMorningAtAVenue();
  expect(await door()).toMatchObject({ opensAt });
  await services.adminQuery(
    "update schedules.sessions set state = 'closed' where local_date = $1 and special_day_id is null",
    [day],
  );
  services.clock.set(new Date(services.clock.now().getTime() + MINUTE_MS));
  expect(await door()).toMatchObject({ opensAt: null });
  expect(await drawDoorLots(by(beaconOf("a")))).toBe(0);
  expect([await nextTurn(), await nextTurn()]).toEqual(numbers);
});
