import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as esbuild from "esbuild";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startPostgres, type RunningPostgres } from "#dev/postgres/launcher.ts";
import { migrate, NotOurs, roleUrl } from "#platform/db/index.ts";
import { adminQuery, TEST_ROLE_SECRET, TEST_ROOT_KEY, withDatabaseName } from "#tests/support/cluster.ts";

/** On a server of its own: what is refused here would change the passwords of a server that other tests use. */
const OTHER_SECRET = "the role secret of another installation, as long";
const CACHE = "node_modules/.cache/ventanilla-strangers";

let server: RunningPostgres;
let directory: string;
let url: string;
const ours = () => withDatabaseName(server.url, "ours");

const migrateLive = (change: Partial<Parameters<typeof migrate>[0]> = {}) =>
  migrate({ url, roleSecret: TEST_ROLE_SECRET, stamp: "live", directory: "db/migrations", ...change });

async function database(): Promise<string> {
  const name = `db_${randomUUID().replaceAll("-", "")}`;
  await adminQuery(server.url, `create database ${name}`);
  return withDatabaseName(server.url, name);
}

/** Everything that a migration could have changed: schemas, tables and rights here, the roles and passwords of the server. */
const traces = async (one: string) => [
  await adminQuery(one, "select nspname, nspacl::text, nspowner from pg_namespace order by 1"),
  await adminQuery(one, "select oid, relname, relowner, relacl::text from pg_class where oid >= 16384 order by 1"),
  await adminQuery(one, "select datacl::text from pg_database where datname = current_database()"),
  await adminQuery(one, "select rolname, rolpassword from pg_authid order by 1"),
];

async function refusedUntouched(attempt: () => Promise<unknown>, sentence: string, databases = [url]): Promise<void> {
  const before = await Promise.all(databases.map(traces));
  const error: unknown = await attempt().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NotOurs);
  expect((error as Error).message).toContain(sentence);
  expect(await Promise.all(databases.map(traces))).toEqual(before);
}

const logsIn = async (secret: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: roleUrl(ours(), secret, "citizen_writer") });
  client.on("error", () => undefined);
  const entered = await client.connect().then(
    () => true,
    () => false,
  );
  await client.end().catch(() => undefined);
  return entered;
};

beforeAll(async () => {
  directory = join(tmpdir(), `ventanilla-strangers-${randomUUID().slice(0, 8)}`);
  server = await startPostgres({ purpose: "test", directory });
  await adminQuery(server.url, "create database ours");
}, 60_000);
beforeEach(async () => {
  url = await database();
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}, 60_000);

test("on a server without our roles, a database with a table of somebody else gets neither roles nor migrations", async () => {
  await adminQuery(url, "create schema tienda; create table tienda.clientes (name text)");
  await refusedUntouched(() => migrateLive(), "(tienda.clientes); nothing was changed. Make an empty database");
  expect(await adminQuery(url, "select from pg_roles where rolname like 'ventanilla%'")).toEqual([]);
});

test("an empty database is made ours, and again, without a right of anybody else's being taken", async () => {
  await adminQuery(ours(), "create role tenant login; grant all on schema public to tenant");
  const rights = () => adminQuery(ours(), "select nspacl::text from pg_namespace where nspname = 'public'");
  const before = await rights();
  expect(await migrateLive({ url: ours() })).toContain("0001_platform.sql");
  expect(await adminQuery(ours(), "select kind from platform.instance")).toEqual([{ kind: "live" }]);
  expect(await migrateLive({ url: ours() })).toEqual([]);
  expect(await rights()).toEqual(before);
  expect(await logsIn(TEST_ROLE_SECRET)).toBe(true);
});

