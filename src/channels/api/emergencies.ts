import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { bearerSession, citizenContext } from "#channels/common/session.ts";
import { applicant, MOST_PEOPLE_ONLINE, uuid } from "#modules/booking/index.ts";
import {
  askEmergency,
  bookGranted,
  emergencyBody,
  EMERGENCY_STATES,
  getOwnEmergency,
  listOwnEmergencies,
  NO_REASONS,
  reviewEmergency,
  withdrawEmergency,
  type AskRefusal,
  type EmergencyId,
  type OwnEmergency,
  type OwnRefusal,
} from "#modules/emergencies/index.ts";
import { problem } from "#platform/http/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { refuse as refuseBooking } from "./bookings.ts";
import { problems } from "./problems.ts";
import { bookedShape } from "./shapes.ts";

const tags = ["emergencies"];
const security = [{ session: [] }];
const params = z.object({ id: uuid });

const askedShape = z.object({
  id: z.string(),
  officeId: z.string(),
  dueAt: z.string().describe("by when a person answers: two opening hours of the office"),
});
const ownShape = askedShape.extend({
  state: z
    .enum(EMERGENCY_STATES)
    .exclude(["proposed"])
    .describe("asked: nobody has answered yet. lapsed: its place is past and nobody said who comes"),
  askedAt: z.string(),
  answer: z.enum(["place", "hour", "no"]).nullable().describe("hour: come on that day at that hour, without a place"),
  service: z.string().nullable(),
  people: z.number().int().nullable(),
  localDate: z.string().nullable(),
  startsAt: z.string().nullable().describe("a place is kept until then; POST …/book says who comes"),
  reason: z.enum(NO_REASONS).nullable(),
  words: z.string().describe("what the office wrote; empty when nothing"),
  bookingId: z.string().nullable(),
  mayReview: z.boolean().describe("the head of office looks at a no, once: POST …/review"),
});
const applicants = z.strictObject({
  applicants: z
    .array(applicant.omit({ services: true }))
    .min(1)
    .max(MOST_PEOPLE_ONLINE),
});

