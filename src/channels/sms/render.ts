import type { Prompt } from "#modules/conversations/index.ts";
import { toGsm } from "#modules/messaging/index.ts";

/** Letters of one part of a message that goes out in several (GSM 03.38), and parts that we pay for at the most. */
const PART_LETTERS = 153;
const MOST_PARTS = 8;

/** A question as SMS: its answers have numbers, danger the 0; nothing leaves the SMS alphabet, in which a part holds twice as much. */
export function renderSms({ text, choices, labels }: Prompt): string {
  const numbered = choices.map(({ key, title }) => (key === "0" ? title : `${key} ${title}`));
  const lines = [text, ...numbered, ...(choices.length > 0 ? [labels.reply] : [])].filter((line) => line !== "");
  return toGsm(lines.join("\n")).slice(0, PART_LETTERS * MOST_PARTS);
}
