import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aDrawWorld } from "#tests/support/draw-world.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { listDrawsOfDay, listPublicDraws } from "./draws.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

test("however many ask, the list of all draws is looked up once a second, and a look that fails is forgotten", async () => {
  await services.adminQuery("revoke select on allocation.draws from ventanilla_citizen_reader");
  await expect(listPublicDraws(services)).rejects.toThrow();
  await services.adminQuery("grant select on allocation.draws to ventanilla_citizen_reader");
  const [none, ...others] = await Promise.all(Array.from({ length: 20 }, () => listPublicDraws(services)));
  expect(none).toEqual([]);
  for (const other of others) expect(other).toBe(none);

  await aDrawWorld(services);
  services.clock.advance(999);
  expect(await listPublicDraws(services)).toBe(none);
  services.clock.advance(1);
  const kinds = (await listPublicDraws(services)).map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(["second", "weekly"]);
});

test("of the hourly draws the list has those of two days, and a day has all of its own", async () => {
  await aDrawWorld(services);
  const now = services.clock.now();
  for (const hours of [1, 47, 49])
    await services.adminQuery(
      `insert into allocation.draws (id, kind, state, opens_at, locks_at, draws_at, answers_by, horizon_from, horizon_to, steps, rows_from)
       select gen_random_uuid(), 'short', 'void', at - interval '5 minutes', at, at + interval '10 minutes', at + interval '130 minutes', at::date, at::date, '{}', at::date
       from (select $1::timestamptz - $2 * interval '1 hour' as at) t`,
      [now, hours],
    );
  const kinds = (await listPublicDraws(services)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "short")).toHaveLength(2);
  expect(kinds).toHaveLength(4);
  const day = new Date(now.getTime() - 49 * 3_600_000).toISOString().slice(0, 10) as LocalDate;
  expect((await listDrawsOfDay(services, day)).map(({ kind }) => kind)).toContain("short");
  const nextDay = new Date(now.getTime() - 25 * 3_600_000).toISOString().slice(0, 10) as LocalDate;
  expect((await listDrawsOfDay(services, nextDay)).map(({ kind }) => kind)).not.toContain("short");
});

test.each(["0001-01-01", "1582-10-10", "9999-12-31"])("no draw was locked on %s", async (day) => {
  expect(await listDrawsOfDay(services, day as LocalDate)).toEqual([]);
});

test("the draws of a day are found by an index, however many there are", async () => {
  await services.adminQuery(
    `insert into allocation.draws (id, kind, state, opens_at, locks_at, draws_at, answers_by, horizon_from, horizon_to, steps, rows_from)
     select gen_random_uuid(), 'short', 'void', at - interval '5 minutes', at, at + interval '10 minutes', at + interval '130 minutes', at::date, at::date, '{}', at::date
     from generate_series(1, 5000) as hour, lateral (select timestamptz '2026-01-01 00:00Z' + hour * interval '1 hour' as at) t`,
  );
  await services.adminQuery("analyze allocation.draws");
  const plan = await services.adminQuery<{ "QUERY PLAN": string }>(
    "explain select id from allocation.draws where locks_at >= $1::timestamptz and locks_at < $2::timestamptz order by locks_at desc",
    ["2026-03-01T06:00Z", "2026-03-02T06:00Z"],
  );
  expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).toContain("draws_by_lock");
  expect(await listDrawsOfDay(services, "2026-03-01" as LocalDate)).toHaveLength(24);
});
