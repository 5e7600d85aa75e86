import { createHash, createHmac } from "node:crypto";
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createHttpServer } from "#platform/http/index.ts";
import { silentLog } from "#platform/log.ts";
import {
  advance,
  auditTurns,
  closeTick,
  issueTicket,
  judgeTurn,
  nextStatus,
  parseStatus,
  rankOf,
  ranksOf,
  roundPublishedAt,
  seedOf,
  seedRound,
  signedStatus,
  standingOf,
  STATUS_MAX_AGE_S,
  statusText,
  thresholdAt,
  ticketLeaf,
  type ClosedTick,
  type DrawnSeed,
  type HashText,
  type Rank,
  type RankId,
  type Room,
  type RoomId,
  type Status,
  type Ticket,
} from "#modules/room/index.ts";
import { startCachingProxy } from "#tests/support/caching-proxy.ts";
import type { ContactId, OfficeId } from "#kernel/ids.ts";
import { median, print, quantile } from "./support/figures.ts";
import { load } from "./support/load.ts";
import { openPages } from "./support/pages.ts";

const BENCH = "room";
const TICKETS = 1_000_000;
const ATTACKS = 10_000;
const CLIENTS = 100_000;
/** Of the room's own time, from a minute before the opening. */
const POLLED_S = 600;
const PLACES = 5_000;
const PATH = "/sala/estado.json";
const SIGNATURE = "A".repeat(86);

const opensAt = Date.parse("2026-12-07T16:00:00Z");
const room: Room = {
  id: "los-angeles-2026-12-07" as RoomId,
  officeId: "los-angeles" as OfficeId,
  serviceGroup: "documentacion",
  opensAt,
  closesAt: opensAt + 4 * 3_600_000,
  source: "quicknet",
};
const drawn = drawnSeed(0);
const drawnAt = roundPublishedAt(drawn.round);

/** What a round would have given that tick. */
function drawnSeed(tick: number): DrawnSeed {
  const round = seedRound(room, tick);
  return { tick, round, seed: seedOf(room, tick, createHash("sha256").update(`round ${round}`).digest()) };
}

/** What the keyring does for a ticket, without its database. */
const mac = (text: string): Buffer => createHmac("sha256", "a key of the bench").update(text).digest();
const keyring = {
  digest: async (name: string, values: readonly string[]) =>
    values.map((value) => [{ version: 1, digest: mac(`${name} ${value}`) }]),
  sign: async (name: string, text: string) => mac(`${name} ${text}`).subarray(0, 18).toString("base64url"),
  verify: async () => true,
};
const contactOf = (number: number): ContactId =>
  `${number.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000` as ContactId;

async function join(person: string, contact: number, at = opensAt - 1): Promise<Ticket> {
  const outcome = await issueTicket(keyring, {
    room,
    contactId: contactOf(contact),
    persons: [person],
    arrival: { at },
  });
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value.ticket;
}

function alone(figure: string, value: number, unit: string, aim: string | null = null): void {
  print({ bench: BENCH, figure, value, unit, reference: null, aim });
}

async function timed<T>(work: () => T | Promise<T>): Promise<{ value: T; seconds: number }> {
  const began = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - began) / 1000 };
}

async function million(): Promise<void> {
  const bare = await timed(() => {
    for (let i = 0; i < TICKETS; i++) for (const part of ["person", "ticket", "signed"]) mac(`${part} ${i}`);
  });
  const joined = await timed(async () => {
    const tickets: Ticket[] = [];
    const leaves: HashText[] = [];
    for (let i = 0; i < TICKETS; i++) {
      const ticket = await join(`person ${i}`, i);
      tickets.push(ticket);
      leaves.push(ticketLeaf(ticket));
    }
    return { tickets, leaves };
  });
  print({
    bench: BENCH,
    figure: "tickets issued and logged, against their three bare HMACs",
    value: TICKETS / joined.seconds,
    unit: "tickets/s",
    reference: TICKETS / bare.seconds,
    aim: null,
  });
  const { tickets, leaves } = joined.value;
  const closed = await timed(() => closeTick(undefined, { tickets: leaves, rings: [] }));
  alone("root of a million tickets", closed.seconds, "s", "<= 30, the time until their round");
  const ranked = await timed(() =>
    ranksOf(
      drawn.seed,
      0,
      tickets.map((one) => one.persons[0]!),
    ),
  );
  alone("a million ranks", ranked.seconds, "s");
  const bins = new Float64Array(256);
  for (const rank of ranked.value) bins[Number.parseInt(rank.slice(8, 10), 16)]! += 1;
  const expected = TICKETS / bins.length;
  print({
    bench: BENCH,
    figure: "uniformity of ranks, chi square of 256 bins",
    value: bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0),
    unit: "",
    reference: 330.5,
    aim: "below the reference, which chance passes once in a thousand",
  });
  const half = thresholdAt([TICKETS], TICKETS / 2);
  print({
    bench: BENCH,
    figure: "let in by the threshold for half of them",
    value: ranked.value.filter((rank) => rank <= half).length,
    unit: "tickets",
    reference: TICKETS / 2,
    aim: "1 within 0.0025, five standard deviations",
  });
  // An hour on, with a few who come in each tick: everything that can be in a document is in this one.
  const all = [closed.value];
  while (all.length <= 360)
    all.push(closeTick(all.at(-1), { tickets: leaves.slice(0, 9), rings: leaves.slice(9, 10) }));
  const document = documentAt(undefined, opensAt + 3_700_000, all, half);
  alone("status document", Buffer.byteLength(served(document)), "bytes", "<= 1024");
  await attacks(tickets[0]!, all, leaves, document);
}

