import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { z } from "zod";
import { formatFolio } from "#kernel/folio.ts";
import type { Outcome } from "#kernel/outcome.ts";
import { instantOf, localDateAt, localTimeAt, MINUTE_MS } from "#kernel/time.ts";
import {
  ALONE_AFTER_MINUTES,
  bookForParty,
  countWaiting,
  listQueue,
  listUrgentTimes,
  openEmergency,
  proposeAnswer,
  sendBack,
  signAnswer,
  type AnswerRefusal,
  type EmergencyId,
  type QueuedEmergency,
} from "#modules/emergencies/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { refuse as refuseBooking } from "../bookings.ts";
import { problems } from "../problems.ts";
import {
  emergencyBooked,
  emergencyParams,
  emergencyQueue,
  emergencyTimes,
  emergencyWaiting,
  openedEmergency,
  partyBody,
  proposeBody,
  signBody,
  timesQuery,
} from "./emergency-contract.ts";
import { memberOf, officeOf, staffContext, touchIfAllowed } from "./gate.ts";
import { refused } from "./refusals.ts";

/** Urgent requests at the caller's own office. The list names nobody; a telephone is in what is opened. */
export function emergencyDeskRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "reception");

  app.get(
    "/emergencies",
    { schema: { response: { 200: emergencyQueue, ...problems(403) } } },
    async (request, reply) => {
      const ctx = context(request);
      const outcome = await listQueue(ctx, officeOf(request));
      if (!outcome.ok) return refused(reply, outcome.refusal);
      const view = await viewer(request, ctx);
      return { at: ctx.now.toISOString(), emergencies: outcome.value.map(view) };
    },
  );

  app.get(
    "/emergencies/waiting",
    { schema: { response: { 200: emergencyWaiting, ...problems(403) } } },
    async (request, reply) => {
      const outcome = await countWaiting(context(request), officeOf(request));
      return outcome.ok ? outcome.value : refused(reply, outcome.refusal);
    },
  );

  app.get(
    "/emergencies/times",
    { schema: { querystring: timesQuery, response: { 200: emergencyTimes, ...problems(403) } } },
    async (request, reply) => {
      const ctx = context(request);
      const officeId = officeOf(request);
      if (!can(ctx.actor, "answer_emergencies", officeId)) return refused(reply, { code: "not_allowed" });
      const { zone } = (await getNetwork(ctx)).officeById.get(officeId)!;
      const { service: slug, people } = request.query;
      const times = await listUrgentTimes(ctx, officeId, { slug, people });
      return {
        times: times.map(({ localDate, startsAt }) => ({
          localDate,
          localTime: localTimeAt(startsAt, zone),
          startsAt: startsAt.toISOString(),
        })),
      };
    },
  );

  const opened = { 200: openedEmergency, ...problems(403, 404, 409) };
  app.post(
    "/emergencies/:id/open",
    { schema: { params: emergencyParams, response: { 200: openedEmergency, ...problems(403, 404) } } },
    async (request, reply) => openOr(request, reply, { ok: true, value: undefined }),
  );
  app.post(
    "/emergencies/:id/propose",
    { schema: { params: emergencyParams, body: proposeBody, response: { ...opened, ...problems(422) } } },
    async (request, reply) => {
      const meant = { id: request.params.id, version: request.body.version };
      const ctx = context(request);
      const { answer } = request.body;
      if (answer.kind !== "hour") return openOr(request, reply, await proposeAnswer(ctx, meant, answer));
      const { zone } = (await getNetwork(ctx)).officeById.get(officeOf(request))!;
      const startsAt = instantOf(localDateAt(ctx.now, zone), answer.time, zone);
      return openOr(request, reply, await proposeAnswer(ctx, meant, { kind: "hour", startsAt, words: answer.words }));
    },
  );
  app.post(
    "/emergencies/:id/sign",
    {
      onRequest: touchIfAllowed(services, "sign_alone"),
      schema: { params: emergencyParams, body: signBody, response: opened },
    },
    async (request, reply) => {
      const meant = { id: request.params.id, version: request.body.version };
      return openOr(request, reply, await signAnswer(context(request), meant));
    },
  );
  app.post(
    "/emergencies/:id/send-back",
    { schema: { params: emergencyParams, body: signBody, response: opened } },
    async (request, reply) => {
      const meant = { id: request.params.id, version: request.body.version };
      return openOr(request, reply, await sendBack(context(request), meant));
    },
  );
  app.post(
    "/emergencies/:id/book",
    {
      schema: {
        params: emergencyParams,
        body: partyBody,
        response: { 200: emergencyBooked, ...problems(403, 404, 409, 422) },
      },
    },
    async (request, reply) => {
      const outcome = await bookForParty(context(request), request.params.id, request.body.applicants);
      if (outcome.ok) {
        const { booked, card } = outcome.value;
        return {
          bookingId: booked.bookingId,
          card: card ? { folio: formatFolio(card.folio), pin: card.pin } : null,
        };
      }
      const { refusal } = outcome;
      switch (refusal.code) {
        case "not_allowed":
        case "unknown_emergency":
        case "not_possible":
        case "changed_meanwhile":
        case "second_person_needed":
        case "head_needed":
        case "emergency_place_taken":
        case "hour_not_today":
          return refused(reply, { code: refusal.code });
        default:
          return refuseBooking(reply, refusal);
      }
    },
  );

  /** How it stands after a step. */
  async function openOr(
    request: FastifyRequest,
    reply: FastifyReply,
    outcome: Outcome<void, AnswerRefusal>,
  ): Promise<z.input<typeof openedEmergency> | FastifyReply> {
    if (!outcome.ok) return refused(reply, { code: outcome.refusal.code });
    const ctx = context(request);
    const found = await openEmergency(ctx, officeOf(request), (request.params as { id: EmergencyId }).id);
    if (!found.ok) return refused(reply, found.refusal);
    const { phone, words } = found.value;
    return { ...(await viewer(request, ctx))(found.value), phone: phone ?? null, words };
  }

  async function viewer(request: FastifyRequest, ctx: Context) {
    const { zone } = (await getNetwork(ctx)).officeById.get(officeOf(request))!;
    const { id: me } = memberOf(request);
    return (one: QueuedEmergency): z.input<typeof emergencyQueue>["emergencies"][number] => ({
      id: one.id,
      state: one.state,
      version: one.version,
      reviewed: one.reviewed,
      kind: one.kind ?? null,
      neededBy: one.neededBy ?? null,
      byPhone: one.byPhone,
      askedAt: one.askedAt.toISOString(),
      dueAt: one.dueAt.toISOString(),
      proposal: one.proposal,
      mine: one.proposedBy === me,
      aloneFrom:
        one.state === "proposed" && one.proposedAt
          ? new Date(one.proposedAt.getTime() + ALONE_AFTER_MINUTES * MINUTE_MS).toISOString()
          : null,
      service: one.service,
      people: one.people,
      localDate: one.localDate,
      localTime: one.startsAt && localTimeAt(one.startsAt, zone),
      reason: one.reason,
      signedAt: one.signedAt?.toISOString() ?? null,
      signedHow: one.signedHow,
    });
  }
}
