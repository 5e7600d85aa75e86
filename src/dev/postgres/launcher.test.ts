import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { runAs } from "./account.ts";
import { installBinaries } from "./binaries.ts";
import { startPostgres, type RunningPostgres, type StartOptions } from "./launcher.ts";
import { anyWorksIn, isAlive } from "./processes.ts";

let cluster: string;
const running: RunningPostgres[] = [];

async function start(options: Partial<StartOptions> = {}): Promise<RunningPostgres> {
  const server = await startPostgres({ purpose: "test", directory: cluster, ...options });
  running.push(server);
  return server;
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

async function postmasterPid(data: string): Promise<number> {
  return Number.parseInt(await readFile(join(data, "postmaster.pid"), "utf8"), 10);
}

beforeAll(async () => {
  cluster = await mkdtemp(join(tmpdir(), "ventanilla-postgres-"));
});

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

afterAll(async () => {
  await rm(cluster, { recursive: true, force: true });
});

test("a fresh cluster answers, with our settings over the defaults", async () => {
  const server = await start({ settings: { fsync: "on", work_mem: "5MB" } });
  expect(server.reused).toBe(false);
  expect(await ask(server.url, "select 1")).toBe(1);
  expect(await ask(server.url, "show fsync")).toBe("on");
  expect(await ask(server.url, "show work_mem")).toBe("5MB");
  expect(await ask(server.url, "show full_page_writes")).toBe("off");
  expect(await ask(server.url, "show data_checksums")).toBe("on");
  expect(await ask(server.url, "show server_encoding")).toBe("UTF8");
  expect(await ask(server.url, "select lower('ÑÁ')")).toBe("ñá");
  expect((await stat(join(cluster, "password"))).mode & 0o777).toBe(0o600);
  await expect(ask(server.url.replace(/:[0-9a-f]+@/, ":wrong@"), "select 1")).rejects.toThrow(/password/);
});

test("a second start reuses the running server and does not stop it; a stopped one starts again with its data", async () => {
  const first = await start();
  await ask(first.url, "comment on role postgres is 'kept'");
  const second = await start();
  expect(second).toMatchObject({ reused: true, url: first.url, dataDirectory: first.dataDirectory });
  await second.stop();
  expect(await ask(first.url, "select 1")).toBe(1);
  await first.stop();
  expect(await anyWorksIn(first.dataDirectory)).toBe(false);
  const third = await start();
  expect(third.reused).toBe(false);
  expect(await ask(third.url, "select shobj_description('postgres'::regrole, 'pg_authid')")).toBe("kept");
});

test("starts at once on one directory make one server", async () => {
  const servers = await Promise.all([start(), start(), start()]);
  expect(servers.filter((server) => !server.reused)).toHaveLength(1);
  expect(new Set(servers.map((server) => server.url)).size).toBe(1);
});

test("a lock left by a dead process does not block the start", async () => {
  await writeFile(join(cluster, "lock"), `${process.pid}-1`);
  expect(await ask((await start()).url, "select 1")).toBe(1);
});

test("the server log repeats no row, key or statement", async () => {
  const server = await start();
  await expect(ask(server.url, "select 'Oculta'::int")).rejects.toThrow(/Oculta/);
  const twice = "create table pg_temp.t (name text primary key); insert into pg_temp.t values ('Oculta'), ('Oculta')";
  await expect(ask(server.url, twice)).rejects.toThrow(/duplicate/);
  const log = await readFile(join(cluster, "postgres.log"), "utf8");
  expect(log).toContain("ready to accept connections");
  expect(log).not.toMatch(/Oculta|STATEMENT/);
});

test("after kill -9 of the postmaster the next start recovers", async () => {
  const first = await start();
  await ask(first.url, "comment on role postgres is 'before the crash'");
  process.kill(await postmasterPid(first.dataDirectory), "SIGKILL");
  const second = await start();
  expect(second.reused).toBe(false);
  expect(await ask(second.url, "select shobj_description('postgres'::regrole, 'pg_authid')")).toBe("before the crash");
  await first.stop();
  expect(await ask(second.url, "select 1")).toBe(1);
  expect((await start()).reused).toBe(true);
});

test("a pid file with the number of a stranger is not adopted", async () => {
  const first = await start();
  const file = join(first.dataDirectory, "postmaster.pid");
  const lines = (await readFile(file, "utf8")).split("\n");
  await first.stop();
  const stranger = spawn("sleep", ["60"]);
  try {
    await writeFile(file, [String(stranger.pid), ...lines.slice(1)].join("\n"));
    const second = await start();
    expect(second.reused).toBe(false);
    expect(await ask(second.url, "select 1")).toBe(1);
    expect(stranger.exitCode).toBeNull();
  } finally {
    stranger.kill();
  }
});

test.each([
  [
    "instance id",
    (first: RunningPostgres) => ask(first.url, "comment on database postgres is 'ventanilla-instance:other'"),
  ],
  ["password", (first: RunningPostgres) => ask(first.url, "alter role postgres password 'another'")],
])("a server with another %s is refused and left alone", async (_what, change) => {
  const directory = await mkdtemp(join(tmpdir(), "ventanilla-postgres-"));
  try {
    const first = await start({ directory });
    await change(first);
    const pid = await postmasterPid(first.dataDirectory);
    await expect(startPostgres({ purpose: "test", directory })).rejects.toThrow(/not this checkout's/);
    expect(isAlive(pid)).toBe(true);
    await first.stop();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

/** A folder that goes with the test, and is opened again before. */
async function aFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ventanilla-closed-"));
  try {
    await test(folder);
  } finally {
    await chmod(folder, 0o700);
    await rm(folder, { recursive: true, force: true });
  }
}

test("a directory behind a closed one is refused with what to do, and used once that is open", () =>
  aFolder(async (closed) => {
    const directory = join(closed, "inner", "cluster");
    await mkdir(directory, { recursive: true });
    for (const open of [join(closed, "inner"), directory]) await chmod(open, 0o755);
    // No right to search it: whoever is not root may not even look inside.
    await chmod(closed, 0o600);
    await expect(start({ directory })).rejects.toThrow(/(cannot enter|cannot be made).*Choose another directory/);
    await chmod(closed, 0o711);
    expect(await ask((await start({ directory })).url, "select 1")).toBe(1);
    for (const server of running.splice(0)) await server.stop();
  }));

test("a directory that cannot be made is refused with what to do", () =>
  aFolder(async (folder) => {
    await writeFile(join(folder, "file"), "");
    await expect(start({ directory: join(folder, "file", "cluster") })).rejects.toThrow(
      /cannot be made \(E[A-Z]+\)\. Choose another directory/,
    );
  }));

test("lost links of libraries are made again; a lost library is told with what to do", () =>
  aFolder(async (root) => {
    const { postgres } = await installBinaries(root);
    const libraries = join(dirname(dirname(postgres)), "lib");
    const links = async () =>
      (await readdir(libraries, { withFileTypes: true })).filter((one) => one.isSymbolicLink()).map(({ name }) => name);
    const before = await links();
    expect(before.length).toBeGreaterThan(5);
    for (const name of before) await rm(join(libraries, name));
    // So they are needed: without them the program does not start.
    expect((await runAs({}, postgres, ["--version"], { cwd: root })).failed).toBe(true);
    await installBinaries(root);
    expect(await links()).toEqual(before);

    const [needed] = (await readdir(libraries)).filter((name) => /^libicuuc\.so\.\d+\.\d+$/.test(name));
    await rm(join(libraries, needed!));
    await expect(installBinaries(root)).rejects.toThrow(
      /do not start here: .*libicuuc.*Delete .*pg-[\d.]+.* and start again; .*npm ci.*DATABASE_URL/,
    );
  }));
