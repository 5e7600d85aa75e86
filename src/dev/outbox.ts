import type { Clock } from "#platform/clock.ts";
import type { MessageSender, RenderedMessage, SenderChannel } from "#modules/messaging/index.ts";

/** A message that would have left the house. */
export interface KeptMessage extends RenderedMessage {
  readonly channel: SenderChannel;
  readonly at: Date;
}

export interface Outbox {
  readonly senders: readonly MessageSender[];
  /** Newest first. */
  list(to?: string): readonly KeptMessage[];
  find(id: string): KeptMessage | undefined;
}

/** Older ones are forgotten. */
const MOST_KEPT = 500;

/** Keeps in memory what senders are given, and sends nothing. A repeated message is kept once, as a provider would deliver it. */
export function openOutbox(clock: Clock): Outbox {
  let kept: KeptMessage[] = [];
  const sender = (channel: SenderChannel): MessageSender => ({
    channel,
    async send(message) {
      if (!kept.some((one) => one.id === message.id))
        kept = [{ ...message, channel, at: clock.now() }, ...kept].slice(0, MOST_KEPT);
      return { ok: true };
    },
  });
  return {
    senders: [sender("email"), sender("sms"), sender("voice")],
    list: (to) => (to === undefined ? kept : kept.filter((one) => one.to === to)),
    find: (id) => kept.find((one) => one.id === id),
  };
}
