import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import type { Said, TalkChannel } from "../types.ts";
import { commandOf } from "./commands.ts";
import { WINDOW_MS } from "./times.ts";

/** Minutes for which a conversation is an agent's after she took it or wrote: then it waits again, and the dialogue answers. Ours. */
export const TAKEN_MS = 20 * MINUTE_MS;
/** Hours in which whoever asked for a person is answered: as what is typed for a caller (issue of the channels). */
export const ANSWER_WITHIN_MS = 2 * HOUR_MS;
/** Letters of an agent's answer: three SMS. */
export const MOST_ANSWER = 450;

/** How a call for a person ends. */
export const TASK_OUTCOMES = ["answered", "called", "not_reached", "other_office", "not_for_us"] as const;
export type TaskOutcome = (typeof TASK_OUTCOMES)[number];

/** What the dialogue hears even while an agent has the conversation: danger at once, and that somebody wants silence. */
export function isForDialogue(said: Said): boolean {
  if (said.kind === "pick") return said.key === "0";
  const spoken = said.kind === "text" ? commandOf(said.text) : undefined;
  return spoken === "danger" || spoken === "stop" || spoken === "start";
}

/** Whether a provider takes our own words now: WhatsApp for a day after hers, SMS always; whoever called is called. */
export function mayWrite(channel: TalkChannel, heardAt: Date, now: Date): boolean {
  if (channel === "phone") return false;
  return channel !== "whatsapp" || now.getTime() - heardAt.getTime() < WINDOW_MS;
}
