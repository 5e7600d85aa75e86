import type { FastifyInstance, FastifyReply } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { formatFolio } from "#kernel/folio.ts";
import type { BookingId } from "#kernel/ids.ts";
import {
  book,
  bookingBody,
  cancelBooking,
  COOL_DOWN_HOURS,
  getBooking,
  idempotencyKey,
  listBookingIds,
  MISTAKE_MINUTES,
  MOST_MOVES,
  moveBookingTo,
  openedHere,
  NEAR_OFFICES,
  permissionStanding,
  uuid,
  wanted,
  type BookingRefusal,
  type BookingView,
} from "#modules/booking/index.ts";
import { problem } from "#platform/http/index.ts";
import type { Services } from "#platform/context.ts";
import { callerOf, type Caller } from "./caller.ts";
import { openingRoutes } from "./opening.ts";
import { problems } from "./problems.ts";
import { appointmentShape, bookedShape, bookingShape } from "./shapes.ts";

const route = "POST /api/v1/bookings";
const security = [{ session: [] }];
const idParams = z.object({ id: uuid });

/** Bookings of a verified contact. Every route answers for the caller's own and for nothing else. */
export function bookingRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.post(
    "/bookings",
    {
      schema: {
        tags: ["bookings"],
        security,
        summary: "Book a party at a time, or confirm what it holds",
        headers: z.object({ "idempotency-key": idempotencyKey }),
        body: bookingBody,
        response: { 201: bookedShape, ...problems(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      const { ctx, contactId } = caller;
      const outcome = await book(ctx, {
        ...request.body,
        contactId,
        idempotency: { route, key: request.headers["idempotency-key"], body: canonical(request.body) },
      });
      if (!outcome.ok) return refuse(reply, outcome.refusal);
      reply.header("location", `/api/v1/bookings/${outcome.value.bookingId}`);
      return reply.code(201).send({ id: outcome.value.bookingId, officeId: outcome.value.officeId });
    },
  );

  app.get(
    "/bookings",
    {
      schema: {
        tags: ["bookings"],
        security,
        summary: "Your bookings that are still to come",
        description:
          "What this session booked or opened: POST /api/v1/bookings/open. An account or a card sees all of its own.",
        response: { 200: z.object({ bookings: z.array(bookingShape) }) },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      const opened = await openedHere(caller.ctx);
      const ids = (await listBookingIds(caller.ctx, caller.contactId)).filter(opened);
      const views = await Promise.all(ids.map((id) => getBooking(caller.ctx, caller.contactId, id)));
      return { bookings: views.flatMap((view) => (view ? [toShape(view)] : [])) };
    },
  );

  openingRoutes(root, services);

  app.get(
    "/bookings/:id",
    {
      schema: {
        tags: ["bookings"],
        security,
        summary: "One of your bookings",
        params: idParams,
        response: { 200: bookingShape, ...problems(404) },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      const view = await ownBooking(caller, request.params.id);
      return view ? toShape(view) : refuse(reply, { code: "unknown_booking" });
    },
  );

  app.get(
    "/bookings/:id/appointments",
    {
      schema: {
        tags: ["bookings"],
        security,
        summary: "The appointments of a booking",
        params: idParams,
        response: { 200: z.object({ appointments: z.array(appointmentShape) }), ...problems(404) },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      const view = await ownBooking(caller, request.params.id);
      return view ? { appointments: toShape(view).appointments } : refuse(reply, { code: "unknown_booking" });
    },
  );

  app.post(
    "/bookings/:id/move",
    {
      schema: {
        tags: ["bookings"],
        security,
        summary: "Move a booking to another time, day or office",
        params: idParams,
        description: `At most ${MOST_MOVES} times, to its own office or one of the ${NEAR_OFFICES} nearest; one move more within ${MISTAKE_MINUTES} minutes puts a mistake right and is not counted.`,
        body: z.strictObject({
          wanted,
          movedHome: z
            .boolean()
            .optional()
            .describe(
              "the family has moved far away: any office, and it is the last move but for putting that one right",
            ),
        }),
        response: { 200: bookedShape, ...problems(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      if (!(await openedHere(caller.ctx))(request.params.id)) return refuse(reply, { code: "unknown_booking" });
      const outcome = await moveBookingTo(caller.ctx, {
        contactId: caller.contactId,
        bookingId: request.params.id as BookingId,
        ...request.body,
      });
      return outcome.ok
        ? reply.send({ id: outcome.value.bookingId, officeId: outcome.value.officeId })
        : refuse(reply, outcome.refusal);
    },
  );

  app.post(
    "/bookings/:id/cancel",
    {
      schema: {
        tags: ["bookings"],
        security,
        summary: "Cancel a booking for all its people",
        description: `The contact then books nothing at once for ${COOL_DOWN_HOURS} hours; draws stay open to it. What was booked less than ${MISTAKE_MINUTES} minutes ago was a mistake, once.`,
        params: idParams,
        response: { 200: bookedShape, ...problems(404, 409) },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(services, request, reply);
      if (!caller) return reply;
      if (!(await openedHere(caller.ctx))(request.params.id)) return refuse(reply, { code: "unknown_booking" });
      const outcome = await cancelBooking(caller.ctx, {
        contactId: caller.contactId,
        bookingId: request.params.id as BookingId,
      });
      return outcome.ok
        ? reply.send({ id: outcome.value.bookingId, officeId: outcome.value.officeId })
        : refuse(reply, outcome.refusal);
    },
  );
}

/** A booking of the contact that this session may see; of all others there is one answer. */
async function ownBooking({ ctx, contactId }: Caller, id: string): Promise<BookingView | undefined> {
  const view = await getBooking(ctx, contactId, id as BookingId);
  return view && (await openedHere(ctx))(id) ? view : undefined;
}

/** One text for one body, whatever the order of its members. */
export function canonical(body: unknown): string {
  return JSON.stringify(body, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function toShape(view: BookingView): z.input<typeof bookingShape> {
  return {
    id: view.id,
    officeId: view.officeId,
    folio: formatFolio(view.folio),
    localDate: view.localDate,
    startsAt: view.startsAt.toISOString(),
    state: view.state,
    people: view.applicants.map(({ givenNames, firstSurname, secondSurname, parents }, i) => ({
      ordinal: i + 1,
      givenNames,
      firstSurname,
      secondSurname,
      permission: permissionStanding([{ parents }]) ?? null,
    })),
    appointments: view.appointments.map(({ id, ordinal, serviceGroup, services, startsAt, state }) => ({
      id,
      ordinal,
      serviceGroup,
      services: [...services],
      startsAt: startsAt.toISOString(),
      state,
    })),
    venue: view.specialDay?.venue ?? null,
    suspended: view.specialDay?.suspended ?? false,
  };
}

/** Every refusal has its status and a sentence that says what to do. */
export function refuse(reply: FastifyReply, refusal: BookingRefusal): FastifyReply {
  switch (refusal.code) {
    case "place_taken":
      return problem(
        reply,
        409,
        refusal.code,
        "That time was taken meanwhile. Choose another from /api/v1/offices/{id}/times.",
      );
    case "hold_expired":
      return problem(reply, 409, refusal.code, "The places are no longer kept for you. Choose a time again.");
    case "too_many_people":
      return problem(
        reply,
        422,
        refusal.code,
        `A contact has at most ${refusal.most} people with an appointment. An agent or a counter adds more.`,
      );
    case "already_booked":
      return problem(
        reply,
        409,
        refusal.code,
        `Person ${refusal.ordinal} already has an appointment of yours for this: /api/v1/bookings/${refusal.bookingId}.`,
      );
    case "twice_in_party":
      return problem(reply, 422, refusal.code, `Person ${refusal.ordinal} stands twice in the list.`);
    case "wrong_services":
      return problem(
        reply,
        422,
        refusal.code,
        `Person ${refusal.ordinal} needs one to three different services that can be booked at that age: /api/v1/services.`,
      );
    case "parents_missing":
      return problem(
        reply,
        422,
        refusal.code,
        `Person ${refusal.ordinal} is under 18 on that day: say for each parent on the record whether she or he comes, signs elsewhere or cannot.`,
      );
    case "permission_too_old":
      return problem(
        reply,
        422,
        refusal.code,
        `The permission for person ${refusal.ordinal} must be signed at most 90 days before the visit.`,
      );
    case "unknown_booking":
      return problem(reply, 404, refusal.code, "You have no such booking.");
    case "not_changeable":
      return problem(reply, 409, refusal.code, "This booking can no longer be changed.");
    case "too_late":
      return problem(
        reply,
        409,
        refusal.code,
        `Bookings can be changed until ${refusal.hours} hours before. Call the office.`,
      );
    case "too_many_moves":
      return problem(
        reply,
        409,
        refusal.code,
        `A booking is moved ${refusal.most} times at the most; it stands as it is. Cancel it and ask in the draw, or call.`,
      );
    case "too_far":
      return problem(
        reply,
        422,
        refusal.code,
        `A booking moves to its own office or one of the ${refusal.nearest} nearest. A family that has moved says so with movedHome.`,
      );
    case "wait_after_cancel":
      return problem(
        reply,
        409,
        refusal.code,
        `This contact cancelled an appointment and books nothing at once before ${refusal.until.toISOString()}. The draws are open to it.`,
      );
    case "contact_suspended":
      return problem(
        reply,
        409,
        refusal.code,
        `A person decided that this contact books nothing by itself before ${refusal.until.toISOString()}. The telephone and the counter are open.`,
      );
    case "too_often":
      return problem(
        reply.header("retry-after", refusal.retryAfter),
        429,
        refusal.code,
        `This contact asks more often than a family does. Ask again in ${refusal.retryAfter} seconds.`,
      );
    case "idempotency_mismatch":
      return problem(reply, 422, refusal.code, "This Idempotency-Key was used with another body.");
  }
}
