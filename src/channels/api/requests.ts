import type { FastifyInstance, FastifyReply } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { formatFolio } from "#kernel/folio.ts";
import { getDrawnGroups, type Filed, type RequestId } from "#modules/allocation/index.ts";
import {
  acceptOffer,
  changeRequest,
  decline,
  keepForBetterPlace,
  getOwnRequest,
  listOwnRequests,
  openedHere,
  requestBody,
  requestNumber,
  requestPlaces,
  uuid,
  withdraw,
  type RequestRefusal,
  type RequestView,
} from "#modules/booking/index.ts";
import { problem } from "#platform/http/index.ts";
import type { Services } from "#platform/context.ts";
import { refuse as refuseBooking } from "./bookings.ts";
import { callerOf, type Caller } from "./caller.ts";
import { problems } from "./problems.ts";
import { bookedShape, filedShape, requestShape } from "./shapes.ts";

const tags = ["requests"];
const security = [{ session: [] }];
const params = z.object({ id: uuid });
const withdrawn = z.object({ id: z.string() });

/** Requests of a verified contact, where places are drawn. Every route answers for the caller's own and for nothing else. */
export function requestRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  /** Only offices that draw stand in a wish: what can never be given is not kept either. */
  async function allDraw({ wish }: z.output<typeof requestBody>): Promise<boolean> {
    const drawn = await getDrawnGroups(services);
    return [...wish.offices, ...wish.orElse].every((office) => drawn.has(office));
  }

  app.post(
    "/requests",
    {
      schema: {
        tags,
        security,
        summary: "Ask for a place in the draw that is open; first and last minute are alike",
        body: requestBody,
        response: { 201: filedShape, ...problems(409, 422) },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      if (!(await allDraw(request.body))) return refuse(reply, { code: "bad_options" });
      const outcome = await requestPlaces(caller.ctx, { ...request.body, contactId: caller.contactId });
      if (!outcome.ok) return refuse(reply, outcome.refusal);
      reply.header("location", `/api/v1/requests/${outcome.value.requestId}`);
      return reply.code(201).send(toFiled(outcome.value));
    },
  );

  app.get(
    "/requests",
    {
      schema: {
        tags,
        security,
        summary: "Your requests, the latest first, and how each stands in its draws",
        description:
          "What this session filed or opened: POST /api/v1/bookings/open. An account or a card sees all of its own.",
        response: { 200: z.object({ requests: z.array(requestShape) }) },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      const opened = await openedHere(caller.ctx);
      return { requests: (await listOwnRequests(caller.ctx)).filter(({ id }) => opened(id)).map(toShape) };
    },
  );

  app.get(
    "/requests/:id",
    {
      schema: {
        tags,
        security,
        summary: "One of your requests",
        params,
        response: { 200: requestShape, ...problems(404) },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      const view = await getOwnRequest(caller.ctx, request.params.id as RequestId);
      return view && (await isOpened(caller, view.id)) ? toShape(view) : refuse(reply, { code: "unknown_request" });
    },
  );

  app.put(
    "/requests/:id",
    {
      schema: {
        tags,
        security,
        summary: "Write a request anew before the lock; its promise ends the one before",
        params,
        body: requestBody,
        response: { 200: filedShape, ...problems(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      if (!(await allDraw(request.body))) return refuse(reply, { code: "bad_options" });
      if (!(await isOpened(caller, request.params.id))) return refuse(reply, { code: "unknown_request" });
      const asked = { ...request.body, contactId: caller.contactId };
      const outcome = await changeRequest(caller.ctx, request.params.id as RequestId, asked);
      return outcome.ok ? toFiled(outcome.value) : refuse(reply, outcome.refusal);
    },
  );

  app.delete(
    "/requests/:id",
    {
      schema: { tags, security, summary: "Withdraw a request", params, response: { 200: withdrawn, ...problems(404) } },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      if (!(await isOpened(caller, request.params.id))) return refuse(reply, { code: "unknown_request" });
      const id = request.params.id as RequestId;
      const outcome = await withdraw(caller.ctx, id, caller.contactId);
      return outcome.ok ? { id } : refuse(reply, outcome.refusal);
    },
  );

  app.post(
    "/requests/:id/accept",
    {
      schema: {
        tags,
        security,
        summary: "Take the place that is offered; it becomes a booking",
        params,
        response: { 200: bookedShape, ...problems(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      if (!(await isOpened(caller, request.params.id))) return refuse(reply, { code: "unknown_request" });
      const outcome = await acceptOffer(caller.ctx, request.params.id as RequestId, caller.contactId);
      if (outcome.ok) return { id: outcome.value.bookingId, officeId: outcome.value.officeId };
      const { refusal } = outcome;
      return refusal.code === "unknown_request" ? refuse(reply, refusal) : refuseBooking(reply, refusal);
    },
  );

  app.post(
    "/requests/:id/keep",
    {
      schema: {
        tags,
        security,
        summary:
          "Say yes and wait: the second round changes the place for one that the request ranked before it, or leaves it",
        params,
        response: { 200: withdrawn, ...problems(404, 409) },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      if (!(await isOpened(caller, request.params.id))) return refuse(reply, { code: "unknown_request" });
      const id = request.params.id as RequestId;
      const outcome = await keepForBetterPlace(caller.ctx, id, caller.contactId);
      if (outcome.ok) return { id };
      const { code } = outcome.refusal;
      return code === "no_better"
        ? problem(reply, 409, code, "There is no second round any more that could have a better place for it.")
        : refuse(reply, { code });
    },
  );

  app.post(
    "/requests/:id/decline",
    {
      schema: {
        tags,
        security,
        summary: "Say no to the place that is offered; the request stands again, and a no costs nothing",
        params,
        response: { 200: withdrawn, ...problems(404) },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      if (!(await isOpened(caller, request.params.id))) return refuse(reply, { code: "unknown_request" });
      const id = request.params.id as RequestId;
      const outcome = await decline(caller.ctx, id, caller.contactId);
      return outcome.ok ? { id } : refuse(reply, outcome.refusal);
    },
  );
}

async function isOpened({ ctx }: Caller, id: string): Promise<boolean> {
  return (await openedHere(ctx))(id);
}

function toFiled({ requestId, drawId, promise }: Filed): z.input<typeof filedShape> {
  return { id: requestId, number: formatFolio(requestNumber(requestId)), drawId, promise };
}

function toShape({
  id,
  number,
  state,
  people,
  autoConfirm,
  bookingId,
  draws,
}: RequestView): z.input<typeof requestShape> {
  return {
    id,
    number: formatFolio(number),
    state,
    people,
    autoConfirm,
    bookingId,
    draws: draws.map(({ drawId, locksAt, drawsAt, answersBy, answer, officeId, seating, upgrade }) => ({
      drawId,
      locksAt: locksAt.toISOString(),
      drawsAt: drawsAt.toISOString(),
      answersBy: answersBy.toISOString(),
      answer: answer === "not_live" ? "confirm_identity" : answer,
      officeId,
      startsAt: seating ? new Date(Math.min(...seating.map((one) => one.startsAt))).toISOString() : null,
      upgrade,
    })),
  };
}

function refuse(reply: FastifyReply, refusal: RequestRefusal): FastifyReply {
  switch (refusal.code) {
    case "no_draw":
      return problem(
        reply,
        409,
        refusal.code,
        "No draw for these services takes requests now: /open/v1/draws says when.",
      );
    case "bad_options":
      return problem(
        reply,
        422,
        refusal.code,
        "No day of the draw fits this wish, or one of its offices draws nothing.",
      );
    case "already_filed":
      return problem(
        reply,
        409,
        refusal.code,
        `You have asked for these services already: change /api/v1/requests/${refusal.requestId}.`,
      );
    case "unknown_request":
      return problem(reply, 404, refusal.code, "You have no such request, or it can no longer be changed.");
    default:
      return refuseBooking(reply, refusal);
  }
}
