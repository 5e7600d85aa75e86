import { fork, type ChildProcess } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import type { Page } from "playwright-core";
import { localDateAt } from "#kernel/time.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { print, quantile } from "./support/figures.ts";
import { secondsOf } from "./support/processor.ts";
import { openBroadcast, openClients, type Events, type Frame, type Seen } from "./support/screens.ts";
import { openWorld, startServer, type World } from "./support/world.ts";

/** Boards of all halls, live: one call a second in each office, a thousand screens, and some of them always away. */
const BENCH = "boards";
const BROWSERS = 3;
const RAW_SCREENS = 1_000 - BROWSERS;
const RECONNECTS_PER_SECOND = 50;
const SECONDS = 30;
/** Turns of each hall: called one after the other, and called again when all were. */
const TURNS = 60;
/** So many calls of a hall stand at the same time. */
const STANDING = 5;
const AIM_MS = 1_000;
/** Connections that make the calls. */
const WRITERS = 4;
/** Until the last screens have heard the last events. */
const SETTLE_MS = 3_000;

interface Hall {
  readonly office: string;
  readonly cookie: string;
  readonly visits: readonly string[];
}

/** One screen's token and the waiting turns of today for each office. */
async function openHalls(world: World): Promise<Hall[]> {
  await world.ask("set session_replication_role = replica");
  const offices = await world.ask<{ id: string; zone: string }>("select id, zone from offices.offices order by id");
  const halls: Hall[] = [];
  for (const { id: office, zone } of offices) {
    const token = randomBytes(32).toString("base64url");
    const visits = Array.from({ length: TURNS }, () => randomUUID());
    await world.ask(
      "insert into visits.devices (id, office_id, kind, code_until, token_digest, offered_by, enrolled_at) values (gen_random_uuid(), $1, 'screen', now(), $2, gen_random_uuid(), now())",
      [office, createHash("sha256").update(token).digest()],
    );
    await world.ask(
      `insert into visits.visits (office_id, id, booking_id, local_date, state, arrived_at, turn_no, station_since)
       select $1, id, gen_random_uuid(), $2, 'waiting', now(), n, now() from unnest($3::uuid[]) with ordinality t (id, n)`,
      [office, localDateAt(new Date(), zone), visits],
    );
    halls.push({ office, cookie: `screen=${token}`, visits });
  }
  await world.ask("set session_replication_role = origin");
  return halls;
}

/** One call a second in each hall, spread over the second; each is one transaction that ends with the notice of it. */
async function callAll(world: World, halls: readonly Hall[], seconds: number): Promise<Events> {
  const writers = new pg.Pool({ connectionString: world.url, max: WRITERS });
  const events: number[][] = halls.map(() => []);
  const began = Date.now();
  const pending: Promise<unknown>[] = [];
  for (let call = 0; call < seconds * halls.length; call++) {
    const late = began + (call * 1_000) / halls.length - Date.now();
    if (late > 1) await wait(late);
    const office = call % halls.length;
    const { visits, office: officeId } = halls[office]!;
    const round = Math.floor(call / halls.length);
    // The hour of the call is the instant before it is sent: what is measured holds the commit too.
    const at = Math.max(Date.now(), (events[office]!.at(-1) ?? 0) + 1);
    events[office]!.push(at);
    pending.push(
      writers.query({
        name: "call",
        text: `with over as (update visits.visits set state = 'done' where office_id = $1 and id = $5),
                 next as (update visits.visits set state = 'called', counter = $4, called_at = $3, version = version + 1 where office_id = $1 and id = $2)
               select pg_notify('visits', $1)`,
        values: [
          officeId,
          visits[round % TURNS],
          new Date(at),
          1 + (round % STANDING),
          visits[(round + TURNS - STANDING) % TURNS],
        ],
      }),
    );
  }
  await Promise.all(pending);
  await writers.end();
  return events;
}

/** A page on the wall: it notes when each call stood in the document. */
async function openWall(port: number, cookie: string): Promise<{ page: Page; seen(): Promise<number[]> }> {
  const browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const [name, value] = cookie.split("=") as [string, string];
  await context.addCookies([{ name, value, domain: "127.0.0.1", path: "/" }]);
  const page = await context.newPage();
  await page.addInitScript(() => {
    const noted = new Set<string>();
    const found: number[] = [];
    Object.assign(globalThis, { found });
    new MutationObserver(() => {
      const call = document.querySelector<HTMLElement>(".now .code")?.dataset["call"];
      if (call === undefined || noted.has(call)) return;
      noted.add(call);
      found.push(Date.now() - Number(call.split(" ")[0]));
    }).observe(document, { childList: true, subtree: true, attributes: true });
  });
  await page.goto(`http://127.0.0.1:${port}/sala`);
  await page.waitForSelector(".queues li");
  return {
    page,
    seen: () => page.evaluate(() => (globalThis as unknown as { found: number[] }).found),
  };
}

/** A process of this file in another role; it answers each message with one. */
function role(name: string): { process: ChildProcess; ask<Answer>(message: unknown): Promise<Answer> } {
  const child = fork(fileURLToPath(import.meta.url), [name], { serialization: "advanced" });
  process.once("exit", () => child.kill("SIGKILL"));
  return {
    process: child,
    ask: <Answer>(message: unknown) =>
      new Promise<Answer>((resolve, reject) => {
        child.once("message", (answer) => resolve(answer as Answer));
        child.once("exit", (code) => reject(new Error(`${name} ended with ${code}`)));
        child.send(message as object);
      }),
  };
}

