import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { joinNote, signatureLine } from "#kernel/notes.ts";
import { addDays, instantOf, localDateAt } from "#kernel/time.ts";
import { systemClock } from "#platform/clock.ts";
import { roleUrl } from "#platform/db/index.ts";
import { openKeyring } from "#platform/keyring/index.ts";
import { silentLog } from "#platform/log.ts";
import { cosign } from "#platform/witnesses.ts";
import { adminQuery, TEST_ROLE_SECRET, withDatabaseName } from "#tests/support/cluster.ts";
import { aDrawId, aHash } from "#tests/support/witness.ts";
import { announce } from "./announce.ts";
import { readSecrets } from "./secrets.ts";
import { startDevelopment, type Development } from "./start.ts";

interface OutboxAnswer {
  readonly messages: readonly {
    readonly id: string;
    readonly kind: string;
    readonly to: string;
    readonly html?: string;
  }[];
}

const ZONE = "America/Los_Angeles";
const name = `start_${randomUUID().replaceAll("-", "")}`;
const url = withDatabaseName(inject("databaseUrl"), name);
const environment = {
  DATABASE_URL: url,
  DATABASE_ROLE_SECRET: TEST_ROLE_SECRET,
  PORT: "0",
  INTERNAL_PORT: "0",
  LOG_LEVEL: "silent",
};
const said: string[] = [];
const open: (() => Promise<unknown>)[] = [];
let folder: string;
let dev: Development;

const start = (change: Record<string, string> = {}, state = "state") =>
  startDevelopment({
    root: process.cwd(),
    dist: join(folder, "dist"),
    state: join(folder, state),
    environment: { ...environment, ...change },
    say: (sentence) => said.push(sentence),
    onOpen: (close) => open.push(close),
  });
const closeAll = async () => {
  for (const close of open.splice(0).reverse()) await close();
};
const ask = (path: string, init: RequestInit = {}) => fetch(dev.origin + path, { redirect: "manual", ...init });
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  ask(path, {
    method: "POST",
    headers: { "content-type": "application/json", origin: dev.origin, ...headers },
    body: JSON.stringify(body),
  });
const count = async (text: string): Promise<number> => Number((await adminQuery<{ n: string }>(url, text))[0]!.n);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ventanilla-start-"));
  await mkdir(join(folder, "dist/public"), { recursive: true });
  await mkdir(join(folder, "state"));
  await mkdir(join(folder, "other"));
  await writeFile(join(folder, "dist/public/manifest.json"), JSON.stringify({ "site.css": "site.0.css" }));
  await writeFile(join(folder, "dist/public/site.0.css"), "body { margin: 0 }");
  dev = await start();
}, 120_000);
afterAll(async () => {
  await closeAll();
  await adminQuery(inject("databaseUrl"), `drop database if exists ${name} with (force)`);
  await rm(folder, { recursive: true });
}, 60_000);

describe("what npm start leaves", () => {
  test("answers at every address that it prints", async () => {
    const text = announce(dev);
    for (const address of text.match(/http:\/\/\S+(?=\s)/g)!.filter((one) => !one.includes("/consola"))) {
      const answer = await fetch(address.replace(/\)$/, ""));
      expect([address, answer.status]).toEqual([address, 200]);
    }
    expect(text).toContain("clerk, supervisor, office head, hq, admin");
    expect(said).toContain("Inventing people and their appointments …");
  });

  test("has a hall full of people, whom a demo clerk sees", async () => {
    const { roles } = (await (await ask("/api/v1/console/dev/roles")).json()) as { roles: { role: string }[] };
    expect(roles.map((one) => one.role)).toEqual([
      "clerk",
      "supervisor",
      "office_head",
      "hq",
      "admin",
      "door",
      "analyst",
      "analyst",
      "agent",
      "agent",
    ]);
    const signedIn = await post("/api/v1/console/dev/sign-in", { role: "clerk" });
    expect(await signedIn.json()).toMatchObject({ staff: { role: "clerk", officeId: "fresno" } });
    const cookie = signedIn.headers.get("set-cookie")!.split(";")[0]!;
    const today = (await (await ask("/api/v1/console/today", { headers: { cookie } })).json()) as {
      officeId: string;
      parties: { people: unknown[] }[];
    };
    expect(today.officeId).toBe("fresno");
    expect(today.parties.length).toBeGreaterThan(3);
    expect((await post("/api/v1/console/dev/sign-in", { role: "owner" })).status).toBe(404);
    expect((await post("/api/v1/console/dev/sign-in", { role: "clerk", officeId: "chicago" })).status).toBe(200);
  });

  test("has a few thousand appointments that are consistent", async () => {
    await dev.settled;
    expect(await count("select count(*) as n from booking.bookings")).toBeGreaterThan(2_500);
    expect(await count("select count(distinct office_id) as n from booking.bookings")).toBe(59);
    const taken = await count("select count(*) as n from schedules.places where state in ('booked', 'used')");
    expect(taken).toBe(
      await count(
        "select sum(steps) as n from booking.appointments where state in ('booked', 'served', 'unserved', 'missed')",
      ),
    );
    expect(await count("select count(*) as n from booking.claims where standing = 'contested'")).toBe(0);
    const last = await adminQuery<{ day: string }>(url, "select max(local_date)::text as day from schedules.sessions");
    expect(last[0]!.day >= addDays(localDateAt(new Date(), "UTC"), 50)).toBe(true);
  }, 60_000);

  test("keeps what leaves in the outbox, reminders included once the clock is moved", async () => {
    const noon = instantOf(addDays(localDateAt(new Date(), ZONE), 1), "12:30", ZONE).getTime();
    const hours = Math.round((noon - Date.now()) / 3_600_000);
    expect(await (await post("/dev/reloj", { hours })).json()).toMatchObject({ aheadHours: hours });
    expect(await (await ask("/dev/reloj")).text()).toContain("ahead of this computer");
    const { messages } = (await (await ask("/dev/buzon.json")).json()) as OutboxAnswer;
    expect(messages.filter((one) => one.kind.startsWith("reminder_")).length).toBeGreaterThan(0);
    const mail = messages.find((one) => one.html !== undefined)!;
    const shown = await ask(`/dev/buzon/${mail.id}`);
    expect(shown.headers.get("content-security-policy")).toContain("style-src 'unsafe-inline'");
    expect(await shown.text()).toBe(mail.html);
    const only = (await (await ask(`/dev/buzon.json?to=${encodeURIComponent(mail.to)}`)).json()) as OutboxAnswer;
    expect(new Set(only.messages.map((one) => one.to))).toEqual(new Set([mail.to]));
    expect((await post("/dev/reloj", { hours: 0 })).status).toBe(200);
  }, 60_000);
});

