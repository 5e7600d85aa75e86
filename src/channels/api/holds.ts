import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { bookingBody, extendHold, hold, idempotencyKey, instant, uuid } from "#modules/booking/index.ts";
import type { Services } from "#platform/context.ts";
import { canonical, refuse } from "./bookings.ts";
import { callerOf } from "./caller.ts";
import { problems } from "./problems.ts";
import { heldShape } from "./shapes.ts";

const route = "POST /api/v1/holds";
const security = [{ session: [] }];

/** Places that are kept for a verified contact while its people are typed. */
export function holdRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.post(
    "/holds",
    {
      schema: {
        tags: ["bookings"],
        security,
        summary: "Keep places for some minutes; a new hold gives the old one back",
        headers: z.object({ "idempotency-key": idempotencyKey.optional() }),
        body: bookingBody.pick({ wanted: true, applicants: true }),
        response: { 201: heldShape, ...problems(409, 422, 429) },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      const key = request.headers["idempotency-key"];
      const outcome = await hold(caller.ctx, {
        ...request.body,
        contactId: caller.contactId,
        idempotency: key === undefined ? undefined : { route, key, body: canonical(request.body) },
      });
      return outcome.ok ? reply.code(201).send(heldToShape(outcome.value)) : refuse(reply, outcome.refusal);
    },
  );

  app.post(
    "/holds/:id/extend",
    {
      schema: {
        tags: ["bookings"],
        security,
        summary: "Keep them for as long again",
        params: z.object({ id: uuid }),
        body: z.strictObject({ heldUntil: instant }),
        response: { 200: heldShape, ...problems(409) },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      const outcome = await extendHold(caller.ctx, caller.contactId, {
        holdId: request.params.id,
        heldUntil: request.body.heldUntil,
      });
      return outcome.ok ? heldToShape(outcome.value) : refuse(reply, outcome.refusal);
    },
  );
}

function heldToShape(held: { holdId: string; heldUntil: Date }): z.input<typeof heldShape> {
  return { holdId: held.holdId, heldUntil: held.heldUntil.toISOString() };
}