/** One person with ten thousand mailboxes, and an insider with the signing key who knows the seed. */
async function attacks(
  own: Ticket,
  closed: readonly ClosedTick[],
  leaves: readonly HashText[],
  document: Status,
): Promise<void> {
  const rank = rankOf(drawn.seed, own);
  let better = 0;
  for (let i = 1; i <= ATTACKS; i++) if (rankOf(drawn.seed, await join("person 0", TICKETS + i)) < rank) better += 1;
  alone("better ranks by joining again with 10,000 new contacts", better, "ranks", "0 required");

  const minted: Ticket[] = [];
  for (let i = 0; i < ATTACKS; i++) minted.push(await join(`minted ${i}`, 2 * TICKETS + i));
  const log = new Set(leaves);
  const at = document.at + 1000;
  const wouldWrite = (logged: (ticket: Ticket) => boolean): number =>
    minted.filter((ticket) => {
      const party = ticket.persons.map((one): RankId[] => [one]);
      const { seed } = drawn;
      return judgeTurn({ room, now: at, ticket, logged: logged(ticket), seed, admitted: document.admitted, party }).ok;
    }).length;
  print({
    bench: BENCH,
    figure: "minted tickets that write, beside those that would without the log",
    value: wouldWrite((ticket) => log.has(ticketLeaf(ticket))),
    unit: "tickets",
    reference: wouldWrite(() => true),
    aim: "0 required",
  });
  const later = closed.slice(1).map(({ tick }) => ({ tick, leaves: leaves.slice(0, 10) }));
  const record = { closed, leaves: [{ tick: 0, leaves }, ...later], seeds: [drawn], documents: [document] };
  const named = await timed(() => auditTurns({ ...record, turns: minted.map((ticket) => ({ ticket, at })) }));
  const absent = named.value.filter(({ fault }) => fault === "not_in_log").length;
  print({
    bench: BENCH,
    figure: "minted tickets named",
    value: absent,
    unit: "tickets",
    reference: ATTACKS,
    aim: "1 required",
  });
  alone("audit of a million tickets", named.seconds, "s");
}

function documentAt(
  before: Status | undefined,
  now: number,
  closed: readonly ClosedTick[],
  admitted: Rank | "",
): Status {
  const seeds = closed.map(({ tick }) => drawnSeed(tick)).filter(({ round }) => roundPublishedAt(round) <= now);
  return nextStatus(room, before, { now, closed: now >= opensAt ? closed : [], seeds, admitted, places: "some" });
}

const served = (document: Status): string => signedStatus(statusText(document), SIGNATURE);

