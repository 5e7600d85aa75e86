import type { MessageSender, SenderChannel, SendResult } from "#modules/messaging/index.ts";

/** Milliseconds after which the gateway counts as away. */
const SILENCE_MS = 15_000;
/** Answers that are about the number: trying again changes nothing. */
const FINAL = new Set([400, 404, 410, 413, 422]);

interface Options {
  readonly silenceMs?: number;
}

/** Sends SMS through a gateway that takes POST {to, text} with a bearer token. */
export function httpSmsSender(url: string, token: string, options: Options = {}): MessageSender {
  return gatewaySender("sms", url, token, options);
}

/** Has a gateway call the number and speak the text; it takes POST {kind: "voice", to, text, language} with a bearer token. */
export function httpVoiceSender(url: string, token: string, options: Options = {}): MessageSender {
  return gatewaySender("voice", url, token, options);
}

function gatewaySender(channel: SenderChannel, url: string, token: string, { silenceMs }: Options): MessageSender {
  return {
    channel,
    send: ({ id, to, text, language }) =>
      postToGateway(url, token, {
        id,
        body: channel === "voice" ? { kind: "voice", to, text, language } : { to, text },
        silenceMs,
      }),
  };
}

/** Hands one message to the gateway; the same `id` again is the same message. Never throws. */
export async function postToGateway(
  url: string,
  token: string,
  message: {
    readonly id: string;
    readonly body: Readonly<Record<string, string>>;
    readonly silenceMs?: number | undefined;
  },
): Promise<SendResult> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      // A redirect would take the token and the number to somebody else.
      redirect: "error",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}`, "idempotency-key": message.id },
      body: JSON.stringify(message.body),
      signal: AbortSignal.timeout(message.silenceMs ?? SILENCE_MS),
    });
    await answer.body?.cancel();
    return answer.ok ? { ok: true } : { ok: false, retry: !FINAL.has(answer.status), code: `http_${answer.status}` };
  } catch (error) {
    return unreachable(error);
  }
}

function unreachable(error: unknown): SendResult {
  return {
    ok: false,
    retry: true,
    code: error instanceof Error && error.name === "TimeoutError" ? "http_timeout" : "http_unreachable",
  };
}
