import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { book } from "#modules/booking/index.ts";
import { contextFor, type Context, type StaffRole } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { askAll, forgetAll } from "./integrity.fixtures.ts";
import { decidePair, getPair, listPairs } from "./index.ts";

let services: TestServices;
let wanted: Awaited<ReturnType<typeof aSession>>["wanted"];
beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 6, counters: 6 }));
});
beforeEach(() => forgetAll(services));
afterAll(() => services.close());

function staff(role: StaffRole): Context {
  return contextFor(services, {
    actor: { kind: "staff", staffId: randomUUID(), officeId: role === "clerk" ? "fresno" : undefined, role },
    channel: "console",
    purpose: "integrity",
    requestId: "test",
    language: "es",
  });
}

/** Two filings that differ by one letter, of one contact or of two. Answers with the doubt about them. */
async function aDoubt(contacts: 1 | 2): Promise<string> {
  const [mine, other] = await someContacts(services, 2);
  const spelt = ["Hernández", "Hernándes"].map((firstSurname, i) =>
    anApplicant(1, {
      firstSurname,
      secondSurname: "Tzompantzi",
      services: [i === 0 ? "matricula-consular" : "pasaporte-adulto"] as never,
    }),
  );
  for (const [i, contactId] of [mine!, contacts === 1 ? mine! : other!].entries()) {
    const outcome = await book(citizen(services, contactId), { contactId, wanted, applicants: [spelt[i]!] });
    if (!outcome.ok) throw new Error(outcome.refusal.code);
  }
  await askAll(services);
  const listed = await listPairs(staff("analyst"));
  if (!listed.ok) throw new Error("not listed");
  expect(listed.value).toHaveLength(1);
  expect(JSON.stringify(listed.value)).not.toMatch(/Hern|Tzomp/);
  return listed.value[0]!.id;
}
const persons = async () =>
  (await services.adminQuery<{ count: number }>("select count(*)::int from integrity.persons"))[0]!.count;
const audited = () =>
  services.adminQuery(
    "select action, count(*)::int from audit.entries where action like 'pair.%' or action = 'file.read' group by 1 order by 1",
  );

test("one doubt shows the names of both sides, and that is on record; who filed is told as first and second", async () => {
  const id = await aDoubt(2);
  const shown = await getPair(staff("analyst"), id);
  if (!shown.ok) throw new Error(shown.refusal.code);
  expect(shown.value.sides.map(({ names, contact, person }) => [names[1], contact, person]).sort()).toEqual([
    ["Hernándes", expect.any(Number), expect.any(Number)],
    ["Hernández", expect.any(Number), expect.any(Number)],
  ]);
  expect(new Set(shown.value.sides.map((one) => one.contact))).toEqual(new Set([1, 2]));
  // A line for each of the two files, which its own contact may read.
  expect(await audited()).toEqual([{ action: "file.read", count: 2 }]);
});

test("one contact's two spellings become one person when somebody says so; that is decided once", async () => {
  const id = await aDoubt(1);
  expect(await persons()).toBe(2);
  expect(await decidePair(staff("analyst"), { id, verdict: "same" })).toEqual({ ok: true, value: { merged: true } });
  expect(await persons()).toBe(1);
  expect(await decidePair(staff("analyst"), { id, verdict: "twins" })).toMatchObject({
    refusal: { code: "unknown_pair" },
  });
});

test("what two contacts filed is never made one, whatever is decided", async () => {
  const id = await aDoubt(2);
  expect(await decidePair(staff("analyst"), { id, verdict: "same" })).toEqual({ ok: true, value: { merged: false } });
  expect(await persons()).toBe(2);
  expect(await decidePair(staff("analyst"), { id, verdict: "same" })).toMatchObject({
    refusal: { code: "already_decided" },
  });
  expect(await listPairs(staff("analyst"))).toEqual({ ok: true, value: [] });
  await askAll(services);
  expect(await listPairs(staff("analyst"))).toEqual({ ok: true, value: [] });
});

test("nobody else on the staff sees or decides a doubt", async () => {
  const id = await aDoubt(2);
  const before = await audited();
  for (const role of ["clerk", "door", "supervisor", "office_head", "hq", "admin"] as const) {
    expect(await listPairs(staff(role))).toMatchObject({ refusal: { code: "not_allowed" } });
    expect(await getPair(staff(role), id)).toMatchObject({ refusal: { code: "not_allowed" } });
    expect(await decidePair(staff(role), { id, verdict: "same" })).toMatchObject({ refusal: { code: "not_allowed" } });
  }
  expect(await audited()).toEqual(before);
});

test("the console reads no filing of whoever is in no doubt that it opened", async () => {
  await aDoubt(2);
  const seen = await services.database.transaction("console", { officeId: "fresno" }, (tx) =>
    rows(tx, sql`select id from integrity.filings`),
  );
  expect(seen).toEqual([]);
});
