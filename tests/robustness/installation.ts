import { spawn, type ChildProcess } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { startPostgres, type RunningPostgres } from "#dev/postgres/launcher.ts";
import { anyWorksIn, waitUntil } from "#dev/postgres/processes.ts";
import { loadReference } from "#modules/offices/index.ts";
import { migrate } from "#platform/db/index.ts";
import { adminQuery, TEST_ROLE_SECRET, TEST_ROOT_KEY, withDatabaseName } from "#tests/support/cluster.ts";
import type { Ask } from "#tests/support/consistency.ts";

/** Generous, because the machine may be busy with other tests. */
const READY_MS = 60_000;
/** The kernel closes the pipe however the test ends, and a server without its test must not stay. */
const ENDS_WITH_ITS_PARENT = "data:text/javascript,process.stdin.on('close',()=>process.exit(1)).resume()";
const CACHE = "node_modules/.cache/ventanilla-robustness";
/** React is bundled in its production form, as the build does; everything else is found beside. */
const STAYS_OUTSIDE: esbuild.Plugin = {
  name: "packages-stay-outside",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./#]/ }, ({ path, kind }) =>
      kind === "entry-point" || /^(react|react-dom)(\/|$)/.test(path) ? undefined : { path, external: true },
    ),
};

/** An installation of its own: a live database on a server that forces its log to the disk, and the very server of `npm run serve` in its own process. */
export interface Installation {
  /** Of the database, as the superuser; the same after every restart. */
  readonly url: string;
  readonly dataDirectory: string;
  /** PostgreSQL's own log, of this run and of the one before. */
  readonly postgresLogs: readonly string[];
  /** Public port of the server; another after each restart. */
  port(): number;
  /** Everything that the server wrote, over all its lives. */
  output(): string;
  ask: Ask;
  killServer(): Promise<void>;
  /** Asks the server to end, as a service manager does, and says with which code it did. */
  stopServer(): Promise<number | null>;
  startServer(): Promise<void>;
  /** Kills the postmaster; its processes follow by themselves. */
  killPostgres(): Promise<void>;
  startPostgres(): Promise<void>;
  serverIsAlive(): boolean;
  close(): Promise<void>;
}

export async function openInstallation(environment: Record<string, string> = {}): Promise<Installation> {
  const directory = join(tmpdir(), `ventanilla-robust-${randomUUID().slice(0, 8)}`);
  const durable = { fsync: "on", full_page_writes: "on" };
  const start = (port?: string): Promise<RunningPostgres> =>
    startPostgres({ purpose: "test", directory, settings: { ...durable, ...(port === undefined ? {} : { port }) } });
  const [first, bundle] = await Promise.all([start(), bundleServer()]);
  let postgres = first;
  let server: ChildProcess | undefined;
  let port = 0;
  let output = "";

  await adminQuery(first.url, "create database ventanilla_live");
  const url = withDatabaseName(first.url, "ventanilla_live");
  await migrate({ url, roleSecret: TEST_ROLE_SECRET, stamp: "live", directory: "db/migrations" });
  await loadReference({ url, directory: "db/reference", invented: false, now: new Date() });
  for (const setting of ["fsync", "full_page_writes", "synchronous_commit"]) {
    const [row] = await adminQuery(url, `show ${setting}`);
    if (row?.[setting] !== "on") throw new Error(`${setting} is not on: surviving a kill would mean nothing`);
  }

  const endServer = (): void => void server?.kill("SIGKILL");
  process.once("exit", endServer);
  const installation: Installation = {
    url,
    dataDirectory: first.dataDirectory,
    postgresLogs: [join(directory, "postgres.log"), join(directory, "postgres.log.1")],
    port: () => port,
    output: () => output,
    ask: (text, values) => adminQuery(url, text, values),
    async startServer() {
      const child = (server = spawn(process.execPath, ["--import", ENDS_WITH_ITS_PARENT, join(bundle, "server.js")], {
        env: {
          PATH: process.env["PATH"],
          NODE_ENV: "test",
          DATABASE_URL: url,
          DATABASE_ROLE_SECRET: TEST_ROLE_SECRET,
          KEYRING_ROOT_KEY: TEST_ROOT_KEY.toString("base64"),
          PUBLIC_ORIGIN: "http://127.0.0.1",
          PORT: "0",
          INTERNAL_PORT: "0",
          LOG_LEVEL: "debug",
          ...environment,
        },
        stdio: ["pipe", "pipe", "pipe"],
      }));
      const from = output.length;
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => void (output += chunk.toString()));
      const listening = /"port":(\d+),"msg":"listening"/;
      await waitUntil(() => Promise.resolve(listening.test(output.slice(from)) || child.exitCode !== null), READY_MS);
      const found = listening.exec(output.slice(from));
      if (!found) throw new Error(`the server did not start: ${output.slice(from).slice(-2000)}`);
      port = Number(found[1]);
    },
    async killServer() {
      const child = server!;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await gone;
    },
    stopServer: () =>
      new Promise((resolve) => {
        server!.once("exit", resolve);
        server!.kill("SIGTERM");
      }),
    async killPostgres() {
      process.kill(Number.parseInt(await readFile(join(first.dataDirectory, "postmaster.pid"), "utf8"), 10), "SIGKILL");
      await waitUntil(async () => !(await anyWorksIn(first.dataDirectory)), READY_MS);
    },
    async startPostgres() {
      postgres = await start(new URL(url).port);
    },
    serverIsAlive: () => server?.exitCode === null && server.signalCode === null,
    async close() {
      process.off("exit", endServer);
      if (installation.serverIsAlive()) await installation.killServer();
      await postgres.stop();
      await Promise.all([directory, bundle].map((one) => rm(one, { recursive: true, force: true, maxRetries: 3 })));
    },
  };
  return installation;
}

/** As scripts/build.mjs does it, without styles and console: whoever runs the tests need not have built. */
async function bundleServer(): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, "server-"));
  await esbuild.build({
    entryPoints: [{ in: "src/app/main.ts", out: "server" }],
    outdir: folder,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    jsx: "automatic",
    logLevel: "warning",
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [STAYS_OUTSIDE],
    banner: {
      js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
    },
  });
  await mkdir(join(folder, "public"));
  await writeFile(join(folder, "public/manifest.json"), '{"site.css":"site.css"}');
  await writeFile(join(folder, "public/site.css"), "");
  if (!existsSync(join(folder, "server.js"))) throw new Error("the server was not bundled");
  return folder;
}

/** Verified contacts, each with the token of a session that is good for hours after `now`, straight into the tables. */
export async function verifiedSessions(
  ask: Ask,
  count: number,
  now: Date,
): Promise<{ token: string; contactId: string }[]> {
  const sessions = Array.from({ length: count }, () => ({
    token: randomBytes(32).toString("base64url"),
    contactId: randomUUID(),
  }));
  await ask(
    `with made as (insert into people.contacts (id, kind, verified_at, created_at, erase_after) select id, 'email', $3::timestamptz, $3::timestamptz, $3::timestamptz::date + 400 from unnest($1::uuid[]) id)
     insert into people.sessions (token_digest, id, contact_id, contact_kind, language, channel, created_at, verified_at, verified_until, expires_at)
     select digest, gen_random_uuid(), id, 'email', 'es', 'api', $3::timestamptz, $3::timestamptz, $3::timestamptz + interval '12 hours', $3::timestamptz + interval '30 days' from unnest($1::uuid[], $2::bytea[]) as t (id, digest)`,
    [sessions.map((one) => one.contactId), sessions.map((one) => createHash("sha256").update(one.token).digest()), now],
  );
  return sessions;
}
