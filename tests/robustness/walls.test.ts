import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readDraft, writeDraft } from "#modules/booking/index.ts";
import { contactAddress } from "#modules/people/index.ts";
import { verifiedSession } from "#modules/people/people.fixtures.ts";
import { aBooking, aStaffId } from "#modules/visits/visits.fixtures.ts";
import { systemContext } from "#platform/context.ts";
import { PATH_ROLES, roleName, roleUrl, type PathRole } from "#platform/db/index.ts";
import { adminQuery, TEST_ROLE_SECRET } from "#tests/support/cluster.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO } from "#tests/support/fixtures.ts";

/** Which paths may read a column whose comment says that it is personal. A new one is a decision, written here. */
const READERS: Readonly<Record<string, readonly PathRole[]>> = {
  "adverts.adverts.sealed": ["console", "worker"],
  "adverts.purchases.sealed": ["console"],
  "adverts.screenshots.sealed": ["console"],
  "allocation.requests.sealed": ["citizen_reader", "worker"],
  "booking.applicants.sealed": ["citizen_reader", "console", "worker"],
  "booking.bookings.sealed": ["citizen_reader", "console", "worker"],
  "booking.drafts.sealed": ["citizen_reader"],
  "conversations.inbox.sealed": ["console", "worker"],
  "conversations.replies.sealed": ["console", "worker"],
  "conversations.tasks.sealed": ["console", "worker"],
  "conversations.threads.sealed": ["worker"],
  "emergencies.requests.answer_sealed": ["citizen_reader", "console"],
  "emergencies.requests.sealed": ["console"],
  "helpers.helpers.sealed": ["console"],
  "integrity.filings.sealed": ["console", "worker"],
  "issuing.payments.discount": ["console"],
  "issuing.payments.receipt": ["console"],
  "people.contacts.sealed": ["worker"],
  "people.staff.name": ["console"],
  "visits.interpretations.language": ["console"],
  "visits.return_rights.receipt": ["console", "worker"],
};

let services: TestServices;
let mine: Awaited<ReturnType<typeof aPerson>>;
let hers: Awaited<ReturnType<typeof aPerson>>;
beforeAll(async () => {
  services = await openTestServices();
  const { wanted } = await aSession(services, { steps: 4, counters: 4 });
  [mine, hers] = [await aPerson(1, wanted), await aPerson(2, wanted)];
});
afterAll(() => services.close());

/** Somebody with a proved address, answers on the way, and a booking in Fresno. */
async function aPerson(number: number, wanted: Parameters<typeof aBooking>[2]) {
  const { session } = await verifiedSession(services, `persona${number}@ejemplo.invalid`);
  const contactId = session.contactId!;
  await writeDraft(citizen(services, contactId), session.id, { people: number });
  const bookingId = await aBooking(services, contactId, wanted, [anApplicant(number)]);
  return { sessionId: session.id, contactId, bookingId };
}

/** What a statement gives to that path, on a connection of its own, when row level security is told these settings. */
function as(role: PathRole, statement: string, told: Readonly<Record<string, string>> = {}) {
  const url = new URL(roleUrl(services.url, TEST_ROLE_SECRET, role));
  const options = Object.entries(told).map(([name, value]) => `-c app.${name}=${value}`);
  if (options.length > 0) url.searchParams.set("options", options.join(" "));
  return adminQuery<{ id: string }>(url.toString(), statement);
}
const ids = async (...asked: Parameters<typeof as>) => (await as(...asked)).map(({ id }) => id).sort();

