import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { formatFolio } from "#kernel/folio.ts";
import { idempotencyKey } from "#modules/booking/index.ts";
import {
  makeAccount,
  openSession,
  openWithCard,
  requestCode,
  verifyCode,
  type MakeRefusal,
} from "#modules/people/index.ts";
import { bearerSession, citizenContext } from "#channels/common/session.ts";
import { problem } from "#platform/http/index.ts";
import type { Services } from "#platform/context.ts";
import { problems } from "./problems.ts";
import { tellCodesLeft, tooMany } from "./rate-limit.ts";

const language = z.enum(["es", "en"]);
const security = [{ session: [] }];
const codeRoute = "POST /api/v1/sessions/code";

/** A session, and the code that verifies its contact. */
export function sessionRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.post(
    "/sessions",
    {
      schema: {
        tags: ["sessions"],
        summary: "Start a session",
        body: z.strictObject({ language: language.default("es") }),
        response: { 201: z.object({ token: z.string(), expiresAt: z.string() }).describe("Send the token as bearer") },
      },
    },
    async (request, reply) => {
      const { token, session } = await openSession(
        citizenContext(services, undefined, request, "api", request.body.language, "session"),
        { language: request.body.language, channel: "api" },
      );
      return reply
        .code(201)
        .header("cache-control", "no-store")
        .send({ token, expiresAt: session.expiresAt.toISOString() });
    },
  );

  app.post(
    "/sessions/code",
    {
      schema: {
        tags: ["sessions"],
        security,
        summary: "Send a one-time code; the answer is the same whether the contact is known",
        headers: z.object({ "idempotency-key": idempotencyKey.optional() }),
        body: z.strictObject({ kind: z.enum(["email", "sms", "voice"]), address: z.string().max(200) }),
        response: {
          202: z.object({ expiresAt: z.string() }).describe("On its way; RateLimit tells how many more are sent"),
          ...problems(422, 429),
        },
      },
    },
    async (request, reply) => {
      const session = await bearerSession(services, request);
      if (!session) return problem(reply, 401, "no_session", "Start a session first: POST /api/v1/sessions.");
      const ctx = citizenContext(services, session, request, "api", session.language, "session");
      const { kind, address } = request.body;
      const key = request.headers["idempotency-key"];
      const outcome = await requestCode(ctx, {
        sessionId: session.id,
        language: session.language,
        kind,
        address,
        idempotency: key === undefined ? undefined : { route: codeRoute, key, body: JSON.stringify([kind, address]) },
      });
      if (!outcome.ok) {
        const { refusal } = outcome;
        if (refusal.code === "idempotency_mismatch")
          return problem(reply, 422, refusal.code, "This Idempotency-Key was used with another body.");
        if (refusal.code !== "too_many_codes")
          return problem(reply, 422, refusal.code, "No code was sent. Check the address.");
        tellCodesLeft(reply, { left: 0, moreAt: refusal.retryAt }, ctx.now);
        return tooMany(
          reply,
          refusal.code,
          "You asked for several codes. Wait, then ask again.",
          refusal.retryAt,
          ctx.now,
        );
      }
      tellCodesLeft(reply, outcome.value.budget, ctx.now);
      return reply.code(202).send({ expiresAt: outcome.value.expiresAt.toISOString() });
    },
  );

  app.post(
    "/sessions/verify",
    {
      schema: {
        tags: ["sessions"],
        security,
        summary: "Type the code; the session gets a new token",
        body: z.strictObject({ code: z.string().max(20) }),
        response: { 200: z.object({ token: z.string() }).describe("Replaces the old token"), ...problems(422) },
      },
    },
    async (request, reply) => {
      const session = await bearerSession(services, request);
      if (!session) return problem(reply, 401, "no_session", "Start a session first: POST /api/v1/sessions.");
      const outcome = await verifyCode(citizenContext(services, session, request, "api", session.language, "session"), {
        sessionId: session.id,
        code: request.body.code,
      });
      if (!outcome.ok)
        return problem(
          reply,
          422,
          outcome.refusal.code,
          "That code is not right or no longer good. Ask for a new one.",
        );
      return reply.header("cache-control", "no-store").send({ token: outcome.value.token });
    },
  );

  app.post(
    "/sessions/account",
    {
      schema: {
        tags: ["sessions"],
        security,
        summary:
          "Make an account of the verified contact; the session is the account's from now on and gets a new token",
        description:
          "What is filed then stands in the account's name and opens by its folio and PIN: nobody who has the contact sees it. A silent one is written to nowhere.",
        body: z.strictObject({ silent: z.boolean() }),
        response: {
          201: z
            .object({ folio: z.string(), pin: z.string(), token: z.string() })
            .describe("The PIN is not told again; the token replaces the old one"),
          ...problems(409),
        },
      },
    },
    async (request, reply) => {
      const session = await bearerSession(services, request);
      if (!session) return problem(reply, 401, "no_session", "Start a session first: POST /api/v1/sessions.");
      const ctx = citizenContext(services, session, request, "api", session.language, "session");
      const outcome = await makeAccount(ctx, session.id, request.body);
      if (!outcome.ok) return problem(reply, 409, outcome.refusal.code, NOT_MADE[outcome.refusal.code]);
      const { folio, pin, token } = outcome.value;
      return reply
        .code(201)
        .header("cache-control", "no-store")
        .send({ folio: formatFolio(folio), pin, token });
    },
  );

  app.post(
    "/sessions/card",
    {
      schema: {
        tags: ["sessions"],
        security,
        summary: "Open the session with a paper card in place of a code; it gets a new token",
        body: z.strictObject({ folio: z.string().max(40), pin: z.string().max(20) }),
        response: { 200: z.object({ token: z.string() }).describe("Replaces the old token"), ...problems(422, 429) },
      },
    },
    async (request, reply) => {
      const session = await bearerSession(services, request);
      if (!session) return problem(reply, 401, "no_session", "Start a session first: POST /api/v1/sessions.");
      const ctx = citizenContext(services, session, request, "api", session.language, "session");
      const outcome = await openWithCard(ctx, { sessionId: session.id, ...request.body });
      if (outcome.ok) return reply.header("cache-control", "no-store").send({ token: outcome.value.token });
      const { refusal } = outcome;
      switch (refusal.code) {
        case "card_locked":
          return tooMany(reply, refusal.code, "Too many wrong PINs. Wait, then try again.", refusal.until, ctx.now);
        case "no_session":
          return problem(reply, 401, refusal.code, "Start a session first: POST /api/v1/sessions.");
        case "card_mistyped":
          return problem(reply, 422, refusal.code, "The folio or the PIN has a slip of the pen. Read the card again.");
        case "wrong_card":
          return problem(reply, 422, refusal.code, "The folio or the PIN is not right. Read the card again.");
      }
    },
  );
}

const NOT_MADE: Readonly<Record<MakeRefusal["code"], string>> = {
  no_contact: "Verify a contact first: POST /api/v1/sessions/code.",
  already_made: "This session is an account's or a card's already.",
  ask_at_counter: "This contact has made as many accounts as one makes by itself. A counter makes the next.",
};
