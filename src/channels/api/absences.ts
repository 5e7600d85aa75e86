import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { RETURN_DAYS, sayDetained } from "#modules/booking/index.ts";
import { citizenContext } from "#channels/common/session.ts";
import { problem } from "#platform/http/index.ts";
import type { Services } from "#platform/context.ts";
import { problems } from "./problems.ts";

/** A relative says that whoever has an appointment was detained. */
export function absenceRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.post(
    "/absences",
    {
      schema: {
        tags: ["bookings"],
        summary: "Say that somebody was detained and cannot come; the answer is the same for every folio",
        description: `The place goes back without a wait or a penalty, and for ${RETURN_DAYS} days there is one on return. Nothing tells whether the folio is of an appointment. Where the situation is delicate nothing changes.`,
        body: z.strictObject({ folio: z.string().max(40) }),
        response: { 202: z.object({}).describe("Received"), ...problems(422) },
      },
    },
    async (request, reply) => {
      const said = await sayDetained(
        citizenContext(services, undefined, request, "api", "es", "absence"),
        request.body.folio,
      );
      if (said.ok) return reply.code(202).send({});
      return problem(reply, 422, said.refusal.code, "The folio has a slip of the pen. Read it again.");
    },
  );
}
