import { signatureOf } from "#channels/common/signature.ts";
import { registerSms, SMS_WEBHOOK } from "#channels/sms/inbound.ts";
import { registerVoice, VOICE_WEBHOOK } from "#channels/voice/routes.ts";
import { callSignature } from "#channels/voice/signature.ts";
import { mulberry32 } from "#kernel/mulberry32.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { converse } from "#modules/conversations/index.ts";
import { buildSnapshot } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { createHttpServer } from "#platform/http/index.ts";
import { openTestServices } from "#tests/support/database.ts";

const SECRET = "a secret of the test's own";
const NOW = new Date("2026-11-23T18:00:00Z");
const AT_ONCE = 20;
/** What is keyed and said in each call, after the language: a menu, an office, a menu again. */
const TURNS: readonly Readonly<Record<string, string>>[] = [
  { Digits: "1" },
  { Digits: "4" },
  { SpeechResult: "Fresno" },
  { SpeechResult: "menú" },
];

/** Times that the clock goes on past each wait for another try, and by how much. */
const ROUNDS = 6;
const WAIT_MS = 11 * MINUTE_MS;

/** A request as a provider sends it, with what makes it genuine. */
interface Webhook {
  readonly url: string;
  readonly payload: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Which message it carries: the same one has one effect. */
  readonly message: string;
}

/** What stands in the database after everything was handed over and worked on. */
export interface Effects {
  /** Messages that came with a right signature, each once. */
  readonly genuine: number;
  readonly kept: number;
  readonly done: number;
  readonly answered: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Milliseconds of each acknowledgement, in order of length. */
  readonly times: readonly number[];
  readonly seconds: number;
}

/**
 * Hands over so many webhooks of SMS and calls, of which a share is forged; the others are those of so many messages, in any order
 * and as often as chance has it; `inOrder` each once, as a day brings them. `forgetful` takes the guard out: no two ids of messages are known as the same.
 */
export async function webhooks(of: {
  readonly webhooks: number;
  readonly messages: number;
  readonly forged: number;
  readonly inOrder?: boolean;
  readonly forgetful?: boolean;
}): Promise<Effects> {
  const services = await openTestServices({ now: NOW });
  try {
    const web = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
    const picture = await buildSnapshot(services);
    const talking = { availability: () => picture, carriers: [] };
    await registerSms(web, services, SECRET);
    await registerVoice(web, services, { secret: SECRET, talking });
    if (of.forgetful) await forgetIds(services);

    const chance = mulberry32(64);
    const seen = new Set<string>();
    const statuses: Record<number, number> = {};
    const times: number[] = [];
    const calls = Math.ceil(of.messages / 2 / TURNS.length);
    const to: To = { origin: services.publicOrigin, calls };
    let next = 0;
    const hand = async (): Promise<void> => {
      const n = of.inOrder ? next++ : Math.floor(chance() * of.messages);
      const isForged = chance() < of.forged;
      const sent = isForged ? forgery(n, Math.floor(chance() * 5), to) : webhook(n, to);
      if (!isForged) seen.add(sent.message);
      const began = performance.now();
      const { url, headers, payload } = sent;
      const { statusCode } = await web.inject({ method: "POST", url, headers, payload });
      times.push(performance.now() - began);
      const told = isForged === (statusCode === 401) ? statusCode : -1;
      statuses[told] = (statuses[told] ?? 0) + 1;
    };
    const began = performance.now();
    let left = of.webhooks;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (left-- > 0) await hand();
      }),
    );
    const seconds = (performance.now() - began) / 1_000;
    const ctx = systemContext(services, "conversation");
    // Two turns of one call at once: one of them waits, as after any fault.
    for (let round = 0; round < ROUNDS; round++) {
      while ((await converse(ctx, talking)).done > 0);
      services.clock.set(new Date(services.clock.now().getTime() + WAIT_MS));
    }
    await web.close();

    const [counts] = await services.adminQuery<{ kept: number; done: number; answered: number }>(
      `select count(*)::int as kept, count(done_at)::int as done,
         (select count(distinct inbox_id)::int from conversations.replies) as answered from conversations.inbox`,
    );
    return { genuine: seen.size, ...counts!, statuses, times: times.sort((a, b) => a - b), seconds };
  } finally {
    await services.close();
  }
}

/** Where it is handed over, and how many calls there are in all. */
interface To {
  readonly origin: string;
  readonly calls: number;
}

/** Every other message is a turn of a call, four turns each; the rest are SMS. */
function webhook(n: number, to: To, secret = SECRET): Webhook {
  return n % 2 === 0 ? smsOf(n / 2, secret) : turnOf((n - 1) / 2, to, secret);
}

function smsOf(n: number, secret: string, ago = 0): Webhook {
  const stamp = String(NOW.getTime() / 1_000 - ago);
  const from = `+1559555${String(1_000 + (n % 1_000)).padStart(4, "0")}`;
  const payload = JSON.stringify({ id: `sms-${n}`, from, text: n % 3 === 0 ? "Hola" : "menú" });
  const signature = signatureOf(secret, Buffer.from(`${stamp}.${payload}`));
  const headers = { "content-type": "application/json", "x-timestamp": stamp, "x-signature": signature };
  return { url: SMS_WEBHOOK, payload, headers, message: `sms-${n}` };
}

function turnOf(n: number, { origin, calls }: To, secret: string): Webhook {
  const [call, turn] = [n % calls, Math.floor(n / calls)];
  const From = `+1559555${String(2_000 + (call % 5_000)).padStart(4, "0")}`;
  const params: Record<string, string> = { CallSid: `CA${call}`, From, ...TURNS[turn] };
  const url = `${VOICE_WEBHOOK}?turno=${turn + 1}&l=es&t=${NOW.getTime() / 1_000}`;
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "x-twilio-signature": callSignature(secret, `${origin}${url}`, params),
  };
  return { url, payload: new URLSearchParams(params).toString(), headers, message: `call-${n}` };
}

/** Unsigned, signed by another, signed as another message was, with one byte more, or a copy that came too late. */
function forgery(n: number, kind: number, to: To): Webhook {
  const right = webhook(n, to);
  const { "content-type": type } = right.headers;
  if (kind === 0) return { ...right, headers: { "content-type": type! } };
  if (kind === 1) return webhook(n, to, "another secret");
  if (kind === 2) return { ...right, headers: webhook((n + 2) % (to.calls * TURNS.length), to).headers };
  if (kind === 3 || n % 2 === 1) return { ...right, payload: `${right.payload}1` };
  return smsOf(n / 2, SECRET, 301);
}

async function forgetIds(services: { adminQuery(text: string): Promise<unknown> }): Promise<void> {
  await services.adminQuery(
    `create function conversations.blur() returns trigger language plpgsql as
       $$ begin if new.channel = 'sms' then new.message_digest := sha256(gen_random_uuid()::text::bytea); end if; return new; end $$`,
  );
  await services.adminQuery(
    "create trigger blur before insert on conversations.inbox for each row execute function conversations.blur()",
  );
}
