import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { OfficeId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { getNetwork } from "#modules/offices/index.ts";
import {
  asksForTouch,
  can,
  findStaffSession,
  isTouchFresh,
  type SignedInStaff,
  type StaffAction,
} from "#modules/people/index.ts";
import { contextFor, type Context, type Services } from "#platform/context.ts";
import { staffToken } from "./cookies.ts";
import { refused } from "./refusals.ts";

/** The member of staff behind a request, as the gate found her. */
const members = new WeakMap<FastifyRequest, SignedInStaff>();

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

export function memberOf(request: FastifyRequest): SignedInStaff {
  return members.get(request)!;
}

/** The context of a member of staff. `purpose` ends up in the audit log. */
export function staffContext(
  services: Services,
  request: FastifyRequest,
  purpose: "reception" | "office" | "administration" | "integrity" | "desk",
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

/** Refuses a role that does not include an action, before anything is looked up; what reaches far asks for the passkey once more. */
export function requireAction(services: Services, action: StaffAction) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    if (!mayDo(services, request, action)) return refused(reply, { code: "not_allowed" });
    if (asksForTouch(action)) return askForTouch(services, request, reply);
  };
}

/** For a route on which some roles do more than others: who does more touches the passkey once more. */
export function touchIfAllowed(services: Services, action: StaffAction) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    if (mayDo(services, request, action)) return askForTouch(services, request, reply);
  };
}

function mayDo(services: Services, request: FastifyRequest, action: StaffAction): boolean {
  return can(staffContext(services, request, "office").actor, action, memberOf(request).officeId);
}

function askForTouch(services: Services, request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  const isFresh = isTouchFresh(memberOf(request).touchedAt, services.clock.now());
  return isFresh ? undefined : refused(reply, { code: "touch_needed" });
}

/** The office that a request names, or the member's own. Who may not count there is not told whether it is there. */
export async function officeToCount(
  services: Services,
  request: FastifyRequest,
  asked: OfficeId | undefined,
): Promise<Outcome<OfficeId, { readonly code: "not_allowed" | "unknown_office" }>> {
  const officeId = asked ?? memberOf(request).officeId;
  const { actor } = staffContext(services, request, "office");
  if (!can(actor, "read_counts", officeId)) return refuse({ code: "not_allowed" });
  const known = officeId !== undefined && (await getNetwork(services)).officeById.has(officeId);
  return known ? accept(officeId) : refuse({ code: "unknown_office" });
}

export function officeOf(request: FastifyRequest): OfficeId {
  return memberOf(request).officeId!;
}
