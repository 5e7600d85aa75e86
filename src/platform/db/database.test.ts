import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { rows, run, sql, type Tx } from "./index.ts";

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

test("a transaction commits what it did and rolls back what threw", async () => {
  const insert = (task: string) => sql`insert into platform.timetable_runs (task, due_at) values (${task}, now())`;
  await services.database.transaction("worker", {}, (tx) => run(tx, insert("kept")));
  await expect(
    services.database.transaction("worker", {}, async (tx) => {
      await run(tx, insert("lost"));
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect(await services.adminQuery("select task from platform.timetable_runs")).toEqual([{ task: "kept" }]);
});

test("only what says that it may be lost does not wait for the disk, and the connection's next transaction waits again", async () => {
  const waits = async (tx: Tx) => (await rows<{ synchronous_commit: string }>(tx, sql`show synchronous_commit`))[0];
  // This path has a single connection.
  await services.database.transaction("report", {}, (tx) => run(tx, sql`set synchronous_commit = on`));
  for (const mayBeLost of [true, false, true])
    expect(await services.database.transaction("report", {}, waits, { mayBeLost })).toEqual({
      synchronous_commit: mayBeLost ? "off" : "on",
    });
});

test("a swallowed error never passes for a commit", async () => {
  await expect(
    services.database.transaction("worker", {}, async (tx) => {
      await run(tx, sql`select 1 / 0`).catch(() => undefined);
    }),
  ).rejects.toThrow("nothing was committed");
});

test("row level security knows the asker only inside the transaction", async () => {
  const who = sql`select current_setting('app.office_id', true) as office`;
  const inside = await services.database.transaction("console", { officeId: "fresno" }, (tx) => rows<{ office: string }>(tx, who));
  const after = await services.database.transaction("console", {}, (tx) => rows<{ office: string }>(tx, who));
  expect([inside[0]?.office, after[0]?.office || null]).toEqual(["fresno", null]);
});

test("no path role owns anything, may change the schema or passes row level security", async () => {
  const roles = await services.adminQuery(
    "select rolname from pg_roles where rolname like 'ventanilla_%' and rolname <> 'ventanilla_owner' and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole)",
  );
  const owned = await services.adminQuery(
    "select relname from pg_class join pg_roles on pg_roles.oid = relowner where rolname like 'ventanilla_%' and rolname <> 'ventanilla_owner'",
  );
  expect([roles, owned]).toEqual([[], []]);
});

test("the stamp of a database cannot be changed", async () => {
  await expect(services.adminQuery("update platform.instance set kind = 'live'")).rejects.toThrow("never change");
  await expect(services.adminQuery("delete from platform.instance")).rejects.toThrow("never change");
});

test("a day made from an instant is the day in UTC, wherever process and database stand", async () => {
  const zone = process.env["TZ"];
  const late = new Date("2026-11-23T02:00:00Z");
  const own = await openTestServices();
  try {
    const name = (await own.adminQuery<{ name: string }>("select current_database() as name"))[0]!.name;
    await own.adminQuery(`alter database ${name} set timezone = 'America/Los_Angeles'`);
    process.env["TZ"] = "America/Los_Angeles";
    // The control: by this machine's wall clock it is the day before.
    expect(late.getDate()).toBe(22);
    const days = sql`select ${late}::date::text as bound, ${late}::timestamptz::date::text as made, ${late}::timestamptz::text as instant`;
    for (const role of ["citizen_writer", "citizen_reader", "console", "worker", "report"] as const)
      expect(await own.database.reading(role, (tx) => rows(tx, days))).toEqual([
        { bound: "2026-11-23", made: "2026-11-23", instant: "2026-11-23 02:00:00+00" },
      ]);
  } finally {
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
    await own.close();
  }
});
