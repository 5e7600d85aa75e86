import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { adminQuery, TEST_ROLE_SECRET, TEST_ROOT_KEY, withDatabaseName } from "#tests/support/cluster.ts";
import { REFERENCE_NOW } from "#tests/support/reference.ts";
import { fixedClock } from "../clock.ts";
import { migrate, PATH_ROLES, roleName, roleUrl } from "../db/index.ts";
import { dayKey, openKeyring } from "./index.ts";

const server = inject("databaseUrl");
const names = ["main", "keys"].map((one) => `apart_${one}_${randomUUID().replaceAll("-", "")}`);
const [main, keys] = names.map((name) => withDatabaseName(server, name)) as [string, string];
const migrateBoth = () =>
  migrate({
    url: main,
    keyringUrl: keys,
    roleSecret: TEST_ROLE_SECRET,
    stamp: "demo",
    directory: "db/migrations",
  });
const schemasOf = async (url: string) =>
  (
    await adminQuery<{ name: string }>(
      url,
      "select nspname as name from pg_namespace where nspowner = 'ventanilla_owner'::regrole order by 1",
    )
  ).map((one) => one.name);

let ran: string[];
beforeAll(async () => {
  for (const name of names) await adminQuery(server, `create database ${name}`);
  ran = await migrateBoth();
});
afterAll(async () => {
  for (const name of names) await adminQuery(server, `drop database ${name} with (force)`);
});

test("a keyring with a database of its own is made there and nowhere else", async () => {
  expect(ran).toContain("keyring/0001_keys.sql");
  expect(await schemasOf(keys)).toEqual(["keyring"]);
  const inMain = await schemasOf(main);
  expect(inMain).toContain("booking");
  expect(inMain).not.toContain("keyring");
});

test("migrating again does nothing, and an edited migration of the keyring is refused", async () => {
  expect(await migrateBoth()).toEqual([]);
  await adminQuery(keys, "update keyring.migrations set hash = 'another'");
  await expect(migrateBoth()).rejects.toThrow("was edited after it ran");
});

test("the keyring works over it with its own role, and no other role reads a key", async () => {
  const keyring = openKeyring({
    url: roleUrl(keys, TEST_ROLE_SECRET, "keyring"),
    rootKey: TEST_ROOT_KEY,
    clock: fixedClock(REFERENCE_NOW),
  });
  const item = {
    under: dayKey("fresno" as OfficeId, "2026-12-03" as LocalDate, "2027-01-02" as LocalDate),
    field: "booking.applicant" as const,
    row: randomUUID(),
    plain: "Persona Ficticia",
  };
  const [sealed] = await keyring.seal([item]);
  expect(await keyring.open([{ ...item, sealed: sealed! }])).toEqual([item.plain]);
  await keyring.close();
  const may = await adminQuery<{ role: string; may: boolean }>(
    keys,
    "select role, has_schema_privilege(role, 'keyring', 'usage') as may from unnest($1::text[]) as role",
    [PATH_ROLES.map(roleName)],
  );
  expect(may.filter((one) => one.may).map((one) => one.role)).toEqual([roleName("keyring")]);
});
