import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { textOf } from "../checks/repository.ts";
import { HELD, LINKS } from "./held.ts";

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

/** Tables that hold something of a person, as the database has them. */
async function holding(): Promise<string[]> {
  const found = await services.adminQuery<{ name: string }>(
    `select distinct format('%s.%s', n.nspname, c.relname) as name
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and n.nspname !~ '^(pg_|information_schema)'
        and (a.attname = any($1) or col_description(c.oid, a.attnum) like 'Personal%') order by 1`,
    [LINKS],
  );
  return found.map((one) => one.name);
}

test("every table that holds something of a person is known here, with how she gets it and how it goes; each day of erasure stands in the runbook", async () => {
  expect(await holding()).toEqual(Object.keys(HELD).sort());
  const runbook = textOf("docs/runbooks/retention.md");
  const unknown = Object.entries(HELD).filter(
    ([, { erased }]) => typeof erased !== "string" && !runbook.includes(erased.kept),
  );
  expect(unknown).toEqual([]);
});

test("a table that is made tomorrow is noticed", async () => {
  await services.adminQuery("create table visits.umbrellas (id uuid, booking_id uuid)");
  expect(await holding()).toContain("visits.umbrellas");
  await services.adminQuery("drop table visits.umbrellas");
});
