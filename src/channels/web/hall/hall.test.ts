import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, FRESNO, someContacts } from "#tests/support/fixtures.ts";
import type { ContactId, OfficeId } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import {
  callNext,
  checkIn,
  DEVICE_CODE_MINUTES,
  listDevices,
  offerDevice,
  openOfficeFeed,
  passOn,
  recordOutcomes,
  revokeDevice,
  startService,
  type OfficeFeed,
  type Visit,
} from "#modules/visits/index.ts";
import { aBooking, allOf, aStaffId, goToVisit, staffContext } from "../../../modules/visits/visits.fixtures.ts";
import { createHttpServer } from "#platform/http/index.ts";
import { serveHall } from "./hall.ts";
import type { Screens } from "./screens.ts";
import type { WireBoard, WireCall } from "./wire.ts";

let services: TestServices;
let wanted: WantedTime;
let contacts: ContactId[];
let clerkId: string;
let supervisorId: string;
let person = 0;

interface Node {
  readonly app: FastifyInstance;
  readonly origin: string;
  close(): Promise<void>;
}
const open: Node[] = [];

/** A server with nothing but the screens, over the one database. */
async function aNode(deps: { heartbeatMs?: number; path?: string } = {}): Promise<Node> {
  const feed: OfficeFeed = await openOfficeFeed(services);
  const app = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
  const screens: Screens = serveHall(
    app,
    { services, assets: { css: "" } },
    { feed, readEveryMs: 1, ...(deps.heartbeatMs ? { heartbeatMs: deps.heartbeatMs } : {}) },
  );
  const origin = await app.listen(deps.path ? { path: deps.path } : { host: "127.0.0.1", port: 0 });
  const node = {
    app,
    origin,
    async close() {
      screens.close();
      await feed.close();
      await app.close();
    },
  };
  open.push(node);
  return node;
}

let node: Node;
beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 8, counters: 60 }));
  contacts = await someContacts(services, 40);
  goToVisit(services, wanted);
  [clerkId, supervisorId] = await Promise.all([aStaffId(services), aStaffId(services, "supervisor")]);
  for (const station of ["filter", "cashier"])
    await services.adminQuery("insert into visits.stations (office_id, station, counters) values ($1, $2, 3)", [
      FRESNO,
      station,
    ]);
  node = await aNode();
});
afterAll(async () => {
  for (const one of open.reverse()) await one.close();
  await services.close();
});

const clerk = () => staffContext(services, clerkId);
const supervisor = (officeId: OfficeId = FRESNO) => staffContext(services, supervisorId, "supervisor", officeId);
const valueOf = <T>(outcome: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T => {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};
const minutePasses = () => services.clock.set(new Date(services.clock.now().getTime() + MINUTE_MS));

async function anArrival(): Promise<Visit> {
  const bookingId = await aBooking(services, contacts.pop()!, wanted, [anApplicant(++person)]);
  return valueOf(await checkIn(clerk(), { bookingId }));
}

async function aCall(station: "filter" | "cashier" = "filter"): Promise<Visit> {
  minutePasses();
  return valueOf(await callNext(clerk(), { station, counter: 2 }));
}

const enrol = (code: string, to = node) =>
  to.app.inject({
    method: "POST",
    url: "/sala",
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "text/html" },
    payload: `codigo=${encodeURIComponent(code)}`,
  });

/** The cookie of a browser that was enrolled. */
async function aScreen(officeId: OfficeId = FRESNO): Promise<string> {
  const { code } = valueOf(await offerDevice(supervisor(officeId), { kind: "screen" }));
  const answer = await enrol(code);
  expect(answer.statusCode).toBe(303);
  return String(answer.headers["set-cookie"]).split(";")[0]!;
}

interface Told {
  readonly id: string;
  readonly board: WireBoard;
}