/** Of each personal column the paths that may read it, as the database has it. */
async function readers(): Promise<Record<string, PathRole[]>> {
  const found = await services.adminQuery<{ name: string; role: string; walled: boolean }>(
    `select format('%s.%s.%s', n.nspname, c.relname, a.attname) as name, r.rolname as role, c.relrowsecurity and c.relforcerowsecurity as walled
       from pg_description d join pg_class c on d.classoid = 'pg_class'::regclass and d.objoid = c.oid join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid cross join pg_roles r
      where d.objsubid > 0 and d.description like 'Personal%' and r.rolname = any($1) and has_column_privilege(r.oid, c.oid, a.attnum, 'select')`,
    [PATH_ROLES.map(roleName)],
  );
  expect(found.filter(({ walled }) => !walled)).toEqual([]);
  const names = [...new Set(found.map(({ name }) => name))].sort();
  return Object.fromEntries(
    names.map((name) => [
      name,
      PATH_ROLES.filter((role) => found.some((one) => one.name === name && one.role === roleName(role))).sort(),
    ]),
  );
}

test("personal columns are read by the paths that must, and their tables are under row level security", async () => {
  expect(await readers()).toEqual(READERS);
});

test("a right too many is noticed", async () => {
  await services.adminQuery("grant select on people.contacts to ventanilla_citizen_writer");
  expect((await readers())["people.contacts.sealed"]).toEqual(["citizen_writer", "worker"]);
  await services.adminQuery("revoke select on people.contacts from ventanilla_citizen_writer");
});

describe.each(PATH_ROLES)("%s", (role) => {
  const refused = Object.entries(READERS).flatMap(([column, allowed]) =>
    allowed.includes(role) ? [] : [column.split(/\.(?=\w+$)/)],
  );
  test.each(refused)("is refused %s (%s)", async (table, column) => {
    await expect(as(role, `select ${column} from ${table}`)).rejects.toThrow("permission denied");
  });
});

test("a contact's reader sees her own bookings, people and answers, and without a contact nothing", async () => {
  const everybody = "select id from booking.bookings";
  const people = "select booking_id as id from booking.applicants where sealed is not null";
  const answers = "select session_id as id from booking.drafts where sealed is not null";
  const all = [mine.bookingId, hers.bookingId].sort();
  expect((await services.adminQuery<{ id: string }>(everybody)).map(({ id }) => id).sort()).toEqual(all);
  expect(await services.adminQuery(answers)).toHaveLength(2);
  for (const statement of [everybody, people, answers]) expect(await ids("citizen_reader", statement)).toEqual([]);
  const told = { contact_id: mine.contactId, session_id: mine.sessionId };
  expect(await ids("citizen_reader", everybody, told)).toEqual([mine.bookingId]);
  expect(await ids("citizen_reader", people, told)).toEqual([mine.bookingId]);
  expect(await ids("citizen_reader", answers, told)).toEqual([mine.sessionId]);
  expect(await ids("citizen_reader", everybody, { contact_id: randomUUID() })).toEqual([]);
});

test("the console sees its own office, and without an office no booking", async () => {
  for (const statement of ["select id from booking.bookings", "select booking_id as id from booking.applicants"]) {
    expect(await ids("console", statement, { office_id: FRESNO })).toEqual([mine.bookingId, hers.bookingId].sort());
    expect(await ids("console", statement, { office_id: "chicago" })).toEqual([]);
    expect(await ids("console", statement)).toEqual([]);
  }
  const member = await aStaffId(services);
  expect(await ids("console", "select id from people.staff where name is not null")).toEqual([member]);
});

test("the writer keeps what it may not read: an address and answers go in and are found by those who may", async () => {
  const [before] = await services.adminQuery("select sealed from booking.drafts where session_id = $1", [
    mine.sessionId,
  ]);
  await writeDraft(citizen(services, mine.contactId), mine.sessionId, { people: 5 });
  const [after] = await services.adminQuery("select sealed from booking.drafts where session_id = $1", [
    mine.sessionId,
  ]);
  expect(after).not.toEqual(before);
  expect(await readDraft(citizen(services, mine.contactId), mine.sessionId)).toEqual({ people: 5 });
  const reached = await contactAddress(systemContext(services, "test"), [mine.contactId]);
  expect(reached.get(mine.contactId)?.address).toBe("persona1@ejemplo.invalid");
});
