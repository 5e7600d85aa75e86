import type { Carrier, CarryResult, MediaFile, Prompt } from "#modules/conversations/index.ts";
import type { MessageSender } from "#modules/messaging/index.ts";
import { renderWhatsapp } from "./render.ts";

/** Milliseconds after which the provider counts as away. */
const SILENCE_MS = 15_000;
/** Codes of theirs after which the same again may succeed: throttled, busy, away (Cloud API, error codes). */
const PASSING = new Set([1, 2, 4, 80007, 130429, 131000, 131016, 131048, 131056, 131057]);
/** Letters of the one parameter of a template. */
const MOST_WORDS = 900;
const CODES = { es: "es_MX", en: "en_US" } as const;
/** Our words came too late: only a template is taken (131047). */
const OUT_OF_WINDOW = 131047;

export interface CloudApi {
  /** With its version, without a slash at the end. */
  readonly url: string;
  readonly phoneId: string;
  readonly token: string;
  readonly template: string;
  readonly silenceMs?: number;
}

/** Answers people on WhatsApp through the Cloud API. */
export function whatsappCarrier(api: CloudApi): Carrier {
  return {
    channel: "whatsapp",
    async carry({ to, prompt, inWindow }) {
      if (!inWindow) return post(api, { ...recipient(to), ...templateOf(api, prompt) });
      const said = await post(api, { ...recipient(to), ...renderWhatsapp(prompt) });
      return !said.ok && said.code === `meta_${OUT_OF_WINDOW}`
        ? post(api, { ...recipient(to), ...templateOf(api, prompt) })
        : said;
    },
    media: (mediaId) => fetchMedia(api, mediaId),
  };
}

/** Largest voice note or picture that is shown: sixteen minutes of speech. */
const MOST_MEDIA_BYTES = 5_000_000;
/** What a browser plays or draws and nothing runs in. */
const MEDIA_TYPES = /^(audio\/(ogg|mpeg|mp4|aac|amr|wav)|image\/(jpeg|png|webp))\b/;
/** Hosts on which the provider keeps what people send (Cloud API, media). */
const MEDIA_HOST = /\.(fbsbx\.com|whatsapp\.net|fbcdn\.net)$/;

/** Two steps: the provider says where it is, and gives it to the same token. It sends the token nowhere else. */
async function fetchMedia(api: CloudApi, mediaId: string): Promise<MediaFile | undefined> {
  const asked = { headers: { authorization: `Bearer ${api.token}` }, redirect: "error" as const };
  const signal = AbortSignal.timeout(api.silenceMs ?? SILENCE_MS);
  try {
    const answer = await fetch(`${api.url}/${encodeURIComponent(mediaId)}`, { ...asked, signal });
    const told = (await answer.json()) as { url?: unknown };
    if (!answer.ok || typeof told.url !== "string") return undefined;
    const at = new URL(told.url);
    const known = at.origin === new URL(api.url).origin || (at.protocol === "https:" && MEDIA_HOST.test(at.hostname));
    if (!known) return undefined;
    const file = await fetch(at, { ...asked, signal });
    const type = MEDIA_TYPES.exec(file.headers.get("content-type") ?? "")?.[1];
    if (!file.ok || type === undefined) return undefined;
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of file.body ?? []) {
      length += (part as Uint8Array).length;
      if (length > MOST_MEDIA_BYTES) return undefined;
      parts.push(part);
    }
    return { type, bytes: Buffer.concat(parts) };
  } catch {
    return undefined;
  }
}

/** A number, or a user id where there is none. */
function recipient(to: string): Record<string, string> {
  return to.startsWith("wa:") ? { recipient: to.slice("wa:".length) } : { to: to.replace("+", "") };
}

const templateOf = ({ template }: CloudApi, { language }: Prompt) => ({
  type: "template",
  template: { name: template, language: { code: CODES[language] } },
});

/**
 * Carries what we have to tell, in the template that was approved for it: who did not write in the last 24 hours gets
 * nothing else. The provider knows no key for a repeat: that it has one we learn from its states, which carry our id.
 */
export function whatsappSender(api: CloudApi): MessageSender {
  return {
    channel: "whatsapp",
    async send({ id, to, text, language }) {
      // A parameter holds neither line breaks nor more than four spaces in a row.
      const words = { type: "text", text: text.replace(/\s+/g, " ").slice(0, MOST_WORDS) };
      const template = {
        name: api.template,
        language: { code: CODES[language] },
        components: [{ type: "body", parameters: [words] }],
      };
      // Said back to us with each state of it: who died before noting that it left learns it so.
      return post(api, { ...recipient(to), type: "template", template, biz_opaque_callback_data: id });
    },
  };
}

async function post(
  { url, phoneId, token, silenceMs = SILENCE_MS }: CloudApi,
  body: Readonly<Record<string, unknown>>,
): Promise<CarryResult> {
  try {
    const answer = await fetch(`${url}/${phoneId}/messages`, {
      method: "POST",
      // A redirect would take the token and the number to somebody else.
      redirect: "error",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ messaging_product: "whatsapp", recipient_type: "individual", ...body }),
      signal: AbortSignal.timeout(silenceMs),
    });
    const read: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) return { ok: true, ref: refIn(read) };
    const code = codeIn(read);
    const passing = code === undefined ? answer.status >= 500 || answer.status === 429 : PASSING.has(code);
    return { ok: false, retry: passing, code: code === undefined ? `http_${answer.status}` : `meta_${code}` };
  } catch (error) {
    return { ok: false, retry: true, code: lossOf(error) };
  }
}

/** Before a connection stands nothing can have been taken; after it, it may. */
const NO_CONNECTION: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function lossOf(error: unknown): "http_timeout" | "http_unreachable" | "http_lost" {
  if (error instanceof Error && error.name === "TimeoutError") return "http_timeout";
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined)?.code : undefined;
  return NO_CONNECTION.has(cause) ? "http_unreachable" : "http_lost";
}

function refIn(read: unknown): string | undefined {
  const id = (read as { messages?: { id?: unknown }[] } | undefined)?.messages?.[0]?.id;
  return typeof id === "string" ? id : undefined;
}

function codeIn(read: unknown): number | undefined {
  const code = (read as { error?: { code?: unknown } } | undefined)?.error?.code;
  return typeof code === "number" ? code : undefined;
}
