import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { ContactId } from "#kernel/ids.ts";
import { eraseOwnBooking, listObserved, listParties, requestPlaces } from "#modules/booking/index.ts";
import { aQuestion, aStranger } from "#modules/emergencies/emergencies.fixtures.ts";
import { askEmergency } from "#modules/emergencies/index.ts";
import { openLine } from "#modules/conversations/conversations.fixtures.ts";
import { integrityTasks } from "#modules/integrity/index.ts";
import { aBooking } from "#modules/visits/visits.fixtures.ts";
import { systemContext, transaction } from "#platform/context.ts";
import { startDispatcher } from "#platform/dispatcher.ts";
import { SEALED_FIELDS } from "#platform/keyring/fields.ts";
import { askAllAgain, askLogAgain, shredDue, shredLog } from "#platform/shreds.ts";
import { adminQuery, withDatabaseName } from "#tests/support/cluster.ts";
import { openTestServices, servicesOn, type TestServices } from "#tests/support/database.ts";
import { aDrawWorld, ANY_MORNING } from "#tests/support/draw-world.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { subscriptions } from "./subscriptions.ts";

/** By what each is found: a name, and the telephone that she gave with her urgent request. */
interface Needles {
  readonly name: string;
  readonly phone: string;
}
const HERS: Needles = { name: "Evaristaqz", phone: "+15595550147" };
const OTHERS: Needles = { name: "Quedadaqz", phone: "+15595550148" };
/** Outlive an erasure: the contact, which may serve other households (decision 0036), and answers of a form, for two days (the key of their day). */
const NOT_SHARED = ["booking.drafts", "people.contacts"];

let services: TestServices;
let folder: string;
const restored: TestServices[] = [];
beforeAll(async () => {
  services = await openTestServices();
  folder = await mkdtemp(join(tmpdir(), "ventanilla-restored-"));
});
afterAll(async () => {
  for (const one of restored) await one.close();
  await services.close();
  await rm(folder, { recursive: true });
});

async function react(): Promise<void> {
  const dispatcher = startDispatcher(services, subscriptions, { automatic: false });
  await dispatcher.drain();
  await dispatcher.stop();
  // Who is one person is found after it, by work of its own.
  for (const task of integrityTasks(listParties, listObserved))
    if (task.name === "integrity.identify") await task.run(systemContext(services, "test"));
}

/** Database and keyring as they are now, in another database of the server. */
async function restoreInto(copy: string): Promise<TestServices> {
  const server = inject("databaseUrl");
  await adminQuery(server, `create database ${copy} template ${new URL(services.url).pathname.slice(1)}`);
  const opened = servicesOn(withDatabaseName(server, copy), {
    now: services.clock.now(),
    drop: () => adminQuery(server, `drop database ${copy} with (force)`),
  });
  restored.push(opened);
  return opened;
}

/** Everything sealed that anybody could try to open: each blob of each table with each field under each id of its row, by a keyring that remembers nothing. */
async function readEverything(world: TestServices): Promise<{ table: string; text: string }[]> {
  const columns = await world.adminQuery<{ table: string; column: string; keys: string[] }>(
    `select format('%I.%I', n.nspname, c.relname) as "table", a.attname as column,
            array(select k.attname::text from pg_attribute k where k.attrelid = c.oid and k.atttypid = 'uuid'::regtype and not k.attisdropped) as keys
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where a.attname like '%sealed' and c.relkind = 'r' order by 1, 2`,
  );
  expect(columns.length).toBeGreaterThan(10);
  const tries: { table: string; row: string; sealed: Buffer }[] = [];
  for (const { table, column, keys } of columns) {
    const ids = keys.map((key) => `(${key}::text)`).join(", ");
    const found = await world.adminQuery<{ row: string; sealed: Buffer }>(
      `select k.row, t.${column} as sealed from ${table} t cross join lateral (values ${ids}) as k (row) where t.${column} is not null and k.row is not null`,
    );
    tries.push(...found.map((one) => ({ ...one, table })));
  }
  const items = tries.flatMap((one) => SEALED_FIELDS.map((field) => ({ ...one, field })));
  const opened = await world.keyring.open(items);
  return items.flatMap(({ table }, i) => (opened[i] === undefined ? [] : [{ table, text: opened[i] }]));
}
function tablesWith(read: Awaited<ReturnType<typeof readEverything>>, { name, phone }: Needles): string[] {
  const needle = new RegExp(`${name}|${phone.slice(2)}`, "i");
  return [...new Set(read.filter(({ text }) => needle.test(text)).map(({ table }) => table))].sort();
}

