import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { fillHorizon } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { load, type LoadResult } from "./support/load.ts";
import { median, print, quantile } from "./support/figures.ts";
import { BARE_SQL, nodeDriver, pgbench, REFERENCE_SQL } from "./support/reference.ts";
import { makeSessions, openWorld, servicesOf, startServer, type RunningServer, type World } from "./support/world.ts";

const BENCH = "booking";
/** 1 for figures that count; less for a first look. */
const SCALE = Number(process.env["BENCH_SCALE"] ?? 1);
const ROUNDS = SCALE < 1 ? 1 : 3;
/** In turn, so that a busy moment of the machine meets both. */
const LIMITS_ROUNDS = 3;
const WARM_UP_SECONDS = 5 * SCALE;
const SECONDS = Math.max(1, Math.round(15 * SCALE));
const CROWDED_OFFICES = ["los-angeles", "chicago", "houston", "dallas", "new-york"];
/** Enough for warm-up and measurement at twice the fastest rate ever measured here. */
const SESSIONS = 120_000;

interface Start {
  readonly office_id: string;
  readonly local_date: string;
  readonly starts_at: Date;
}

async function bench(world: World): Promise<void> {
  await openHorizon(world);
  const starts = await makeStock(world, CROWDED_OFFICES);
  const tokens = await makeSessions(world, SESSIONS);
  const server = await startServer(world);
  const requests = (own: readonly Start[]) => requestSource(tokens, own);
  const restMb = server.memoryMb();

  const lone = await round(world, () =>
    load({ port: server.port, connections: 1, warmUpSeconds: 2, seconds: 8 * SCALE, next: requests(starts) }),
  );
  print({
    bench: BENCH,
    figure: "lone p50",
    value: quantile(lone.latencies, 0.5),
    unit: "ms",
    reference: null,
    aim: null,
  });
  print({
    bench: BENCH,
    figure: "lone p99",
    value: quantile(lone.latencies, 0.99),
    unit: "ms",
    reference: null,
    aim: null,
  });

  let best = { clients: 32, tps: 0 };
  for (const clients of [8, 16, 32, 64]) {
    await reset(world);
    const tps = await pgbench({
      url: world.urlOf("citizen_writer"),
      sql: REFERENCE_SQL,
      clients,
      seconds: Math.max(1, Math.round(6 * SCALE)),
      starts: starts.length,
    });
    if (tps !== null && tps > best.tps) best = { clients, tps };
  }

  const subject = new Map<number, number[]>([
    [32, []],
    [256, []],
  ]);
  const latencies = new Map<number, LoadResult>();
  const [byPgbench, byNode, bare]: [number[], number[], number[]] = [[], [], []];
  let loadedMb = 0;
  for (let i = 0; i < ROUNDS; i++) {
    for (const connections of [32, 256]) {
      const result = await round(world, () =>
        load({
          port: server.port,
          connections,
          warmUpSeconds: WARM_UP_SECONDS,
          seconds: SECONDS,
          next: requests(starts),
        }),
      );
      subject.get(connections)!.push((result.statuses.get(201) ?? 0) / SECONDS);
      latencies.set(connections, result);
      loadedMb = Math.max(loadedMb, server.memoryMb());
    }
    await reset(world);
    const reference = await pgbench({
      url: world.urlOf("citizen_writer"),
      sql: REFERENCE_SQL,
      clients: best.clients,
      seconds: SECONDS,
      starts: starts.length,
    });
    if (reference !== null) byPgbench.push(reference);
    await reset(world);
    byNode.push(await nodeReference(world, starts.length));
    await reset(world);
    const plain = await pgbench({
      url: world.urlOf("citizen_writer"),
      sql: BARE_SQL,
      clients: best.clients,
      seconds: 5,
      starts: starts.length,
    });
    if (plain !== null) bare.push(plain);
  }
  for (const [connections, values] of subject) {
    const value = median(values);
    print({
      bench: BENCH,
      figure: `booking_vs_pgbench at ${connections} connections`,
      value,
      unit: "bookings/s",
      reference: byPgbench.length ? median(byPgbench) : null,
      aim: ">= 1.0, never below 0.6",
    });
    print({
      bench: BENCH,
      figure: `booking_vs_node at ${connections} connections`,
      value,
      unit: "bookings/s",
      reference: median(byNode),
      aim: null,
    });
    print({
      bench: BENCH,
      figure: `p50 at ${connections} connections`,
      value: quantile(latencies.get(connections)!.latencies, 0.5),
      unit: "ms",
      reference: null,
      aim: null,
    });
    print({
      bench: BENCH,
      figure: `p99 at ${connections} connections`,
      value: quantile(latencies.get(connections)!.latencies, 0.99),
      unit: "ms",
      reference: null,
      aim: null,
    });
  }
  if (bare.length)
    print({
      bench: BENCH,
      figure: "bare statement by pgbench",
      value: median(bare),
      unit: "statements/s",
      reference: null,
      aim: null,
    });
  print({ bench: BENCH, figure: "memory at rest", value: restMb, unit: "MB", reference: null, aim: "<= 400" });
  print({ bench: BENCH, figure: "memory under load", value: loadedMb, unit: "MB", reference: null, aim: "<= 400" });

  await limitsCost(world, server, () => requests(starts));

  const oneOffice = starts.filter((start) => start.office_id === CROWDED_OFFICES[0]);
  const single = await round(world, () =>
    load({ port: server.port, connections: 32, warmUpSeconds: 2, seconds: 8 * SCALE, next: requests(oneOffice) }),
  );
  print({
    bench: BENCH,
    figure: "one office only, 32 connections",
    value: (single.statuses.get(201) ?? 0) / (8 * SCALE),
    unit: "bookings/s",
    reference: median(subject.get(32)!),
    aim: null,
  });

  await reset(world);
  await world.ask(
    "update schedules.places set pool = 'walk_in' where counter > 1 or starts_at > now() + interval '10 days'",
  );
  const few = starts.filter((start) => start.starts_at.getTime() < Date.now() + 10 * 86_400_000).slice(0, 400);
  const refusals = await load({
    port: server.port,
    connections: 32,
    warmUpSeconds: 2,
    seconds: 6 * SCALE,
    next: requests(few),
  });
  print({
    bench: BENCH,
    figure: "refusals, ten applicants a place",
    value: (refusals.statuses.get(409) ?? 0) / (6 * SCALE),
    unit: "refusals/s",
    reference: median(subject.get(32)!),
    aim: null,
  });
  await server.stop();
}

