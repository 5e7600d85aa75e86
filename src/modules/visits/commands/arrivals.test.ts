import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts } from "#tests/support/fixtures.ts";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import type { BookingId, ContactId, OfficeId } from "#kernel/ids.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import { contextFor, type Context } from "#platform/context.ts";
import { readSignedId, signId } from "#platform/keyring/signed-id.ts";
import { getOwnTurn } from "../queries/own-turn.ts";
import type { Device } from "../types.ts";
import { aBooking, aStaffId, staffContext } from "../visits.fixtures.ts";
import { LIMITS } from "#platform/limits/index.ts";
import { arriveAtKiosk, arriveByPhone, getHourCode, hourCode } from "./arrivals.ts";
import { callNext } from "./stations.ts";

const DALLAS = "dallas" as OfficeId;
let services: TestServices;
let wanted: WantedTime;
let contacts: ContactId[];
let person = 0;

beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 8, counters: 30 }));
  contacts = await someContacts(services, 20);
});
afterAll(() => services.close());

const at = (minutes: number) => services.clock.set(new Date(wanted.startsAt.getTime() + minutes * MINUTE_MS));
const aParty = () => aBooking(services, contacts.pop()!, wanted, [anApplicant(++person)]);
const machine = (): Context =>
  contextFor(services, {
    actor: { kind: "visitor", sessionId: undefined },
    channel: "counter",
    purpose: "kiosk",
    requestId: randomUUID(),
    language: "es",
  });
const kioskAt = (officeId: OfficeId): Device => ({ id: randomUUID(), officeId, kind: "kiosk", enrolledAt: new Date() });
const kiosk = kioskAt(FRESNO);
const arrive = async (bookingId: BookingId | undefined, device: Device = kioskAt(FRESNO), stepFree = false) => {
  const outcome = await arriveAtKiosk(machine(), device, { shown: { bookingId }, stepFree });
  return outcome.ok ? outcome.value : outcome.refusal.code;
};
const phone = async (bookingId: BookingId, code: string, officeId = FRESNO) => {
  const ctx = citizen(services, contacts[0]!);
  const outcome = await arriveByPhone(ctx, { officeId, bookingId, code, stepFree: false });
  return outcome.ok ? outcome.value.verdict : outcome.refusal.code;
};
const turnOf = (bookingId: BookingId) => getOwnTurn(citizen(services, contacts[0]!), { officeId: FRESNO, bookingId });
const codeNow = () => hourCode({ keyring: services.keyring, now: services.clock.now() }, FRESNO);
const wrong = (code: string) => String((Number(code) + 1) % 10_000).padStart(4, "0");

test("a kiosk receives once, says when it is too early, and keeps the wish for a way without steps", async () => {
  at(-45);
  const bookingId = await aParty();
  expect(await arrive(bookingId)).toMatchObject({ verdict: "later", turn: null });
  at(-25);
  const told = await arrive(bookingId, undefined, true);
  expect(told).toMatchObject({ verdict: "pass", stepFree: true, turn: { number: expect.any(Number) } });
  expect(await arrive(bookingId)).toMatchObject({ verdict: "inside", stepFree: true });
  expect(await arrive(undefined)).toMatchObject({ verdict: "unknown" });
});

test("a kiosk of another office receives nobody, and twelve questions a minute are all that one answers", async () => {
  at(-20);
  const bookingId = await aParty();
  expect(await arrive(bookingId, kioskAt(DALLAS))).toMatchObject({ verdict: "other_office" });
  const answers = [];
  for (let i = 0; i < LIMITS.kiosk.burst + 1; i++) answers.push(await arrive(undefined, kiosk));
  expect(answers.at(-2)).toMatchObject({ verdict: "unknown" });
  // Not even a true slip is read before the minute is over.
  expect([answers.at(-1), await arrive(bookingId, kiosk)]).toEqual(["too_many_asked", "too_many_asked"]);
  services.clock.advance(MINUTE_MS);
  expect(await arrive(bookingId, kiosk)).toMatchObject({ verdict: "pass" });
});

test("a slip that was copied gives one turn at four kiosks at once; forged, elsewhere and on another day it gives none", async () => {
  at(-10);
  const bookingId = await aParty();
  const token = await signId(services.keyring, "slip", bookingId);
  const read = async (text: string) => (await readSignedId(services.keyring, "slip", text)) as BookingId | undefined;
  const forged = `${token.slice(0, -2)}${token.endsWith("AA") ? "BB" : "AA"}`;
  expect(await arrive(await read(forged))).toMatchObject({ verdict: "unknown", turn: null });
  expect(await arrive(await read(token), kioskAt(DALLAS))).toMatchObject({ verdict: "other_office", turn: null });
  services.clock.advance(-24 * HOUR_MS);
  expect(await arrive(await read(token))).toMatchObject({ verdict: "other_day", turn: null });
  at(-10);
  const copies = await Promise.all([1, 2, 3, 4].map(async () => arrive(await read(token))));
  const told = copies.map((one) => (typeof one === "string" ? one : `${one.verdict} ${one.turn?.number}`)).sort();
  const number = told[0]!.split(" ")[1]!;
  expect(told).toEqual([...Array<string>(3).fill(`inside ${number}`), `pass ${number}`]);
  const turns = await services.adminQuery("select 1 from visits.visits where booking_id = $1", [bookingId]);
  expect(turns).toHaveLength(1);
});

test("the code of the hour is the office's own, and good in its hour and the next", async () => {
  at(0);
  const code = await codeNow();
  expect(await getHourCode(staffContext(services, await aStaffId(services, "door"), "door"))).toEqual({
    ok: true,
    value: code,
  });
  const [first, second, third] = [await aParty(), await aParty(), await aParty()];
  expect(await phone(first, wrong(code))).toBe("wrong_hour_code");
  expect(await phone(first, `${code.slice(0, 2)} ${code.slice(2)}`)).toBe("pass");
  services.clock.advance(HOUR_MS);
  expect(await phone(second, code)).toBe("pass");
  services.clock.advance(HOUR_MS);
  expect(await phone(third, code)).toBe("wrong_hour_code");
});

test("after five wrong codes not even the right one helps, and nobody else is kept out by that", async () => {
  at(0);
  const [guesser, other] = [await aParty(), await aParty()];
  const code = await codeNow();
  const told = [];
  for (let i = 0; i < 5; i++) told.push(await phone(guesser, wrong(code)));
  expect(told).toEqual([...Array<string>(4).fill("wrong_hour_code"), "too_many_tries"]);
  expect([await phone(guesser, code), await phone(other, code)]).toEqual(["too_many_tries", "pass"]);
  // Paper always works.
  expect(await arrive(guesser)).toMatchObject({ verdict: "pass" });
});

test("a telephone follows its turn: how many are ahead, then to which counter", async () => {
  at(10);
  const code = await codeNow();
  const clerk = staffContext(services, await aStaffId(services));
  const called = async () => callNext(clerk, { station: "window", counter: 7 });
  // Whoever earlier tests left waiting goes first.
  for (let left = await called(); left.ok; left = await called());
  const [first, second] = [await aParty(), await aParty()];
  expect(await turnOf(first)).toBeUndefined();
  await phone(first, code);
  services.clock.advance(MINUTE_MS);
  await phone(second, code);
  const [one, two] = [await turnOf(first), await turnOf(second)];
  expect([one!.ahead, two!.ahead].sort()).toEqual([0, 1]);
  const next = one!.ahead === 0 ? first : second;
  await called();
  expect(await turnOf(next)).toMatchObject({ state: "called", counter: 7, ahead: null });
});
