import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, someContacts } from "#tests/support/fixtures.ts";
import { aBooking, aStaffId, goToVisit } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf } from "./console.fixtures.ts";
import { today } from "./contract.ts";

let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
let clerk: string;
let aParty: () => ReturnType<typeof aBooking>;

beforeAll(async () => {
  services = await openTestServices();
  const { wanted } = await aSession(services);
  const contacts = await someContacts(services, 2);
  goToVisit(services, wanted);
  open = await aConsole(services);
  clerk = await cookieOf(services, await aStaffId(services));
  aParty = () => aBooking(services, contacts.pop()!, wanted, [anApplicant(contacts.length)]);
});
afterAll(async () => {
  await open.close();
  await services.close();
});

test("the day's list is what the contract says and nothing besides, though no schema stands between", async () => {
  await aParty();
  const { body } = await ask(open.app, "GET", "/today", clerk);
  expect(body.parties.length).toBeGreaterThan(0);
  expect(today.parse(body)).toEqual(body);
  // The contract's reader drops what it does not know: the control.
  const smuggled = { ...body, parties: [{ ...body.parties[0], curp: "x" }] };
  expect(today.parse(smuggled)).not.toEqual(smuggled);
});

test("the thirty-first file at once is refused, with the seconds to wait", async () => {
  const bookingId = await aParty();
  const hasty = await cookieOf(services, await aStaffId(services));
  const answers = await Promise.all(
    Array.from({ length: 31 }, () => ask(open.app, "POST", "/files", hasty, { bookingId })),
  );
  expect(answers.filter((one) => one.status === 200)).toHaveLength(30);
  const [braked] = answers.filter((one) => one.status !== 200);
  expect(braked).toMatchObject({ status: 429, body: { code: "too_many_files" }, headers: { "retry-after": "2" } });
  expect((await ask(open.app, "POST", "/files", clerk, { bookingId })).status).toBe(200);
});
