import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays } from "#kernel/time.ts";
import { book, hold } from "#modules/booking/index.ts";
import { cutFresno } from "../../src/modules/booking/booking.fixtures.ts";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";

let services: TestServices;
let client: pg.Client;
beforeAll(async () => {
  services = await openTestServices();
  client = new pg.Client({ connectionString: services.url });
  await client.connect();
  const { wanted } = await aSession(services, { steps: 4, counters: 12 });
  const contacts = await someContacts(services, 5);
  for (const [i, contactId] of contacts.slice(0, 3).entries()) {
    const applicants = [10 * i, 10 * i + 1].map((n) => anApplicant(n));
    const booked = await book(citizen(services, contactId), {
      contactId,
      wanted,
      applicants,
      idempotency: { route: "r", key: randomUUID(), body: "" },
    });
    if (!booked.ok) throw new Error(booked.refusal.code);
  }
  const held = await hold(citizen(services, contacts[3]!), {
    contactId: contacts[3]!,
    wanted,
    applicants: [anApplicant(99)],
  });
  if (!held.ok) throw new Error(held.refusal.code);
  // A party whose day was closed, and for which a place is kept on the next.
  const lost = await aSession(services, { localDate: addDays(VISIT_DAY, 7), steps: 1, counters: 2 });
  await aSession(services, { localDate: addDays(VISIT_DAY, 8), steps: 1, counters: 1 });
  await book(citizen(services, contacts[4]!), {
    contactId: contacts[4]!,
    wanted: lost.wanted,
    applicants: [anApplicant(50)],
    idempotency: { route: "r", key: randomUUID(), body: "" },
  });
  await cutFresno(services, { localDate: lost.wanted.localDate });
});
afterAll(async () => {
  await client.end();
  await services.close();
});

test("what the door made is consistent", async () => {
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

const one = (table: string, where = "true") => `ctid = (select min(ctid) from ${table} where ${where})`;
/** The negative controls: each damage is found by its rule. */
test.each([
  [
    "a place lost",
    `update schedules.places set state = 'freed', holder = null where ${one("schedules.places", "state = 'booked'")}`,
    "a place that is booked belongs to an appointment, step by step",
  ],
  [
    "a place too many",
    `update schedules.places set state = 'booked', holder = (select id from booking.bookings limit 1) where ${one("schedules.places", "state = 'open'")}`,
    "a place that is booked belongs to an appointment, step by step",
  ],
  [
    "a place of somebody else",
    "update schedules.places set holder = (select max(holder::text)::uuid from schedules.places where state = 'booked') where state = 'booked'",
    "a place that is booked belongs to an appointment, step by step",
  ],
  [
    "a person lost",
    `delete from booking.applicants where ${one("booking.applicants")}`,
    "an active booking has all its people and an appointment for each",
  ],
  [
    "a booking lost",
    `delete from booking.bookings where ${one("booking.bookings")}`,
    "nothing hangs on a booking that does not exist",
  ],
  [
    "an answer for nothing",
    "update platform.idempotency set result_id = gen_random_uuid()",
    "nothing hangs on a booking that does not exist",
  ],
  [
    "a person counted twice",
    "update booking.contact_counters set people = people + 1 where people > 0",
    "a contact is counted for the people of its active bookings",
  ],
  [
    "a claim lost",
    `delete from booking.claims where ${one("booking.claims")}`,
    "every appointment of an active booking is claimed, and no other",
  ],
  [
    "a claim left",
    "update booking.bookings set state = 'cancelled'",
    "every appointment of an active booking is claimed, and no other",
  ],
  [
    "an event lost",
    `delete from platform.outbox where ${one("platform.outbox")}`,
    "a booking is announced once and audited once",
  ],
  [
    "an audit entry lost",
    `delete from audit.entries where ${one("audit.entries")}`,
    "a booking is announced once and audited once",
  ],
  [
    "two keys with one booking",
    "update platform.idempotency set result_id = (select min(id::text)::uuid from booking.bookings)",
    "one key has one booking",
  ],
  [
    "a hold without an owner",
    "update booking.contact_counters set hold_id = null",
    "a held place belongs to the one hold of a contact",
  ],
  [
    "a cut that was undone and gave nothing back",
    "update schedules.cuts set undone_at = made_at",
    "what a cut took is held, planned and opened for nobody, and one cut took it",
  ],
  [
    "a place of a closed day that is open",
    `update schedules.places set state = 'open', cut_id = null where ${one("schedules.places", "state = 'withdrawn'")}`,
    "what a cut took is held, planned and opened for nobody, and one cut took it",
  ],
  [
    "a right to return that counts as not come",
    `with lost as (update booking.bookings set state = 'missed' where ${one("booking.bookings")} returning office_id, id, local_date, created_at)
     insert into visits.return_rights (office_id, booking_id, local_date, valid_until, given_at) select office_id, id, local_date, local_date + 21, created_at from lost`,
    "whoever a suspended service kept from being attended to never counts as not come",
  ],
  [
    "a proposal without its place",
    "update schedules.places set state = 'open', holder = null, held_until = null where holder in (select id from booking.proposals)",
    "a proposal keeps a place for each step of its party, on one day",
  ],
])("%s is found", async (_, damage, rule) => {
  await client.query("begin; set local session_replication_role = replica");
  try {
    expect((await client.query(damage)).rowCount).toBeGreaterThan(0);
    expect(
      Object.keys(await brokenRules(async (text) => (await client.query<Record<string, unknown>>(text)).rows)),
    ).toContain(rule);
  } finally {
    await client.query("rollback");
  }
});
