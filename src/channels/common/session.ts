import type { FastifyRequest } from "fastify";
import { findSession, type VisitorSession } from "#modules/people/index.ts";
import { contextFor, type Channel, type Context, type Services } from "#platform/context.ts";

/** The context of a visitor or, once her contact is verified, of a citizen. */
export function citizenContext(
  services: Services,
  session: VisitorSession | undefined,
  request: FastifyRequest,
  channel: Channel,
  language: "es" | "en",
  purpose: string,
): Context {
  const actor =
    session?.contactId === undefined
      ? ({ kind: "visitor", sessionId: session?.id } as const)
      : ({ kind: "citizen", sessionId: session.id, contactId: session.contactId } as const);
  return contextFor(services, { actor, channel, purpose, requestId: request.id, language });
}

/** The session behind `Authorization: Bearer …`, if it still stands. */
export async function bearerSession(services: Services, request: FastifyRequest): Promise<VisitorSession | undefined> {
  const token = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? "")?.[1];
  return token === undefined ? undefined : findSession(services, token);
}
