import { addDays, localDateAt } from "#kernel/time.ts";
import { monthKey, type ToSeal } from "#platform/keyring/index.ts";
import { STATE_HOURS } from "../rules/state.ts";
import type { KeptReply } from "../types.ts";

/** What is to be sealed of an answer: readable as long as its conversation can be gone on with. */
export function sealedReply(id: string, reply: KeptReply, now: Date): ToSeal {
  const until = addDays(localDateAt(now, "UTC"), STATE_HOURS / 24 + 1);
  return {
    under: monthKey(until.slice(0, 7)),
    field: "conversations.reply",
    row: id,
    plain: JSON.stringify(reply),
  };
}