/** Urgent attention, for a verified contact or for a session that gives a telephone. What happened is in no answer. */
export function emergencyRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.post(
    "/emergencies",
    {
      schema: {
        tags,
        security,
        summary: "Ask for urgent attention: two questions, no paper; one is open at a time",
        description:
          "The session's verified contact is told of the answer; with `phone`, for which no code is needed, a person calls. Who is in danger calls 911.",
        body: emergencyBody,
        response: { 201: askedShape, ...problems(404, 409, 422, 429) },
      },
    },
    async (request, reply) => {
      const ctx = await contextOf(request, reply);
      if (!ctx) return reply;
      const outcome = await askEmergency(ctx, request.body);
      if (!outcome.ok) return refuseAsking(reply, outcome.refusal);
      const { id, officeId, dueAt } = outcome.value;
      reply.header("location", `/api/v1/emergencies/${id}`);
      return reply.code(201).send({ id, officeId, dueAt: dueAt.toISOString() });
    },
  );

  app.get(
    "/emergencies",
    {
      schema: {
        tags,
        security,
        summary: "What this session or its contact asked, the latest first, and what was answered",
        response: { 200: z.object({ emergencies: z.array(ownShape) }) },
      },
    },
    async (request, reply) => {
      const ctx = await contextOf(request, reply);
      return ctx ? { emergencies: (await listOwnEmergencies(ctx)).map(toShape) } : reply;
    },
  );

  app.get(
    "/emergencies/:id",
    { schema: { tags, security, summary: "One of them", params, response: { 200: ownShape, ...problems(404) } } },
    async (request, reply) => {
      const ctx = await contextOf(request, reply);
      if (!ctx) return reply;
      const own = await getOwnEmergency(ctx, request.params.id as EmergencyId);
      return own ? toShape(own) : refuseOwn(reply, { code: "unknown_emergency" });
    },
  );

  for (const [step, summary, run] of [
    ["withdraw", "It is needed no more; a kept place is free again", withdrawEmergency],
    ["review", "Send a no to the head of office, once", reviewEmergency],
  ] as const)
    app.post(
      `/emergencies/:id/${step}`,
      { schema: { tags, security, summary, params, response: { 200: ownShape, ...problems(404, 409) } } },
      async (request, reply) => {
        const ctx = await contextOf(request, reply);
        if (!ctx) return reply;
        const id = request.params.id as EmergencyId;
        if (!(await getOwnEmergency(ctx, id))) return refuseOwn(reply, { code: "unknown_emergency" });
        const outcome = await run(ctx, id);
        if (!outcome.ok) return refuseOwn(reply, outcome.refusal);
        return toShape((await getOwnEmergency(ctx, id))!);
      },
    );

  app.post(
    "/emergencies/:id/book",
    {
      schema: {
        tags,
        security,
        summary: "Say who comes to the kept place; it becomes a booking, or an appointment for the same moves to it",
        params,
        body: applicants,
        response: { 200: bookedShape, ...problems(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const ctx = await contextOf(request, reply);
      if (!ctx) return reply;
      if (!(await getOwnEmergency(ctx, request.params.id as EmergencyId)))
        return refuseOwn(reply, { code: "unknown_emergency" });
      const outcome = await bookGranted(ctx, request.params.id as EmergencyId, request.body.applicants);
      if (outcome.ok) return { id: outcome.value.bookingId, officeId: outcome.value.officeId };
      const { refusal } = outcome;
      return refusal.code === "unknown_emergency" || refusal.code === "not_possible"
        ? refuseOwn(reply, refusal)
        : refuseBooking(reply, refusal);
    },
  );

  /** Also of a session whose contact is not proved: it may give a telephone. */
  async function contextOf(request: FastifyRequest, reply: FastifyReply): Promise<Context | undefined> {
    const session = await bearerSession(services, request);
    if (session) return citizenContext(services, session, request, "api", session.language, "emergency");
    problem(reply, 401, "no_session", "Start a session first: POST /api/v1/sessions.");
    return undefined;
  }
}

function toShape(own: OwnEmergency): z.input<typeof ownShape> {
  return {
    id: own.id,
    officeId: own.officeId,
    state: own.state,
    askedAt: own.askedAt.toISOString(),
    dueAt: own.dueAt.toISOString(),
    answer: own.answer ?? null,
    service: own.service ?? null,
    people: own.people ?? null,
    localDate: own.localDate ?? null,
    startsAt: own.startsAt?.toISOString() ?? null,
    reason: own.reason ?? null,
    words: own.words,
    bookingId: own.bookingId ?? null,
    mayReview: own.mayReview,
  };
}

function refuseAsking(reply: FastifyReply, refusal: AskRefusal): FastifyReply {
  switch (refusal.code) {
    case "already_asked":
      return problem(reply, 409, refusal.code, `One is open: /api/v1/emergencies/${refusal.id}.`);
    case "too_many_asked":
      return problem(
        reply,
        429,
        refusal.code,
        `${refusal.most} were asked within ${refusal.days} days. Call the office's line on duty.`,
      );
    case "prove_contact":
      return problem(
        reply,
        422,
        refusal.code,
        "Verify a contact (POST /api/v1/sessions/code), or give a telephone. Where many wait for a call, a contact is needed.",
      );
    case "unknown_office":
      return problem(reply, 404, refusal.code, "There is no such office.");
    case "invalid_phone":
      return problem(reply, 422, refusal.code, "Nobody can be called there: a number of the US, Canada or Mexico.");
  }
}

function refuseOwn(reply: FastifyReply, { code }: OwnRefusal): FastifyReply {
  return code === "unknown_emergency"
    ? problem(reply, 404, code, "You have no such request.")
    : problem(reply, 409, code, "This does not follow from where it stands now, or not for so many people.");
}
