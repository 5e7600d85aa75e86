import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { previewTemplate, saveTemplate, type PlanPreview as Preview } from "#modules/booking/index.ts";
import type { Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { viewParty } from "./cuts.routes.ts";
import { officeOf, staffContext } from "./gate.ts";
import { planPreview, planSaved, type PlanPreview } from "./plan-contract.ts";
import { planRefused } from "./plan-refusals.ts";
import { templateBody, templateSaveBody } from "./plan-requests.ts";

/** Templates from a day on: what a change gives and takes is shown first, and saved only as it was seen. */
export function templateRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.post(
    "/templates/preview",
    { schema: { body: templateBody, response: { 200: planPreview, ...problems(404, 409, 422) } } },
    async (request, reply) => {
      const outcome = await previewTemplate(staffContext(services, request, "office"), officeOf(request), request.body);
      return outcome.ok ? viewPreview(outcome.value) : planRefused(reply, outcome.refusal);
    },
  );

  app.post(
    "/templates",
    { schema: { body: templateSaveBody, response: { 200: planSaved, ...problems(404, 409, 422) } } },
    async (request, reply) => {
      const outcome = await saveTemplate(staffContext(services, request, "office"), officeOf(request), request.body);
      if (!outcome.ok) return planRefused(reply, outcome.refusal);
      const { id, preview } = outcome.value;
      return { saved: id !== null, id, preview: preview && viewPreview(preview) };
    },
  );
}

export function viewPreview({ parties, sessions, ...preview }: Preview): PlanPreview {
  return {
    ...preview,
    sessions: [...sessions],
    parties: parties.map((party) => ({ ...viewParty(party), sameHour: party.sameHour })),
  };
}
