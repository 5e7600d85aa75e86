import { randomUUID } from "node:crypto";
import type { Mood, SenderUnderTest } from "./message-sender.contract.ts";
import type { RenderedMessage, SenderChannel, SendResult } from "./types.ts";

export function aMessage(changes: Partial<RenderedMessage> = {}): RenderedMessage {
  return { id: randomUUID(), to: "persona@example.org", subject: "Su cita del 3 de diciembre", text: "Su cita está confirmada.", kind: "confirmed", language: "es", ...changes };
}

const ANSWERS: Readonly<Record<Mood, SendResult>> = {
  well: { ok: true },
  refuses_address: { ok: false, retry: false, code: "fake_refused" },
  busy: { ok: false, retry: true, code: "fake_busy" },
  hangs_up: { ok: false, retry: true, code: "fake_hung_up" },
  silent: { ok: false, retry: true, code: "fake_silent" },
};

/** A sender that keeps what it was given; `before` runs at each send and may make it wait. */
export function fakeSender(channel: SenderChannel, before: (message: RenderedMessage) => Promise<void> = async () => undefined): SenderUnderTest & { readonly sent: RenderedMessage[] } {
  let mood: Mood = "well";
  const sent: RenderedMessage[] = [];
  return {
    sent,
    sender: {
      channel,
      async send(message) {
        await before(message);
        if (mood === "well") sent.push(message);
        return ANSWERS[mood];
      },
    },
    be: (next) => {
      mood = next;
    },
    received: async () => sent,
  };
}