/** The same requests with every limit on and with all of them off, in turn, so that both meet the same machine. */
async function limitsCost(world: World, limited: RunningServer, next: () => () => Buffer | undefined): Promise<void> {
  const unlimited = await startServer(world, { LIMITS: "off" });
  const [on, off]: [number[], number[]] = [[], []];
  for (let i = 0; i < LIMITS_ROUNDS; i++)
    for (const [server, values] of i % 2
      ? ([
          [unlimited, off],
          [limited, on],
        ] as const)
      : ([
          [limited, on],
          [unlimited, off],
        ] as const)) {
      const result = await round(world, () =>
        load({ port: server.port, connections: 32, warmUpSeconds: WARM_UP_SECONDS, seconds: SECONDS, next: next() }),
      );
      values.push((result.statuses.get(201) ?? 0) / SECONDS);
    }
  await unlimited.stop();
  print({
    bench: BENCH,
    figure: "all limits on against all off",
    value: median(on),
    unit: "bookings/s",
    reference: median(off),
    aim: ">= 0.85",
  });
}

/** As it stands on any day: otherwise the server would make half a million places beside the first figures. */
async function openHorizon(world: World): Promise<void> {
  const services = servicesOf(world);
  await fillHorizon(systemContext(services, "bench"));
  await services.keyring.close();
  await services.database.close();
}

/** Sessions of their own for the bench: five crowded offices, and the others thinly. */
async function makeStock(world: World, crowded: readonly string[]): Promise<Start[]> {
  await world.ask(
    `insert into schedules.sessions (office_id, id, service_group, kind, local_date, starts_at, ends_at, counters, step_minutes)
     select o.id, gen_random_uuid(), 'documentacion', 'extraordinary', d::date, d::date + time '15:00' at time zone 'UTC', d::date + time '21:00' at time zone 'UTC', case when o.id = any($1) then 60 else 2 end, 15
     from offices.offices o, generate_series(current_date + 2, current_date + 41, interval '1 day') d`,
    [crowded],
  );
  await world.ask(
    `insert into schedules.places (office_id, session_id, starts_at, counter, band)
     select s.office_id, s.id, s.starts_at + step * interval '15 minutes', counter, 'midday' from schedules.sessions s, generate_series(0, 23) step, generate_series(1, s.counters) counter where s.kind = 'extraordinary'`,
  );
  // Four of five requests go to the crowded offices: their starts stand as often in the list.
  await world.ask("create schema bench");
  await world.ask(
    `create table bench.starts as select row_number() over (order by random())::int as n, t.* from (
       select s.office_id, s.id as session_id, s.local_date, p.starts_at from schedules.sessions s join schedules.places p on p.office_id = s.office_id and p.session_id = s.id and p.counter = 1
       cross join lateral generate_series(1, case when s.counters = 60 then 43 else 1 end) where s.kind = 'extraordinary') t`,
  );
  await world.ask("alter table bench.starts add primary key (n)");
  await world.ask("grant usage on schema bench to ventanilla_citizen_writer");
  await world.ask("grant select on bench.starts to ventanilla_citizen_writer");
  await world.ask("analyze");
  return world.ask<Start & { n: number }>(
    "select office_id, to_char(local_date, 'YYYY-MM-DD') as local_date, starts_at from bench.starts order by n",
  );
}