/** A screen's line; `next` is the board after those that were asked for before. */
async function listen(cookie: string, lastId?: string, on = node) {
  const giveUp = new AbortController();
  const response = await fetch(`${on.origin}/sala/eventos`, {
    headers: { cookie, ...(lastId === undefined ? {} : { "last-event-id": lastId }) },
    signal: giveUp.signal,
  });
  const told: Told[] = [];
  let text = "";
  let ended = false;
  const looks = new Set<() => void>();
  if (response.status === 200)
    void (async () => {
      for await (const chunk of response.body!) {
        text += new TextDecoder().decode(chunk);
        told.length = 0;
        for (const [, id, data] of text.matchAll(/^id: (\d+)\nevent: board\ndata: (.*)\n\n/gm))
          told.push({ id: id!, board: JSON.parse(data!) as WireBoard });
        for (const look of looks) look();
      }
    })()
      .catch(() => undefined)
      .finally(() => {
        ended = true;
        for (const look of looks) look();
      });
  const when = <T>(find: () => T | undefined | false): Promise<T> =>
    new Promise((resolve) => {
      const look = () => {
        const found = find();
        if (found === undefined || found === false) return;
        looks.delete(look);
        resolve(found);
      };
      looks.add(look);
      look();
    });
  return {
    status: response.status,
    retryAfter: response.headers.get("retry-after"),
    told: () => told,
    text: () => text,
    first: () => when(() => told[0]),
    /** The first board whose newest call is that one. */
    calling: (turnNo: number | null) => when(() => told.find(({ board }) => board.calls[0]?.number === turnNo)),
    heard: (part: string) => when(() => text.includes(part)),
    end: () => when(() => ended),
    stop: () => giveUp.abort(),
  };
}
const numbers = (calls: readonly WireCall[]) => calls.map((one) => one.number);

test("a browser becomes a screen with a code of whoever runs the office: once, within ten minutes, for one kind", async () => {
  expect((await node.app.inject({ url: "/sala", headers: { accept: "text/html" } })).statusCode).toBe(403);
  expect((await node.app.inject("/sala/eventos")).statusCode).toBe(403);
  expect(await offerDevice(clerk(), { kind: "screen" })).toMatchObject({ refusal: { code: "not_allowed" } });
  const { code } = valueOf(await offerDevice(supervisor(), { kind: "screen" }));
  const sent = await Promise.all([enrol(code.toLowerCase()), enrol(code)]);
  expect(sent.map((one) => one.statusCode).sort()).toEqual([303, 422]);
  const cookie = String(sent.find((one) => one.statusCode === 303)!.headers["set-cookie"]);
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
  const page = await node.app.inject({ url: "/sala", headers: { cookie: cookie.split(";")[0]! } });
  expect([page.statusCode, page.body.includes("Fresno")]).toEqual([200, true]);

  const kiosk = valueOf(await offerDevice(supervisor(), { kind: "kiosk" }));
  expect((await enrol(kiosk.code)).statusCode).toBe(422);
  const late = valueOf(await offerDevice(supervisor(), { kind: "screen" }));
  services.clock.set(new Date(services.clock.now().getTime() + DEVICE_CODE_MINUTES * MINUTE_MS));
  expect((await enrol(late.code)).statusCode).toBe(422);
  expect((await enrol("ABCD")).statusCode).toBe(422);
});

test("each screen of a hall is told each call, in order, and a screen elsewhere nothing of it", async () => {
  for (let i = 0; i < 12; i++) await anArrival();
  const screens = await Promise.all([listen(await aScreen()), listen(await aScreen())]);
  const elsewhere = await listen(await aScreen("dallas" as OfficeId));
  await Promise.all([...screens, elsewhere].map((one) => one.first()));
  const calls = [await aCall(), await aCall(), await aCall()];
  for (const screen of screens) {
    await screen.calling(calls[2]!.turnNo);
    expect(screen.told().flatMap(({ board }) => numbers(board.news))).toEqual(calls.map((one) => one.turnNo));
  }
  const { board } = screens[0].told().at(-1)!;
  expect(board.stations.map(({ station, waiting }) => [station, waiting])).toEqual([
    ["filter", 9],
    ["cashier", 0],
  ]);
  expect(board.lines).toEqual({ withHour: 9, without: 0 });
  expect(elsewhere.told()).toHaveLength(1);
  for (const one of [...screens, elsewhere]) one.stop();
});

test("a screen that was away is told every call since, also one that is over, by the node that it comes back to", async () => {
  const cookie = await aScreen();
  const before = await listen(cookie);
  const { id } = await before.first();
  before.stop();

  const visit = await aCall();
  const serving = valueOf(await startService(clerk(), { visitId: visit.id, version: visit.version }));
  valueOf(await passOn(clerk(), { visitId: visit.id, version: serving.version }));
  const again = await aCall("cashier");
  const last = valueOf(await startService(clerk(), { visitId: visit.id, version: again.version }));
  const outcomes = await allOf(services, visit.bookingId);
  valueOf(await recordOutcomes(clerk(), { visitId: visit.id, version: last.version, outcomes }));
  const other = await aCall();

  // The node that it left, and one that has just begun.
  for (const on of [node, await aNode()]) {
    const back = await listen(cookie, id, on);
    const { board } = await back.first();
    const since = board.news.filter(({ at }) => at > Number(id));
    expect(since.map(({ number, station }) => [number, station])).toEqual([
      [visit.turnNo, "filter"],
      [visit.turnNo, "cashier"],
      [other.turnNo, "filter"],
    ]);
    expect(numbers(board.calls)).not.toContain(visit.turnNo);
    back.stop();
    // Without its position nobody knows what it missed: this is what the position is for.
    const lost = await listen(cookie, undefined, on);
    const first = (await lost.first()).board;
    expect([...numbers(first.news), ...numbers(first.calls)]).not.toContain(visit.turnNo);
    lost.stop();
  }
});

