import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { SMALLEST_COUNT } from "#kernel/draws.ts";
import { getSurveys } from "#modules/visits/index.ts";
import type { Services } from "#platform/context.ts";

const FOR_A_MINUTE = "public, max-age=60";
const told = z.number().int().nullable();
const answers = z.object({ good: told, fair: told, bad: told });

const surveysShape = z.object({
  months: z.array(
    z.object({
      office: z.string(),
      month: z.string().describe("`2026-11`: in which people answered, in the office's zone"),
      people: told.describe("who answered the first question, on the page or on paper"),
      visit: answers.describe("how it went"),
      punctual: answers.describe("whether they were seen at their time; may be left open, as the two below"),
      timeTaken: answers,
      courtesy: answers,
    }),
  ),
});

/** What people said of their visits, as open data. */
export function surveyRoutes(root: FastifyInstance, services: Services): void {
  root.withTypeProvider<ZodTypeProvider>().get(
    "/surveys",
    {
      schema: {
        tags: ["open"],
        summary: "What people said of their visits, by office and month",
        description: `Of the last twelve months that are over. A number below ${SMALLEST_COUNT} is null, and so is what would give it away. No answer is kept by itself.`,
        response: { 200: surveysShape },
      },
    },
    async (_request, reply) => {
      const surveys = await getSurveys(services);
      void reply.header("cache-control", FOR_A_MINUTE);
      return {
        months: surveys.flatMap(({ officeId, months }) =>
          months.map(({ month, people, questions: { visit, punctual, time_taken: timeTaken, courtesy } }) => ({
            office: officeId,
            month,
            people,
            visit,
            punctual,
            timeTaken,
            courtesy,
          })),
        ),
      };
    },
  );
}
