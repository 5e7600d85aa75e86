import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, aConsole, cookieOf } from "#channels/api/console/console.fixtures.ts";
import { qrToken, readQrToken } from "#channels/documents/qr-token.ts";
import type { BookingId, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { addDays, MINUTE_MS } from "#kernel/time.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import { aBooking, aStaffId } from "#modules/visits/visits.fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { guardTexts } from "../../src/console/texts/guard.ts";
import { offlineTexts } from "../../src/console/texts/offline.ts";
import { refusalTexts } from "../../src/console/texts/refusals.ts";

const DALLAS = "dallas" as OfficeId;
const PASSPORT = "pasaporte-adulto" as ServiceSlug;
let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
let wanted: WantedTime;
let clerk: string;
let other: string;
let supervisor: string;
let dallas: string;
let guard: string;
let person = 0;

beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 4, counters: 12 }));
  open = await aConsole(services, { readQrToken });
  services.clock.set(new Date(wanted.startsAt.getTime() - 20 * MINUTE_MS));
  [clerk, other, supervisor, dallas, guard] = await Promise.all([
    cookieOf(services, await aStaffId(services)),
    cookieOf(services, await aStaffId(services)),
    cookieOf(services, await aStaffId(services, "supervisor")),
    cookieOf(services, await aStaffId(services, "clerk", DALLAS)),
    cookieOf(services, await aStaffId(services, "door")),
  ]);
});
afterAll(async () => {
  await open.close();
  await services.close();
});

const post = (path: string, cookie: string, body?: unknown) => ask(open.app, "POST", path, cookie, body);
async function aParty(at = wanted): Promise<BookingId> {
  const [contactId] = await someContacts(services, 1);
  return aBooking(services, contactId!, at, [anApplicant((person += 1), { services: [PASSPORT] })]);
}
const codeOf = async (path: string, cookie: string, body?: unknown): Promise<string> => {
  const { status, body: answer } = await post(path, cookie, body);
  expect(status).toBeGreaterThanOrEqual(400);
  return answer.code;
};
const sentences = (text: string): number => text.split(/[.:;!?](?:\s|$)/).filter((one) => one.trim() !== "").length;
/** In both languages: why, and what to do. */
function saysWhatToDo(code: string): void {
  for (const language of ["es", "en"] as const) {
    const words = (refusalTexts[language] as Readonly<Record<string, unknown>>)[code];
    expect(typeof words, code).toBe("string");
    expect(sentences(words as string), `${language} ${code}: ${String(words)}`).toBeGreaterThan(1);
  }
}

test("checked in twice is checked in once, by two desks at once too", async () => {
  const bookingId = await aParty();
  const answers = await Promise.all([clerk, other, clerk].map((desk) => post("/visits", desk, { bookingId })));
  const turns = answers.map(({ status, body }) => `${status} ${body.visit.id} ${body.visit.turn.number}`);
  expect(new Set(turns).size).toBe(1);
});

test("another office, another day, an ended, forged or copied code: each is told apart, why, and what to do", async () => {
  const here = await aParty();
  expect(await codeOf("/visits", dallas, { bookingId: here })).toBe("unknown_booking");
  const { wanted: later } = await aSession(services, { localDate: addDays(VISIT_DAY, 1), steps: 1, counters: 1 });
  expect(await codeOf("/visits", clerk, { bookingId: await aParty(later) })).toBe("not_today");
  const cancelled = await aParty();
  await services.adminQuery("update booking.bookings set state = 'cancelled' where id = $1", [cancelled]);
  expect(await codeOf("/visits", clerk, { bookingId: cancelled })).toBe("booking_ended");
  const slip = await qrToken(services, here);
  const forged = `${slip.slice(0, -3)}${slip.endsWith("AAA") ? "BBB" : "AAA"}`;
  expect(await codeOf("/find", clerk, { qr: forged })).toBe("unknown_booking");
  for (const code of ["unknown_booking", "not_today", "booking_ended"]) saysWhatToDo(code);

  const shown = async (qr: string) => (await post("/door", guard, { shown: { qr } })).body.verdict as string;
  expect([await shown(forged), await shown(slip), await shown(slip)]).toEqual(["unknown", "pass", "inside"]);
  for (const language of ["es", "en"] as const)
    for (const verdict of ["unknown", "inside", "other_day", "other_office", "ended", "later"] as const)
      expect(sentences(guardTexts[language].says[verdict]), `${language} ${verdict}`).toBeGreaterThan(1);
});

