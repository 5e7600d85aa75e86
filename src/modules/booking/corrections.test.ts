import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { BookingId, ContactId } from "#kernel/ids.ts";
import { forgetAll } from "#modules/integrity/integrity.fixtures.ts";
import { contextFor } from "#platform/context.ts";
import { anAttestation } from "#modules/people/people.fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts } from "#tests/support/fixtures.ts";
import { book, correctName } from "./index.ts";

let services: TestServices;
let wanted: Awaited<ReturnType<typeof aSession>>["wanted"];
let contacts: ContactId[];
beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 6, counters: 8 }));
});
beforeEach(async () => {
  await forgetAll(services);
  contacts = await someContacts(services, 3);
});
afterAll(() => services.close());

const RIGHT = { givenNames: "Ficticia", firstSurname: "Inventada", secondSurname: "De Prueba" };
const WRONG = { ...RIGHT, firstSurname: "Imbentada" };
const CURPS = ["HEGG900517MOCRRD02", "HETG900517MOCRZD06"] as const;

async function files(who: number, names: typeof RIGHT, curp = ""): Promise<BookingId> {
  const contactId = contacts[who]!;
  const applicants = [anApplicant(1, { ...names, curp })];
  const outcome = await book(citizen(services, contactId), { contactId, wanted, applicants });
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value.bookingId;
}
async function corrects(bookingId: BookingId, names = RIGHT) {
  const clerk = contextFor(services, {
    actor: { kind: "staff", staffId: randomUUID(), officeId: FRESNO, role: "clerk" },
    channel: "console",
    purpose: "reception",
    requestId: "test",
    language: "es",
  });
  return correctName(clerk, { bookingId, ordinal: 1, names, second: await anAttestation(services, clerk) });
}
/** Of each booking how its claims stand, by kind of key. */
async function standings(...bookingIds: BookingId[]): Promise<string[]> {
  const found = await services.adminQuery<{ id: string; stands: string }>(
    "select booking_id as id, string_agg(kind || ' ' || standing, ', ' order by kind) as stands from booking.claims group by 1",
  );
  return bookingIds.map((id) => found.find((one) => one.id === id)?.stands ?? "none");
}

test("the right name counts from the correction on, and the wrong one is free for whoever has it", async () => {
  const hers = await files(0, WRONG);
  expect(await corrects(hers)).toMatchObject({ ok: true });
  const [same, other] = [await files(1, RIGHT), await files(2, WRONG)];
  expect(await standings(hers, same, other)).toEqual(["name counting", "name contested", "name counting"]);
});

test("where somebody counts under the right name hers is contested; the answer is the same and nobody is told", async () => {
  const [first, hers] = [await files(0, RIGHT), await files(1, WRONG)];
  const told = () => services.adminQuery("select name from platform.outbox order by id");
  const before = await told();
  expect(await corrects(hers)).toEqual({ ok: true, value: { bookingId: hers, ordinal: 1 } });
  expect(await standings(first, hers)).toEqual(["name counting", "name contested"]);
  expect(await told()).toEqual([...before, { name: "booking.file_changed" }, { name: "booking.staff_acted" }]);
});

test("whoever was contested under the misspelt name alone counts once it is put right, and so does whom she kept from counting", async () => {
  const [first, hers] = [await files(0, WRONG), await files(1, WRONG)];
  expect(await standings(first, hers)).toEqual(["name counting", "name contested"]);
  await corrects(first);
  expect(await standings(first, hers)).toEqual(["name counting", "name counting"]);
});

test("a namesake with another CURP keeps the name, and she counts under her own CURP", async () => {
  const [namesake, hers] = [await files(0, RIGHT, CURPS[0]), await files(1, WRONG, CURPS[1])];
  await corrects(hers);
  expect(await standings(namesake, hers)).toEqual(["curp counting, name counting", "curp counting"]);
});

test("corrected and booked at once, a name still counts once, and no claim is lost", async () => {
  for (let i = 0; i < 4; i++) {
    const names = { ...RIGHT, givenNames: `Ficticia ${"abcd"[i]!}x` };
    const hers = await files(0, { ...names, firstSurname: "Imbentada" });
    const [, other] = await Promise.all([corrects(hers, names), files(1, names)]);
    expect((await standings(hers, other)).sort()).toEqual(["name contested", "name counting"]);
    await forgetAll(services);
  }
});

test("a slip of the pen and another name are two things to the audit log", async () => {
  const noted = async () =>
    (await services.adminQuery<{ action: string }>("select action from audit.entries where action like 'file.%'"))
      .map((one) => one.action)
      .sort();
  const before = await noted();
  await corrects(await files(0, WRONG));
  const slip = await noted();
  await corrects(await files(1, { ...RIGHT, givenNames: "Persona Distinta" }));
  expect(slip).toEqual([...before, "file.correct_name"].sort());
  expect(await noted()).toEqual([...slip, "file.correct_name", "file.other_name"].sort());
});