/** The next request: its own session, person and key. */
function requestSource(tokens: readonly string[], starts: readonly Start[]): () => Buffer | undefined {
  let next = 0;
  return () => {
    if (next >= tokens.length) throw new Error("more requests than sessions: raise SESSIONS");
    const token = tokens[next]!;
    const start = starts[Math.floor(Math.random() * starts.length)]!;
    const body = JSON.stringify({
      wanted: { officeId: start.office_id, localDate: start.local_date, startsAt: start.starts_at },
      applicants: [person(next)],
    });
    next += 1;
    return Buffer.from(
      `POST /api/v1/bookings HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\nidempotency-key: ${randomUUID()}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  };
}

const CONSONANTS = "BCDFGHJKLMNPQRSTVWXYZ";
const CURP_ALPHABET = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";

/** Days over which births are spread, as they are among those who come: whoever looks for twice filed persons compares within one day. */
const BIRTHS_FROM = Date.UTC(1950, 0, 1);
const BIRTH_DAYS = 49 * 365;

/** A fictional person of her own, with a CURP of her own that passes the check. */
function person(number: number): Record<string, unknown> {
  const letter = (place: number) => CONSONANTS[Math.floor(number / 21 ** place) % 21]!;
  const bornOn = new Date(BIRTHS_FROM + ((number * 7919) % BIRTH_DAYS) * 86_400_000).toISOString().slice(0, 10);
  const without = `XEXX${bornOn.slice(2).replaceAll("-", "")}MNE${letter(0)}${letter(1)}${letter(2)}${Math.floor(number / 9261) % 10}`;
  const head = `X${"AEIOU"[Math.floor(number / 92_610) % 5]}${without.slice(2)}`;
  const sum = [...head].reduce((total, character, i) => total + CURP_ALPHABET.indexOf(character) * (18 - i), 0);
  return {
    givenNames: "Ficticia",
    firstSurname: [...String(number)].map((digit) => CONSONANTS[Number(digit)]).join("o"),
    bornOn,
    bornIn: "NE",
    sex: "M",
    curp: `${head}${(10 - (sum % 10)) % 10}`,
    services: ["matricula-consular"],
  };
}

/** One measured round on empty tables, after which every count must agree. */
async function round(world: World, run: () => Promise<LoadResult>): Promise<LoadResult> {
  await reset(world);
  const result = await run();
  const [row] = await world.ask<Record<string, number>>(
    `select (select count(*) from booking.bookings)::int as bookings, (select count(*) from booking.appointments)::int as appointments, (select count(*) from schedules.places where state = 'booked')::int as places,
       (select count(*) from platform.outbox where name = 'booking.confirmed')::int as events, (select count(*) from audit.entries where action = 'booking.confirm')::int as audit, (select count(*) from platform.idempotency where outcome = 'accepted')::int as answers`,
  );
  const counts = new Set(Object.values(row!));
  const answered = result.statuses.get(201) ?? 0;
  if (counts.size !== 1 || Number([...counts][0]) < answered)
    throw new Error(`the counts do not agree: ${JSON.stringify({ ...row, answered })}`);
  return result;
}

async function reset(world: World): Promise<void> {
  await world.ask("set session_replication_role = replica");
  await world.ask(
    "truncate booking.proposals, booking.bookings, booking.appointments, booking.applicants, booking.claims, booking.contact_counters, platform.idempotency, platform.limits, platform.outbox, messaging.messages, audit.heads, audit.chain, audit.entries, integrity.due, integrity.filings, integrity.pairs, integrity.observations",
  );
  await world.ask("set session_replication_role = origin");
  await world.ask("update schedules.places set state = 'open', holder = null where state = 'booked'");
  await world.ask("vacuum schedules.places");
  await world.ask("checkpoint");
}

/** In a process of its own, as the load generator is. */
function nodeReference(world: World, starts: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(
      fileURLToPath(import.meta.url),
      ["node-driver", world.urlOf("citizen_writer"), "32", String(SECONDS), String(starts)],
      { stdio: ["ignore", "pipe", "inherit", "ipc"] },
    );
    let out = "";
    child.stdout!.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.on("exit", (code) => (code === 0 ? resolve(Number(out)) : reject(new Error("the Node reference failed"))));
  });
}

if (process.argv[2] === "node-driver") {
  const [url, clients, seconds, starts] = process.argv.slice(3) as [string, string, string, string];
  process.stdout.write(
    String(
      await nodeDriver({
        url,
        sql: REFERENCE_SQL,
        clients: Number(clients),
        seconds: Number(seconds),
        starts: Number(starts),
      }),
    ),
  );
} else {
  const world = await openWorld();
  try {
    await bench(world);
  } finally {
    await world.close();
  }
}
