import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, FRESNO, someContacts } from "#tests/support/fixtures.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { BookingId, ContactId, LocalDate, OfficeId } from "#kernel/ids.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import { aBooking, aStaffId } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf } from "./console.fixtures.ts";

const DALLAS = "dallas" as OfficeId;
let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
let wanted: WantedTime;
let contacts: ContactId[];
let clerk: string;
let guardId: string;
let guard: string;
let dallas: string;
let supervisor: string;
let person = 0;

beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 8, counters: 60 }));
  contacts = await someContacts(services, 60);
  at(-60);
  const readQrToken = (_: unknown, token: string) =>
    Promise.resolve(token.startsWith("slip ") ? (token.slice(5) as BookingId) : undefined);
  open = await aConsole(services, { readQrToken });
  guardId = await aStaffId(services, "door");
  [clerk, guard, dallas, supervisor] = await Promise.all([
    cookieOf(services, await aStaffId(services)),
    cookieOf(services, guardId),
    cookieOf(services, await aStaffId(services, "door", DALLAS)),
    cookieOf(services, await aStaffId(services, "supervisor")),
  ]);
});
afterAll(async () => {
  await open.close();
  await services.close();
});

/** Minutes from the hour of these appointments. */
const at = (minutes: number) => services.clock.set(new Date(wanted.startsAt.getTime() + minutes * MINUTE_MS));
const post = (path: string, cookie: string, body?: unknown) => ask(open.app, "POST", path, cookie, body);
const show = async (bookingId: BookingId, cookie = guard) =>
  (await post("/door", cookie, { shown: { qr: `slip ${bookingId}` } })).body;
const door = async () => (await ask(open.app, "GET", "/door", guard)).body;
const aParty = (people = 1) =>
  aBooking(
    services,
    contacts.pop()!,
    wanted,
    Array.from({ length: people }, () => anApplicant(++person)),
  );
const limit = async (people: number | null) =>
  expect((await ask(open.app, "PUT", "/hall/limit", supervisor, { people })).status).toBe(204);

test("a guard hears when, then lets in and receives once; the answer names nobody", async () => {
  const bookingId = await aParty(3);
  at(-60);
  expect(await show(bookingId)).toEqual({
    verdict: "later",
    people: 3,
    stepFree: false,
    fromTime: "07:30",
    turn: null,
    visitId: null,
    number: null,
  });
  at(-20);
  const let_in = await show(bookingId);
  expect(let_in).toMatchObject({ verdict: "pass", people: 3, turn: { number: expect.any(Number) } });
  // A copy of the code, or the family that went out to the car: the turn that it has, and no second one.
  expect(await show(bookingId)).toMatchObject({ verdict: "inside", turn: let_in.turn, visitId: null });
  const today = (await ask(open.app, "GET", "/today", clerk)).body;
  expect(today.parties.filter((one: { visit: unknown }) => one.visit)).toMatchObject([{ bookingId }]);
});

test("a copied slip at two doors and a desk in the same second gives one turn, and each other one is told that turn", async () => {
  at(-20);
  const other = await cookieOf(services, await aStaffId(services, "door"));
  for (let round = 0; round < 6; round++) {
    const bookingId = await aParty(2);
    const before = (await door()).inside;
    const [first, second, desk] = await Promise.all([
      show(bookingId, guard),
      show(bookingId, other),
      post("/visits", clerk, { bookingId }),
    ]);
    const { number } = desk.body.visit.turn;
    const told = [first, second].map((one) => `${one.verdict} ${one.turn.number}`).sort();
    // Whichever of the three was first.
    expect([
      [`inside ${number}`, `inside ${number}`],
      [`inside ${number}`, `pass ${number}`],
    ]).toContainEqual(told);
    // Nobody but who received them takes it back, and the hall counts the two once.
    expect([first, second].filter((one) => one.visitId !== null).length).toBeLessThan(2);
    expect((await door()).inside).toBe(before + 2);
    const visits = await services.adminQuery("select 1 from visits.visits where booking_id = $1", [bookingId]);
    expect(visits).toHaveLength(1);
  }
});

test("another office, another day, a cancelled booking and a forged code are told apart, and receive nobody", async () => {
  at(-20);
  const here = await aParty();
  expect(await show(here, dallas)).toMatchObject({ verdict: "other_office", people: null });
  expect((await post("/door", guard, { shown: { qr: "forged" } })).body).toMatchObject({ verdict: "unknown" });
  expect((await post("/door", guard, { shown: { folio: "7K3M-9QXA-2B4CE" } })).body.code).toBe("folio_mistyped");
  await services.adminQuery("update booking.bookings set state = 'cancelled' where id = $1", [here]);
  expect(await show(here)).toMatchObject({ verdict: "ended" });
  const tomorrow = await aParty();
  at(-20 - 24 * 60);
  expect(await show(tomorrow)).toMatchObject({ verdict: "other_day", people: null });
  const [count] = await services.adminQuery<{ n: number }>(
    "select count(*)::int as n from visits.visits where booking_id = any($1)",
    [[here, tomorrow]],
  );
  expect(count!.n).toBe(0);
});

