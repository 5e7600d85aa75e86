import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { z } from "zod";
import type { Outcome } from "#kernel/outcome.ts";
import {
  draftTakedown,
  getAdvertMonths,
  getScreenshot,
  importAdverts,
  MOST_IMPORT_BYTES,
  judgeAdvert,
  listAdverts,
  moveTakedown,
  openAdvert,
  recordPurchase,
  reportAdvert,
  witnessPurchase,
  type AdvertId,
  type AdvertLine,
  type ImportProgress,
  type OpenedAdvert,
  type PurchaseRefusal,
} from "#modules/adverts/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { photoTypeOf } from "#platform/photo.ts";
import { problems } from "../problems.ts";
import {
  advertFiled,
  advertList,
  advertMonths,
  advertParams,
  advertQuery,
  importQuery,
  judgeBody,
  moveBody,
  openedAdvert,
  purchaseBody,
  purchaseParams,
  reportBody,
  screenshotParams,
} from "./advert-contract.ts";
import { memberOf, requireAction, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";

/** Bytes of a report with a picture that the console has made small. */
const REPORT_BYTES = 450_000;
/** Of a contact's id: enough to know it again beside a case. */
const TAIL_LENGTH = 4;

/** Adverts that sell appointments, for the integrity analysts of the network. */
export function advertRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "office");
  const onRequest = requireAction(services, "decide_integrity");

  app.get(
    "/adverts",
    { schema: { querystring: advertQuery, response: { 200: advertList, ...problems(403) } } },
    async (request, reply) => {
      const outcome = await listAdverts(context(request), request.query);
      return outcome.ok ? { adverts: outcome.value.map(viewLine) } : refused(reply, outcome.refusal);
    },
  );
  app.get(
    "/adverts/months",
    { schema: { response: { 200: advertMonths, ...problems(403) } } },
    async (request, reply) => {
      const outcome = await getAdvertMonths(context(request));
      if (!outcome.ok) return refused(reply, outcome.refusal);
      return { months: [...outcome.value.months], line: outcome.value.line ?? null };
    },
  );
  app.post(
    "/adverts",
    {
      bodyLimit: REPORT_BYTES,
      schema: { body: reportBody, response: { 200: advertFiled, ...problems(403, 422, 429) } },
    },
    async (request, reply) => {
      const { screenshot, ...report } = request.body;
      const picture = screenshot === undefined ? undefined : Buffer.from(screenshot, "base64");
      const outcome = await reportAdvert(context(request), { ...report, screenshot: picture });
      return outcome.ok ? { id: outcome.value.id } : refused(reply, { code: outcome.refusal.code });
    },
  );
  app.get(
    "/adverts/:id/screenshots/:screenshot",
    { schema: { hide: true, params: screenshotParams } },
    async (request, reply) => {
      const { id, screenshot } = request.params;
      const outcome = await getScreenshot(context(request), id, screenshot);
      if (!outcome.ok) return refused(reply, outcome.refusal);
      return reply.type(photoTypeOf(outcome.value) ?? "application/octet-stream").send(outcome.value);
    },
  );

  const opened = { 200: openedAdvert, ...problems(403, 404, 409) };
  app.post(
    "/adverts/:id/open",
    { schema: { params: advertParams, response: { 200: openedAdvert, ...problems(403, 404) } } },
    async (request, reply) => openOr(request, reply, { ok: true, value: undefined }),
  );
  app.post(
    "/adverts/:id/judge",
    { onRequest, schema: { params: advertParams, body: judgeBody, response: opened } },
    async (request, reply) => {
      const seen = { id: request.params.id, version: request.body.version };
      return openOr(request, reply, await judgeAdvert(context(request), seen, request.body.state));
    },
  );
  app.post("/adverts/:id/takedown", { schema: { params: advertParams, response: opened } }, async (request, reply) =>
    openOr(request, reply, await draftTakedown(context(request), request.params.id)),
  );
  app.post(
    "/adverts/:id/takedown/move",
    { schema: { params: advertParams, body: moveBody, response: opened } },
    async (request, reply) => {
      const seen = { id: request.params.id, version: request.body.version };
      return openOr(request, reply, await moveTakedown(context(request), seen, request.body.to));
    },
  );
  app.post(
    "/adverts/:id/purchases",
    { onRequest, schema: { params: advertParams, body: purchaseBody, response: { ...opened, ...problems(422) } } },
    async (request, reply) =>
      openOr(request, reply, await recordPurchase(context(request), request.params.id, request.body)),
  );
  app.post(
    "/adverts/:id/purchases/:purchase/witness",
    { onRequest, schema: { params: purchaseParams, response: opened } },
    async (request, reply) => {
      const { id, purchase } = request.params;
      return openOr(request, reply, await witnessPurchase(context(request), id, purchase));
    },
  );

  // An export is not taken apart before it is read: rows are filed while it still arrives.
  void root.register(async (scope) => {
    scope.addContentTypeParser(
      ["text/csv", "application/x-ndjson"],
      { bodyLimit: MOST_IMPORT_BYTES },
      (_request, payload, done) => done(null, payload),
    );
    scope
      .withTypeProvider<ZodTypeProvider>()
      .post(
        "/adverts/import",
        { bodyLimit: MOST_IMPORT_BYTES, schema: { hide: true, querystring: importQuery } },
        async (request, reply) => {
          const outcome = importAdverts(context(request), request.query.format, request.body as Readable);
          if (!outcome.ok) return refused(reply, outcome.refusal);
          return reply.type("application/x-ndjson").send(Readable.from(linesOf(outcome.value)));
        },
      );
  });

  /** How it stands after a step. */
  async function openOr(
    request: FastifyRequest,
    reply: FastifyReply,
    outcome: Outcome<unknown, PurchaseRefusal>,
  ): Promise<z.input<typeof openedAdvert> | FastifyReply> {
    if (!outcome.ok) return refused(reply, outcome.refusal);
    const found = await openAdvert(context(request), (request.params as { id: AdvertId }).id);
    return found.ok ? viewOpened(found.value, memberOf(request).id) : refused(reply, found.refusal);
  }
}

