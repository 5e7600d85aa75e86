import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { OfficeId } from "#kernel/ids.ts";
import { cancelSpecialDay, moveSpecialDay, suspendSpecialDay, type DayChanged } from "#modules/booking/index.ts";
import {
  getPlan,
  planCircuit,
  previewSpecialDay,
  publishSpecialDay,
  saveSpecialDay,
  type DayPreview,
  type DaySaved,
  type SeenDraft,
  type SpecialDay,
  type SpecialDayId,
} from "#modules/schedules/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { officeOf, staffContext } from "./gate.ts";
import {
  circuitMade,
  planPreview,
  planSaved,
  specialDayDone,
  type PlanPreview,
  type PlanSaved,
  type SpecialDayDone,
  type SpecialDay as SpecialDayView,
} from "./plan-contract.ts";
import { planRefused } from "./plan-refusals.ts";
import {
  circuitBody,
  draftBody,
  draftSaveBody,
  moveBody,
  publishBody,
  specialDayBody,
  specialDayParams,
  specialDaySaveBody,
} from "./plan-requests.ts";
import { viewSpecialDay } from "./plan-views.ts";

/** Special days and circuits: drafts, and their publication. */
export function specialDayRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const contextOf = (request: FastifyRequest) => staffContext(services, request, "office");

  app.post(
    "/special-days/preview",
    { schema: { body: specialDayBody, response: { 200: planPreview, ...problems(409, 422) } } },
    async (request, reply) => {
      const outcome = await previewSpecialDay(contextOf(request), officeOf(request), request.body);
      return outcome.ok ? viewDayPreview(outcome.value) : planRefused(reply, outcome.refusal);
    },
  );

  app.post(
    "/special-days",
    { schema: { body: specialDaySaveBody, response: { 200: planSaved, ...problems(409, 422) } } },
    async (request, reply) => {
      const outcome = await saveSpecialDay(contextOf(request), officeOf(request), request.body);
      return outcome.ok ? viewSaved(outcome.value) : planRefused(reply, outcome.refusal);
    },
  );

  app.post(
    "/special-days/:id/preview",
    {
      schema: {
        params: specialDayParams,
        body: draftBody,
        response: { 200: planPreview, ...problems(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const outcome = await previewSpecialDay(contextOf(request), officeOf(request), request.body, seenDraft(request));
      return outcome.ok ? viewDayPreview(outcome.value) : planRefused(reply, outcome.refusal);
    },
  );

  app.put(
    "/special-days/:id",
    {
      schema: {
        params: specialDayParams,
        body: draftSaveBody,
        response: { 200: planSaved, ...problems(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const outcome = await saveSpecialDay(contextOf(request), officeOf(request), request.body, seenDraft(request));
      return outcome.ok ? viewSaved(outcome.value) : planRefused(reply, outcome.refusal);
    },
  );

  app.post(
    "/special-days/:id/publish",
    {
      schema: {
        params: specialDayParams,
        body: publishBody,
        response: { 200: specialDayDone, ...problems(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const ctx = contextOf(request);
      const outcome = await publishSpecialDay(ctx, officeOf(request), seenDraft(request));
      if (!outcome.ok) return planRefused(reply, outcome.refusal);
      return viewDone(ctx, officeOf(request), { day: outcome.value, told: 0 });
    },
  );

  const changes = {
    suspend: suspendSpecialDay,
    cancel: cancelSpecialDay,
  };
  for (const [name, change] of Object.entries(changes))
    app.post(
      `/special-days/:id/${name}`,
      { schema: { params: specialDayParams, response: { 200: specialDayDone, ...problems(404, 409, 422) } } },
      async (request, reply) => {
        const ctx = contextOf(request);
        const outcome = await change(ctx, officeOf(request), request.params.id);
        return outcome.ok ? viewDone(ctx, officeOf(request), outcome.value) : planRefused(reply, outcome.refusal);
      },
    );

  app.post(
    "/special-days/:id/move",
    {
      schema: {
        params: specialDayParams,
        body: moveBody,
        response: { 200: specialDayDone, ...problems(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const ctx = contextOf(request);
      const outcome = await moveSpecialDay(ctx, officeOf(request), request.params.id, request.body);
      return outcome.ok ? viewDone(ctx, officeOf(request), outcome.value) : planRefused(reply, outcome.refusal);
    },
  );

  app.post(
    "/circuits",
    { schema: { body: circuitBody, response: { 200: circuitMade, ...problems(409, 422) } } },
    async (request, reply) => {
      const ctx = contextOf(request);
      const outcome = await planCircuit(ctx, officeOf(request), request.body);
      if (!outcome.ok) return planRefused(reply, outcome.refusal);
      const { circuitId, days } = outcome.value;
      return { circuitId, specialDays: await viewDays(ctx, officeOf(request), days) };
    },
  );
}

function seenDraft({ params, body }: { params: { id: SpecialDayId }; body: { stored: string } }): SeenDraft {
  return { id: params.id, stored: body.stored };
}

function viewDayPreview({ seen, places, sessions }: DayPreview): PlanPreview {
  return { seen, gained: places, lost: 0, days: 1, sessions: [...sessions], people: 0, households: 0, parties: [] };
}

function viewSaved({ id, preview }: DaySaved): PlanSaved {
  return { saved: id !== null, id, preview: viewDayPreview(preview) };
}

async function viewDone(ctx: Context, officeId: OfficeId, { day, told }: DayChanged): Promise<SpecialDayDone> {
  const [specialDay] = await viewDays(ctx, officeId, [day]);
  return { specialDay: specialDay!, told };
}

/** Special days of one office with the names of their venues, crews and kits. */
async function viewDays(
  ctx: Context,
  officeId: OfficeId,
  days: readonly Pick<SpecialDay, "id" | "localDate">[],
): Promise<SpecialDayView[]> {
  const dates = days.map((one) => one.localDate).sort();
  const ids = new Set(days.map((one) => one.id));
  const plan = await getPlan(ctx, officeId, dates[0]!, dates.at(-1)!);
  return plan.specialDays.filter((one) => ids.has(one.id)).map((one) => viewSpecialDay(one, plan));
}
