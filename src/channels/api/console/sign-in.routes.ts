import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { localDateAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import {
  beginRegistration,
  beginSignIn,
  beginTouch,
  can,
  endStaffSession,
  finishRegistration,
  finishSignIn,
  finishTouch,
  type StaffMember,
} from "#modules/people/index.ts";
import { MISSING_DOCUMENTS, REFUSAL_REASONS } from "#modules/visits/index.ts";
import type { Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { enrolled, passkeyOptions, session, staffAction, type Session } from "./contract.ts";
import { clearStaffToken, setChallenge, setStaffToken, staffToken, takeChallenge } from "./cookies.ts";
import { memberOf, staffContext, strangerContext } from "./gate.ts";
import { refused } from "./refusals.ts";
import { enrolOptionsBody, enrolVerifyBody, verifyBody } from "./requests.ts";
import { viewStaff } from "./views.ts";

/** Passkeys only: the browser asks for options, its device signs, and the answer opens a session. */
export function signInRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const { publicOrigin } = services;

  app.post("/sign-in/options", { schema: { response: { 200: passkeyOptions } } }, async (request, reply) => {
    const { options, challenge } = await beginSignIn(strangerContext(services, request));
    setChallenge(reply, publicOrigin, challenge);
    return { options: { ...options } };
  });

  app.post("/sign-in/verify", { schema: { body: verifyBody, response: { 200: session } } }, async (request, reply) => {
    const challenge = takeChallenge(request, reply, publicOrigin);
    const outcome = await finishSignIn(strangerContext(services, request), {
      challenge,
      response: request.body.response,
    });
    if (!outcome.ok) return refused(reply, outcome.refusal);
    const { token, staff } = outcome.value;
    setStaffToken(reply, publicOrigin, token);
    return viewSession(services, staff);
  });

  app.post(
    "/enrol/options",
    { schema: { body: enrolOptionsBody, response: { 200: passkeyOptions, ...problems(404) } } },
    async (request, reply) => {
      const outcome = await beginRegistration(strangerContext(services, request), request.body.token);
      if (!outcome.ok) return refused(reply, outcome.refusal);
      setChallenge(reply, publicOrigin, outcome.value.challenge);
      return { options: { ...outcome.value.options } };
    },
  );

  app.post(
    "/enrol/verify",
    { schema: { body: enrolVerifyBody, response: { 200: enrolled, ...problems(404, 422) } } },
    async (request, reply) => {
      const challenge = takeChallenge(request, reply, publicOrigin);
      const { token, response } = request.body;
      const outcome = await finishRegistration(strangerContext(services, request), {
        enrolmentToken: token,
        challenge,
        response,
      });
      return outcome.ok ? { staff: viewStaff(outcome.value) } : refused(reply, outcome.refusal);
    },
  );
}

/** Who is signed in, and out again. */
export function sessionRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.get("/session", { schema: { response: { 200: session } } }, (request) =>
    viewSession(services, memberOf(request)),
  );

  app.post("/touch/options", { schema: { response: { 200: passkeyOptions } } }, async (request, reply) => {
    const token = staffToken(request, services.publicOrigin)!;
    const { options, challenge } = await beginTouch(staffContext(services, request, "office"), token);
    setChallenge(reply, services.publicOrigin, challenge);
    return { options: { ...options } };
  });

  const touchOver = z.undefined().describe("The passkey was touched: repeat what asked for it");
  app.post("/touch/verify", { schema: { body: verifyBody, response: { 204: touchOver } } }, async (request, reply) => {
    const outcome = await finishTouch(staffContext(services, request, "office"), {
      token: staffToken(request, services.publicOrigin)!,
      staffId: memberOf(request).id,
      challenge: takeChallenge(request, reply, services.publicOrigin),
      response: request.body.response,
    });
    return outcome.ok ? reply.code(204).send() : refused(reply, outcome.refusal);
  });

  const over = z.undefined().describe("Signed out");
  app.post("/sign-out", { schema: { response: { 204: over } } }, async (request, reply) => {
    await endStaffSession(staffContext(services, request, "office"), staffToken(request, services.publicOrigin)!);
    clearStaffToken(reply, services.publicOrigin);
    return reply.code(204).send();
  });
}

async function viewSession(services: Services, staff: StaffMember): Promise<Session> {
  const network = await getNetwork(services);
  const office = staff.officeId === undefined ? undefined : network.officeById.get(staff.officeId);
  const actor = { kind: "staff", staffId: staff.id, officeId: staff.officeId, role: staff.role } as const;
  return {
    staff: viewStaff(staff),
    office: office
      ? {
          id: office.id,
          name: office.name,
          zone: office.zone,
          localDate: localDateAt(services.clock.now(), office.zone),
        }
      : null,
    may: staffAction.options.filter((action) => can(actor, action, staff.officeId)),
    services: network.services.map(({ slug, group, name }) => ({ slug, group, name })),
    missingDocuments: [...MISSING_DOCUMENTS],
    refusalReasons: [...REFUSAL_REASONS],
  };
}
