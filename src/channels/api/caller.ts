import type { FastifyReply, FastifyRequest } from "fastify";
import { bearerSession, citizenContext } from "#channels/common/session.ts";
import type { ContactId } from "#kernel/ids.ts";
import { problem } from "#platform/http/index.ts";
import type { Context, Services } from "#platform/context.ts";

export interface Caller {
  readonly ctx: Context;
  readonly contactId: ContactId;
}

/** The verified contact of the request's token; undefined when the refusal has gone out already. */
export async function callerOf(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Caller | undefined> {
  const session = await bearerSession(services, request);
  if (session?.contactId !== undefined)
    return {
      ctx: citizenContext(services, session, request, "api", session.language, "booking"),
      contactId: session.contactId,
    };
  problem(
    reply,
    401,
    "not_verified",
    "Verify a contact first: POST /api/v1/sessions, then /api/v1/sessions/code and /api/v1/sessions/verify, or /api/v1/sessions/card.",
  );
  return undefined;
}
