import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { idempotencyKey } from "#modules/booking/index.ts";
import { formatFolio } from "#kernel/folio.ts";
import { confirmFacts, getFicha, getNetwork } from "#modules/offices/index.ts";
import { addStaff, can, createEnrolment, deactivateStaff, issueCard, listStaff } from "#modules/people/index.ts";
import type { Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { card, confirmed, enrolment, officeFile, staffAnswer, staffList } from "./contract.ts";
import { memberOf, requireAction, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";
import { officeFileBody, officeFileQuery, staffBody, staffParams } from "./requests.ts";
import { viewOfficeFile, viewStaff } from "./views.ts";

/** The office's own file, and paper cards. Headquarters names the office that it means. */
export function officeRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/office-file",
    { schema: { querystring: officeFileQuery, response: { 200: officeFile, ...problems(403, 404) } } },
    async (request, reply) => {
      const officeId = request.query.officeId ?? memberOf(request).officeId;
      if (officeId === undefined) return refused(reply, { code: "unknown_office" });
      const outcome = await getFicha(staffContext(services, request, "office"), officeId);
      return outcome.ok ? viewOfficeFile(outcome.value) : refused(reply, outcome.refusal);
    },
  );

  app.put(
    "/office-file",
    { schema: { body: officeFileBody, response: { 200: confirmed, ...problems(404, 422) } } },
    async (request, reply) => {
      const officeId = request.body.officeId ?? memberOf(request).officeId;
      if (officeId === undefined) return refused(reply, { code: "unknown_office" });
      const outcome = await confirmFacts(staffContext(services, request, "office"), {
        officeId,
        fields: request.body.fields,
      });
      return outcome.ok
        ? { confirmed: [...outcome.value.confirmed], dueAt: outcome.value.dueAt.toISOString() }
        : refused(reply, outcome.refusal);
    },
  );

  app.post("/cards", { schema: { response: { 200: card } } }, async (request, reply) => {
    const outcome = await issueCard(staffContext(services, request, "reception"));
    return outcome.ok
      ? { folio: formatFolio(outcome.value.folio), pin: outcome.value.pin }
      : refused(reply, outcome.refusal);
  });
}

/** To which a repeated key belongs. */
const ADD_STAFF = "POST /api/v1/console/staff";

/** Members of staff, for administrators. */
export function staffRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  const onRequest = requireAction(services, "manage_staff");
  app.get("/staff", { schema: { response: { 200: staffList, ...problems(403) } } }, async (request, reply) => {
    const ctx = staffContext(services, request, "administration");
    return can(ctx.actor, "manage_staff")
      ? { staff: (await listStaff(ctx)).map(viewStaff) }
      : refused(reply, { code: "not_allowed" });
  });

  app.post(
    "/staff",
    {
      onRequest,
      schema: {
        headers: z.object({ "idempotency-key": idempotencyKey.optional() }),
        body: staffBody,
        response: { 200: staffAnswer, ...problems(404, 422) },
      },
    },
    async (request, reply) => {
      const { officeId } = request.body;
      const key = request.headers["idempotency-key"];
      if (officeId !== undefined && !(await getNetwork(services)).officeById.has(officeId))
        return refused(reply, { code: "unknown_office" });
      const outcome = await addStaff(
        staffContext(services, request, "administration"),
        request.body,
        key === undefined ? undefined : { route: ADD_STAFF, key, body: JSON.stringify(request.body) },
      );
      return outcome.ok ? { staff: viewStaff(outcome.value) } : refused(reply, outcome.refusal);
    },
  );

  app.post(
    "/staff/:id/enrolment",
    { onRequest, schema: { params: staffParams, response: { 200: enrolment, ...problems(404) } } },
    async (request, reply) => {
      const outcome = await createEnrolment(staffContext(services, request, "administration"), request.params.id);
      return outcome.ok
        ? { token: outcome.value.token, expiresAt: outcome.value.expiresAt.toISOString() }
        : refused(reply, outcome.refusal);
    },
  );

  app.post(
    "/staff/:id/deactivate",
    { onRequest, schema: { params: staffParams, response: { 200: staffAnswer, ...problems(404) } } },
    async (request, reply) => {
      const outcome = await deactivateStaff(staffContext(services, request, "administration"), request.params.id);
      return outcome.ok ? { staff: viewStaff(outcome.value) } : refused(reply, outcome.refusal);
    },
  );
}
