import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { localDateAt } from "#kernel/time.ts";
import {
  answerForFamily,
  cutCapacity,
  idempotencyKey,
  listCutWork,
  previewCut,
  undoCut,
  type AffectedView,
  type CutPreview as Preview,
  type CutWork as Work,
} from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import type { Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { cutMade, cutPreview, cutWork, proposalAnswered, type CutPreview, type CutWork } from "./cut-contract.ts";
import { officeOf, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";
import { cutBody, cutParams, cutPreviewBody, cutsQuery, proposalBody } from "./requests.ts";

/** To which a repeated key belongs. */
const MAKE_CUT = "POST /api/v1/console/cuts";

/** Closing a day, counters or hours of the caller's own office: who is affected is shown first, and nobody is cancelled by it. */
export function cutRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/cuts",
    { schema: { querystring: cutsQuery, response: { 200: cutWork, ...problems(403) } } },
    async (request, reply) => {
      const officeId = officeOf(request);
      const ctx = staffContext(services, request, "office");
      const { zone } = (await getNetwork(ctx)).officeById.get(officeId)!;
      const on = request.query.on ?? localDateAt(ctx.now, zone);
      const outcome = await listCutWork(ctx, officeId, on);
      return outcome.ok ? viewWork(on, outcome.value) : refused(reply, outcome.refusal);
    },
  );

  app.post(
    "/cuts/preview",
    { schema: { body: cutPreviewBody, response: { 200: cutPreview, ...problems(409) } } },
    async (request, reply) => {
      const ctx = staffContext(services, request, "office");
      const outcome = await previewCut(ctx, officeOf(request), request.body);
      return outcome.ok ? viewPreview(outcome.value) : refused(reply, outcome.refusal);
    },
  );

  app.post(
    "/cuts",
    {
      schema: {
        headers: z.object({ "idempotency-key": idempotencyKey.optional() }),
        body: cutBody,
        response: { 200: cutMade, ...problems(409, 422) },
      },
    },
    async (request, reply) => {
      const ctx = staffContext(services, request, "office");
      const key = request.headers["idempotency-key"];
      const outcome = await cutCapacity(
        ctx,
        officeOf(request),
        request.body,
        key === undefined ? undefined : { route: MAKE_CUT, key, body: JSON.stringify(request.body) },
      );
      return outcome.ok ? outcome.value : refused(reply, outcome.refusal);
    },
  );

  app.post(
    "/proposals",
    { schema: { body: proposalBody, response: { 200: proposalAnswered, ...problems(404, 409) } } },
    async (request, reply) => {
      const ctx = staffContext(services, request, "office");
      const outcome = await answerForFamily(ctx, officeOf(request), request.body);
      if (outcome.ok) return { bookingId: outcome.value.bookingId };
      const { code } = outcome.refusal;
      if (code === "not_allowed" || code === "unknown_booking") return refused(reply, { code });
      return refused(reply, { code: code === "permission_too_old" ? code : "proposal_over" });
    },
  );

  app.post(
    "/cuts/:id/undo",
    { schema: { params: cutParams, response: { 200: cutMade, ...problems(403, 404) } } },
    async (request, reply) => {
      const outcome = await undoCut(staffContext(services, request, "office"), officeOf(request), request.params.id);
      return outcome.ok ? outcome.value : refused(reply, outcome.refusal);
    },
  );
}

function viewPreview({ counts, parties }: Preview): CutPreview {
  return {
    ...counts,
    parties: parties.map((party) => ({ ...viewParty(party), sameHour: party.sameHour })),
  };
}

export function viewParty({ bookingId, folioTail, people, startsAt, proposed }: Omit<AffectedView, "sameHour">) {
  const to = proposed && { localDate: proposed.localDate, startsAt: proposed.startsAt.toISOString() };
  return { bookingId, folioTail, people, startsAt: startsAt.toISOString(), proposed: to };
}

function viewWork(on: string, { sessions, cuts, parties, households }: Work): CutWork {
  return {
    on,
    sessions: sessions.map(({ id, serviceGroup, startsAt, endsAt, counters, places, cut }) => ({
      id,
      serviceGroup,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      counters,
      places,
      cut,
    })),
    cuts: cuts.map(({ id, localDate, serviceGroup, counters, hours, reason, places, madeAt, undoneAt }) => ({
      id,
      localDate,
      serviceGroup,
      counters: counters ?? null,
      hours: hours ? { from: hours.from.toISOString(), until: hours.until.toISOString() } : null,
      reason,
      places,
      madeAt: madeAt.toISOString(),
      undoneAt: undoneAt?.toISOString() ?? null,
    })),
    parties: parties.map(({ localDate, answer, ...party }) => ({ ...viewParty(party), localDate, answer })),
    households: [...households],
  };
}
