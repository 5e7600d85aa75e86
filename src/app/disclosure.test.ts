import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyCode } from "#modules/people/index.ts";
import { askForCode } from "#modules/people/people.fixtures.ts";
import { aBooking } from "#modules/visits/visits.fixtures.ts";
import { systemContext, transaction } from "#platform/context.ts";
import { holdings } from "#platform/holdings.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession } from "#tests/support/fixtures.ts";
import { disclosure, LINKS } from "./disclosure.ts";

const PHONE = "+15595550163";
let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

const ctx = () => systemContext(services, "manage");
/** Two who may, straight into the tables. */
async function sign(): Promise<void> {
  const staff = await services.adminQuery<{ id: string }>(
    "insert into people.staff (id, role, name, created_at) select gen_random_uuid(), 'hq', 'Persona Ficticia', now() from generate_series(1, 2) returning id",
  );
  await services.adminQuery(
    "update people.releases set first_id = $1, first_at = asked_at, second_id = $2, second_at = asked_at where used_at is null",
    staff.map((one) => one.id),
  );
}

test("what is held about a telephone is told by table once two signed, with one line of the log, and without the number or a name", async () => {
  const { wanted } = await aSession(services, { steps: 4, counters: 4 });
  const { sessionId, digits } = await askForCode(services, PHONE, undefined, "sms");
  const verified = await verifyCode(ctx(), { sessionId, code: digits });
  if (!verified.ok) throw new Error(verified.refusal.code);
  const { session } = verified.value;
  await aBooking(services, session.contactId!, wanted, [anApplicant(1), anApplicant(2)]);
  for (const without of [undefined, "planning", "porque sí"])
    expect(await disclosure(ctx(), PHONE, without)).toContain("court_order, agency_request, own_request");
  expect(await disclosure(ctx(), PHONE, "court_order")).toMatch(/^Faltan 2 firmas/);
  await sign();
  const text = await disclosure(ctx(), "(559) 555-0163");
  for (const line of ["people.contact_keys: 1", "booking.bookings: 1", "booking.applicants: 2", "people.sessions: 1"])
    expect(text).toContain(`  ${line}\n`);
  expect(text).toContain("    Sellado, solo se abre con las llaves: sealed\n");
  expect(text).toContain("  - emergencies.requests\n");
  expect(text).not.toMatch(/5550163|555-0163/);
  expect(text).not.toContain(anApplicant(1).firstSurname);
  const log = await services.adminQuery<{ action: string; purpose: string }>(
    "select action, purpose from audit.entries where purpose = 'court_order' order by at, action desc",
  );
  expect(log.map((one) => one.action).toSorted()).toEqual(["people.disclosed", "people.disclosure_asked"]);
  expect(await disclosure(ctx(), PHONE, "court_order")).toMatch(/^Faltan 2 firmas/);
});

test("nobody's telephone has the same answer without rows, and what is none is said", async () => {
  expect(await disclosure(ctx(), "+15595550198", "own_request")).toMatch(/^Faltan 2 firmas/);
  await sign();
  expect(await disclosure(ctx(), "+15595550198")).toContain("  Nada.\n");
  expect(await disclosure(ctx(), "ventanilla tres")).toMatch(/no es un teléfono/);
});

test("every table with a contact, a booking or a session is in the answer, also one that is made tomorrow", async () => {
  await services.adminQuery(
    "create table booking.tomorrow (booking_id uuid); create table booking.unread (contact_id uuid)",
  );
  await services.adminQuery("grant select on booking.tomorrow to ventanilla_worker");
  const found = await transaction(ctx(), "worker", (tx) => holdings(tx, LINKS, { contacts: [], digests: [] }));
  const of = (table: string) => found.find((one) => one.table === table)?.rows;
  expect([of("booking.tomorrow"), of("booking.unread")]).toEqual([0, null]);
  const tables = await services.adminQuery<{ name: string }>(
    "select distinct format('%s.%s', table_schema, table_name) as name from information_schema.columns where column_name in ('contact_id', 'booking_id', 'session_id') and table_schema not in ('pg_catalog', 'information_schema')",
  );
  expect(tables.map((one) => one.name).filter((name) => of(name) === undefined)).toEqual([]);
});
