import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { OfficeId, VisitId } from "#kernel/ids.ts";
import type { Outcome } from "#kernel/outcome.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import {
  acknowledgeAlarm,
  ALARM_UNDO_SECONDS,
  askInterpreter,
  CARD_LANGUAGES,
  connectInterpreter,
  endInterpreter,
  endRaisedAlarm,
  enterSurveySheet,
  getCare,
  getInterpretedReport,
  getInterpreterLine,
  getSurveys,
  listSurveySheets,
  monthOf,
  raiseAlarm,
  setInterpreterLine,
  undoRaisedAlarm,
  undoSurveySheet,
  type AlarmRefusal,
  type InterpreterRefusal,
  type SheetOfSurveyRefusal,
  type TypedPapers,
} from "#modules/visits/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { z } from "zod";
import { officeId } from "#modules/booking/index.ts";
import { problems } from "../problems.ts";
import {
  alarmAnswer,
  alarmBody,
  care,
  careReport,
  done,
  idParams,
  interpreterAnswer,
  interpreterBody,
  interpreterEndBody,
  interpreterLine,
  interpreterLineBody,
  languages,
  surveySheetBody,
  surveySheets,
} from "./care-contract.ts";
import { memberOf, officeToCount, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";

const DONE = { done: true } as const;

/** Calls for help, interpreters and papers of the survey, at the caller's own office. */
export function careRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "reception");
  const undoUntil = (raisedAt: Date) => new Date(raisedAt.getTime() + ALARM_UNDO_SECONDS * 1_000).toISOString();

  app.get("/care", { schema: { response: { 200: care, ...problems(403) } } }, async (request, reply) => {
    const found = await getCare(context(request));
    if (!found.ok) return refused(reply, found.refusal);
    const { id: staffId } = memberOf(request);
    const { alarms, interpretations, line } = found.value;
    return {
      alarms: alarms.map((one) => ({
        id: one.id,
        own: one.staffId === staffId,
        name: one.name,
        counter: one.counter,
        raisedAt: one.raisedAt.toISOString(),
        undoUntil: undoUntil(one.raisedAt),
        seenBy: one.seenBy,
      })),
      interpretations: interpretations.map((one) => ({
        ...one,
        askedAt: one.askedAt.toISOString(),
        connectedAt: one.connectedAt?.toISOString() ?? null,
      })),
      line,
    };
  });

  app.post(
    "/alarms",
    { schema: { body: alarmBody, response: { 200: alarmAnswer, ...problems(403) } } },
    async (request, reply) => {
      const ctx = context(request);
      const outcome = await raiseAlarm(ctx, request.body.counter || null);
      return outcome.ok ? { id: outcome.value.id, undoUntil: undoUntil(ctx.now) } : refused(reply, outcome.refusal);
    },
  );
  const acts = { schema: { params: idParams, response: { 200: done, ...problems(403, 404, 409) } } };
  app.post("/alarms/:id/undo", acts, async (request, reply) =>
    doneOr(reply, await undoRaisedAlarm(context(request), request.params.id)),
  );
  app.post("/alarms/:id/see", acts, async (request, reply) =>
    doneOr(reply, await acknowledgeAlarm(context(request), request.params.id)),
  );
  app.post("/alarms/:id/end", acts, async (request, reply) =>
    doneOr(reply, await endRaisedAlarm(context(request), request.params.id)),
  );

  app.post(
    "/interpreters",
    { schema: { body: interpreterBody, response: { 200: interpreterAnswer, ...problems(403, 404, 409, 422) } } },
    async (request, reply) => {
      const { visitId, language } = request.body;
      const outcome = await askInterpreter(context(request), { visitId: visitId as VisitId, language });
      if (!outcome.ok) return refused(reply, outcome.refusal);
      const { askedAt, connectedAt, ...rest } = outcome.value;
      return {
        interpretation: {
          ...rest,
          askedAt: askedAt.toISOString(),
          connectedAt: connectedAt?.toISOString() ?? null,
        },
      };
    },
  );
  const card = CARD_LANGUAGES.map(({ autonyms, variants, ...one }) => ({
    ...one,
    autonyms: [...autonyms],
    variants: [...variants],
  }));
  app.get("/languages", { schema: { response: { 200: languages } } }, () => ({ languages: card }));
  app.post("/interpreters/:id/connect", acts, async (request, reply) =>
    doneOr(reply, await connectInterpreter(context(request), request.params.id)),
  );
  app.post("/interpreters/:id/end", { schema: { ...acts.schema, body: interpreterEndBody } }, async (request, reply) =>
    doneOr(reply, await endInterpreter(context(request), { id: request.params.id, ...request.body })),
  );

  const papers = { 200: surveySheets, ...problems(403, 409, 422) };
  app.get("/survey/sheets", { schema: { response: papers } }, async (request, reply) =>
    papersOr(reply, await listSurveySheets(context(request))),
  );
  app.post("/survey/sheets", { schema: { body: surveySheetBody, response: papers } }, async (request, reply) =>
    papersOr(reply, await enterSurveySheet(context(request), request.body)),
  );
  app.post("/survey/sheets/:id/undo", { schema: { params: idParams, response: papers } }, async (request, reply) =>
    papersOr(reply, await undoSurveySheet(context(request), request.params.id)),
  );
}

/** What is known of care at an office, and where interpreters are called: for headquarters too. */
export function careReportRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "office");

  const query = z.strictObject({ officeId: officeId.optional() });
  app.get(
    "/reports/care",
    { schema: { querystring: query, response: { 200: careReport, ...problems(403, 404) } } },
    async (request, reply) => {
      const ctx = context(request);
      const office = await officeToCount(services, request, request.query.officeId);
      if (!office.ok) return refused(reply, office.refusal);
      const before = monthOf(addDays(localDateAt(ctx.now, "UTC"), -1));
      const interpreted = await getInterpretedReport(ctx, office.value, before);
      if (!interpreted.ok) return refused(reply, interpreted.refusal);
      const surveys = await getSurveys(services);
      const months = surveys.find((one) => one.officeId === office.value)?.months ?? [];
      return {
        survey: months.map((one) => ({ ...one, questions: { ...one.questions } })),
        interpreters: interpreted.value.map(({ month, languages }) => ({ month, languages: [...languages] })),
      };
    },
  );

  app.get("/interpreter-line", { schema: { response: { 200: interpreterLine } } }, async (request) => ({
    phone: await getInterpreterLine(context(request), scopeOf(request)),
  }));
  app.put(
    "/interpreter-line",
    { schema: { body: interpreterLineBody, response: { 200: interpreterLine, ...problems(403, 422) } } },
    async (request, reply) => {
      const phone = request.body.phone === "none" ? null : request.body.phone;
      const outcome = await setInterpreterLine(context(request), phone);
      return outcome.ok ? { phone } : refused(reply, outcome.refusal);
    },
  );
}

function scopeOf(request: FastifyRequest): OfficeId | "network" {
  return memberOf(request).officeId ?? "network";
}

function doneOr(reply: FastifyReply, outcome: Outcome<null, AlarmRefusal | InterpreterRefusal>) {
  return outcome.ok ? DONE : refused(reply, outcome.refusal);
}

function papersOr(reply: FastifyReply, outcome: Outcome<TypedPapers, SheetOfSurveyRefusal>) {
  if (!outcome.ok) return refused(reply, outcome.refusal);
  const { month, sheets } = outcome.value;
  return { month, sheets: sheets.map((one) => ({ ...one, enteredAt: one.enteredAt.toISOString() })) };
}
