import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { localTimeAt } from "#kernel/time.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import type { Outcome } from "#kernel/outcome.ts";
import { isChild } from "#modules/booking/index.ts";
import {
  appealDueAt,
  challenge,
  clear,
  decidePair,
  getPair,
  listPairs,
  TERMS,
  decideAppeal,
  endsAt,
  getDesk,
  getPicture,
  logAttempt,
  previewThresholds,
  proposeWeights,
  setThresholds,
  setWeights,
  settle,
  type CaseRefusal,
  type CaseView,
  type PairOfList,
} from "#modules/integrity/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import type { Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { requireAction, staffContext } from "./gate.ts";
import {
  appealBody,
  attemptBody,
  casesBody,
  clusterParams,
  clusterPicture,
  decided,
  doubtBody,
  doubtParams,
  doubts,
  integrityDesk,
  openedDoubt,
  settleBody,
  thresholdPreview,
  thresholds,
  weightsBody,
  weightsProposal,
  type CaseCard,
  type DoubtCard,
} from "./integrity-contract.ts";
import { refused } from "./refusals.ts";

/** What the integrity analysts look at and decide. Each decision carries the version that was seen. */
export function integrityRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const contextOf = (request: FastifyRequest) => staffContext(services, request, "integrity");
  const onRequest = requireAction(services, "see_integrity");
  const deciding = requireAction(services, "decide_integrity");
  const told = (reply: FastifyReply, outcome: Outcome<void, CaseRefusal>) =>
    outcome.ok ? { ok: true as const } : refused(reply, outcome.refusal);
  const answers = { 200: decided, ...problems(403, 404, 409, 422) };

  app.get("/integrity", { onRequest, schema: { response: { 200: integrityDesk } } }, async (request, reply) => {
    const outcome = await getDesk(contextOf(request));
    if (!outcome.ok) return refused(reply, outcome.refusal);
    const { clusters, cases, thresholds: set } = outcome.value;
    return {
      clusters: clusters.map(({ families, terms, credits, foundAt, ...one }) => ({
        ...one,
        families: [...families],
        terms: [...terms],
        credits: [...credits],
        foundAt: foundAt.toISOString(),
      })),
      cases: cases.map(viewCase),
      thresholds: set,
    };
  });

  app.get(
    "/integrity/clusters/:id",
    { onRequest, schema: { params: clusterParams, response: { 200: clusterPicture, ...problems(404) } } },
    async (request, reply) => {
      const outcome = await getPicture(contextOf(request), request.params.id);
      return outcome.ok
        ? { bookings: outcome.value.map((one) => ({ ...one, startsAt: one.startsAt.toISOString() })) }
        : refused(reply, outcome.refusal);
    },
  );

  app.post(
    "/integrity/cases/challenge",
    { onRequest: deciding, schema: { body: casesBody, response: answers } },
    async (request, reply) => told(reply, await challenge(contextOf(request), request.body.cases)),
  );

  app.post(
    "/integrity/cases/clear",
    { onRequest: deciding, schema: { body: casesBody, response: answers } },
    async (request, reply) => told(reply, await clear(contextOf(request), request.body.cases)),
  );

  app.post(
    "/integrity/cases/attempts",
    { onRequest: deciding, schema: { body: attemptBody, response: answers } },
    async (request, reply) => {
      const { channel, reached, ...meant } = request.body;
      const ctx = contextOf(request);
      const { officeById } = await getNetwork(services);
      const hourAt = (officeId: OfficeId) => Number(localTimeAt(ctx.now, officeById.get(officeId)!.zone).slice(0, 2));
      return told(reply, await logAttempt(ctx, meant, { channel, reached, hourAt }));
    },
  );

  app.post(
    "/integrity/cases/settle",
    { onRequest: deciding, schema: { body: settleBody, response: answers } },
    async (request, reply) => {
      const { verdict, ...meant } = request.body;
      return told(reply, await settle(contextOf(request), meant, verdict));
    },
  );

  app.post(
    "/integrity/appeals",
    { onRequest: deciding, schema: { body: appealBody, response: answers } },
    async (request, reply) => {
      const { verdict, ...meant } = request.body;
      return told(reply, await decideAppeal(contextOf(request), meant, verdict));
    },
  );

  app.get("/integrity/pairs", { onRequest, schema: { response: { 200: doubts } } }, async (request, reply) => {
    const outcome = await listPairs(contextOf(request));
    return outcome.ok ? { pairs: outcome.value.map(viewDoubt) } : refused(reply, outcome.refusal);
  });

  app.post(
    "/integrity/pairs/:id/open",
    { onRequest: deciding, schema: { params: doubtParams, response: { 200: openedDoubt, ...problems(403, 404) } } },
    async (request, reply) => {
      const outcome = await getPair(contextOf(request), request.params.id);
      if (!outcome.ok) return refused(reply, outcome.refusal);
      const { sides, verdict } = outcome.value;
      const today = services.clock.now().toISOString().slice(0, 10) as LocalDate;
      return {
        ...viewDoubt(outcome.value),
        verdict,
        child: sides.some((one) => isChild(one.bornOn as LocalDate, today)),
        sides: sides.map(({ names, filedAt, ...one }) => ({
          ...one,
          name: names.filter((part) => part !== "").join(" "),
          filedAt: filedAt.toISOString(),
        })),
      };
    },
  );
  app.post(
    "/integrity/pairs/:id/decide",
    { onRequest: deciding, schema: { params: doubtParams, body: doubtBody, response: answers } },
    async (request, reply) => {
      const outcome = await decidePair(contextOf(request), { id: request.params.id, verdict: request.body.verdict });
      return outcome.ok ? { ok: true as const } : refused(reply, outcome.refusal);
    },
  );

  app.post(
    "/integrity/thresholds/preview",
    { onRequest, schema: { body: thresholds, response: { 200: thresholdPreview, ...problems(422) } } },
    async (request, reply) => {
      const outcome = await previewThresholds(contextOf(request), request.body);
      return outcome.ok
        ? { levels: [...outcome.value.levels], labelled: outcome.value.labelled }
        : refused(reply, outcome.refusal);
    },
  );

  app.post(
    "/integrity/thresholds",
    { onRequest: deciding, schema: { body: thresholds, response: answers } },
    async (request, reply) => told(reply, await setThresholds(contextOf(request), request.body)),
  );

  app.get(
    "/integrity/weights",
    { onRequest, schema: { response: { 200: weightsProposal } } },
    async (request, reply) => {
      const outcome = await proposeWeights(contextOf(request));
      return outcome.ok ? { ...outcome.value, changes: [...outcome.value.changes] } : refused(reply, outcome.refusal);
    },
  );

  app.post(
    "/integrity/weights",
    { onRequest: deciding, schema: { body: weightsBody, response: answers } },
    async (request, reply) => told(reply, await setWeights(contextOf(request), request.body.labelled)),
  );
}

function viewDoubt({ id, kind, terms, foundAt, oneContact }: PairOfList): DoubtCard {
  const told = TERMS.filter((term) => terms[term] !== undefined);
  return { id, kind, terms: told, foundAt: foundAt.toISOString(), oneContact };
}

function viewCase(one: CaseView): CaseCard {
  const { id, version, clusterId, origin, officeId, level, points, state, missing } = one;
  return {
    ...{ id, version, clusterId, origin, officeId, level, points, state, missing },
    startsAt: one.startsAt.toISOString(),
    endsAt: one.state === "challenged" && one.aheadBy !== null ? endsAt(one.startsAt).toISOString() : null,
    attempts: one.attempts.map(({ channel, reached, at }) => ({ channel, reached, at: at.toISOString() })),
    appeal:
      one.appealedAt === null || one.appealVerdict !== null
        ? null
        : {
            at: one.appealedAt.toISOString(),
            dueAt: appealDueAt(one.appealedAt).toISOString(),
            reason: one.appealReason!,
            ownSignature: one.ownSignature,
          },
  };
}
