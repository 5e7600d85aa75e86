import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aMessage } from "./messaging.fixtures.ts";
import type { MessageSender } from "./types.ts";

/** Ways in which the other side can have a bad day. */
export type Mood = "well" | "refuses_address" | "busy" | "hangs_up" | "silent";

export interface SenderUnderTest {
  readonly sender: MessageSender;
  /** How the other side answers from now on. */
  be(mood: Mood): void;
  /** What arrived so far. */
  received(): Promise<readonly { readonly to: string; readonly text: string }[]>;
  close?(): Promise<void>;
}

/** What every sender promises, the fake included. The sender under test must give up on silence within five seconds. */
export function describeMessageSender(name: string, setUp: () => Promise<SenderUnderTest>): void {
  describe(`${name} as a message sender`, () => {
    let one: SenderUnderTest;
    beforeAll(async () => {
      one = await setUp();
    });
    afterAll(() => one.close?.());

    it("delivers every letter to the address and says so", async () => {
      one.be("well");
      const message = aMessage({
        text: "Su cita es mañana: “Ñañez”, Tuxtla Gutiérrez, 10:30 a.m.\nhttps://citas.example.org/c/a-b_c",
      });
      expect(await one.sender.send(message)).toEqual({ ok: true });
      const arrived = await one.received();
      expect(arrived.map(({ to, text }) => ({ to, text: text.trim() }))).toEqual([
        { to: message.to, text: message.text },
      ]);
    });

    it("gives up on an address that the other side refuses", async () => {
      one.be("refuses_address");
      expect(await one.sender.send(aMessage())).toMatchObject({ ok: false, retry: false });
    });

    it.each(["busy", "hangs_up", "silent"] as const)(
      "wants to try again when the other side is %s",
      async (mood) => {
        one.be(mood);
        expect(await one.sender.send(aMessage())).toMatchObject({ ok: false, retry: true });
      },
      10_000,
    );

    it("says why in a code that repeats nothing of the message or the answer", async () => {
      const message = aMessage();
      for (const mood of ["refuses_address", "busy", "hangs_up"] as const) {
        one.be(mood);
        const result = await one.sender.send(message);
        expect(result).toMatchObject({ code: expect.stringMatching(/^[a-z0-9_]{2,40}$/) });
        expect(JSON.stringify(result)).not.toContain(message.to);
      }
    });

    it("works again once the other side does", async () => {
      one.be("hangs_up");
      await one.sender.send(aMessage());
      one.be("well");
      const before = (await one.received()).length;
      const results = await Promise.all(Array.from({ length: 8 }, () => one.sender.send(aMessage())));
      expect(results).toEqual(Array.from({ length: 8 }, () => ({ ok: true })));
      expect((await one.received()).length).toBe(before + 8);
    });
  });
}
