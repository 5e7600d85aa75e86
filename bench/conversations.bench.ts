import { fork, type ChildProcess } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { callSignature } from "#channels/voice/signature.ts";
import { print, quantile } from "./support/figures.ts";
import { openWorld, startServer, type World } from "./support/world.ts";

const BENCH = "conversations";
/** 1 for figures that count; less for a first look. */
const SCALE = Number(process.env["BENCH_SCALE"] ?? 1);
const ROUNDS = SCALE < 1 ? 1 : 3;
const SECONDS = Math.max(2, Math.round(12 * SCALE));
const WARM_UP_SECONDS = 5 * SCALE;
/** Callers on the line at once: each says the next thing as soon as she has heard the last. */
const CALLERS = 32;
const SECRET = "a secret of the bench's own";
const ORIGIN = "http://127.0.0.1";
const WEBHOOK = "/ganchos/voz";
/** What a caller says in one call, after the language: what to bring, for which paper, and the menu again. */
const SAID: readonly Readonly<Record<string, string>>[] = [
  { Digits: "1" },
  { SpeechResult: "requisitos" },
  { SpeechResult: "pasaporte" },
  { SpeechResult: "menú" },
];
/** Ten times the real day of 35,000 calls in ten minutes. */
const EVENTS_A_SECOND = 350_000 / 600;

/** Bytes of what one step keeps sealed: what was said, where the conversation stands, what was answered. Measured on this code. */
const SIZES = { said: 260, state: 420, reply: 900 } as const;

interface Steps {
  readonly perSecond: number;
  readonly latencies: Float64Array;
}

/** `caller` makes a caller who says one thing after the other; each of its turns resolves when it was answered. */
async function measure(caller: () => () => Promise<void>): Promise<Steps> {
  const from = performance.now() + WARM_UP_SECONDS * 1000;
  const until = from + SECONDS * 1000;
  const latencies: number[] = [];
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      const turn = caller();
      for (;;) {
        const began = performance.now();
        if (began > until) return;
        await turn();
        const ended = performance.now();
        if (began >= from && ended <= until) latencies.push(ended - began);
      }
    }),
  );
  return { perSecond: latencies.length / SECONDS, latencies: Float64Array.from(latencies) };
}

async function post(url: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body,
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`a turn was answered ${answer.status}: ${text}`);
  return text;
}

let callers = 0;
/** Calls of one person after another, each turn signed as the provider signs it. */
function callerAt(port: number): () => Promise<void> {
  let at = 0;
  let own = { CallSid: "", From: "" };
  let address = "";
  return async () => {
    if (at === 0) {
      own = { CallSid: `CA${randomUUID()}`, From: `+1559${String(5_550_000 + (callers += 1))}` };
      address = `${ORIGIN}${WEBHOOK}?turno=1&l=es&t=${Math.floor(Date.now() / 1000)}`;
    }
    const params = { ...own, ...SAID[at]! };
    const heard = await post(
      address.replace(ORIGIN, `http://127.0.0.1:${port}`),
      new URLSearchParams(params).toString(),
      {
        "x-twilio-signature": callSignature(SECRET, address, params),
      },
    );
    const action = /<Gather[^>]* action="([^"]*)"/.exec(heard)?.[1];
    if (action === undefined || !heard.includes("<Say"))
      throw new Error(`a turn was not answered: ${heard.slice(0, 300)}`);
    address = action.replaceAll("&amp;", "&");
    at = (at + 1) % SAID.length;
  };
}