async function* linesOf(progress: AsyncIterable<ImportProgress>): AsyncIterable<string> {
  for await (const one of progress) yield `${JSON.stringify(one)}\n`;
}

function viewLine({ filedAt, lastAt, ...line }: AdvertLine): z.input<typeof advertList>["adverts"][number] {
  return { ...line, filedAt: filedAt.toISOString(), lastAt: lastAt.toISOString() };
}

function viewOpened(
  { filedAt, lastAt, filedBy, points, screenshots, takedown, purchases, ...one }: OpenedAdvert,
  me: string,
): z.input<typeof openedAdvert> {
  return {
    ...one,
    filedAt: filedAt.toISOString(),
    lastAt: lastAt.toISOString(),
    mine: filedBy === me,
    points: points.map(({ match, ...point }) => ({
      ...point,
      match: match?.contactId.slice(-TAIL_LENGTH).toUpperCase() ?? null,
    })),
    screenshots: [...screenshots],
    takedown: takedown
      ? {
          state: takedown.state,
          version: takedown.version,
          next: [...takedown.next],
          draftedAt: takedown.draftedAt.toISOString(),
          sentAt: takedown.sentAt?.toISOString() ?? null,
          answeredAt: takedown.answeredAt?.toISOString() ?? null,
          closedAt: takedown.closedAt?.toISOString() ?? null,
        }
      : null,
    purchases: purchases.map(({ id, boughtAt, priceCents, folioTail, boughtBy, witnessedBy }) => ({
      id,
      boughtAt: boughtAt.toISOString(),
      priceCents,
      folioTail: folioTail ?? null,
      mine: boughtBy === me,
      witnessed: witnessedBy !== null,
    })),
  };
}
