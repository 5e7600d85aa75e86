import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isSameSecret, isSigned } from "#channels/common/signature.ts";
import { receiveDeliveries, receiveMessages } from "#modules/conversations/index.ts";
import { receiveNotices } from "#modules/messaging/index.ts";
import { contextFor, type Services } from "#platform/context.ts";
import { readWebhook } from "./webhook.ts";

export const WHATSAPP_WEBHOOK = "/ganchos/whatsapp";
/** Meta sends up to three megabytes: a thousand messages of an outage that is over. */
const BODY_LIMIT_BYTES = 3 * 1024 * 1024;
/** What we are asked to say back at registration: digits, as the provider sends them. */
const CHALLENGE = /^\d{1,20}$/;

export interface WhatsappWebhook {
  readonly phoneId: string;
  readonly secret: string;
  readonly verifyToken: string;
}

/** Takes in what the provider hands over: verified over its raw bytes, kept in one insert, then acknowledged; worked on after. */
export async function registerWhatsapp(web: FastifyInstance, services: Services, hook: WhatsappWebhook): Promise<void> {
  await web.register(async (app) => {
    // The signature is over the bytes that came, not over what they are read as.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) =>
      done(null, body),
    );

    app.get(WHATSAPP_WEBHOOK, (request, reply) => {
      const query = request.query as Record<string, unknown>;
      const { "hub.mode": mode, "hub.verify_token": token, "hub.challenge": challenge } = query;
      const known = typeof token === "string" && isSameSecret(token, hook.verifyToken);
      if (mode !== "subscribe" || !known || typeof challenge !== "string" || !CHALLENGE.test(challenge))
        return no(reply);
      return reply.type("text/plain").send(challenge);
    });

    app.post(WHATSAPP_WEBHOOK, { bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (!isSigned(hook.secret, bytes, request.headers["x-hub-signature-256"])) return no(reply);
      const { messages, deliveries, notices } = readWebhook(jsonIn(bytes), hook.phoneId);
      const ctx = contextOf(services, request);
      await receiveMessages(ctx, messages);
      await receiveDeliveries(ctx, deliveries);
      await receiveNotices(ctx, notices);
      return reply.send("");
    });
  });
}

function contextOf(services: Services, request: FastifyRequest) {
  return contextFor(services, {
    actor: { kind: "system" },
    channel: "whatsapp",
    purpose: "conversation",
    requestId: request.id,
    language: "es",
  });
}

function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    // Signed and yet no JSON: to refuse it would have it sent again for days.
    return undefined;
  }
}

function no(reply: FastifyReply): FastifyReply {
  return reply.code(401).send("");
}
