import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { mulberry32 } from "#kernel/mulberry32.ts";
import type { Ask } from "#tests/support/consistency.ts";
import { anApplicant } from "#tests/support/fixtures.ts";
import { pick } from "./chance.ts";

/** What the clients were told, to be compared with what stands in the tables. */
export interface Ledger {
  /** Booking by idempotency key, for everything that was acknowledged. */
  readonly booked: Map<string, string>;
  /** Acknowledged bookings whose cancellation was acknowledged too. */
  readonly cancelled: Set<string>;
  readonly refused: Map<string, number>;
  /** Requests that got no answer or a fault, and were repeated. */
  unanswered: number;
  /** Answers to a repeated key that differ from the first: there must be none. */
  readonly contradictions: string[];
  /** Statuses that no client should ever see. */
  readonly strange: string[];
}

interface Start {
  readonly officeId: string;
  readonly localDate: string;
  readonly startsAt: string;
}
interface Answer {
  readonly status: number;
  readonly body: { readonly id?: string; readonly holdId?: string; readonly code?: string };
}

/** Sessions with places of their own over three offices and forty days: more than fifty kills' worth of bookings. */
export async function makeStock(ask: Ask): Promise<Start[]> {
  await ask(
    `insert into schedules.sessions (office_id, id, service_group, kind, local_date, starts_at, ends_at, counters, step_minutes)
     select o, gen_random_uuid(), 'documentacion', 'extraordinary', d::date, d::date + time '17:00' at time zone 'UTC', d::date + time '21:00' at time zone 'UTC', 25, 15
     from unnest(array['fresno', 'chicago', 'dallas']) o, generate_series(current_date + 2, current_date + 41, interval '1 day') d`,
  );
  await ask(
    `insert into schedules.places (office_id, session_id, starts_at, counter, band)
     select s.office_id, s.id, s.starts_at + step * interval '15 minutes', counter, 'midday' from schedules.sessions s, generate_series(0, 15) step, generate_series(1, s.counters) counter`,
  );
  return (await ask(
    `select distinct s.office_id as "officeId", to_char(s.local_date, 'YYYY-MM-DD') as "localDate", to_char(p.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startsAt"
     from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id order by 3, 1`,
  )) as unknown as Start[];
}

export interface Load {
  readonly ledger: Ledger;
  /** Lets every client bring what it began to an answer. */
  stop(): Promise<void>;
}

/** Milliseconds without an answer after which a client gives up and asks again. */
const PATIENCE_MS = 8_000;
const PAUSE_MS = 100;
/** One in so many wants the same hour as everybody else. */
const CROWDED = 8;

/** Clients that hold, book, repeat and cancel, each one thing after another, until they are stopped. */
export function startLoad(options: {
  port: () => number;
  clients: number;
  sessions: readonly { token: string }[];
  starts: readonly Start[];
  seed: number;
}): Load {
  const { port, starts } = options;
  const random = mulberry32(options.seed);
  const ledger: Ledger = {
    booked: new Map(),
    cancelled: new Set(),
    refused: new Map(),
    unanswered: 0,
    contradictions: [],
    strange: [],
  };
  const agent = new Agent({ keepAlive: true, maxSockets: 2 * options.clients });
  const sessions = [...options.sessions];
  let people = 0;
  let stopped = false;

  /** Sends until there is an answer; a fault of the server is none. */
  async function insist(path: string, token: string, body: unknown, key?: string): Promise<Answer> {
    for (;;) {
      const answer = await send(
        agent,
        port(),
        path,
        { authorization: `Bearer ${token}`, ...(key === undefined ? {} : { "idempotency-key": key }) },
        body,
      ).catch(() => undefined);
      if (answer && answer.status < 500) return answer;
      ledger.unanswered += 1;
      await wait(PAUSE_MS);
    }
  }

  function note(key: string, answer: Answer): void {
    const before = ledger.booked.get(key);
    if (answer.status === 201) {
      if (before !== undefined && before !== answer.body.id)
        ledger.contradictions.push(`${key}: ${before}, then ${answer.body.id}`);
      ledger.booked.set(key, answer.body.id!);
    } else {
      if (before !== undefined) ledger.contradictions.push(`${key}: booked, then ${answer.body.code}`);
      const code = answer.body.code ?? String(answer.status);
      if (!["place_taken", "hold_expired"].includes(code)) ledger.strange.push(`${answer.status} ${code}`);
      ledger.refused.set(code, (ledger.refused.get(code) ?? 0) + 1);
    }
  }

  async function client(): Promise<void> {
    while (!stopped) {
      const session = sessions.pop();
      if (!session) throw new Error("more clients than sessions");
      const { token } = session;
      const wanted = random() * CROWDED < 1 ? starts[0]! : pick(starts, random);
      const applicants = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
        const { parents: _, ...person } = anApplicant(++people);
        return person;
      });
      let holdId: string | undefined;
      if (random() < 0.4) {
        const held = await insist("/holds", token, { wanted, applicants });
        if (held.status !== 201) note(randomUUID(), held);
        // Some look at their hold and never come back.
        if (held.status !== 201 || random() < 0.25) continue;
        holdId = held.body.holdId;
      }
      const key = randomUUID();
      const body = { wanted, applicants, ...(holdId === undefined ? {} : { holdId }) };
      const times = random() < 0.15 ? 2 : 1;
      for (const answer of await Promise.all(
        Array.from({ length: times }, () => insist("/bookings", token, body, key)),
      ))
        note(key, answer);
      if (random() < 0.15) note(key, await insist("/bookings", token, body, key));
      const id = ledger.booked.get(key);
      if (id !== undefined && random() < 0.1) {
        const answer = await insist(`/bookings/${id}/cancel`, token, {});
        if (answer.status === 200) ledger.cancelled.add(id);
        else ledger.strange.push(`${answer.status} ${answer.body.code} to a cancellation`);
      }
    }
  }

  const clients = Promise.all(Array.from({ length: options.clients }, client));
  return {
    ledger,
    async stop() {
      stopped = true;
      await clients;
      agent.destroy();
    },
  };
}

function send(
  agent: Agent,
  port: number,
  path: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(JSON.stringify(body));
    const sent = request(
      {
        agent,
        host: "127.0.0.1",
        port,
        method: "POST",
        path: `/api/v1${path}`,
        timeout: PATIENCE_MS,
        headers: { ...headers, "content-type": "application/json", "content-length": bytes.length },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          try {
            resolve({ status: answer.statusCode!, body: JSON.parse(text === "" ? "{}" : text) as Answer["body"] });
          } catch (error) {
            reject(error instanceof Error ? error : new Error("no JSON"));
          }
        });
      },
    );
    sent.on("timeout", () => sent.destroy(new Error("no answer")));
    sent.on("error", reject);
    sent.end(bytes);
  });
}
