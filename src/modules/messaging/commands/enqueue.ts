import type { Tx } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { messageFor } from "../rules/queue.ts";
import { insertMessages } from "../store.ts";
import type { Happening } from "../types.ts";

/**
 * Queues the message that an event asks for, in the transaction in which the event is marked done
 * (role worker). An event delivered twice queues once.
 */
export async function enqueueForEvent(tx: Tx, event: Happening): Promise<void> {
  const message = messageFor(event);
  if (message) await insertMessages(tx, [{ ...message, id: newId() }], event.at);
}