/** 100,000 pages that look when their table says, all of ten minutes, in the room's own time. */
async function polling(): Promise<void> {
  const ids = Array.from({ length: CLIENTS }, (_, i) => mac(`client ${i}`).toString("hex").slice(0, 32) as RankId);
  const ranks = ranksOf(drawn.seed, 0, ids);
  const closed = closeTick(undefined, { tickets: ids.map((id) => (id + id) as ClosedTick["root"]), rings: [] });
  const app = await startApp();
  let now = opensAt - 60_000;
  const proxy = await startCachingProxy(app, () => now);
  const pages = await openPages(proxy.port, PATH);

  let document: Status | undefined;
  let progress = { admitted: 0, rest: 0 };
  const next = Float64Array.from(ids, (_, i) => now + 90_000 * chance(i, 0));
  const admittedAt = new Float64Array(CLIENTS);
  const lateness: number[] = [];
  let busiest = 0;
  const began = performance.now();
  for (let second = 0; second < POLLED_S; second++, now += 1000) {
    if (second % STATUS_MAX_AGE_S === 0) {
      const remaining = PLACES - Math.floor(progress.admitted / 2);
      const facts = { remaining, conversion: 0.5, windowMs: 1_800_000, choosing: 0 };
      if (now >= drawnAt) progress = advance(progress, facts, STATUS_MAX_AGE_S * 1000, CLIENTS);
      document = documentAt(document, now, [closed], thresholdAt(now >= drawnAt ? [CLIENTS] : [], progress.admitted));
      await app.publish(served(document));
      for (let i = 0; i < CLIENTS; i++) if (admittedAt[i] === 0 && ranks[i]! <= document.admitted) admittedAt[i] = now;
    }
    const due: number[] = [];
    for (let i = 0; i < CLIENTS; i++) if (next[i]! <= now) due.push(i);
    if (due.length === 0) continue;
    busiest = Math.max(busiest, due.length);
    const seen = parseStatus(await pages.ask(due.length));
    for (const i of due) {
      const rank = seen.seeds.length > 0 ? ranks[i] : undefined;
      const standing = standingOf(room, seen, { tick: 0, loggedIn: 0, rank }, now, chance(i, second));
      if (standing.state === "admitted") lateness.push((now - admittedAt[i]!) / 1000);
      next[i] = "pollSeconds" in standing ? now + standing.pollSeconds * 1000 : Infinity;
    }
  }
  const seconds = (performance.now() - began) / 1000;
  const { asked, forwarded, bytes } = proxy.counts();
  alone("polls of 100,000 pages in ten minutes, at the cache", asked, "requests");
  alone("busiest second of them, just after the drawing", busiest, "requests");
  alone("sent by the cache", bytes / 1e6, "MB");
  alone("requests that reach the application", forwarded / (POLLED_S / STATUS_MAX_AGE_S), "per max-age", "<= 2");
  alone("let in, and seen by their pages", lateness.length, "tickets");
  alone("until a page sees that it is let in, p99", quantile(lateness, 0.99), "s");
  alone("ten minutes took", seconds, "s");
  pages.close();
  await proxy.close();

  const rounds: number[] = [];
  const request = Buffer.from(`GET ${PATH} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`);
  for (let i = 0; i < 3; i++) {
    const result = await load({ port: app.port, connections: 32, warmUpSeconds: 1, seconds: 4, next: () => request });
    if (result.statuses.size !== 1 || !result.statuses.has(200)) throw new Error("an answer was not 200");
    rounds.push(result.statuses.get(200)! / 4);
  }
  print({
    bench: BENCH,
    figure: "polls of the application without the cache, beside what 100,000 pages ask on average",
    value: median(rounds),
    unit: "answers/s",
    reference: asked / POLLED_S,
    aim: null,
  });
  app.process.kill();
}

/** A number from 0 to 1 that is a page's own, the same in each run. */
function chance(page: number, second: number): number {
  const mixed = Math.imul((page + 1) ^ Math.imul(second + 1, 0x9e3779b1), 0x85ebca6b);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

interface App {
  readonly port: number;
  readonly process: ChildProcess;
  publish(document: string): Promise<void>;
}

/** The application's HTTP server in a process of its own, with the document under a route as pages would poll it. */
function startApp(): Promise<App> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ["app"]);
    child.once("message", (port) =>
      resolve({
        port: port as number,
        process: child,
        publish: (document) =>
          new Promise((published) => {
            child.once("message", () => published());
            child.send(document);
          }),
      }),
    );
    child.on("exit", (code) => reject(new Error(`the application ended with ${code}`)));
    process.once("exit", () => child.kill("SIGKILL"));
  });
}

if (process.argv[2] === "app") {
  let document = "";
  process.on("message", (text: string) => {
    document = text;
    process.send!("published");
  });
  const app = createHttpServer({ log: silentLog, publicOrigin: "http://127.0.0.1" });
  app.get(PATH, (_, reply) =>
    reply.header("cache-control", `public, max-age=${STATUS_MAX_AGE_S}`).type("application/json").send(document),
  );
  await app.listen({ host: "127.0.0.1", port: 0 });
  process.send!((app.server.address() as { port: number }).port);
} else {
  await million();
  await polling();
}