test("a line that nobody reads is cut, and the others are told on", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ventanilla-hall-"));
  const path = join(folder, "node");
  await aNode({ path });
  const cookie = await aScreen();
  const stuck = connect({ path });
  let isCut = false;
  stuck.on("close", () => (isCut = true)).on("error", () => undefined);
  stuck.write(`GET /sala/eventos HTTP/1.1\r\nhost: hall\r\ncookie: ${cookie}\r\n\r\n`);
  stuck.pause();
  const reads = connect({ path });
  let heard = 0;
  reads.on("data", (chunk: Buffer) => (heard += chunk.toString().split("event: board").length - 1));
  reads.write(`GET /sala/eventos HTTP/1.1\r\nhost: hall\r\ncookie: ${cookie}\r\n\r\n`);

  const connections = () =>
    new Promise<number>((resolve, reject) =>
      open.at(-1)!.app.server.getConnections((fault, count) => (fault ? reject(fault) : resolve(count))),
    );
  await expect.poll(() => heard).toBe(1);
  expect(await connections()).toBe(2);
  // Long boards, each another one: half of all services stand still, and people come and go.
  await services.adminQuery(
    `insert into visits.suspensions (office_id, id, local_date, service, reason, news_at, started_at)
     select $1, gen_random_uuid(), $2, slug, 'power', $3::timestamptz + interval '1 hour', $3 from (select slug from offices.services order by slug limit 30) half`,
    [FRESNO, wanted.localDate, services.clock.now()],
  );
  for (let round = 0; round < 10 && (await connections()) === 2; round++)
    await services.adminQuery(
      `do $$ begin
       for i in 1..200 loop
         update visits.visits set people = 2 + i % 7 where state = 'waiting' and office_id = '${FRESNO}';
         perform pg_notify('visits', '${FRESNO}');
         commit;
         perform pg_sleep(0.01);
       end loop;
     end $$`,
    );
  expect(await connections()).toBe(1);
  await services.adminQuery("delete from visits.suspensions");
  const call = heard;
  await aCall();
  await expect.poll(() => heard).toBeGreaterThan(call);
  stuck.resume();
  await expect.poll(() => isCut).toBe(true);
  reads.destroy();
  rmSync(folder, { recursive: true });
});

test("a screen that is revoked is told at once, comes no more, and only its own office does that", async () => {
  const known = new Set(valueOf(await listDevices(supervisor())).map(({ id }) => id));
  const cookie = await aScreen();
  const line = await listen(cookie);
  await line.first();
  const deviceId = valueOf(await listDevices(supervisor())).find(({ id }) => !known.has(id))!.id;
  expect(await revokeDevice(supervisor("dallas" as OfficeId), { deviceId })).toMatchObject({
    refusal: { code: "unknown_device" },
  });
  expect(await revokeDevice(clerk(), { deviceId })).toMatchObject({ refusal: { code: "not_allowed" } });
  valueOf(await revokeDevice(supervisor(), { deviceId }));
  await line.heard("event: revoked");
  await line.end();
  expect((await listen(cookie)).status).toBe(403);
  expect(await revokeDevice(supervisor(), { deviceId })).toMatchObject({ refusal: { code: "unknown_device" } });
});

test("an office has so many screens and no more, a quiet line is kept open, and all end when the server closes", async () => {
  const own = await aNode({ heartbeatMs: 50 });
  const cookie = await aScreen();
  const lines = await Promise.all(Array.from({ length: 50 }, () => listen(cookie, undefined, own)));
  expect(lines.every((one) => one.status === 200)).toBe(true);
  const refused = await listen(cookie, undefined, own);
  expect([refused.status, refused.retryAfter]).toEqual([503, "5"]);
  await lines[0]!.heard(": \n\n");
  await own.close();
  open.splice(open.indexOf(own), 1);
  await Promise.all(lines.map((one) => one.end()));
});
