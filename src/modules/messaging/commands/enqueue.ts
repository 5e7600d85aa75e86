import type { Tx } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { messagesFor } from "../rules/queue.ts";
import { insertMessages } from "../store.ts";
import type { Happening } from "../types.ts";

/**
 * Queues the messages that events ask for, in the transaction in which they are marked done (role
 * worker). An event delivered twice queues once.
 */
export async function enqueueForEvents(tx: Tx, events: readonly Happening[]): Promise<void> {
  const messages = events.flatMap(messagesFor).map((message) => ({ ...message, id: newId<string>() }));
  const latest = events.reduce((at, event) => (event.at > at ? event.at : at), new Date(0));
  if (messages.length > 0) await insertMessages(tx, messages, latest);
}