/** A person in every inlet of a family: party, request of a draw, urgent request. */
async function anInhabitant({ name, phone }: Needles, number: number, wanted: Parameters<typeof aBooking>[2]) {
  const [booked, asked] = await someContacts(services, 2);
  const who = anApplicant(number, { givenNames: name });
  const bookingId = await aBooking(services, booked!, wanted, [who]);
  const request = await requestPlaces(citizen(services, asked!), {
    contactId: asked!,
    applicants: [anApplicant(number + 50, { givenNames: name })],
    wish: ANY_MORNING,
    autoConfirm: true,
  });
  if (!request.ok) throw new Error(request.refusal.code);
  const emergency = await askEmergency(aStranger(services), aQuestion({ phone }));
  if (!emergency.ok) throw new Error(emergency.refusal.code);
  return {
    contactId: booked as ContactId,
    bookingId,
    requestId: request.value.requestId,
    emergencyId: emergency.value.id,
  };
}

test("yesterday's backup of database and keyring, restored into another database, opens nothing that was erased since, once the log of what was destroyed is replayed; without it all of it opens", async () => {
  await aDrawWorld(services);
  const { wanted } = await aSession(services, { steps: 16, counters: 6 });
  const her = await anInhabitant(HERS, 1, wanted);
  await anInhabitant(OTHERS, 2, wanted);
  const line = await openLine(services);
  for (const said of [HERS, OTHERS]) await line.phone(said.phone).say(said.name);
  await react();

  const everywhere = tablesWith(await readEverything(services), HERS);
  expect(everywhere).toEqual(
    expect.arrayContaining(["allocation.requests", "booking.applicants", "emergencies.requests", "integrity.filings"]),
  );
  await services.database.close();
  await services.keyring.close();
  const backup = `backup_${randomUUID().replaceAll("-", "")}`;
  const [control, replayed] = [await restoreInto(`${backup}_a`), await restoreInto(`${backup}_b`)];
  services = servicesOn(services.url, {
    now: services.clock.now(),
    drop: () =>
      adminQuery(inject("databaseUrl"), `drop database ${new URL(services.url).pathname.slice(1)} with (force)`),
  });

  // Today she erases her party, and what was due of the rest is deleted.
  const erased = await eraseOwnBooking(citizen(services, her.contactId), her);
  expect(erased.ok).toBe(true);
  await react();
  await services.adminQuery("update allocation.requests set sealed = '' where id = $1", [her.requestId]);
  await services.adminQuery("delete from emergencies.requests where id = $1", [her.emergencyId]);
  for (const table of ["replies", "tasks", "inbox", "threads"])
    await services.adminQuery(`delete from conversations.${table}`);
  const ctx = systemContext(services, "test");
  expect(await shredDue(ctx)).toBeGreaterThan(4);
  expect(tablesWith(await readEverything(services), HERS)).toEqual([]);
  const file = join(folder, "destroyed.log");
  await writeFile(file, await transaction(ctx, "worker", shredLog));

  // The negative control: whoever restores and replays nothing reads all of her, also by the log of the restored database.
  await transaction(systemContext(control, "test"), "worker", askAllAgain);
  await shredDue(systemContext(control, "test"));
  expect(tablesWith(await readEverything(control), HERS)).toEqual(everywhere);

  const after = systemContext(replayed, "test");
  const log = await readFile(file, "utf8");
  expect(log).not.toContain(her.bookingId);
  // A file that was cut off or is another one destroys nothing.
  for (const wrong of [log.slice(0, -5), "<html></html>"])
    await expect(transaction(after, "worker", (tx) => askLogAgain(tx, wrong))).rejects.toThrow("not a log of shares");
  expect(tablesWith(await readEverything(replayed), HERS)).toEqual(everywhere);
  for (let twice = 0; twice < 2; twice += 1) {
    await transaction(after, "worker", (tx) => askLogAgain(tx, log));
    expect(await shredDue(after)).toBeGreaterThan(4);
  }
  const read = await readEverything(replayed);
  expect(tablesWith(read, HERS).filter((table) => !NOT_SHARED.includes(table))).toEqual([]);
  expect(tablesWith(read, OTHERS)).toEqual(expect.arrayContaining(["booking.applicants", "emergencies.requests"]));
});
