import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { getNetwork } from "#modules/offices/index.ts";
import { declareLost, enrolTablet, getOffline, handIn, resolveConflict, takeList } from "#modules/visits/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { done, idParams } from "./care-contract.ts";
import { officeOf, staffContext } from "./gate.ts";
import {
  handInAnswer,
  handInBody,
  keepBody,
  offlineView,
  tabletAnswer,
  tabletBody,
  takeBody,
  takenList,
} from "./offline-contract.ts";
import { refused } from "./refusals.ts";
import { viewParties } from "./views.ts";

/** A day without network: tablets, the lists that they take along, and what they bring back. */
export function offlineRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "reception");

  app.get("/offline", { schema: { response: { 200: offlineView, ...problems(403) } } }, async (request, reply) => {
    const view = await getOffline(context(request));
    if (!view.ok) return refused(reply, view.refusal);
    const { outings, loans, conflicts } = view.value;
    return {
      outings: outings.map(({ endsAt: _endsAt, ...one }) => one),
      loans: loans.map((one) => ({
        ...one,
        takenAt: one.takenAt.toISOString(),
        expiresAt: one.expiresAt.toISOString(),
        mergedAt: one.mergedAt?.toISOString() ?? null,
        lostAt: one.lostAt?.toISOString() ?? null,
      })),
      conflicts: conflicts.map(({ id, tablet, localDate, folioTail, name, code, outcomes, recorded, ...one }) => ({
        ...{ id, tablet, localDate, folioTail, name, code },
        outcomes: [...outcomes],
        recorded: [...recorded],
        mayTake: one.appointmentId !== null && !one.settled,
      })),
    };
  });

  app.post(
    "/tablets",
    { schema: { body: tabletBody, response: { 200: tabletAnswer, ...problems(403) } } },
    async (request, reply) => {
      const tablet = await enrolTablet(context(request), request.body.name);
      return tablet.ok ? tablet.value : refused(reply, tablet.refusal);
    },
  );

  app.post(
    "/lists",
    { schema: { body: takeBody, response: { 200: takenList, ...problems(403, 404, 409) } } },
    async (request, reply) => {
      const ctx = context(request);
      const { zone } = (await getNetwork(ctx)).officeById.get(officeOf(request))!;
      const list = await takeList(ctx, request.body);
      if (!list.ok) return refused(reply, list.refusal);
      const { loanId, localDate, expiresAt, parties } = list.value;
      const whole = parties.map((one) => ({ ...one, flags: [], permission: undefined }));
      const shown = viewParties(whole, new Map(), { zone, localDate }, ctx.now);
      const routes = new Map(parties.map((one) => [one.bookingId as string, one.route]));
      return {
        loanId,
        localDate,
        zone,
        expiresAt: expiresAt.toISOString(),
        parties: shown.map((one) => ({ ...one, route: [...routes.get(one.bookingId)!] })),
      };
    },
  );
  app.post(
    "/lists/:id/lost",
    { schema: { params: idParams, response: { 200: done, ...problems(403, 404, 409) } } },
    async (request, reply) => {
      const outcome = await declareLost(context(request), request.params.id);
      return outcome.ok ? { done: true as const } : refused(reply, outcome.refusal);
    },
  );

  app.post(
    "/operations",
    { schema: { body: handInBody, response: { 200: handInAnswer, ...problems(403, 404, 409, 422) } } },
    async (request, reply) => {
      const outcome = await handIn(context(request), request.body);
      return outcome.ok ? outcome.value : refused(reply, outcome.refusal);
    },
  );
  app.post(
    "/conflicts/:id",
    { schema: { params: idParams, body: keepBody, response: { 200: done, ...problems(403, 404, 409) } } },
    async (request, reply) => {
      const { keep } = request.body;
      const outcome = await resolveConflict(context(request), { conflictId: request.params.id, keep });
      return outcome.ok ? { done: true as const } : refused(reply, outcome.refusal);
    },
  );
}
