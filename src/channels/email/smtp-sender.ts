import nodemailer from "nodemailer";
import type { MessageSender, SendResult } from "#modules/messaging/index.ts";

/** Milliseconds of silence after which the mail server counts as away. */
const SILENCE_MS = 10_000;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Sends e-mail through one SMTP server. Between machines it insists on TLS, because the address and
 * the day are personal; `?requireTLS=false` in the URL is for a relay on a network of one's own.
 */
export function smtpSender(url: string, from: string, options: { silenceMs?: number } = {}): MessageSender {
  const { protocol, hostname, searchParams } = new URL(url);
  const silenceMs = options.silenceMs ?? SILENCE_MS;
  const transport = nodemailer.createTransport({
    url,
    requireTLS: protocol === "smtp:" && !LOOPBACK.has(hostname) && searchParams.get("requireTLS") !== "false",
    connectionTimeout: silenceMs,
    greetingTimeout: silenceMs,
    socketTimeout: silenceMs,
    dnsTimeout: silenceMs,
    // What is sent comes from us; a text must never make the mailer read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? "localhost";
  return {
    channel: "email",
    async send({ id, to, subject, text, html, headers }) {
      try {
        // The same Message-ID on a repeat: mailboxes show the second copy as the first.
        await transport.sendMail({
          from,
          to: { name: "", address: to },
          subject,
          text,
          html,
          headers,
          messageId: `<${id}@${domain}>`,
        });
        return { ok: true };
      } catch (error) {
        return smtpFailure(error);
      }
    },
  };
}

/** Only what the server says of the recipient or the letter itself is final; all else is our side's or a bad day. */
function smtpFailure(error: unknown): SendResult {
  const { responseCode, command, code } = error as { responseCode?: unknown; command?: unknown; code?: unknown };
  if (typeof responseCode === "number") {
    const ofTheLetter = command === "RCPT TO" || command === "DATA";
    return { ok: false, retry: !(responseCode >= 500 && ofTheLetter), code: `smtp_${responseCode}` };
  }
  const name = typeof code === "string" && /^E[A-Z]{2,20}$/.test(code) ? code.slice(1).toLowerCase() : "fault";
  // Without an answer of the server this is an address that no letter can be addressed to.
  return { ok: false, retry: name !== "envelope", code: `smtp_${name}` };
}
