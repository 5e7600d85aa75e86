import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import {
  askCounts,
  listEndedReleases,
  listReleases,
  signRelease,
  takeCounts,
  type Release,
} from "#modules/people/index.ts";
import { countsOfMonth, monthCsv } from "#modules/visits/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { requireAction, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";
import {
  askCountsBody,
  countsFile,
  endedQuery,
  endedReleases,
  releaseList,
  releaseParams,
} from "./release-contract.ts";

/** What leaves the house in bulk, or about one telephone: two people sign it, each with a touch, and it is taken away once. */
export function releaseRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "administration");
  const onRequest = requireAction(services, "sign_release");
  const listed = { 200: releaseList, ...problems(403, 404, 409, 422) };

  app.get("/releases", { schema: { response: { 200: releaseList, ...problems(403) } } }, (request, reply) =>
    list(request, reply),
  );
  app.get(
    "/releases/ended",
    { schema: { querystring: endedQuery, response: { 200: endedReleases, ...problems(403) } } },
    async (request, reply) => {
      const outcome = await listEndedReleases(context(request), request.query.before);
      if (!outcome.ok) return refused(reply, outcome.refusal);
      return { releases: outcome.value.releases.map(told), more: outcome.value.more };
    },
  );
  app.post("/releases", { onRequest, schema: { body: askCountsBody, response: listed } }, async (request, reply) => {
    const outcome = await askCounts(context(request), request.body);
    return outcome.ok ? list(request, reply) : refused(reply, outcome.refusal);
  });
  app.post(
    "/releases/:id/sign",
    { onRequest, schema: { params: releaseParams, response: listed } },
    async (request, reply) => {
      const outcome = await signRelease(context(request), request.params.id);
      return outcome.ok ? list(request, reply) : refused(reply, outcome.refusal);
    },
  );
  app.post(
    "/releases/:id/counts",
    { onRequest, schema: { params: releaseParams, response: { 200: countsFile, ...problems(403, 404, 409) } } },
    async (request, reply) => {
      const taken = await takeCounts(context(request), request.params.id);
      if (!taken.ok) return refused(reply, taken.refusal);
      const { month } = taken.value;
      return { name: `conteos-${month.slice(0, 7)}.csv`, csv: monthCsv(await countsOfMonth(context(request), month)) };
    },
  );

  async function list(request: FastifyRequest, reply: FastifyReply) {
    const outcome = await listReleases(context(request));
    if (!outcome.ok) return refused(reply, outcome.refusal);
    return { releases: outcome.value.map(told) };
  }
}

function told({ askedAt, expiresAt, takenAt, month, reason, askedBy, ...one }: Release) {
  return {
    ...one,
    month: month ?? null,
    reason: reason ?? null,
    askedBy: askedBy ?? null,
    askedAt: askedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    takenAt: takenAt?.toISOString() ?? null,
  };
}