/** The rows of one step written by a plain program behind plain posts: kept first, then the rest in one transaction. */
async function servePlainly(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      void step(new URLSearchParams(body)).then(() => response.end("<Response><Say>ok</Say></Response>"));
    });
  });
  async function step(params: URLSearchParams): Promise<void> {
    const [id, replyId] = [randomUUID(), randomUUID()];
    const who = Buffer.from(params.get("who")!, "hex");
    await pool.query({
      name: "kept",
      text: "insert into conversations.inbox (id, channel, message_digest, who, said_at, received_at, sealed) values ($1, 'phone', $2, $3, now(), now(), $4)",
      values: [id, randomBytes(32), who, randomBytes(SIZES.said)],
    });
    const client = await pool.connect();
    try {
      await client.query("begin");
      await client.query({
        name: "done",
        text: "update conversations.inbox set done_at = now() where id = $1",
        values: [id],
      });
      const { rows } = await client.query<{ id: string }>({
        name: "state",
        text: "insert into conversations.threads (id, who, sealed, heard_at, channel, erase_after) values ($1, $2, $3, now(), 'phone', now() + interval '3 days') on conflict (who) do update set sealed = excluded.sealed, version = threads.version + 1, heard_at = now() returning id",
        values: [randomUUID(), who, randomBytes(SIZES.state)],
      });
      await client.query({
        name: "reply",
        text: "insert into conversations.replies (id, thread_id, inbox_id, number, channel, sealed, next_try_at, created_at, state, sent_at) values ($1, $2, $3, 1, 'phone', $4, now(), now(), 'sent', now())",
        values: [replyId, rows[0]!.id, id, randomBytes(SIZES.reply)],
      });
      await client.query("commit");
    } finally {
      client.release();
    }
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  process.send!((server.address() as AddressInfo).port);
}

function plainCaller(port: number): () => Promise<void> {
  let at = 0;
  let who = "";
  return async () => {
    if (at === 0) who = randomBytes(32).toString("hex");
    await post(`http://127.0.0.1:${port}/`, new URLSearchParams({ who, ...SAID[at]! }).toString());
    at = (at + 1) % SAID.length;
  };
}

async function reset(world: World): Promise<void> {
  await world.ask(
    "truncate conversations.inbox, conversations.threads, conversations.replies, conversations.tasks cascade",
  );
  await world.ask("checkpoint");
}

async function bench(world: World): Promise<void> {
  const server = await startServer(world, { VOICE_SECRET: SECRET });
  const plain: ChildProcess = fork(fileURLToPath(import.meta.url), ["plain", world.url]);
  process.once("exit", () => plain.kill("SIGKILL"));
  const [plainPort] = (await once(plain, "message")) as [number];
  const [ours, theirs]: [Steps[], Steps[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    await reset(world);
    ours.push(await measure(() => callerAt(server.port)));
    const [kept] = await world.ask<{ open: number; replies: number; done: number }>(
      "select count(*) filter (where i.done_at is null)::int as open, count(i.done_at)::int as done, count(r.id)::int as replies from conversations.inbox i left join conversations.replies r on r.inbox_id = i.id and r.state = 'sent'",
    );
    if (kept!.open > 0 || kept!.replies !== kept!.done)
      throw new Error(`the counts do not agree: ${JSON.stringify(kept)}`);
    await reset(world);
    theirs.push(await measure(() => plainCaller(plainPort)));
  }
  const middle = (all: readonly Steps[]): Steps => all.toSorted((a, b) => a.perSecond - b.perSecond)[all.length >> 1]!;
  const [own, reference] = [middle(ours), middle(theirs)];
  const figure = (name: string, value: number, unit: string, against: number | null, aim: string | null): void =>
    print({ bench: BENCH, figure: name, value, unit, reference: against, aim });
  figure(
    "turns of calls, beside plain posts with the same writes",
    own.perSecond,
    "turns/s",
    reference.perSecond,
    null,
  );
  figure("the same, beside ten times the real day in ten minutes", own.perSecond, "turns/s", EVENTS_A_SECOND, ">= 1");
  figure("answer p50", quantile(own.latencies, 0.5), "ms", quantile(reference.latencies, 0.5), null);
  figure("answer p99", quantile(own.latencies, 0.99), "ms", quantile(reference.latencies, 0.99), null);
  plain.kill();
  await server.stop();
}

if (process.argv[2] === "plain") {
  await servePlainly(process.argv[3]!);
} else {
  const world = await openWorld();
  try {
    await bench(world);
  } finally {
    await world.close();
  }
}