/** A manifest's checkpoint as the demo's own operator signs it. */
async function demoCheckpoint(draw: number, list: string): Promise<string> {
  const { rootKey } = await readSecrets(join(folder, "state"));
  const keyring = openKeyring({
    url: roleUrl(url, TEST_ROLE_SECRET, "keyring"),
    rootKey: Buffer.from(rootKey, "base64"),
    clock: systemClock,
  });
  const operator = { name: new URL(dev.origin).host, key: await keyring.publicKey("draw") };
  const text = `${operator.name}/draw/${aDrawId(draw)}\n3\n${aHash(list)}\nmanifest ${aHash(list)}\n`;
  const note = joinNote(text, [signatureLine(operator, await keyring.signPublic("draw", text))]);
  await keyring.close();
  return note;
}
const cosignAll = (note: string) => cosign(note, dev.witnesses, { clock: systemClock, log: silentLog });

test("two witnesses of its own cosign the demo's draws, one list of each, by the demo's clock", async () => {
  expect(await cosignAll(await demoCheckpoint(1, "a list"))).toHaveLength(2);
  expect(await cosignAll(await demoCheckpoint(1, "another list"))).toEqual([]);
  expect((await post("/dev/reloj", { hours: 30 })).status).toBe(200);
  // By this computer's clock those are from the future.
  expect(await cosignAll(await demoCheckpoint(2, "a list"))).toEqual([]);
  expect((await post("/dev/reloj", { hours: 0 })).status).toBe(200);
});

describe("a second start", () => {
  test("of the same folder says where the first one is", async () => {
    await expect(start()).rejects.toThrow(`Ventanilla runs already: ${dev.origin}`);
  });

  test("finds everything there and makes nothing again", async () => {
    await closeAll();
    said.length = 0;
    const bookings = await count("select count(*) as n from booking.bookings");
    dev = await start();
    expect((await ask("/")).status).toBe(200);
    expect(said).toEqual([]);
    await dev.settled;
    expect(await count("select count(*) as n from booking.bookings")).toBe(bookings);
  }, 60_000);

  test("has the same witnesses, who remember", async () => {
    const names = ["testigo-a.ventanilla.example", "testigo-b.ventanilla.example"];
    expect(dev.witnesses.map(({ name }) => name)).toEqual(names);
    const keys = dev.witnesses.map(({ key }) => key);
    const note = await demoCheckpoint(3, "a list");
    const lines = await cosignAll(note);
    expect(lines).toHaveLength(2);
    const origin = dev.origin;
    await closeAll();
    // The operator's name is its address: on another port it would be another operator.
    dev = await start({ PORT: new URL(origin).port });
    expect(dev.witnesses.map(({ key }) => key)).toEqual(keys);
    expect(await cosignAll(note)).toEqual(lines);
    await dev.settled;
  }, 60_000);

  test("refuses a database that may hold real people, before it touches it", async () => {
    await closeAll();
    const live = `${name}_live`;
    const liveUrl = withDatabaseName(inject("databaseUrl"), live);
    await adminQuery(inject("databaseUrl"), `create database ${live}`);
    await adminQuery(liveUrl, "create schema platform; create table platform.instance as select 'live' as kind");
    await expect(start({ DATABASE_URL: liveUrl }, "other")).rejects.toThrow(/stamped live/);
    expect(await adminQuery(liveUrl, "select from pg_tables where schemaname = 'platform'")).toHaveLength(1);
    await closeAll();
    await expect(
      start({ DATABASE_ROLE_SECRET: "a secret of another installation, long enough" }, "other"),
    ).rejects.toThrow(/Another Ventanilla installation/);
    await closeAll();
    await adminQuery(inject("databaseUrl"), `drop database ${live} with (force)`);
  });

  test("refuses a database that somebody else uses, even one with a table called like the stamp", async () => {
    await closeAll();
    const other = `${name}_other`;
    const otherUrl = withDatabaseName(inject("databaseUrl"), other);
    await adminQuery(inject("databaseUrl"), `create database ${other}`);
    await adminQuery(otherUrl, "create schema platform; create table platform.instance (host text)");
    await expect(start({ DATABASE_URL: otherUrl }, "other")).rejects.toThrow(
      `The database "${other}" holds tables that are not Ventanilla's (platform.instance); nothing was changed.`,
    );
    expect(await adminQuery(otherUrl, "select from pg_tables where schemaname = 'platform'")).toHaveLength(1);
    await closeAll();
    await adminQuery(inject("databaseUrl"), `drop database ${other} with (force)`);
  });
});
