import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  advanceClosings,
  closeOffices,
  idempotencyKey,
  listClosings,
  previewClosing,
  reopenOffices,
  type ClosingRow,
} from "#modules/booking/index.ts";
import { systemContext, type Services } from "#platform/context.ts";
import { faultFields } from "#platform/log.ts";
import { problems } from "../problems.ts";
import { closingList, closingMade, closingPreview, type ClosingList } from "./closing-contract.ts";
import { requireAction, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";
import { closingBody, closingParams, closingPreviewBody } from "./requests.ts";

/** To which a repeated key belongs. */
const MAKE_CLOSING = "POST /api/v1/console/closings";

/** Headquarters closes days of several offices with one action, and sees how far it has come. */
export function closingRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  // Nobody waits for a storm to be worked off; the timetable goes on where this is interrupted.
  const begin = (): void => {
    const ctx = systemContext(services, "closing");
    void advanceClosings(ctx).catch((fault: unknown) => ctx.log.error("closings stopped", faultFields(fault)));
  };

  const onRequest = requireAction(services, "close_offices");
  app.get("/closings", { schema: { response: { 200: closingList, ...problems(403) } } }, async (request, reply) => {
    const outcome = await listClosings(staffContext(services, request, "office"));
    return outcome.ok ? { closings: outcome.value.map(viewClosing) } : refused(reply, outcome.refusal);
  });

  app.post(
    "/closings/preview",
    { schema: { body: closingPreviewBody, response: { 200: closingPreview, ...problems(403, 404, 409, 422) } } },
    async (request, reply) => {
      const outcome = await previewClosing(staffContext(services, request, "office"), request.body);
      return outcome.ok ? { offices: [...outcome.value] } : refused(reply, outcome.refusal);
    },
  );

  app.post(
    "/closings",
    {
      onRequest,
      schema: {
        headers: z.object({ "idempotency-key": idempotencyKey.optional() }),
        body: closingBody,
        response: { 200: closingMade, ...problems(403, 404, 409, 422) },
      },
    },
    async (request, reply) => {
      const key = request.headers["idempotency-key"];
      const outcome = await closeOffices(
        staffContext(services, request, "office"),
        request.body,
        key === undefined ? undefined : { route: MAKE_CLOSING, key, body: JSON.stringify(request.body) },
      );
      if (!outcome.ok) return refused(reply, outcome.refusal);
      begin();
      return outcome.value;
    },
  );

  app.post(
    "/closings/:id/undo",
    { onRequest, schema: { params: closingParams, response: { 200: closingMade, ...problems(403, 404) } } },
    async (request, reply) => {
      const outcome = await reopenOffices(staffContext(services, request, "office"), request.params.id);
      if (!outcome.ok) return refused(reply, outcome.refusal);
      begin();
      return outcome.value;
    },
  );
}

function viewClosing({ madeAt, undoneAt, offices, ...closing }: ClosingRow): ClosingList["closings"][number] {
  return {
    ...closing,
    madeAt: madeAt.toISOString(),
    undoneAt: undoneAt?.toISOString() ?? null,
    offices: [...offices],
  };
}
