import { askEmergency } from "#modules/emergencies/index.ts";
import { contextFor } from "#platform/context.ts";
import type { Effect } from "../types.ts";
import { contextOf, proofOf, type Identity, type Writer } from "./identity.ts";

/** `person`: the office's queue did not take it, so that somebody of the centre answers first of all. */
type Urgent = "asked" | "person" | "hidden";

/**
 * Asks for urgent attention, by the same command as the web. Nobody proves anything for it: an unproved number is called
 * back. What is answered never depends on whether that number asked before, for anybody can claim it; the thread stands
 * for the visit, so that one question of it is open and the same message again asks once.
 */
export async function askUrgent(
  writer: Writer,
  own: Identity | undefined,
  { officeId, kind, neededBy }: Extract<Effect, { do: "urgent" }>,
  threadId: string,
): Promise<Urgent> {
  const { services, channel, address, language, requestId } = writer;
  const isProved = own?.contactId !== undefined && proofOf(channel, own, services.clock.now()).proved;
  if (!isProved && !address.startsWith("+")) return "hidden";
  const ctx = isProved
    ? contextOf(writer, own)
    : contextFor(services, {
        actor: { kind: "visitor", sessionId: threadId },
        channel,
        purpose: "conversation",
        requestId,
        language,
      });
  const asked = await askEmergency(ctx, { officeId, kind, neededBy, ...(isProved ? {} : { phone: address }) });
  return asked.ok || asked.refusal.code === "already_asked" ? "asked" : "person";
}
