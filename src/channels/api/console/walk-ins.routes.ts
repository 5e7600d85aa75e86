import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { formatFolio } from "#kernel/folio.ts";
import { localTimeAt } from "#kernel/time.ts";
import { bookDated, listDatedTimes, type BookingRefusal } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import type { IssuedCard } from "#modules/people/index.ts";
import { getWalkInRoom, registerWalkIn, turnCode, type VisitRefusal } from "#modules/visits/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { refuse as refuseBooking } from "../bookings.ts";
import { problems } from "../problems.ts";
import { officeOf, requireAction, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";
import {
  datedBody,
  datesBody,
  walkInBody,
  walkInDated,
  walkInDates,
  walkInRoom,
  walkInTurn,
} from "./walk-in-contract.ts";

/** Households that come without an appointment: a turn of today, or a date before they leave. */
export function walkInRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "reception");
  const zoneOf = async (request: FastifyRequest, ctx: Context) =>
    (await getNetwork(ctx)).officeById.get(officeOf(request))!.zone;

  const onRequest = requireAction(services, "book_for_person");
  app.get(
    "/walk-ins/room",
    { onRequest, schema: { response: { 200: walkInRoom, ...problems(403) } } },
    async (request) => {
      const ctx = context(request);
      const zone = await zoneOf(request, ctx);
      const { localDate, opensAt, closesAt, turns, tightest } = await getWalkInRoom(ctx, officeOf(request));
      return {
        localDate,
        opensAt: opensAt && localTimeAt(opensAt, zone),
        closesAt: closesAt && localTimeAt(closesAt, zone),
        turns,
        tightest: tightest ?? null,
      };
    },
  );

  const no = problems(403, 404, 409, 422);
  app.post(
    "/walk-ins",
    { schema: { body: walkInBody, response: { 200: walkInTurn, ...no } } },
    async (request, reply) => {
      const ctx = context(request);
      const outcome = await registerWalkIn(ctx, request.body);
      if (!outcome.ok) return refuseEither(reply, outcome.refusal);
      const { visit, bookingId, card, byLot } = outcome.value;
      return {
        bookingId,
        ...turnCode(visit.turnNo!),
        people: visit.people,
        byLot,
        card: viewCard(card),
      };
    },
  );

  app.post(
    "/walk-ins/dates",
    { onRequest, schema: { body: datesBody, response: { 200: walkInDates } } },
    async (request) => {
      const ctx = context(request);
      const zone = await zoneOf(request, ctx);
      const dates = await listDatedTimes(ctx, request.body.people);
      return {
        dates: dates.map(({ localDate, startsAt }) => ({
          localDate,
          localTime: localTimeAt(startsAt, zone),
          startsAt: startsAt.toISOString(),
        })),
      };
    },
  );

  app.post(
    "/walk-ins/dated",
    { schema: { body: datedBody, response: { 200: walkInDated, ...no } } },
    async (request, reply) => {
      const ctx = context(request);
      const startsAt = new Date(request.body.startsAt);
      const outcome = await bookDated(ctx, { applicants: request.body.applicants, startsAt });
      if (!outcome.ok) return refuseEither(reply, outcome.refusal);
      const { bookingId, localDate, card } = outcome.value;
      return {
        bookingId,
        localDate,
        localTime: localTimeAt(startsAt, await zoneOf(request, ctx)),
        card: viewCard(card),
      };
    },
  );
}

function viewCard(card: IssuedCard | undefined) {
  return card ? { folio: formatFolio(card.folio), pin: card.pin } : null;
}

/** What the hall refuses and no booking does. */
const OF_THE_HALL = ["not_allowed", "not_today", "booking_ended", "changed_meanwhile", "right_is_over"] as const;

function refuseEither(reply: FastifyReply, refusal: BookingRefusal | VisitRefusal): FastifyReply {
  const code = OF_THE_HALL.find((one) => one === refusal.code);
  return code ? refused(reply, { code }) : refuseBooking(reply, refusal as BookingRefusal);
}
