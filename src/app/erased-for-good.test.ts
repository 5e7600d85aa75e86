import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eraseOwnBooking, moveBookingTo } from "#modules/booking/index.ts";
import { aBooking } from "#modules/visits/visits.fixtures.ts";
import { systemContext, transaction } from "#platform/context.ts";
import { roleUrl } from "#platform/db/index.ts";
import { startDispatcher } from "#platform/dispatcher.ts";
import { monthKey, openKeyring, type SealedField } from "#platform/keyring/index.ts";
import { askAllAgain, shredDue } from "#platform/shreds.ts";
import { TEST_ROLE_SECRET, TEST_ROOT_KEY } from "#tests/support/cluster.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { subscriptions } from "./subscriptions.ts";

interface Kept {
  readonly field: SealedField;
  readonly row: string;
  readonly sealed: Buffer;
  readonly contact: string;
}
let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

async function react(): Promise<void> {
  const dispatcher = startDispatcher(services, subscriptions, { automatic: false });
  await dispatcher.drain();
  await dispatcher.stop();
}

/** Every sealed row of people, as a backup of this moment has it. */
const dump = () =>
  services.adminQuery<Kept & Record<string, unknown>>(
    `select 'booking.booking' as field, id::text as row, sealed, contact_id::text as contact from booking.bookings
     union all select 'booking.applicant', a.id::text, a.sealed, b.contact_id::text from booking.applicants a join booking.bookings b on b.id = a.booking_id`,
  );

/** With everything there is now: the root key, the keys, and a keyring that remembers nothing. Which kinds open. */
async function readable(rows: readonly Kept[]): Promise<string[]> {
  const keyring = openKeyring({
    url: roleUrl(services.url, TEST_ROLE_SECRET, "keyring"),
    rootKey: TEST_ROOT_KEY,
    clock: services.clock,
  });
  const opened = await keyring.open(rows);
  await keyring.close();
  return rows.flatMap(({ field }, i) => (opened[i] === undefined ? [] : [field])).toSorted();
}

test("what a person erased is unreadable in yesterday's backup, also where her day was another; others' stays; with yesterday's shares it opens, until they are destroyed again", async () => {
  const { wanted } = await aSession(services, { steps: 16, counters: 6 });
  const [herself, other] = await someContacts(services, 2);
  const id = await aBooking(services, herself!, wanted, [anApplicant(1), anApplicant(2)]);
  await aBooking(services, other!, wanted, [anApplicant(3)]);
  await react();
  const ctx = systemContext(services, "test");

  const first = await dump();
  const moved = await moveBookingTo(citizen(services, herself!), {
    contactId: herself!,
    bookingId: id,
    wanted: { ...wanted, startsAt: new Date(wanted.startsAt.getTime() + 3_600_000) },
  });
  expect(moved.ok).toBe(true);
  await react();
  const yesterday = await dump();
  const shares = await services.adminQuery<{ id: Buffer; shares: Buffer }>("select id, shares from keyring.shares");
  const of = (rows: readonly Kept[], contact: string) => rows.filter((one) => one.contact === contact);
  const ALL = ["booking.applicant", "booking.applicant", "booking.booking"];
  expect(await readable(of(yesterday, herself!))).toEqual(ALL);

  const erased = await eraseOwnBooking(citizen(services, herself!), {
    contactId: herself!,
    bookingId: id,
  });
  expect(erased.ok).toBe(true);
  await react();
  expect(await shredDue(ctx)).toBeGreaterThanOrEqual(ALL.length);

  expect(of(await dump(), herself!)).toEqual([]);
  expect(await readable([...of(yesterday, herself!), ...of(first, herself!)])).toEqual([]);
  expect(await readable(of(yesterday, other!))).toEqual(["booking.applicant", "booking.booking"]);

  // The negative control: a keyring as old as the backup opens all of it.
  for (const one of shares)
    await services.adminQuery("update keyring.shares set shares = $2 where id = $1", [one.id, one.shares]);
  expect(await readable(of(yesterday, herself!))).toEqual(ALL);
  await transaction(ctx, "worker", askAllAgain);
  await shredDue(ctx);
  expect(await readable(of(yesterday, herself!))).toEqual([]);
  expect(await readable(of(yesterday, other!))).toHaveLength(2);
});

test("a helper who is erased is unreadable in yesterday's backup too, and every table with a sealed column but contacts' and drafts' asks for it", async () => {
  const [row, other] = [randomUUID(), randomUUID()];
  const under = monthKey(services.clock.now().toISOString().slice(0, 7));
  const field = "helpers.helper" as const;
  const blobs = await services.keyring.seal([row, other].map((id) => ({ under, field, row: id, plain: "Biblioteca" })));
  for (const [i, id] of [row, other].entries())
    await services.adminQuery(
      `insert into helpers.helpers (id, kind, people_a_week, sealed, asked_at, changed_at, ends_on, erase_after)
       values ($1, 'library', 9, $2, $3::timestamptz, $3::timestamptz, $3::timestamptz::date + 400, $3::timestamptz::date + 430)`,
      [id, blobs[i], services.clock.now()],
    );
  const yesterday = [row, other].map((id, i) => ({ field, row: id, sealed: Buffer.from(blobs[i]!), contact: id }));
  expect(await readable(yesterday)).toEqual([field, field]);
  await services.adminQuery("delete from helpers.helpers where id = $1", [row]);
  expect(await readable(yesterday)).toEqual([field, field]);
  expect(await shredDue(systemContext(services, "test"))).toBeGreaterThanOrEqual(1);
  expect(await readable(yesterday)).toEqual([field]);

  const without = await services.adminQuery<{ name: string }>(
    `select distinct format('%s.%s', n.nspname, c.relname) as name
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where a.attname like '%sealed' and c.relkind = 'r' and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'shred_deleted') order by 1`,
  );
  expect(without.map((one) => one.name)).toEqual(["booking.drafts", "people.contacts"]);
});
