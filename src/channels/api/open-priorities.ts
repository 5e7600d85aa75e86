import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { SMALLEST_COUNT } from "#kernel/draws.ts";
import { getOpenShares } from "#modules/visits/index.ts";
import type { Services } from "#platform/context.ts";

/** Months that are over change no more. */
const FOR_AN_HOUR = "public, max-age=3600";

const sharesShape = z.object({
  months: z.array(
    z.object({
      office: z.string(),
      month: z.string().describe("`2026-11`, in the office's zone"),
      turns: z.number().int().nullable().describe("parties that arrived"),
      first: z
        .number()
        .int()
        .nullable()
        .describe("of these, let go first by staff for what somebody said or showed; not by birth dates"),
    }),
  ),
});

/** How many turns staff let go first: so that whoever sells them can be seen. */
export function openPriorityRoutes(root: FastifyInstance, services: Services): void {
  root.withTypeProvider<ZodTypeProvider>().get(
    "/priorities",
    {
      schema: {
        tags: ["open"],
        summary: "Turns that staff let go first, by office and month",
        description: `Of the last twelve months that are over. A number below ${SMALLEST_COUNT} is null, and so is what would give it away.`,
        response: { 200: sharesShape },
      },
    },
    async (_request, reply) => {
      const months = await getOpenShares(services);
      void reply.header("cache-control", FOR_AN_HOUR);
      return {
        months: months.map(({ officeId, month, turns, given }) => ({ office: officeId, month, turns, first: given })),
      };
    },
  );
}