test("a clerk of another office finds no turn of this one at any step, and changes none", async () => {
  const { visit } = (await post("/visits", clerk, { bookingId: await aParty() })).body;
  const { version } = visit;
  for (const [step, body] of [
    ["call", { version, counter: 1 }],
    ["serve", { version }],
    ["pass", { version }],
    ["park", { version }],
    ["unpark", { version }],
    ["priority", { version, priority: "pregnancy" }],
    ["undo", undefined],
  ] as const)
    expect(await codeOf(`/visits/${visit.id}/${step}`, dallas, body), step).toBe("unknown_visit");
  expect(await codeOf("/calls", dallas, { station: "window", counter: 1 })).toBe("nobody_waits");
  expect((await post("/visits", clerk, { bookingId: visit.bookingId })).body.visit).toEqual(visit);
  for (const code of ["unknown_visit", "nobody_waits"]) saysWhatToDo(code);
});

test("of two clerks who call one turn one has it, and the other is told that the list is new", async () => {
  for (let round = 0; round < 5; round++) {
    const { visit } = (await post("/visits", clerk, { bookingId: await aParty() })).body;
    const calls = await Promise.all(
      [clerk, other].map((desk, i) =>
        post(`/visits/${visit.id}/call`, desk, { version: visit.version, counter: i + 1 }),
      ),
    );
    expect(calls.map(({ status, body }) => `${status} ${body.code ?? body.visit.state}`).sort()).toEqual([
      "200 called",
      "409 changed_meanwhile",
    ]);
  }
  saysWhatToDo("changed_meanwhile");
});

test("a payment is not undone once its passport is made; of a spoiled one it is, and the day adds up", async () => {
  const bookingId = await aParty();
  await post("/visits", clerk, { bookingId });
  const [document] = (await post("/cash/party", clerk, { bookingId })).body.documents;
  const choice = { variant: document.variant, proofs: [], copies: 0 };
  const settled = await post("/cash/settle", clerk, {
    bookingId,
    items: [{ id: document.id, version: document.version, choice }],
    totalCents: document.dueCents,
    how: { kind: "exempt", reason: "no_means" },
  });
  const paymentId = settled.body.documents[0].payments[0].id;
  let { version } = settled.body.documents[0];
  const move = async (action: string, more: object = {}) => {
    const moved = await post("/documents/move", clerk, { documents: [{ id: document.id, version }], action, ...more });
    ({ version } = moved.body.documents[0]);
  };
  await move("capture");
  await move("produce");
  const back = { paymentId, reason: "given_back" };
  expect(await codeOf("/cash/correct", supervisor, back)).toBe("already_produced");
  saysWhatToDo("already_produced");
  await move("spoil", { number: "G-2001" });
  expect((await post("/cash/correct", supervisor, back)).body.documents[0].state).toBe("to_pay");
  const { page } = (await ask(open.app, "GET", "/closing", supervisor)).body;
  expect(page.fees).toMatchObject({
    exempt: { count: 0, cents: 0 },
    open: { count: 1, cents: document.dueCents },
    due: { count: 1, cents: document.dueCents },
  });
  expect(page.blanks[0]).toMatchObject({ used: 0, spoiled: 1, spoiledNumbers: ["G-2001"] });
});

test("what a tablet brings after its list expired, after a week, or never: each sentence says what to do", () => {
  // What becomes of it is in src/modules/visits/commands/merge.test.ts.
  for (const language of ["es", "en"] as const) {
    const { differs } = offlineTexts[language];
    for (const [code, words] of Object.entries(differs))
      expect(sentences(words), `${language} ${code}: ${words}`).toBeGreaterThan(1);
  }
  for (const code of ["list_is_lost", "wrong_operations"]) saysWhatToDo(code);
});
