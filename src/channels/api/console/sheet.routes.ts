import type { FastifyInstance, FastifyReply } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { LocalDate } from "#kernel/ids.ts";
import { localTimeAt } from "#kernel/time.ts";
import { renderPdfSheet, type SheetView } from "#channels/documents/pdf-sheet.ts";
import { getNetwork, type Network } from "#modules/offices/index.ts";
import { enterFromPaper, getDaySheet, printDaySheet, type DaySheet as Sheet } from "#modules/visits/index.ts";
import type { Services } from "#platform/context.ts";
import { visitAnswer } from "./contract.ts";
import { problems } from "../problems.ts";
import { officeOf, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";
import { daySheet, type DaySheet } from "./report-contract.ts";
import { paperBody, sheetPdfQuery, sheetQuery } from "./report-requests.ts";
import { viewVisit } from "./views.ts";

const LOCALES = { es: "es-MX", en: "en-US" } as const;

const paper = {
  description: "The list on US letter, with tickets to tear off",
  content: { "application/pdf": { schema: z.string() } },
};

/** The list of a day by hour without names: on the screen, on paper, and typed in again from paper. */
export function sheetRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/sheet",
    { schema: { querystring: sheetQuery, response: { 200: daySheet, ...problems(403, 404) } } },
    async (request, reply) => {
      const ctx = staffContext(services, request, "reception");
      const outcome = await getDaySheet(ctx, officeOf(request), request.query.on);
      return outcome.ok ? viewSheet(outcome.value) : refused(reply, outcome.refusal);
    },
  );

  app.get(
    "/sheet.pdf",
    { schema: { querystring: sheetPdfQuery, response: { 200: paper, ...problems(403, 404) } } },
    async (request, reply) => {
      const ctx = staffContext(services, request, "reception");
      const { on, language } = request.query;
      const outcome = await printDaySheet(ctx, officeOf(request), on);
      if (!outcome.ok) return refused(reply, outcome.refusal);
      const document = await renderPdfSheet(paperOf(outcome.value, await getNetwork(ctx), language, ctx.now));
      return sendPaper(reply, document, outcome.value.localDate);
    },
  );

  app.post(
    "/sheet/outcomes",
    { schema: { body: paperBody, response: { 200: visitAnswer, ...problems(404, 409, 422) } } },
    async (request, reply) => {
      const outcome = await enterFromPaper(staffContext(services, request, "reception"), request.body);
      return outcome.ok ? { visit: viewVisit(outcome.value, services.clock.now()) } : refused(reply, outcome.refusal);
    },
  );
}

function sendPaper(reply: FastifyReply, document: Buffer, on: LocalDate): FastifyReply {
  return reply
    .type("application/pdf")
    .header("content-disposition", `inline; filename="lista-${on}.pdf"`)
    .send(document);
}

function viewSheet({ localDate, typed, zone, parties }: Sheet): DaySheet {
  return {
    localDate,
    typed,
    parties: parties.map(({ bookingId, folioTail, startsAt, expectedAt, returnUntil, state, lines }) => ({
      bookingId,
      folioTail,
      localTime: localTimeAt(startsAt, zone),
      expectedTime: otherTime(startsAt, expectedAt, zone),
      returnUntil,
      state,
      lines: lines.map((line) => ({
        appointmentId: line.id,
        ordinal: line.ordinal,
        initials: line.initials,
        localTime: localTimeAt(line.startsAt, zone),
        serviceGroup: line.serviceGroup,
        services: [...line.services],
        counter: line.counter,
        state: line.state,
        outcomes: [...line.outcomes],
      })),
    })),
  };
}

function otherTime(startsAt: Date, expectedAt: Date | null, zone: string): string | null {
  return expectedAt && expectedAt.getTime() !== startsAt.getTime() ? localTimeAt(expectedAt, zone) : null;
}

function paperOf(
  { officeId, zone, localDate, parties }: Sheet,
  network: Network,
  language: "es" | "en",
  now: Date,
): SheetView {
  const locale = LOCALES[language];
  const day = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  const moment = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const names = new Map(network.services.map(({ slug, name }) => [slug, name[language]]));
  return {
    language,
    officeName: network.officeById.get(officeId)!.name[language],
    dateText: day.format(new Date(`${localDate}T00:00:00Z`)),
    printedText: moment.format(now),
    printedAt: now,
    parties: parties.map(({ folioTail, startsAt, expectedAt, returnUntil, lines }) => ({
      time: localTimeAt(startsAt, zone),
      code: folioTail,
      expected: otherTime(startsAt, expectedAt, zone) ?? "",
      mayReturn: returnUntil !== null,
      lines: lines.flatMap(({ initials, services, counter }) =>
        services.map((slug, i) => ({
          initials: i === 0 ? initials : "",
          service: names.get(slug) ?? slug,
          counter: counter === null ? "" : String(counter),
        })),
      ),
    })),
  };
}
