import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, servicesOn, type TestServices } from "#tests/support/database.ts";
import { oneRow, sql } from "../db/index.ts";
import { take } from "./gcra.ts";
import { forgetLimits, LIMITS, takeOne } from "./index.ts";

let services: TestServices;
let elsewhere: TestServices;
beforeAll(async () => {
  services = await openTestServices();
  elsewhere = servicesOn(services.url);
});
afterAll(async () => {
  await elsewhere.close();
  await services.close();
});

const at = (one: TestServices, seconds = 0) => ({
  database: one.database,
  now: new Date(services.clock.now().getTime() + seconds * 1_000),
});
const { burst, everySeconds } = LIMITS.reserve;

test("two nodes share one budget: of hundreds of tries at once as many are admitted as it has", async () => {
  const key = randomUUID();
  const tries = Array.from({ length: 300 }, (_, i) => takeOne(at(i % 2 ? elsewhere : services), "reserve", key));
  const told = await Promise.all(tries);
  expect(told.filter((one) => one.ok)).toHaveLength(burst);
  expect(told.find((one) => !one.ok)).toEqual({
    ok: false,
    refusal: { code: "too_often", retryAfter: everySeconds },
  });
  expect((await takeOne(at(elsewhere, everySeconds), "reserve", key)).ok).toBe(true);
  expect((await takeOne(at(services, everySeconds), "reserve", key)).ok).toBe(false);
  // Another's budget is her own, and what a limit of another name counts too.
  expect((await takeOne(at(services), "reserve", randomUUID())).ok).toBe(true);
  expect((await takeOne(at(services), "times", key)).ok).toBe(true);
});

test("negative control: nodes that read a budget without its lock admit more than it has", async () => {
  await services.adminQuery("create table public.careless (tat double precision)");
  await services.adminQuery("insert into public.careless values (0)");
  await services.adminQuery("grant select, update on public.careless to ventanilla_citizen_writer");
  const now = services.clock.now().getTime();
  const careless = (one: TestServices) =>
    one.database.transaction("citizen_writer", {}, async (tx) => {
      const { tat } = await oneRow<{ tat: number }>(tx, sql`select tat from public.careless`);
      const taken = take(tat, now, LIMITS.reserve);
      if (taken.ok) await oneRow(tx, sql`update public.careless set tat = ${taken.tat} returning tat`);
      return taken.ok;
    });
  const told = await Promise.all(
    Array.from({ length: 200 }, (_, i) => careless(i % 2 ? elsewhere : services).catch(() => false)),
  );
  expect(told.filter(Boolean).length).toBeGreaterThan(burst);
});

test("a budget that is full again is forgotten, and one that is not stays", async () => {
  const [full, used] = [randomUUID(), randomUUID()];
  await takeOne(at(services), "kiosk", full);
  await takeOne(at(services), "reserve", used);
  const later = at(services, LIMITS.kiosk.everySeconds + 1).now;
  await services.database.transaction("worker", {}, (tx) => forgetLimits(tx, later));
  const left = await services.adminQuery<{ key: string }>("select key from platform.limits where key = any($1)", [
    [full, used],
  ]);
  expect(left).toEqual([{ key: used }]);
});