test("whoever stands at a door sees no list, no file and no other screen, and no one else lets in for her", async () => {
  at(-20);
  const bookingId = await aParty();
  const told = (await ask(open.app, "GET", "/session", guard)).body;
  expect([told.staff.role, told.may]).toEqual(["door", ["admit"]]);
  const closed = await Promise.all([
    ask(open.app, "GET", "/today", guard),
    ask(open.app, "GET", "/events", guard),
    ask(open.app, "GET", "/door/day", guard),
    ask(open.app, "PUT", "/hall/limit", guard, { people: 5 }),
    post("/find", guard, { qr: `slip ${bookingId}` }),
    post("/files", guard, { bookingId }),
    post("/visits", guard, { bookingId }),
    post("/no-show", guard, { bookingId }),
    post("/calls", guard, { station: "window", counter: 1 }),
  ]);
  expect(closed.map(({ status, body }) => [status, body.code])).toEqual(closed.map(() => [403, "not_allowed"]));
});

test("a full hall keeps parties before the door in order, and never who is late or is over sixty", async () => {
  at(-20);
  const now = (await door()).inside;
  await limit(now + 3);
  const [five, two, one] = [await aParty(3), await aParty(2), await aParty(1)];
  expect(await show(five)).toMatchObject({ verdict: "pass" });
  expect(await show(two)).toMatchObject({ verdict: "wait", number: 1, people: 2 });
  expect(await show(one)).toMatchObject({ verdict: "wait", number: 2 });
  expect(await show(two)).toMatchObject({ verdict: "wait", number: 1 });
  expect((await post("/door/next", guard, { here: true })).body.code).toBe("hall_full");
  const older = await aBooking(services, contacts.pop()!, wanted, [
    anApplicant(++person),
    anApplicant(++person, { bornOn: "1950-01-15" as LocalDate }),
  ]);
  expect(await show(older)).toMatchObject({ verdict: "pass" });
  await limit(now + 10);
  expect((await post("/door/next", guard, { here: true })).body).toMatchObject({ verdict: "pass", people: 2 });
  await limit(1);
  expect((await door()).queue).toMatchObject([{ number: 2, people: 1 }]);
  at(5);
  expect(await show(one)).toMatchObject({ verdict: "pass" });
  expect((await door()).queue).toEqual([]);
  await limit(null);
});

test("two guards at two doors give the last place of the hall once", async () => {
  at(-20);
  const parties = await Promise.all(Array.from({ length: 6 }, () => aParty()));
  await limit((await door()).inside + 2);
  const told = await Promise.all(parties.map((one) => show(one)));
  expect(told.map((one) => one.verdict).sort()).toEqual(["pass", "pass", "wait", "wait", "wait", "wait"]);
  const numbers = told.flatMap((one) => one.number ?? []).sort((a, b) => a - b);
  expect(numbers.map((one) => one - numbers[0])).toEqual([0, 1, 2, 3]);
  await limit(null);
  for (let gone = 0; gone < 4; gone++) await post("/door/next", guard, { here: false });
  expect((await door()).queue).toEqual([]);
});

test("letting in against the verdict is counted for the guard with its reason, and is seen by whoever runs the office", async () => {
  at(-60);
  const early = await aParty();
  const shown = { qr: `slip ${early}` };
  expect((await post("/door/override", guard, { shown, reason: "because" })).body.code).toBe("invalid");
  expect((await post("/door/override", guard, { shown, reason: "weather" })).body).toMatchObject({ verdict: "pass" });
  const { others } = await door();
  expect((await post("/door/override", guard, { shown: { qr: "forged" }, reason: "asks" })).body).toMatchObject({
    verdict: "pass",
    turn: null,
  });
  expect((await door()).others).toBe(others + 1);
  // Whoever is inside already needs none.
  expect((await post("/door/override", guard, { shown, reason: "head" })).body.verdict).toBe("inside");
  const day = (await ask(open.app, "GET", "/door/day", supervisor)).body;
  expect(day.overrides).toEqual([
    { staffId: guardId, reason: "asks", count: 1, signed: 0 },
    { staffId: guardId, reason: "weather", count: 1, signed: 0 },
  ]);
  expect(JSON.stringify(day)).not.toContain("Ficticia");

  // A second person signs it on the same day: not the door itself, and once.
  const weather = { staffId: guardId, reason: "weather" };
  expect((await post("/door/second", guard, weather)).body.code).toBe("not_allowed");
  expect((await post("/door/second", supervisor, weather)).status).toBe(204);
  expect((await post("/door/second", supervisor, weather)).body.code).toBe("nothing_to_sign");
  expect((await ask(open.app, "GET", "/door/day", supervisor)).body.overrides).toMatchObject([
    { reason: "asks", signed: 0 },
    { reason: "weather", signed: 1 },
  ]);
});

