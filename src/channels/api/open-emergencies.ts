import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { ALONE_AFTER_MINUTES, ANSWER_OPENING_HOURS, getEmergencyFigures } from "#modules/emergencies/index.ts";
import type { Services } from "#platform/context.ts";

/** Counted once a day. */
const FOR_AN_HOUR = "public, max-age=3600";

const count = z.number().int().nullable();
const figures = {
  asked: count,
  granted: count,
  refused: count,
  alone: count.describe("answers that the head of office signed alone"),
  late: count.describe("not answered within the opening hours that are promised"),
  medianMinutes: count.describe("opening minutes to the answer, half of them within this"),
};
const shape = z.object({
  answerOpeningHours: z.number().int().describe("within which a person answers"),
  aloneAfterMinutes: z
    .number()
    .int()
    .describe("without a second person, after which the head of office may sign alone"),
  periods: z
    .array(z.object({ from: z.string(), to: z.string(), ...figures }))
    .describe("the whole network, the latest first: a week, or as many together as it takes to be ten"),
  quarter: z
    .object({ from: z.string(), to: z.string() })
    .nullable()
    .describe("thirteen weeks, of which offices are told"),
  offices: z.array(z.object({ office: z.string(), ...figures })),
});

/** How urgent requests are answered: asked, granted, refused, and how soon. No count of fewer than ten, nor what would give it away. */
export function openEmergencyRoutes(root: FastifyInstance, services: Services): void {
  root.withTypeProvider<ZodTypeProvider>().get(
    "/emergencies",
    {
      schema: {
        tags: ["open"],
        summary: "Urgent requests: how many, what they were answered and how soon",
        description: "Each figure is null where it would be of fewer than ten people, or would give such a one away.",
        response: { 200: shape },
      },
    },
    async (_request, reply) => {
      const { periods, quarter, offices } = await getEmergencyFigures(services);
      void reply.header("cache-control", FOR_AN_HOUR);
      return {
        answerOpeningHours: ANSWER_OPENING_HOURS,
        aloneAfterMinutes: ALONE_AFTER_MINUTES,
        periods: [...periods],
        quarter: quarter ?? null,
        offices: offices.map(({ officeId, ...rest }) => ({ office: officeId, ...rest })),
      };
    },
  );
}
