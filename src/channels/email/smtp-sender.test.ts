import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { describe, expect, it } from "vitest";
import { describeMessageSender, type Mood, type SenderUnderTest } from "#modules/messaging/message-sender.contract.ts";
import { aMessage } from "#modules/messaging/messaging.fixtures.ts";
import { smtpSender } from "./smtp-sender.ts";

interface Mailbox extends SenderUnderTest {
  letters(): Promise<Email[]>;
  readonly port: number;
}

const refusal = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });

/** A mail server that has good and bad days. */
async function startMailbox(): Promise<Mailbox> {
  let mood: Mood = "well";
  const raw: { to: string; bytes: Buffer }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onConnect(session, callback) {
      if (mood === "silent") return;
      callback();
    },
    onRcptTo(address, _, callback) {
      if (mood === "refuses_address") return callback(refusal(550, `no such mailbox ${address.address}`));
      if (mood === "busy") return callback(refusal(451, `try ${address.address} later`));
      callback();
    },
    onData(stream, session, callback) {
      // In the middle of the letter, where it hurts most.
      if (mood === "hangs_up") {
        for (const connection of (server as unknown as { connections: Set<{ _socket: { destroy(): void } }> })
          .connections)
          connection._socket.destroy();
        return;
      }
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        raw.push({ to: session.envelope.rcptTo[0]!.address, bytes: Buffer.concat(parts) });
        callback();
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const letters = () => Promise.all(raw.map(({ bytes }) => PostalMime.parse(bytes)));
  return {
    sender: smtpSender(`smtp://127.0.0.1:${port}`, "Citas del consulado <citas@example.org>", { silenceMs: 500 }),
    be: (next) => {
      mood = next;
    },
    received: async () => (await letters()).map((letter, i) => ({ to: raw[i]!.to, text: letter.text ?? "" })),
    close: () => new Promise((resolve) => server.close(resolve)),
    letters,
    port,
  };
}

describeMessageSender("SMTP", startMailbox);

describe("a letter", () => {
  it("has sender, subject, both texts, our headers and an id that stays the same on a repeat", async () => {
    const mailbox = await startMailbox();
    const message = aMessage({
      subject: "Su cita del 3 de diciembre",
      text: "Día: jueves\n",
      html: "<p>Día: jueves</p>",
      headers: { "Auto-Submitted": "auto-generated" },
    });
    await mailbox.sender.send(message);
    await mailbox.sender.send(message);
    const [first, second] = await mailbox.letters();
    expect(first).toMatchObject({
      from: { name: "Citas del consulado", address: "citas@example.org" },
      to: [{ address: message.to, name: "" }],
      subject: message.subject,
    });
    expect(first!.text?.trim()).toBe("Día: jueves");
    expect(first!.html?.trim()).toBe("<p>Día: jueves</p>");
    expect(first!.headers.find((one) => one.key === "auto-submitted")?.value).toBe("auto-generated");
    expect(first!.messageId).toBe(`<${message.id}@example.org>`);
    expect(second!.messageId).toBe(first!.messageId);
    await mailbox.close?.();
  });

  it("goes to one address even when the address looks like two", async () => {
    const mailbox = await startMailbox();
    await mailbox.sender.send(aMessage({ to: "persona@example.org, otra@example.org" }));
    expect((await mailbox.received()).map((one) => one.to)).not.toContain("otra@example.org");
    await mailbox.close?.();
  });

  it("is not sent in the clear between machines", async () => {
    const mailbox = await startMailbox();
    // Another name of this machine: the server cannot be told from one far away, and it offers no TLS.
    const far = `smtp://[::ffff:127.0.0.1]:${mailbox.port}`;
    const options = { silenceMs: 500 };
    expect(await smtpSender(far, "citas@example.org", options).send(aMessage())).toMatchObject({
      ok: false,
      retry: true,
    });
    expect(await mailbox.received()).toEqual([]);
    expect(await smtpSender(`${far}?requireTLS=false`, "citas@example.org", options).send(aMessage())).toEqual({
      ok: true,
    });
    await mailbox.close?.();
  });

  it("waits for another try when nobody listens", async () => {
    const mailbox = await startMailbox();
    await mailbox.close?.();
    expect(await mailbox.sender.send(aMessage())).toMatchObject({ ok: false, retry: true });
  });
});