async function bench(world: World): Promise<void> {
  const halls = await openHalls(world);
  const server = await startServer(world);
  const clients = role("clients");
  await clients.ask({ open: { port: server.port, cookies: halls.map(({ cookie }) => cookie), count: RAW_SCREENS } });
  const walls = await Promise.all(halls.slice(0, BROWSERS).map(({ cookie }) => openWall(server.port, cookie)));

  const before = secondsOf(server.process.pid!);
  await clients.ask({ begin: RECONNECTS_PER_SECOND });
  const events = await callAll(world, halls, SECONDS);
  const after = secondsOf(server.process.pid!);
  await wait(SETTLE_MS);
  const { seen, frames } = await clients.ask<{ seen: Seen; frames: Frame[] }>({ end: events });
  const inPages = (await Promise.all(walls.map((one) => one.seen()))).flat();
  await Promise.all(walls.map(({ page }) => page.context().browser()!.close()));
  const memory = server.memoryMb();
  await server.stop();
  if (seen.missed > 0) throw new Error(`${seen.missed} of ${seen.wanted} events were missed`);

  // The same bytes at the same hours to as many screens, of which as many come and go.
  const plain = role("broadcast");
  const port = await plain.ask<number>({ offices: halls.length });
  const others = role("clients");
  await others.ask({ open: { port, cookies: halls.map((_, i) => String(i)), count: RAW_SCREENS, silent: frames } });
  await others.ask({ begin: RECONNECTS_PER_SECOND });
  const idle = secondsOf(plain.process.pid!);
  await plain.ask({ frames });
  const broadcast = secondsOf(plain.process.pid!) - idle;
  const told = (await others.ask<{ seen: Seen }>({ end: halls.map(() => []) })).seen.latencies;
  others.process.kill();
  plain.process.kill();

  const alone = (figure: string, value: number, unit: string, aim: string | null = null): void =>
    print({ bench: BENCH, figure, value, unit, reference: null, aim });
  alone("events that a screen wanted, summed over the raw screens", seen.wanted, "events");
  alone("of them missed", seen.missed, "events", "0 required");
  alone("lines broken and taken up again with Last-Event-ID", seen.reconnects, "lines");
  alone("of them told to come again", seen.refused, "answers");
  for (const [name, share] of [
    ["p50", 0.5],
    ["p99", 0.99],
  ] as const) {
    const aim = share === 0.99 ? `value <= ${AIM_MS} ms` : null;
    const against = { bench: BENCH, unit: "ms", reference: quantile(told, share), aim };
    print({
      ...against,
      figure: `from before the commit to a raw screen, beside the plain broadcast from its writing, ${name}`,
      value: quantile(seen.latencies, share),
    });
    print({
      ...against,
      figure: `from before the commit to the document of a browser, beside the same, ${name}`,
      value: quantile(inPages, share),
    });
  }
  alone("from opening a line again to having all that was missed, p99", quantile(seen.caughtUp, 0.99), "ms");
  alone("calls seen in the documents of three browsers", inPages.length, "calls");
  print({
    bench: BENCH,
    figure: "processor of the server, beside a plain broadcast of the same bytes",
    value: (after - before) / SECONDS,
    unit: "cores",
    reference: broadcast / SECONDS,
    aim: "the rest is reading the boards and reconnecting",
  });
  alone("memory of the server with all screens", memory, "MB");
}

/** Screens of another process, so that reading does not stand in the way of what is measured. */
function playClients(): void {
  let clients: ReturnType<typeof openClients> | undefined;
  let stop: (() => void) | undefined;
  process.on(
    "message",
    (message: {
      open?: { port: number; cookies: string[]; count: number; silent?: unknown };
      begin?: number;
      end?: Events;
    }) => {
      void (async () => {
        if (message.open) {
          const { port, cookies, count, silent } = message.open;
          clients = openClients(port, cookies, count);
          // A broadcast says nothing before its first frame: there it is enough that all have connected.
          if (silent) await wait(14 * count + 1_000);
          else while (clients.listening() < count) await wait(100);
          process.send!("open");
        }
        if (message.begin) {
          stop = clients!.begin(message.begin);
          process.send!("begun");
        }
        if (message.end) {
          stop!();
          await wait(SETTLE_MS);
          process.send!({ seen: clients!.seen(message.end), frames: clients!.frames() });
          clients!.close();
        }
      })();
    },
  );
}

function playBroadcast(): void {
  let broadcast: Awaited<ReturnType<typeof openBroadcast>> | undefined;
  process.on("message", (message: { offices?: number; frames?: Frame[] }) => {
    void (async () => {
      if (message.offices) process.send!((broadcast = await openBroadcast(message.offices)).port);
      if (message.frames) {
        await broadcast!.replay(message.frames);
        process.send!("sent");
      }
    })();
  });
}

if (process.argv[2] === "clients") playClients();
else if (process.argv[2] === "broadcast") playBroadcast();
else {
  const world = await openWorld();
  try {
    await bench(world);
  } finally {
    await world.close();
  }
}
