import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { formatFolio } from "#kernel/folio.ts";
import { localTimeAt } from "#kernel/time.ts";
import { bookDated, listDatedTimes, type BookingRefusal } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import {
  askCodeAtDesk,
  attestPresence,
  beginAttestation,
  showByCard,
  showByCode,
  type IssuedCard,
} from "#modules/people/index.ts";
import { getWalkInRoom, registerWalkIn, turnCode, type VisitRefusal } from "#modules/visits/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { refuse as refuseBooking } from "../bookings.ts";
import { problems } from "../problems.ts";
import { tooMany } from "../rate-limit.ts";
import { passkeyOptions } from "./contract.ts";
import { setChallenge, staffToken, takeChallenge } from "./cookies.ts";
import { officeOf, requireAction, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";
import {
  datedBody,
  datesBody,
  deskCode,
  deskCodeBody,
  presenceBody,
  presenceShown,
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
      const {
        localDate,
        opensAt,
        closesAt,
        turns,
        services: given,
        tightest,
      } = await getWalkInRoom(ctx, officeOf(request));
      return {
        localDate,
        opensAt: opensAt && localTimeAt(opensAt, zone),
        closesAt: closesAt && localTimeAt(closesAt, zone),
        turns,
        services: [...given],
        tightest: tightest ?? null,
      };
    },
  );

  const no = problems(403, 404, 409, 422);
  app.post(
    "/walk-ins",
    { onRequest, schema: { body: walkInBody, response: { 200: walkInTurn, ...no } } },
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
    { onRequest, schema: { body: datedBody, response: { 200: walkInDated, ...no } } },
    async (request, reply) => {
      const ctx = context(request);
      const startsAt = new Date(request.body.startsAt);
      const outcome = await bookDated(ctx, { ...request.body, startsAt });
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

  app.post(
    "/walk-ins/code",
    { onRequest, schema: { body: deskCodeBody, response: { 200: deskCode, ...problems(403, 422, 429) } } },
    async (request, reply) => {
      const ctx = context(request);
      const outcome = await askCodeAtDesk(ctx, request.body);
      if (outcome.ok) return { ...outcome.value, expiresAt: outcome.value.expiresAt.toISOString() };
      const { refusal } = outcome;
      if (refusal.code === "too_many_codes")
        return tooMany(reply, refusal.code, "Several codes went there already. Wait.", refusal.retryAt, ctx.now);
      return refused(reply, refusal);
    },
  );

  app.post(
    "/walk-ins/second",
    { onRequest, schema: { response: { 200: passkeyOptions, ...problems(403) } } },
    async (request, reply) => {
      const token = staffToken(request, services.publicOrigin)!;
      const { options, challenge } = await beginAttestation(context(request), token);
      setChallenge(reply, services.publicOrigin, challenge);
      return { options: { ...options } };
    },
  );

  app.post(
    "/walk-ins/presence",
    { onRequest, schema: { body: presenceBody, response: { 200: presenceShown, ...problems(403, 409, 422, 429) } } },
    async (request, reply) => {
      const ctx = context(request);
      const { body } = request;
      const outcome =
        body.by === "code"
          ? await showByCode(ctx, body)
          : body.by === "card"
            ? await showByCard(ctx, body)
            : await attestPresence(ctx, {
                token: staffToken(request, services.publicOrigin)!,
                challenge: takeChallenge(request, reply, services.publicOrigin),
                response: body.response,
              });
      if (outcome.ok) return { presence: outcome.value.id, expiresAt: outcome.value.expiresAt.toISOString() };
      const { refusal } = outcome;
      if (refusal.code === "card_locked")
        return tooMany(reply, refusal.code, "Too many wrong PINs. Wait, then try again.", refusal.until, ctx.now);
      return refused(reply, refusal);
    },
  );
}

function viewCard(card: IssuedCard | undefined) {
  return card ? { folio: formatFolio(card.folio), pin: card.pin } : null;
}

/** What the hall refuses and no booking does. */
const OF_THE_HALL = [
  "not_given_today",
  "not_allowed",
  "presence_needed",
  "not_today",
  "booking_ended",
  "changed_meanwhile",
  "right_is_over",
] as const;

function refuseEither(
  reply: FastifyReply,
  refusal: BookingRefusal | VisitRefusal | { code: "presence_needed" },
): FastifyReply {
  const code = OF_THE_HALL.find((one) => one === refusal.code);
  return code ? refused(reply, { code }) : refuseBooking(reply, refusal as BookingRefusal);
}
