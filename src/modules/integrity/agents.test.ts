import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DAY_MS } from "#kernel/time.ts";
import { contextFor, systemContext, type StaffRole } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { someContacts } from "#tests/support/fixtures.ts";
import { aStaffId } from "../visits/visits.fixtures.ts";
import { getAgentAlarms, watchAgents } from "./index.ts";

let services: TestServices;
beforeAll(async () => void (services = await openTestServices()));
afterAll(() => services.close());

const as = (role: StaffRole) =>
  contextFor(services, {
    actor: { kind: "staff", staffId: randomUUID(), officeId: role === "hq" ? undefined : "fresno", role },
    channel: "console",
    purpose: "integrity",
    requestId: "test",
    language: "es",
  });
/** So many dates of one member of staff, spread over the last two weeks; the first ones on a colleague's word. */
async function gives(staffId: string, second: string, dates: number, attested: number, contacts: readonly string[]) {
  await services.adminQuery(
    `insert into people.presences (id, office_id, staff_id, shown, second_id, contact_id, shown_at, expires_at, used_at, used_for)
     select gen_random_uuid(), 'fresno', $1, case when n <= $4 then 'second' else 'code' end, case when n <= $4 then $2::uuid end,
       case when n > $4 then ($5::uuid[])[1 + n % cardinality($5::uuid[])] end, at, at, at, 'date'
     from generate_series(1, $3::int) n, lateral (select $6::timestamptz - (n % 14) * interval '1 day' as at) t`,
    [staffId, second, dates, attested, contacts, services.clock.now()],
  );
}
const alarms = async () => {
  const outcome = await getAgentAlarms(as("hq"));
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value.map(({ staffId, sign, count, of }) => [staffId, sign, count, of]);
};

test("each night shows who attests or sells beside her colleagues, and of nobody else a word; it is over when it does not come back", async () => {
  const clerks = await Promise.all(Array.from({ length: 8 }, () => aStaffId(services)));
  const families = await someContacts(services, 200);
  for (const [i, one] of clerks.slice(0, 6).entries())
    await gives(one, clerks[6]!, 25, 1, families.slice(i * 25, i * 25 + 25));
  const [generous, seller] = [clerks[6]!, clerks[7]!];
  await gives(generous, clerks[0]!, 40, 24, families.slice(160, 180));
  await gives(seller, clerks[0]!, 25, 1, families.slice(190, 192));
  const night = () => watchAgents(systemContext(services, "test"));
  expect(await night()).toBe(await night());
  const told = await alarms();
  expect(told).toContainEqual([generous, "attested", 24, 40]);
  expect(told).toContainEqual([seller, "one_seller", 2, 24]);
  expect(new Set(told.map(([staffId]) => staffId))).toEqual(new Set([generous, seller]));
  const look = await services.adminQuery("select count from audit.entries where action = 'agents.alarms_read'");
  expect(look).toEqual([{ count: told.length }]);

  services.clock.set(new Date(services.clock.now().getTime() + 57 * DAY_MS));
  await night();
  expect(await alarms()).toEqual([]);
});

test.each<StaffRole>(["clerk", "supervisor", "office_head", "door"])("%s sees no alarm", async (role) => {
  expect(await getAgentAlarms(as(role))).toMatchObject({ refusal: { code: "not_allowed" } });
});
