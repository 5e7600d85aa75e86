import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

export interface Receivers {
  readonly smtpUrl: string;
  readonly smsUrl: string;
  /** Texts that arrived for an address or number, the newest last. */
  textsFor(address: string): string[];
  close(): Promise<void>;
}

/** The mailboxes and telephones of everybody: a mail server and an SMS gateway that keep what they get. */
export async function openReceivers(): Promise<Receivers> {
  const arrived: { to: string; text: string }[] = [];
  const mail = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        void PostalMime.parse(Buffer.concat(parts)).then(({ subject, text }) => {
          arrived.push({ to: session.envelope.rcptTo[0]!.address, text: `${subject}\n${text}` });
          done();
        });
      });
    },
  });
  mail.on("error", () => undefined);
  const gateway = createServer((request, reply) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      arrived.push(JSON.parse(Buffer.concat(parts).toString()) as { to: string; text: string });
      reply.end("{}");
    });
  });
  await new Promise<void>((resolve) => mail.listen(0, "127.0.0.1", resolve));
  await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
  return {
    smtpUrl: `smtp://127.0.0.1:${(mail.server.address() as AddressInfo).port}`,
    smsUrl: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/`,
    textsFor: (address) =>
      arrived.filter(({ to }) => to.toLowerCase() === address.toLowerCase()).map(({ text }) => text),
    async close() {
      gateway.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => gateway.close(resolve)),
        new Promise<void>((resolve) => mail.close(() => resolve())),
      ]);
    },
  };
}
