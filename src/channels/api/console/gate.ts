import type { FastifyInstance, FastifyRequest } from "fastify";
import type { OfficeId } from "#kernel/ids.ts";
import { findStaffSession, type StaffMember } from "#modules/people/index.ts";
import { contextFor, type Context, type Services } from "#platform/context.ts";
import { staffToken } from "./cookies.ts";
import { refused } from "./refusals.ts";

/** The member of staff behind a request, as the gate found her. */
const members = new WeakMap<FastifyRequest, StaffMember>();

/** A page of another site can make a browser send our cookie along, but cannot make it say that it is us. */
export function guardOrigin(app: FastifyInstance, publicOrigin: string): void {
  app.addHook("onRequest", async (request, reply) => {
    void reply.header("cache-control", "no-store");
    if (request.method === "GET" || request.method === "HEAD") return;
    const { "sec-fetch-site": site, origin } = request.headers;
    const own =
      site === undefined
        ? origin === publicOrigin
        : site === "same-origin" && (origin === undefined || origin === publicOrigin);
    if (!own) return refused(reply, { code: "foreign_origin" });
  });
}

/** Lets in whoever is signed in at this very moment; the database is asked each time, before the body is read. */
export function requireStaff(app: FastifyInstance, services: Services): void {
  app.addHook("onRequest", async (request, reply) => {
    const token = staffToken(request, services.publicOrigin);
    const member = token === undefined ? undefined : await findStaffSession(services, token);
    if (!member) return refused(reply, { code: "not_signed_in" });
    members.set(request, member);
  });
}

export function memberOf(request: FastifyRequest): StaffMember {
  return members.get(request)!;
}

/** The context of a member of staff. `purpose` ends up in the audit log. */
export function staffContext(
  services: Services,
  request: FastifyRequest,
  purpose: "reception" | "office" | "administration",
): Context {
  const { id, officeId, role } = memberOf(request);
  return contextFor(services, {
    actor: { kind: "staff", staffId: id, officeId, role },
    channel: "console",
    purpose,
    requestId: request.id,
    language: "es",
  });
}

/** The context of whoever is about to sign in. */
export function strangerContext(services: Services, request: FastifyRequest): Context {
  return contextFor(services, {
    actor: { kind: "visitor", sessionId: undefined },
    channel: "console",
    purpose: "sign_in",
    requestId: request.id,
    language: "es",
  });
}

/** For routes of the day at an office: headquarters has none and is refused. */
export function requireOffice(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    if (memberOf(request).officeId === undefined) return refused(reply, { code: "not_allowed" });
  });
}

export function officeOf(request: FastifyRequest): OfficeId {
  return memberOf(request).officeId!;
}
