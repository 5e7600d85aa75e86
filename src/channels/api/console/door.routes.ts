import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { StaffId } from "#kernel/ids.ts";
import { localTimeAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import {
  askAtDoor,
  countOthers,
  getDoor,
  getDoorDay,
  getHourCode,
  limitHall,
  nextAtDoor,
  overrideAtDoor,
  secondAtDoor,
  undoAtDoor,
  type DoorAnswer as Told,
  type Shown,
} from "#modules/visits/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { doorAnswer, doorDay, doorNow, type DoorAnswer } from "./door-contract.ts";
import { officeOf, requireAction, staffContext } from "./gate.ts";
import type { ReadQrToken } from "./reception.routes.ts";
import { refused } from "./refusals.ts";
import {
  doorBody,
  doorSecondBody,
  hallLimitBody,
  nextBody,
  othersBody,
  overrideBody,
  visitParams,
} from "./requests.ts";

/** The door of the caller's office: who is let in, and how full the hall is. */
export function doorRoutes(root: FastifyInstance, services: Services, readQrToken: ReadQrToken): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "reception");
  const answer = { response: { 200: doorAnswer, ...problems(403, 404, 409, 422) } };
  const done = { response: { 204: z.undefined().describe("Done"), ...problems(403, 404, 409) } };

  const shownBy = async (ctx: Context, body: { folio: string } | { qr: string }): Promise<Shown> =>
    "qr" in body ? { bookingId: await readQrToken(ctx, body.qr) } : { folio: body.folio };
  const view = async (request: FastifyRequest, { from, ...told }: Told): Promise<DoorAnswer> => {
    const { zone } = (await getNetwork(services)).officeById.get(officeOf(request))!;
    return { ...told, fromTime: from && localTimeAt(from, zone) };
  };

  app.post("/door", { schema: { body: doorBody, ...answer } }, async (request, reply) => {
    const ctx = context(request);
    const { shown, stepFree } = request.body;
    const outcome = await askAtDoor(ctx, { shown: await shownBy(ctx, shown), stepFree });
    return outcome.ok ? view(request, outcome.value) : refused(reply, outcome.refusal);
  });
  app.post("/door/override", { schema: { body: overrideBody, ...answer } }, async (request, reply) => {
    const ctx = context(request);
    const { shown, reason } = request.body;
    const outcome = await overrideAtDoor(ctx, { shown: await shownBy(ctx, shown), reason });
    return outcome.ok ? view(request, outcome.value) : refused(reply, outcome.refusal);
  });
  app.post(
    "/door/second",
    { onRequest: requireAction(services, "run_hall"), schema: { body: doorSecondBody, ...done } },
    async (request, reply) => {
      const { staffId, reason } = request.body;
      const outcome = await secondAtDoor(context(request), { staffId: staffId as StaffId, reason });
      return outcome.ok ? reply.code(204).send() : refused(reply, outcome.refusal);
    },
  );
  app.post("/door/next", { schema: { body: nextBody, ...answer } }, async (request, reply) => {
    const outcome = await nextAtDoor(context(request), request.body);
    return outcome.ok ? view(request, outcome.value) : refused(reply, outcome.refusal);
  });
  app.post("/door/undo/:id", { schema: { params: visitParams, ...done } }, async (request, reply) => {
    const outcome = await undoAtDoor(context(request), { visitId: request.params.id });
    return outcome.ok ? reply.code(204).send() : refused(reply, outcome.refusal);
  });
  app.post("/door/others", { schema: { body: othersBody, ...done } }, async (request, reply) => {
    const outcome = await countOthers(context(request), request.body);
    return outcome.ok ? reply.code(204).send() : refused(reply, outcome.refusal);
  });
  app.get("/door", { schema: { response: { 200: doorNow, ...problems(403) } } }, async (request, reply) => {
    const ctx = context(request);
    const [now, hourCode] = await Promise.all([getDoor(ctx), getHourCode(ctx)]);
    if (!now.ok) return refused(reply, now.refusal);
    if (!hourCode.ok) return refused(reply, hourCode.refusal);
    const queue = now.value.queue.map(({ number, people, since }) => ({ number, people, since: since.toISOString() }));
    return { ...now.value, queue, hourCode: hourCode.value };
  });
  app.get("/door/day", { schema: { response: { 200: doorDay, ...problems(403) } } }, async (request, reply) => {
    const outcome = await getDoorDay(context(request));
    if (!outcome.ok) return refused(reply, outcome.refusal);
    const { localDate, overrides, arrivals } = outcome.value;
    return { localDate, overrides: [...overrides], arrivals: [...arrivals] };
  });
  app.put("/hall/limit", { schema: { body: hallLimitBody, ...done } }, async (request, reply) => {
    const outcome = await limitHall(context(request), request.body);
    return outcome.ok ? reply.code(204).send() : refused(reply, outcome.refusal);
  });
}
