import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { book, hold } from "#modules/booking/index.ts";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
  const { wanted } = await aSession(services, { steps: 8, counters: 4 });
  const contacts = await someContacts(services, 4);
  for (const [i, contactId] of contacts.slice(0, 3).entries()) {
    const applicants = [10 * i, 10 * i + 1].map((n) => anApplicant(n));
    const booked = await book(citizen(services, contactId), { contactId, wanted, applicants, idempotency: { route: "r", key: randomUUID(), body: "" } });
    if (!booked.ok) throw new Error(booked.refusal.code);
  }
  await hold(citizen(services, contacts[3]!), { contactId: contacts[3]!, wanted, applicants: [anApplicant(99)] });
});
afterAll(() => services.close());

/** Runs on a copy that is thrown away: one superuser's statement with the triggers off, then the rules, then back. */
async function brokenAfter(damage: string): Promise<string[]> {
  let found: string[] = [];
  const ask = async (text: string) => {
    const sql = `do $$ begin perform 1; end $$; begin; set local session_replication_role = replica; ${damage}; ${text}; rollback`;
    const results = (await services.adminQuery(sql).catch(() => [])) as unknown as { rows: Record<string, unknown>[] }[];
    return results.flatMap((one) => one.rows ?? []);
  };
  found = Object.keys(await brokenRules(ask));
  return found;
}

test("what the door made is consistent", async () => {
  expect(await brokenRules(services.adminQuery)).toEqual({});
});
