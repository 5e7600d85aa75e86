import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { AGENT_SIGNS, getAgentAlarms } from "#modules/integrity/index.ts";
import type { Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { requireAction, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";

/** GET /agent-alarms: what stood out of what a member of staff did in four weeks. Who did not stand out is not in it. */
const agentAlarms = z.object({
  alarms: z.array(
    z.object({
      name: z.string(),
      officeId: z.string().nullable(),
      sign: z.enum(AGENT_SIGNS),
      count: z.number(),
      of: z.number(),
      peersCount: z.number(),
      peersOf: z.number(),
      foundOn: z.string(),
    }),
  ),
});
export type AgentAlarms = z.infer<typeof agentAlarms>;

/** For headquarters: sentences for a person who asks why, and no list of who did how much. */
export function agentRoutes(root: FastifyInstance, services: Services): void {
  root.withTypeProvider<ZodTypeProvider>().get(
    "/agent-alarms",
    {
      onRequest: requireAction(services, "see_alarms"),
      schema: { response: { 200: agentAlarms, ...problems(403) } },
    },
    async (request, reply) => {
      const outcome = await getAgentAlarms(staffContext(services, request, "integrity"));
      if (!outcome.ok) return refused(reply, outcome.refusal);
      return { alarms: outcome.value.map(({ staffId: _, ...one }) => one) };
    },
  );
}
