import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { BookingId } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import {
  correctName,
  findBookingOfSheet,
  findByFolio,
  findById,
  getFile,
  listToday,
  recordPermission,
  undoPermission,
} from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import {
  callParty,
  checkIn,
  listCounters,
  markNoShow,
  readDayNotices,
  recordOutcomes,
  returnUntilOf,
  startService,
  undo,
  type VisitOutcome,
} from "#modules/visits/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { corrected, counters, file, found, permissionAnswer, today, visitAnswer } from "./contract.ts";
import { problems } from "../problems.ts";
import { officeOf, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";
import {
  bookingBody,
  callBody,
  findBody,
  namesBody,
  outcomesBody,
  permissionBody,
  permissionUndoBody,
  serveBody,
  visitParams,
} from "./requests.ts";
import { viewFile, viewParties, viewSuspensions, viewVisit } from "./views.ts";

/** Reads the signed code of a slip; undefined when it is none of ours. */
export type ReadQrToken = (ctx: Context, token: string) => Promise<BookingId | undefined>;

/** The day at the caller's office. What names a person travels in bodies only; names are searched in the browser. */
export function receptionRoutes(root: FastifyInstance, services: Services, readQrToken: ReadQrToken): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "reception");
  const answer = { response: { 200: visitAnswer, ...problems(404, 409, 422) } };

  // The largest answer of all is written as its view made it; a test holds it to the contract.
  const asItIs = { serializerCompiler: () => (answer: unknown) => JSON.stringify(answer) };
  app.get("/today", { schema: { response: { 200: today } }, ...asItIs }, async (request, reply) => {
    const officeId = officeOf(request);
    const ctx = context(request);
    const { zone } = (await getNetwork(ctx)).officeById.get(officeId)!;
    const localDate = localDateAt(ctx.now, zone);
    const [day, notices] = await Promise.all([listToday(ctx, officeId), readDayNotices(ctx, officeId, localDate)]);
    if (!day.ok) return refused(reply, day.refusal);
    const suspensions = viewSuspensions(notices.suspensions, zone);
    const parties = viewParties(day.value, notices.parties, { zone, localDate }, ctx.now);
    return { officeId, zone, localDate, at: ctx.now.toISOString(), suspensions, parties };
  });

  app.post(
    "/find",
    { schema: { body: findBody, response: { 200: found, ...problems(404, 422) } } },
    async (request, reply) => {
      const officeId = officeOf(request);
      const ctx = context(request);
      const { body } = request;
      const bookingId =
        "qr" in body ? ((await readQrToken(ctx, body.qr)) ?? (await findBookingOfSheet(ctx, body.qr))) : undefined;
      if ("qr" in body && bookingId === undefined) return refused(reply, { code: "unknown_booking" });
      const outcome =
        "qr" in body ? await findById(ctx, officeId, bookingId!) : await findByFolio(ctx, officeId, body.folio);
      return outcome.ok
        ? { ...outcome.value, startsAt: outcome.value.startsAt.toISOString() }
        : refused(reply, outcome.refusal);
    },
  );

  app.post(
    "/files",
    { schema: { body: bookingBody, response: { 200: file, ...problems(404, 429) } } },
    async (request, reply) => {
      const officeId = officeOf(request);
      const ctx = context(request);
      const { bookingId } = request.body;
      const [outcome, network, returnUntil] = await Promise.all([
        getFile(ctx, officeId, bookingId),
        getNetwork(ctx),
        returnUntilOf(ctx, officeId, bookingId),
      ]);
      return outcome.ok
        ? viewFile(outcome.value, network, officeId, returnUntil, ctx.now)
        : refused(reply, outcome.refusal);
    },
  );

  app.post("/visits", { schema: { body: bookingBody, ...answer } }, async (request, reply) =>
    visitOr(reply, services, await checkIn(context(request), request.body)),
  );
  app.post("/visits/:id/call", { schema: { params: visitParams, body: callBody, ...answer } }, async (request, reply) =>
    visitOr(reply, services, await callParty(context(request), { visitId: request.params.id, ...request.body })),
  );
  app.post(
    "/visits/:id/serve",
    { schema: { params: visitParams, body: serveBody, ...answer } },
    async (request, reply) =>
      visitOr(reply, services, await startService(context(request), { visitId: request.params.id, ...request.body })),
  );
  app.post(
    "/visits/:id/outcomes",
    { schema: { params: visitParams, body: outcomesBody, ...answer } },
    async (request, reply) =>
      visitOr(reply, services, await recordOutcomes(context(request), { visitId: request.params.id, ...request.body })),
  );
  app.post("/visits/:id/undo", { schema: { params: visitParams, ...answer } }, async (request, reply) =>
    visitOr(reply, services, await undo(context(request), { visitId: request.params.id })),
  );
  app.post("/no-show", { schema: { body: bookingBody, ...answer } }, async (request, reply) =>
    visitOr(reply, services, await markNoShow(context(request), request.body)),
  );

  app.post(
    "/names",
    { schema: { body: namesBody, response: { 200: corrected, ...problems(404, 409) } } },
    async (request, reply) => {
      const { bookingId, ordinal, second, ...names } = request.body;
      const outcome = await correctName(context(request), { bookingId, ordinal, second, names });
      return outcome.ok ? outcome.value : refused(reply, outcome.refusal);
    },
  );

  const permission = { response: { 200: permissionAnswer, ...problems(404, 409, 422) } };
  app.post("/permissions", { schema: { body: permissionBody, ...permission } }, async (request, reply) => {
    const outcome = await recordPermission(context(request), request.body);
    return outcome.ok ? outcome.value : refused(reply, outcome.refusal);
  });
  app.post("/permissions/undo", { schema: { body: permissionUndoBody, ...permission } }, async (request, reply) => {
    const outcome = await undoPermission(context(request), request.body);
    return outcome.ok ? outcome.value : refused(reply, outcome.refusal);
  });

  app.get("/counters", { schema: { response: { 200: counters } } }, async (request) => {
    const officeId = officeOf(request);
    const ctx = context(request);
    const { zone } = (await getNetwork(ctx)).officeById.get(officeId)!;
    return { counters: await listCounters(ctx, officeId, localDateAt(ctx.now, zone)) };
  });
}

function visitOr(reply: FastifyReply, services: Services, outcome: VisitOutcome) {
  return outcome.ok ? { visit: viewVisit(outcome.value, services.clock.now()) } : refused(reply, outcome.refusal);
}
