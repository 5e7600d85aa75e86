import { spawn, type ChildProcess } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import pg from "pg";
import { keepKeyring } from "#app/keyring-process.ts";
import { startPostgres, type RunningPostgres } from "#dev/postgres/launcher.ts";
import { loadReference } from "#modules/offices/index.ts";
import { seedTemplates } from "#modules/schedules/index.ts";
import { operatorBeacon } from "#platform/beacon/index.ts";
import { systemClock } from "#platform/clock.ts";
import type { Services } from "#platform/context.ts";
import { migrate, openDatabase, roleUrl } from "#platform/db/index.ts";
import { openKeyring } from "#platform/keyring/index.ts";
import { silentLog } from "#platform/log.ts";

/** Secrets of databases that live as long as a bench. */
export const ROLE_SECRET = "the role secret of a bench database, used nowhere else";
export const ROOT_KEY = Buffer.alloc(32, 9).toString("base64");

export interface World {
  readonly postgres: RunningPostgres;
  /** The superuser's, of the bench's own database. */
  readonly url: string;
  ask<Row extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** The address a path role would use. */
  urlOf(role: "citizen_writer"): string;
  close(): Promise<void>;
}

/** A migrated, live-stamped database of its own on a server that loses nothing: what the settings say is read back. */
export async function openWorld(): Promise<World> {
  const postgres = await startPostgres({ purpose: "bench" });
  const admin = await client(postgres.url);
  const name = `bench_${randomUUID().replaceAll("-", "")}`;
  await admin.query(`create database ${name}`);
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  await migrate({ url: url.href, roleSecret: ROLE_SECRET, stamp: "live", directory: "db/migrations" });
  await loadReference({ url: url.href, directory: "db/reference", invented: false, now: new Date() });
  await seedTemplates({ url: url.href, now: new Date() });
  const own = await client(url.href);
  for (const setting of ["fsync", "full_page_writes", "synchronous_commit"]) {
    const { rows } = await own.query<Record<string, string>>(`show ${setting}`);
    if (rows[0]?.[setting] !== "on") throw new Error(`${setting} is not on: the figures would mean nothing`);
  }
  return {
    postgres,
    url: url.href,
    ask: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await own.query<Row>(text, values)).rows,
    urlOf: (role) => roleUrl(url.href, ROLE_SECRET, role),
    async close() {
      await own.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
      await postgres.stop();
    },
  };
}

/** What a bench needs to call commands itself, for making its world. */
export function servicesOf(world: World): Services {
  const keyring = openKeyring({
    url: roleUrl(world.url, ROLE_SECRET, "keyring"),
    rootKey: Buffer.from(ROOT_KEY, "base64"),
    clock: systemClock,
  });
  return {
    clock: systemClock,
    log: silentLog,
    beacon: operatorBeacon(keyring),
    witnesses: [],
    lossCredit: false,
    publicOrigin: "http://127.0.0.1",
    database: openDatabase({ url: world.url, roleSecret: ROLE_SECRET }),
    keyring,
  };
}

export interface RunningServer {
  readonly port: number;
  readonly process: ChildProcess;
  /** Megabytes that the process has in memory now. */
  memoryMb(): number;
  stop(): Promise<void>;
}

/** The very server of `npm run serve`, in its own process with its keys in another; `settings` as its environment has them. */
export async function startServer(
  world: World,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  const keyring = await keepKeyring("dist/keyring.js", keyringSettings(world), silentLog);
  const child = spawn(process.execPath, ["dist/server.js"], {
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "test",
      DATABASE_URL: world.url,
      DATABASE_ROLE_SECRET: ROLE_SECRET,
      KEYRING_SOCKET: keyring.socket,
      PUBLIC_ORIGIN: "http://127.0.0.1",
      PORT: "0",
      INTERNAL_PORT: "0",
      LOG_LEVEL: "info",
      ...settings,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  const port = await new Promise<number>((resolve, reject) => {
    let log = "";
    child.stdout.on("data", (chunk: Buffer) => {
      log += chunk.toString();
      const found = /"port":(\d+),"msg":"listening"/.exec(log);
      if (found) resolve(Number(found[1]));
    });
    child.on("exit", (code) =>
      reject(new Error(`the server ended with ${code} before it listened: ${log.slice(-2000)}`)),
    );
  });
  return {
    port,
    process: child,
    memoryMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0) / 1024,
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve(keyring.close()));
        child.kill("SIGTERM");
      }),
  };
}

/** For a keyring in a process of its own. */
export function keyringSettings(world: World) {
  return {
    DATABASE_URL: world.url,
    DATABASE_ROLE_SECRET: ROLE_SECRET,
    KEYRING_DATABASE_URL: undefined,
    KEYRING_ROOT_KEY: ROOT_KEY,
    LOG_LEVEL: "warn" as const,
  };
}

/** Verified sessions of paper cards, which get no messages, written straight into the tables: a bench gets no bypass route (hardening 12). */
export async function makeSessions(world: World, count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString("base64url"));
  for (let from = 0; from < count; from += 10_000) {
    const some = tokens.slice(from, from + 10_000);
    await world.ask(
      `with made as (insert into people.contacts (id, kind, verified_at, created_at, erase_after)
         select gen_random_uuid(), 'card', now(), now(), current_date + 400 from generate_series(1, $1::int) returning id),
       numbered as (select id, row_number() over () n from made)
       insert into people.sessions (token_digest, id, contact_id, contact_kind, language, channel, created_at, verified_at, verified_until, expires_at)
       select t.digest, gen_random_uuid(), numbered.id, 'card', 'es', 'api', now(), now(), now() + interval '12 hours', now() + interval '30 days'
       from unnest($2::bytea[]) with ordinality t (digest, n) join numbered using (n)`,
      [some.length, some.map((token) => createHash("sha256").update(token).digest())],
    );
  }
  return tokens;
}

async function client(url: string): Promise<pg.Client> {
  const own = new pg.Client({ connectionString: url });
  own.on("error", () => undefined);
  await own.connect();
  return own;
}
