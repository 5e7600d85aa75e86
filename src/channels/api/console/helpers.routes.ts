import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { z } from "zod";
import type { Outcome } from "#kernel/outcome.ts";
import {
  approveHelper,
  giveEnrolment,
  listHelpers,
  moveHelper,
  openHelper,
  type HelperId,
  type HelperLine,
  type HelperRefusal,
  type OpenedHelper,
} from "#modules/helpers/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { requireAction, staffContext } from "./gate.ts";
import {
  approveBody,
  helperEnrolment,
  helperList,
  helperParams,
  moveHelperBody,
  openedHelper,
} from "./helper-contract.ts";
import { refused } from "./refusals.ts";

/** Registered helpers, for heads of offices and headquarters. */
export function helperRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "office");
  const onRequest = requireAction(services, "decide_helpers");
  const opened = { 200: openedHelper, ...problems(403, 404, 409, 422) };

  app.get("/helpers", { schema: { response: { 200: helperList, ...problems(403) } } }, async (request, reply) => {
    const outcome = await listHelpers(context(request));
    return outcome.ok ? { helpers: outcome.value.map(viewLine) } : refused(reply, outcome.refusal);
  });
  app.post(
    "/helpers/:id/open",
    { schema: { params: helperParams, response: { 200: openedHelper, ...problems(403, 404) } } },
    async (request, reply) => openOr(request, reply, { ok: true, value: undefined }),
  );
  app.post(
    "/helpers/:id/approve",
    { onRequest, schema: { params: helperParams, body: approveBody, response: opened } },
    async (request, reply) => {
      const seen = { id: request.params.id, version: request.body.version };
      return openOr(request, reply, await approveHelper(context(request), seen));
    },
  );
  app.post(
    "/helpers/:id/move",
    { onRequest, schema: { params: helperParams, body: moveHelperBody, response: opened } },
    async (request, reply) => {
      const { version, to, reason } = request.body;
      const seen = { id: request.params.id, version };
      return openOr(request, reply, await moveHelper(context(request), seen, to, reason));
    },
  );
  app.post(
    "/helpers/:id/enrolment",
    {
      onRequest,
      schema: {
        params: helperParams,
        body: approveBody,
        response: { 200: helperEnrolment, ...problems(403, 404, 409) },
      },
    },
    async (request, reply) => {
      const seen = { id: request.params.id, version: request.body.version };
      const outcome = await giveEnrolment(context(request), seen);
      if (!outcome.ok) return refused(reply, outcome.refusal);
      return { code: outcome.value.code, until: outcome.value.until.toISOString() };
    },
  );

  /** How it stands after a step. */
  async function openOr(
    request: FastifyRequest,
    reply: FastifyReply,
    outcome: Outcome<unknown, HelperRefusal>,
  ): Promise<z.input<typeof openedHelper> | FastifyReply> {
    if (!outcome.ok) return refused(reply, outcome.refusal);
    const found = await openHelper(context(request), (request.params as { id: HelperId }).id);
    return found.ok ? viewOpened(found.value) : refused(reply, found.refusal);
  }
}

function viewLine({ askedAt, ...one }: HelperLine): z.input<typeof helperList>["helpers"][number] {
  return { ...one, askedAt: askedAt.toISOString() };
}

function viewOpened({ askedAt, approvedAt, approvals, figures, ...one }: OpenedHelper): z.input<typeof openedHelper> {
  return {
    ...one,
    askedAt: askedAt.toISOString(),
    approvedAt: approvedAt?.toISOString() ?? null,
    approvals: approvals.map(({ at, ...approval }) => ({ ...approval, at: at.toISOString() })),
    figures: { ...figures, languages: [...figures.languages] },
  };
}
