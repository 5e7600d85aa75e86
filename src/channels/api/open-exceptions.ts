import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { SMALLEST_COUNT } from "#kernel/draws.ts";
import { getExceptions } from "#modules/visits/index.ts";
import type { Services } from "#platform/context.ts";

/** Months that are over change no more. */
const FOR_AN_HOUR = "public, max-age=3600";

const count = z.number().int().nullable();
const counts = {
  month: z.string().describe("`2026-11`"),
  dates: count.describe("dates that a desk gave to whoever stood there"),
  attested: count.describe("of these, on the word of a second member of staff"),
  door: count.describe("parties that the door let in against its verdict"),
  doorAlone: count.describe("of these, without a second signature"),
  urgent: count.describe("urgent requests that were granted"),
  urgentAlone: count.describe("answers to urgent requests that the head of office signed alone"),
};
const shape = z.object({
  network: z.array(z.object(counts)),
  offices: z.array(z.object({ office: z.string(), ...counts })),
});

/** What was done beside the rule, and how much of it by one person alone. */
export function openExceptionRoutes(root: FastifyInstance, services: Services): void {
  root.withTypeProvider<ZodTypeProvider>().get(
    "/exceptions",
    {
      schema: {
        tags: ["open"],
        summary: "Exceptions that staff made, by month and office",
        description: `Of the last twelve months that are over. A number below ${SMALLEST_COUNT} is null, and so is what would give it away.`,
        response: { 200: shape },
      },
    },
    async (_request, reply) => {
      const { network, offices } = await getExceptions(services);
      void reply.header("cache-control", FOR_AN_HOUR);
      return { network, offices: offices.map(({ officeId, ...one }) => ({ office: officeId, ...one })) };
    },
  );
}
