import { z } from "zod";
import { uuid } from "#modules/booking/index.ts";
import { MOST_ANSWER, TASK_OUTCOMES, type TaskId } from "#modules/conversations/index.ts";

/** People who wait for an agent (talks.routes.ts). Instants are UTC. */
const line = z.object({
  id: z.string(),
  reason: z.enum(["asked", "media", "not_understood", "emergency"]),
  /** Question at which the conversation stands. */
  step: z.string(),
  language: z.enum(["es", "en"]),
  channel: z.enum(["whatsapp", "sms", "phone"]),
  createdAt: z.string(),
  dueAt: z.string(),
  standing: z.enum(["waits", "mine", "others"]),
});

/** GET /talks: urgent first, then by how long each waits. Nothing of it is personal. */
export const talkList = z.object({ at: z.string(), talks: z.array(line) });
export type TalkList = z.infer<typeof talkList>;

/** POST /talks/:id/open, and after each step by whoever has it. `lines` are what was said, hostile text. */
export const openedTalk = line.extend({
  takenUntil: z.string(),
  tail: z.string().nullable(),
  mayWrite: z.boolean(),
  lines: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      from: z.enum(["person", "dialogue", "agent"]),
      text: z.string(),
      media: z.enum(["audio", "image", "video", "document", "sticker", "location", "contacts", "unknown"]).nullable(),
    }),
  ),
});
export type OpenedTalk = z.infer<typeof openedTalk>;

/** POST /talks/:id/number: null where somebody writes without one. */
export const talkNumber = z.object({ phone: z.string().nullable() });
export type TalkNumber = z.infer<typeof talkNumber>;

export const talkParams = z.strictObject({ id: uuid.transform((text) => text as TaskId) });
export const mediaParams = z.strictObject({ ...talkParams.shape, line: uuid });
export const answerBody = z.strictObject({
  /** The caller's own: the same twice is said once. */
  id: uuid,
  text: z.string().trim().min(1).max(MOST_ANSWER),
});
export const closeBody = z.strictObject({ outcome: z.enum(TASK_OUTCOMES) });
