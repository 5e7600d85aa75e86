import type { FastifyReply, FastifyRequest } from "fastify";
import { HOUR_MS } from "#kernel/time.ts";
import { citizenContext } from "#channels/common/session.ts";
import {
  endSession,
  findSession,
  openSession,
  SESSION_HOURS,
  type Language,
  type VisitorSession,
} from "#modules/people/index.ts";
import type { Context, Services } from "#platform/context.ts";

/** A ticket's cookie lasts so long after its room opens: then none is open any more. The privacy page says the same. */
export const ROOM_COOKIE_HOURS = 6;

/** Tokens as the people module makes them; anything else in the cookie is not looked up. */
const TOKEN = /^[\w-]{20,100}$/;

/** `__Host-` ties the cookie to this host and to https; plain http, in development, cannot have it. */
function cookieName(services: Pick<Services, "publicOrigin">): string {
  return isSecure(services) ? "__Host-visita" : "visita";
}

function isSecure({ publicOrigin }: Pick<Services, "publicOrigin">): boolean {
  return publicOrigin.startsWith("https:");
}

export function sessionToken(services: Pick<Services, "publicOrigin">, request: FastifyRequest): string | undefined {
  const token = request.cookies[cookieName(services)];
  return token !== undefined && TOKEN.test(token) ? token : undefined;
}

/** The session of the request's cookie, if it still stands. */
export async function readSession(services: Services, request: FastifyRequest): Promise<VisitorSession | undefined> {
  const token = sessionToken(services, request);
  return token === undefined ? undefined : findSession(services, token);
}

/** The session of the request, or a new one whose cookie goes out with the reply. */
export async function ensureSession(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  language: Language,
): Promise<VisitorSession> {
  const standing = await readSession(services, request);
  if (standing !== undefined) return standing;
  const { token, session } = await openSession(webContext(services, undefined, request, language, "start a visit"), {
    language,
    channel: "web",
  });
  setSessionCookie(services, reply, token);
  return session;
}

/** Also after a verification, which gives the session a new token. */
export function setSessionCookie(services: Services, reply: FastifyReply, token: string): void {
  reply.setCookie(cookieName(services), token, { ...attributes(services), maxAge: (SESSION_HOURS * HOUR_MS) / 1000 });
}

/** Ends the session on the server and in the browser: for a shared or borrowed telephone. */
export async function closeSession(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  language: Language,
): Promise<void> {
  const session = await readSession(services, request);
  if (session !== undefined)
    await endSession(webContext(services, session, request, language, "end a visit"), session.id);
  forgetVisit(services, request, reply);
}

/** Takes the visit out of the browser, whoever ended it. */
export function forgetVisit(services: Services, request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(cookieName(services), attributes(services));
  for (const name of Object.keys(request.cookies))
    if (name.startsWith(cookiePrefix(services))) reply.clearCookie(name, attributes(services));
}

const TICKET_COOKIE = "fila-";

/** What the cookies of tickets begin with; each waiting room has its own. */
export function cookiePrefix(services: Pick<Services, "publicOrigin">): string {
  return isSecure(services) ? `__Host-${TICKET_COOKIE}` : TICKET_COOKIE;
}

export function webContext(
  services: Services,
  session: VisitorSession | undefined,
  request: FastifyRequest,
  language: Language,
  purpose: string,
): Context {
  return citizenContext(services, session, request, "web", language, purpose);
}

export function attributes(services: Services): { path: string; httpOnly: boolean; sameSite: "lax"; secure: boolean } {
  return { path: "/", httpOnly: true, sameSite: "lax", secure: isSecure(services) };
}
