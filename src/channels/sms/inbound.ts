import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { isSigned } from "#channels/common/signature.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { receiveMessages } from "#modules/conversations/index.ts";
import { parseAddress } from "#modules/people/index.ts";
import { contextFor, type Services } from "#platform/context.ts";

export const SMS_WEBHOOK = "/ganchos/sms";
/** What was signed longer ago is not taken in: a copy of it is worth nothing later. */
const FRESH_MS = 5 * MINUTE_MS;
const BODY_LIMIT_BYTES = 16 * 1024;
/** Parts of an SMS are put together by the gateway: ten of them at the most. */
const MOST_LETTERS = 1_600;

const body = z.object({ id: z.string().min(1).max(200), from: z.string().max(40), text: z.string() });

/** Takes in SMS that a gateway hands over as {id, from, text}, signed over `x-timestamp`, a full stop and the raw bytes. */
export async function registerSms(web: FastifyInstance, services: Services, secret: string): Promise<void> {
  await web.register(async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: BODY_LIMIT_BYTES }, (_request, raw, done) =>
      done(null, raw),
    );

    app.post(SMS_WEBHOOK, { bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const stamp = String(request.headers["x-timestamp"] ?? "");
      const signed = Buffer.concat([Buffer.from(`${stamp}.`), bytes]);
      const now = services.clock.now();
      const age = Math.abs(now.getTime() - Number(stamp) * 1_000);
      if (!isSigned(secret, signed, request.headers["x-signature"]) || !(age <= FRESH_MS))
        return reply.code(401).send("");
      const read = body.safeParse(jsonIn(bytes));
      const address = read.success ? parseAddress("sms", read.data.from)?.address : undefined;
      if (!read.success || address === undefined) return reply.send("");
      const { id: messageId, text } = read.data;
      const ctx = contextFor(services, {
        actor: { kind: "system" },
        channel: "sms",
        purpose: "conversation",
        requestId: request.id,
        language: "es",
      });
      const said = { kind: "text", text: text.slice(0, MOST_LETTERS) } as const;
      await receiveMessages(ctx, [
        { channel: "sms", messageId, address, saidAt: new Date(Number(stamp) * 1_000), said },
      ]);
      return reply.send("");
    });
  });
}

function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
