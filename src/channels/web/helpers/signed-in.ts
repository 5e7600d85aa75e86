import type { FastifyReply, FastifyRequest } from "fastify";
import { HOUR_MS } from "#kernel/time.ts";
import { findHelperSession, HELPER_SESSION_HOURS, type HelperSession } from "#modules/helpers/index.ts";
import type { Services } from "#platform/context.ts";
import { attributes } from "../session.ts";

/** Tokens as the helpers module makes them; anything else in the cookie is not looked up. */
const TOKEN = /^[\w-]{43}$/;

/** A cookie of its own: whoever is signed in as a helper is no visitor by it, and a visitor no helper. */
function cookieName({ publicOrigin }: Pick<Services, "publicOrigin">): string {
  return publicOrigin.startsWith("https:") ? "__Host-ayudante" : "ayudante";
}

/** The helper whose browser it is, if its session still stands. */
export async function readHelper(services: Services, request: FastifyRequest): Promise<HelperSession | undefined> {
  const token = request.cookies[cookieName(services)];
  return token !== undefined && TOKEN.test(token) ? findHelperSession(services, token) : undefined;
}

export function setHelperCookie(services: Services, reply: FastifyReply, token: string): void {
  const maxAge = (HELPER_SESSION_HOURS * HOUR_MS) / 1000;
  reply.setCookie(cookieName(services), token, { ...attributes(services), maxAge });
}

export function clearHelperCookie(services: Services, reply: FastifyReply): void {
  reply.clearCookie(cookieName(services), attributes(services));
}
