import type { FastifyReply, FastifyRequest } from "fastify";
import { CHALLENGE_MINUTES } from "#modules/people/index.ts";

/** The `__Host-` prefix needs https; on a developer's http the plain name stands in. */
function nameOf(name: "staff" | "challenge", publicOrigin: string): string {
  return publicOrigin.startsWith("https:") ? `__Host-${name}` : name;
}

function options(publicOrigin: string) {
  return { path: "/", httpOnly: true, sameSite: "strict", secure: publicOrigin.startsWith("https:") } as const;
}

export function staffToken(request: FastifyRequest, publicOrigin: string): string | undefined {
  return request.cookies[nameOf("staff", publicOrigin)];
}

/** Whoever signs in by other means than a passkey (the buttons of a demo) sets the same cookie. */
export function setStaffToken(reply: FastifyReply, publicOrigin: string, token: string, expiresAt: Date): void {
  void reply.setCookie(nameOf("staff", publicOrigin), token, { ...options(publicOrigin), expires: expiresAt });
}

export function clearStaffToken(reply: FastifyReply, publicOrigin: string): void {
  void reply.clearCookie(nameOf("staff", publicOrigin), options(publicOrigin));
}

/** The signed challenge waits in the browser between the two halves of a passkey call. */
export function setChallenge(reply: FastifyReply, publicOrigin: string, challenge: string): void {
  void reply.setCookie(nameOf("challenge", publicOrigin), challenge, { ...options(publicOrigin), maxAge: CHALLENGE_MINUTES * 60 });
}

export function takeChallenge(request: FastifyRequest, reply: FastifyReply, publicOrigin: string): string {
  void reply.clearCookie(nameOf("challenge", publicOrigin), options(publicOrigin));
  return request.cookies[nameOf("challenge", publicOrigin)] ?? "";
}
