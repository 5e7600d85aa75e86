import type { FastifyReply, FastifyRequest } from "fastify";
import { HOUR_MS } from "#kernel/time.ts";
import { CHALLENGE_MINUTES, STAFF_SESSION_HOURS } from "#modules/people/index.ts";

/** The `__Host-` prefix needs https; on a developer's http the plain name stands in. */
function nameOf(name: "staff" | "challenge", publicOrigin: string): string {
  return publicOrigin.startsWith("https:") ? `__Host-${name}` : name;
}

function options(publicOrigin: string) {
  return { path: "/", httpOnly: true, sameSite: "strict", secure: publicOrigin.startsWith("https:") } as const;
}

export function staffCookieName(publicOrigin: string): string {
  return nameOf("staff", publicOrigin);
}

export function staffToken(request: FastifyRequest, publicOrigin: string): string | undefined {
  return request.cookies[staffCookieName(publicOrigin)];
}

/**
 * Whoever signs in by other means than a passkey (the buttons of a demo) sets the same cookie. An age and
 * not an instant: an office PC whose clock runs ahead would throw the cookie away at once.
 */
export function setStaffToken(reply: FastifyReply, publicOrigin: string, token: string): void {
  const maxAge = (STAFF_SESSION_HOURS * HOUR_MS) / 1000;
  void reply.setCookie(staffCookieName(publicOrigin), token, { ...options(publicOrigin), maxAge });
}

export function clearStaffToken(reply: FastifyReply, publicOrigin: string): void {
  void reply.clearCookie(staffCookieName(publicOrigin), options(publicOrigin));
}

/** The signed challenge waits in the browser between the two halves of a passkey call. */
export function setChallenge(reply: FastifyReply, publicOrigin: string, challenge: string): void {
  void reply.setCookie(nameOf("challenge", publicOrigin), challenge, {
    ...options(publicOrigin),
    maxAge: CHALLENGE_MINUTES * 60,
  });
}

export function takeChallenge(request: FastifyRequest, reply: FastifyReply, publicOrigin: string): string {
  void reply.clearCookie(nameOf("challenge", publicOrigin), options(publicOrigin));
  return request.cookies[nameOf("challenge", publicOrigin)] ?? "";
}
