import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { migrate } from "#platform/db/index.ts";
import { adminQuery, TEST_ROLE_SECRET, withDatabaseName } from "#tests/support/cluster.ts";
import { SCHEMAS } from "./catalogue.ts";
import { catalogueOf, dumpSchema } from "./dump.ts";

/** Columns whose name does not say all: what is personal, a key, a deadline, an instant with a rule or counted in a unit. */
const WANTS_A_COMMENT =
  /^(sealed|digest|\w+_digest|\w+_until|erase_after|destroy_after|detail|minutes|\w+_minutes|error_code|standing|pin_hash|weekdays|lat|lng|level|counters?|issued_by|overbook|person_id|(?!created|started|finished|updated|changed|applied)[a-z_]+_at)$/;
/** Columns of keys that the table's own comment explains. */
const EXPLAINED_BY_TABLE = new Set(["people.contact_keys.digest"]);

const server = inject("databaseUrl");
const names: string[] = [];
let migrated: string;

async function emptyDatabase(): Promise<string> {
  const name = `dump_${randomUUID().replaceAll("-", "")}`;
  await adminQuery(server, `create database ${name}`);
  names.push(name);
  return withDatabaseName(server, name);
}
const migrateIt = () =>
  migrate({ url: migrated, roleSecret: TEST_ROLE_SECRET, stamp: "demo", directory: "db/migrations" });

beforeAll(async () => {
  migrated = await emptyDatabase();
  expect(await migrateIt()).not.toEqual([]);
});
afterAll(async () => {
  for (const name of names) await adminQuery(server, `drop database ${name} with (force)`);
});

test("db/schema.sql says what the migrations leave (npm run db:dump writes it)", async () => {
  expect(await dumpSchema(migrated)).toBe(await readFile("db/schema.sql", "utf8"));
});

test("no schema that the migrations make is left out", async () => {
  const made = await adminQuery<{ name: string }>(
    migrated,
    "select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname not in ('public', 'information_schema')",
  );
  expect(made.map(({ name }) => name).sort()).toEqual([...SCHEMAS].sort());
});

test("the dump makes the same schema again", async () => {
  const again = await emptyDatabase();
  const dump = await dumpSchema(migrated);
  await adminQuery(again, `alter database ${names.at(-1)!} owner to ventanilla_owner`);
  await adminQuery(again, `set role ventanilla_owner;\n${dump}`);
  expect(await dumpSchema(again)).toBe(dump);
});

test("migrations that ran do nothing the second time", async () => {
  const before = await dumpSchema(migrated);
  expect(await migrateIt()).toEqual([]);
  expect(await dumpSchema(migrated)).toBe(before);
});

test("a database of one kind refuses the other", async () => {
  await expect(
    migrate({ url: migrated, roleSecret: TEST_ROLE_SECRET, stamp: "live", directory: "db/migrations" }),
  ).rejects.toThrow('stamped "demo"');
});

test("every table, and every column whose name does not say all, has a comment", async () => {
  const { tables, columns, comments } = await catalogueOf(migrated);
  const silent = tables
    .filter((table) => !comments.some((one) => one.on === `table ${table.name}`))
    .map((table) => table.name);
  const unexplained = columns.flatMap(({ table, name, comment }) => {
    const path = `${tables.find((one) => one.oid === table)!.name}.${name}`;
    return WANTS_A_COMMENT.test(name) && comment === null && !EXPLAINED_BY_TABLE.has(path) ? [path] : [];
  });
  expect([...silent, ...unexplained]).toEqual([]);
});

test("the dump shows a changed table, grant, policy and comment", async () => {
  const changed = await emptyDatabase();
  await migrate({ url: changed, roleSecret: TEST_ROLE_SECRET, stamp: "demo", directory: "db/migrations" });
  const before = (await dumpSchema(changed)).split("\n");
  await adminQuery(
    changed,
    `alter table integrity.persons add column seeded integer not null default 7 check (seeded > 6);
     grant select (id) on integrity.persons to ventanilla_report;
     alter table integrity.persons enable row level security;
     create policy seeded on integrity.persons for select to ventanilla_report using (seeded > 6);
     comment on column integrity.persons.seeded is 'It''s seeded.';
     create index seeded_index on integrity.persons (seeded)`,
  );
  const added = (await dumpSchema(changed)).split("\n").filter((line) => !before.includes(line));
  expect(added).toEqual([
    "  seeded integer not null default 7,",
    "  constraint persons_pkey PRIMARY KEY (id),",
    "  constraint persons_seeded_check CHECK ((seeded > 6))",
    "comment on column integrity.persons.seeded is 'It''s seeded.';",
    "CREATE INDEX seeded_index ON integrity.persons USING btree (seeded);",
    "alter table integrity.persons enable row level security;",
    "grant select (id) on integrity.persons to ventanilla_report;",
    "create policy seeded on integrity.persons for select to ventanilla_report using ((seeded > 6));",
  ]);
});
