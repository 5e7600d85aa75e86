import { z } from "zod";
import type { Delivery, Incoming, Media, Said } from "#modules/conversations/index.ts";
import type { Notice } from "#modules/messaging/index.ts";
import { parseAddress } from "#modules/people/index.ts";

/** Longest text that the app sends. */
const MOST_LETTERS = 4_096;
const id = z.string().min(1).max(300);
const anything = z.record(z.string(), z.unknown());
const message = z.looseObject({
  id,
  from: z.string().max(40).optional(),
  from_user_id: z.string().max(140).optional(),
  timestamp: z.string().regex(/^\d{1,11}$/),
  type: z.string().max(40),
  text: z.looseObject({ body: z.string() }).optional(),
  button: z.looseObject({ text: z.string() }).optional(),
  interactive: z
    .looseObject({
      button_reply: z.looseObject({ id: z.string() }).optional(),
      list_reply: z.looseObject({ id: z.string() }).optional(),
    })
    .optional(),
});
const status = z.looseObject({
  id,
  status: z.string().max(40),
  // Our own id of a message, said back to us (Cloud API, biz_opaque_callback_data).
  biz_opaque_callback_data: z.string().max(512).optional(),
});
const value = z.looseObject({
  metadata: z.looseObject({ phone_number_id: z.string() }),
  contacts: z.array(anything).optional(),
  messages: z.array(z.unknown()).optional(),
  statuses: z.array(z.unknown()).optional(),
});
const envelope = z.looseObject({
  object: z.literal("whatsapp_business_account"),
  entry: z.array(z.looseObject({ changes: z.array(z.looseObject({ field: z.string(), value: z.unknown() })) })),
});

interface Heard {
  readonly messages: Incoming[];
  readonly deliveries: Delivery[];
  readonly notices: Notice[];
}

/** What a signed webhook says that is for our number; what we do not know is left out, and nothing of it fails the rest. */
export function readWebhook(body: unknown, phoneId: string): Heard {
  const read = envelope.safeParse(body);
  const changes = read.success ? read.data.entry.flatMap((one) => one.changes) : [];
  const values = changes.flatMap(({ field, value: given }) => {
    const parsed = field === "messages" ? value.safeParse(given) : undefined;
    return parsed?.success && parsed.data.metadata.phone_number_id === phoneId ? [parsed.data] : [];
  });
  return {
    messages: values.flatMap(({ messages = [], contacts = [] }) =>
      messages.flatMap((one) => readMessage(one, messages.length === 1 ? contacts[0] : undefined) ?? []),
    ),
    deliveries: values.flatMap(({ statuses = [] }) => statuses.flatMap((one) => readStatus(one) ?? [])),
    notices: values.flatMap(({ statuses = [] }) => statuses.flatMap((one) => readNotice(one) ?? [])),
  };
}

function readMessage(given: unknown, contact: Record<string, unknown> | undefined): Incoming | undefined {
  const parsed = message.safeParse(given);
  if (!parsed.success) return undefined;
  const { id: messageId, from, from_user_id: userId, timestamp } = parsed.data;
  const address = addressOf(from, userId ?? contact?.["user_id"]);
  if (address === undefined) return undefined;
  const said = saidIn(parsed.data);
  const mediaId = said.kind === "media" ? mediaIdIn(parsed.data, said.media) : undefined;
  return { channel: "whatsapp", messageId, address, saidAt: new Date(Number(timestamp) * 1_000), said, mediaId };
}

/**
 * `+15595550123`; a Mexican number without the 1 that its id carries; `wa:` and the user id where there is no number,
 * or one of a country in which nobody is reached by telephone.
 */
export function addressOf(from: string | undefined, userId: unknown): string | undefined {
  if (from !== undefined && /^\d{6,20}$/.test(from))
    return parseAddress("whatsapp", `+${from}`)?.address ?? `wa:${from}`;
  const written = typeof userId === "string" ? `wa:${userId}` : undefined;
  return written && parseAddress("whatsapp", written)?.address;
}

const MEDIA: readonly Media[] = ["audio", "image", "video", "document", "sticker", "location", "contacts"];
/** `turn:key`, as our own buttons are named. */
const OUR_ID = /^(\d{1,9}):(\d)$/;

function saidIn({ type, text, button, interactive }: z.output<typeof message>): Said {
  if (type === "text" && text) return { kind: "text", text: text.body.slice(0, MOST_LETTERS) };
  if (type === "button" && button) return { kind: "text", text: button.text.slice(0, MOST_LETTERS) };
  const reply = interactive?.button_reply ?? interactive?.list_reply;
  const ours = type === "interactive" && reply ? OUR_ID.exec(reply.id) : null;
  if (ours) return { kind: "pick", turn: Number(ours[1]), key: ours[2]! };
  return { kind: "media", media: MEDIA.find((one) => one === type) ?? "unknown" };
}

function mediaIdIn(given: Record<string, unknown>, media: Media): string | undefined {
  const found = given[media];
  const read = typeof found === "object" && found !== null ? (found as Record<string, unknown>)["id"] : undefined;
  return typeof read === "string" && read.length <= 200 ? read : undefined;
}

function readStatus(given: unknown): Delivery | undefined {
  const parsed = status.safeParse(given);
  if (!parsed.success) return undefined;
  const { id: ref, status: state } = parsed.data;
  return state === "delivered" || state === "read" || state === "failed" ? { ref, state } : undefined;
}

/** Of a message of ours the id; of an answer in a conversation there is none. */
function readNotice(given: unknown): Notice | undefined {
  const parsed = status.safeParse(given);
  const ours = z.uuid().safeParse(parsed.data?.biz_opaque_callback_data);
  const state = parsed.data?.status;
  if (!ours.success) return undefined;
  return state === "sent" || state === "delivered" || state === "read" || state === "failed"
    ? { id: ours.data, state }
    : undefined;
}
