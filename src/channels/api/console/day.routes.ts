import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { formatFolio } from "#kernel/folio.ts";
import type { Outcome } from "#kernel/outcome.ts";
import { localDateAt, localTimeAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import {
  getPacing,
  listCounters,
  postponeNews,
  previewAbsences,
  printReturns,
  resumeServices,
  sendHome,
  setAbsences,
  suspendServices,
  type AbsenceRefusal,
  type DayPaced,
  type HallCounter,
} from "#modules/visits/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import {
  absencesBody,
  absencesPreviewBody,
  held,
  newsBody,
  pacing,
  papersBody,
  resumeBody,
  resumed,
  returnPapers,
  sendHomeBody,
  sentHome,
  suspendBody,
  type Pacing,
} from "./day-contract.ts";
import { officeOf, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";

/** What a supervisor does on a day that goes wrong, at the caller's own office and today. Nothing in it names anybody. */
export function dayRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "reception");

  app.post(
    "/day/suspensions",
    { schema: { body: suspendBody, response: { 200: held, ...problems(403, 409, 422) } } },
    async (request, reply) => {
      const outcome = await suspendServices(context(request), request.body);
      return outcome.ok ? outcome.value : refused(reply, outcome.refusal);
    },
  );
  app.post(
    "/day/suspensions/news",
    { schema: { body: newsBody, response: { 200: held, ...problems(403, 409, 422) } } },
    async (request, reply) => {
      const outcome = await postponeNews(context(request), request.body);
      return outcome.ok ? outcome.value : refused(reply, outcome.refusal);
    },
  );
  app.post(
    "/day/suspensions/end",
    { schema: { body: resumeBody, response: { 200: resumed, ...problems(403, 409) } } },
    async (request, reply) => {
      const outcome = await resumeServices(context(request), request.body);
      return outcome.ok ? outcome.value : refused(reply, outcome.refusal);
    },
  );

  const paced = { 200: pacing, ...problems(403, 409, 422) };
  app.get("/day/absences", { schema: { response: paced } }, async (request, reply) =>
    viewOr(request, reply, await getPacing(context(request))),
  );
  app.post(
    "/day/absences/preview",
    { schema: { body: absencesPreviewBody, response: paced } },
    async (request, reply) => viewOr(request, reply, await previewAbsences(context(request), request.body.absent)),
  );
  app.put("/day/absences", { schema: { body: absencesBody, response: paced } }, async (request, reply) =>
    viewOr(request, reply, await setAbsences(context(request), request.body)),
  );

  app.post(
    "/day/send-home",
    { schema: { body: sendHomeBody, response: { 200: sentHome, ...problems(403, 409) } } },
    async (request, reply) => {
      const outcome = await sendHome(context(request), request.body);
      return outcome.ok ? { bookings: outcome.value } : refused(reply, outcome.refusal);
    },
  );

  app.post(
    "/day/papers",
    { schema: { body: papersBody, response: { 200: returnPapers, ...problems(403, 409) } } },
    async (request, reply) => {
      const outcome = await printReturns(context(request), request.body.papers);
      if (!outcome.ok) return refused(reply, outcome.refusal);
      return {
        papers: outcome.value.map(({ bookingId, folio, localDate, from, validUntil, receipt }) => ({
          bookingId,
          folio: formatFolio(folio),
          lostOn: localDate,
          returnFrom: from,
          returnUntil: validUntil,
          receipt,
        })),
      };
    },
  );

  async function viewOr(request: FastifyRequest, reply: FastifyReply, outcome: Outcome<DayPaced, AbsenceRefusal>) {
    if (!outcome.ok) return refused(reply, outcome.refusal);
    const officeId = officeOf(request);
    const ctx = context(request);
    const { zone } = (await getNetwork(ctx)).officeById.get(officeId)!;
    return viewPacing(outcome.value, zone, await listCounters(ctx, officeId, localDateAt(ctx.now, zone)));
  }
}

function viewPacing({ sessions, later, told }: DayPaced, zone: string, hall: readonly HallCounter[]): Pacing {
  const time = (at: Date): string => localTimeAt(at, zone);
  return {
    later,
    told,
    sessions: sessions.map(
      ({ id, serviceGroup, startsAt, endsAt, counters, absent, endsLastAt, overMinutes, cut }) => ({
        id,
        serviceGroup,
        opens: time(startsAt),
        closes: time(endsAt),
        counters,
        firstNumber: hall.find((one) => one.serviceGroup === serviceGroup)?.number ?? 1,
        absent: [...absent],
        ends: time(endsLastAt),
        overMinutes,
        cut: cut && { from: time(cut.from), parties: cut.parties },
      }),
    ),
  };
}