test.each([
  ["a table", "create table public.clientes ()", "(public.clientes)"],
  ["a view", "create view ventas as select 1 as one", "(public.ventas)"],
  [
    "a stamp of another program",
    "create schema platform; create table platform.instance (kind text)",
    "(platform.instance)",
  ],
  [
    "another's list of migrations",
    "create schema platform; create table platform.migrations ()",
    "(platform.migrations)",
  ],
])("%s in the database is refused", async (_, statement, found) => {
  await adminQuery(url, statement);
  await refusedUntouched(() => migrateLive(), found);
  await refusedUntouched(() => migrateLive({ stamp: "demo" }), found);
});

test("what an extension brings, and a first migration that was cut off, are no hindrance", async () => {
  await adminQuery(url, "create extension pg_stat_statements");
  await adminQuery(
    url,
    `create schema platform authorization ventanilla_owner; create table platform.migrations
       (name text primary key, hash text not null, applied_at timestamptz not null default now());
     alter table platform.migrations owner to ventanilla_owner`,
  );
  expect(await migrateLive()).toContain("0001_platform.sql");
});

test("a new database on the server of an installation with another secret locks nobody out", async () => {
  await refusedUntouched(() => migrateLive({ roleSecret: OTHER_SECRET }), "Another Ventanilla installation uses this");
  expect(await logsIn(TEST_ROLE_SECRET)).toBe(true);
});

test("the other stamp is refused before the secret is changed", async () => {
  await refusedUntouched(
    () => migrateLive({ url: ours(), stamp: "demo", roleSecret: OTHER_SECRET }),
    'stamped "live"',
    [ours()],
  );
});

test("a keyring's database of somebody else is refused before the main one is touched", async () => {
  const keys = await database();
  await adminQuery(keys, "create table clientes ()");
  await refusedUntouched(() => migrateLive({ keyringUrl: keys }), "name it in KEYRING_DATABASE_URL", [url, keys]);
  const empty = await database();
  await refusedUntouched(
    () => migrateLive({ url: ours(), keyringUrl: empty, roleSecret: OTHER_SECRET }),
    "or name another server in KEYRING_DATABASE_URL",
    [ours(), empty],
  );
});

test("npm run db:migrate ends with the sentence alone", async () => {
  await mkdir(CACHE, { recursive: true });
  const program = join(await mkdtemp(join(CACHE, "run-")), "migrate.mjs");
  await esbuild.build({
    entryPoints: ["src/app/migrate.ts"],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "silent",
    alias: Object.fromEntries(
      ["kernel", "platform", "modules"].map((one) => [`#${one}`, join(process.cwd(), "src", one)]),
    ),
  });
  await adminQuery(url, "create table clientes ()");
  const env = {
    PATH: process.env["PATH"],
    DATABASE_URL: url,
    DATABASE_ROLE_SECRET: TEST_ROLE_SECRET,
    KEYRING_ROOT_KEY: TEST_ROOT_KEY.toString("base64"),
    PUBLIC_ORIGIN: "https://citas.example.org",
  };
  const ended = promisify(execFile)(process.execPath, [program], { env });
  await expect(ended).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(
      /^The database "\w+" holds tables that are not Ventanilla's \(public\.clientes\).*\n$/,
    ) as string,
  });
});

test("our own database takes a new secret, but not while another installation of the server runs", async () => {
  await migrateLive();
  const node = new pg.Client({ connectionString: roleUrl(url, TEST_ROLE_SECRET, "worker") });
  await node.connect();
  await refusedUntouched(() => migrateLive({ url: ours(), roleSecret: OTHER_SECRET }), "Another Ventanilla", [ours()]);
  expect(await migrateLive({ url: ours() })).toEqual([]);
  await node.end();
  await expect
    .poll(() => adminQuery(url, "select from pg_stat_activity where usename = 'ventanilla_worker'"))
    .toHaveLength(0);
  await migrateLive({ url: ours(), roleSecret: OTHER_SECRET });
  expect([await logsIn(TEST_ROLE_SECRET), await logsIn(OTHER_SECRET)]).toEqual([false, true]);
});
