import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, someContacts } from "#tests/support/fixtures.ts";
import { aBooking, aStaffId, goToVisit } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf } from "./console.fixtures.ts";
import type { CashParty, ClosingAnswer, Documents } from "./issuing-contract.ts";

let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
const cookies = {} as Record<"clerk" | "supervisor" | "hq", string>;
let bookingId: string;

beforeAll(async () => {
  services = await openTestServices();
  const { wanted } = await aSession(services, { counters: 2, steps: 20 });
  const [contactId] = await someContacts(services, 1);
  bookingId = await aBooking(services, contactId!, wanted, [anApplicant(1), anApplicant(2)]);
  goToVisit(services, wanted);
  open = await aConsole(services);
  for (const role of ["clerk", "supervisor"] as const)
    cookies[role] = await cookieOf(services, await aStaffId(services, role));
});
afterAll(async () => {
  await open.close();
  await services.close();
});

const get = (path: string) => ask(open.app, "GET", path, cookies.clerk);
const post = (path: string, body: object, role: keyof typeof cookies = "clerk") =>
  ask(open.app, "POST", path, cookies[role], body);
const codeOf = async (answer: ReturnType<typeof post>) => {
  const { status, body } = await answer;
  return [status, (body as { code: string }).code];
};

test("what has no sense is refused before anything happens", async () => {
  const id = randomUUID();
  const item = { id, version: 1, choice: { variant: "3y", proofs: [], copies: 0 } };
  const how = { kind: "paid", means: "card", receipt: "A-1" };
  const settle = (change: object) => ({ bookingId, items: [item], totalCents: 1, how, ...change });
  const bad: [path: string, body: object][] = [
    ["/cash/party", { bookingId: "7K3M" }],
    ["/cash/settle", settle({ totalCents: -1 })],
    ["/cash/settle", settle({ totalCents: 10.5 })],
    ["/cash/settle", settle({ how: { ...how, receipt: "4111 1111 1111 1111" } })],
    ["/cash/settle", settle({ how: { ...how, cardNumber: "4111" } })],
    ["/cash/settle", settle({ how: { kind: "exempt", reason: "because" } })],
    ["/cash/settle", settle({ items: [{ ...item, choice: { ...item.choice, copies: 21 } }] })],
    ["/documents/move", { documents: [{ id, version: 1 }], action: "burn" }],
    ["/documents/move", { documents: [], action: "capture" }],
    ["/blanks", { id: randomUUID(), movement: "used", blank: "card", quantity: 1 }],
    ["/blanks", { id: randomUUID(), movement: "received", blank: "card", quantity: 0 }],
    ["/closing/signatures", { on: "2026-12-03", digest: "x" }],
  ];
  for (const [path, body] of bad)
    expect([path, ...(await codeOf(post(path, body, "supervisor")))]).toEqual([path, 400, "invalid"]);
  expect(await codeOf(post("/cash/party", { bookingId }))).toEqual([409, "not_received"]);
  expect(await codeOf(post("/cash/party", { bookingId: id }))).toEqual([404, "unknown_booking"]);
  expect(await codeOf(post("/cash/settle", settle({})))).toEqual([404, "unknown_document"]);
  expect(await codeOf(post("/cash/correct", { paymentId: id, reason: "slip" }, "supervisor"))).toEqual([
    404,
    "unknown_payment",
  ]);
  expect(await codeOf(post("/cash/correct", { paymentId: id, reason: "slip" }))).toEqual([403, "not_allowed"]);
});

test("a party is paid for, its documents go their way, and two sign; the answers name nobody but who signed", async () => {
  await post("/visits", { bookingId });
  const party = (await post("/cash/party", { bookingId })).body as CashParty;
  expect(party.documents.map((one) => [one.ordinal, one.state, one.dueCents])).toEqual([
    [1, "to_pay", 4_100],
    [2, "to_pay", 4_100],
  ]);
  const items = party.documents.map(({ id, version, variant }) => ({
    id,
    version,
    choice: { variant, proofs: [], copies: 0 },
  }));
  const how = { kind: "paid", means: party.means[0], receipt: "A-1" };
  const paid = (await post("/cash/settle", { bookingId, items, totalCents: 8_200, how })).body as CashParty;
  const documents = paid.documents.map(({ id, version }) => ({ id, version }));
  const moved = (await post("/documents/move", { documents, action: "capture" })).body as Documents;
  expect(moved.documents.map((one) => one.state)).toEqual(["captured", "captured"]);
  const listed = (await get("/documents")).body as Documents;
  expect(listed.documents.map((one) => [one.state, one.late, one.undoUntil !== null])).toEqual([
    ["captured", false, true],
    ["captured", false, true],
  ]);
  const came = { id: randomUUID(), movement: "received", blank: "card", quantity: 9 };
  // After a lost answer the same report is written once.
  for (let i = 0; i < 2; i++)
    expect((await post("/blanks", came, "supervisor")).body).toEqual({
      pieces: 9,
    });
  const page = (await get("/closing")).body as ClosingAnswer;
  const sign = { on: page.page.localDate, digest: page.digest };
  await post("/closing/signatures", sign);
  const signed = (await post("/closing/signatures", sign, "supervisor")).body as ClosingAnswer;
  expect(signed.signatures).toHaveLength(2);
  expect(signed.page.fees.paid).toEqual({ count: 2, cents: 8_200 });
  expect(JSON.stringify([party, paid, listed, page])).not.toMatch(/Ficticia|Inventada/);
});