test("whoever let somebody in herself is not the second person", async () => {
  const own = await aStaffId(services, "supervisor");
  const cookie = await cookieOf(services, own);
  await post("/door/override", cookie, { shown: { qr: "forged" }, reason: "asks" });
  const signed = await post("/door/second", cookie, { staffId: own, reason: "asks" });
  expect(signed.body.code).toBe("needs_another_person");
});

test("a slip of the door is taken back within a minute, and only while nobody called the turn", async () => {
  at(-20);
  const [first, second] = [await aParty(), await aParty()];
  const { visitId } = await show(first);
  expect((await post(`/door/undo/${visitId}`, dallas)).body.code).toBe("unknown_visit");
  expect((await post(`/door/undo/${visitId}`, guard)).status).toBe(204);
  expect(await show(first)).toMatchObject({ verdict: "pass" });
  const late = await show(second);
  at(-18);
  expect((await post(`/door/undo/${late.visitId}`, guard)).body.code).toBe("too_late_to_undo");
  expect((await post(`/door/undo/${randomUUID()}`, guard)).body.code).toBe("unknown_visit");
});

test("companions are counted in and out, never below nobody", async () => {
  const before = await door();
  for (const by of [1, 1, -1]) await post("/door/others", guard, { by });
  expect(await door()).toMatchObject({ others: before.others + 1, inside: before.inside + 1 });
  for (let i = 0; i <= before.others + 3; i++) await post("/door/others", guard, { by: -1 });
  expect((await door()).others).toBe(0);
  expect((await ask(open.app, "GET", "/door", dallas)).body.others).toBe(0);
  expect(FRESNO).not.toBe(DALLAS);
});

test("more guards than the console has connections let in the whole line at once, each party by one of them", async () => {
  at(-20);
  const before = (await door()).inside;
  const parties = await Promise.all(Array.from({ length: 8 }, () => aParty()));
  await limit(1);
  for (const one of parties) expect(await show(one)).toMatchObject({ verdict: "wait" });
  await limit(before + 20);
  const told = await Promise.all(parties.map(() => post("/door/next", guard, { here: true })));
  expect(told.map(({ status, body }) => [status, body.verdict])).toEqual(parties.map(() => [200, "pass"]));
  expect(new Set(told.map(({ body }) => body.visitId)).size).toBe(8);
  await limit(null);
});

test("whoever stands first and cannot come in, or is in already, keeps nobody waiting behind her", async () => {
  at(-20);
  const [gone, received, last] = [await aParty(), await aParty(), await aParty()];
  await limit(1);
  for (const one of [gone, received, last]) await show(one);
  await services.adminQuery("update booking.bookings set state = 'cancelled' where id = $1", [gone]);
  expect((await post("/visits", clerk, { bookingId: received })).status).toBe(200);
  expect((await door()).queue).toHaveLength(2);
  expect((await post("/door/next", guard, { here: true })).body.verdict).toBe("ended");
  await limit(null);
  expect((await post("/door/next", guard, { here: true })).body.verdict).toBe("pass");
  expect((await door()).queue).toEqual([]);
});

test("stations and the ways through them are read as they were saved", async () => {
  const plan = {
    stations: [
      { station: "cashier", counters: 1 },
      { station: "window", counters: 2 },
    ],
    routes: [{ service: "matricula-consular", stations: ["window"] }],
  };
  expect((await ask(open.app, "PUT", "/hall/plan", supervisor, plan)).body).toEqual(plan);
  expect((await ask(open.app, "GET", "/hall/plan", supervisor)).body).toEqual({ ...plan, walkIns: null });
  const walkIns = { opens: "09:00", closes: "12:30" };
  await ask(open.app, "PUT", "/hall/plan", supervisor, { ...plan, walkIns });
  // What says nothing of hours leaves them as they are.
  await ask(open.app, "PUT", "/hall/plan", supervisor, plan);
  expect((await ask(open.app, "GET", "/hall/plan", supervisor)).body).toEqual({ ...plan, walkIns });
  const backwards = { ...plan, walkIns: { opens: "12:30", closes: "12:30" } };
  const refused = await ask(open.app, "PUT", "/hall/plan", supervisor, backwards);
  expect(refused).toMatchObject({ status: 422, body: { code: "wrong_hours" } });
  await ask(open.app, "PUT", "/hall/plan", supervisor, { ...plan, walkIns: null });
  expect((await ask(open.app, "GET", "/hall/plan", supervisor)).body).toEqual({ ...plan, walkIns: null });
});
