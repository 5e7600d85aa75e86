import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { addDays, localTimeAt, weekdayOf } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { getNetworkReport, getOfficeReport, getPriorityShares, getWeekPlan } from "#modules/visits/index.ts";
import type { Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { officeToCount, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";
import { networkReport, officeReport, priorityShares, weekPlan } from "./report-contract.ts";
import { networkReportQuery, officeReportQuery, weekQuery } from "./report-requests.ts";

/** Reports for whoever may read counts: of the own office, of any for headquarters, and of all of them together. */
export function reportRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const contextOf = (request: FastifyRequest) => staffContext(services, request, "office");

  app.get(
    "/reports/office",
    { schema: { querystring: officeReportQuery, response: { 200: officeReport, ...problems(403, 404, 422) } } },
    async (request, reply) => {
      const { officeId: asked, from, to } = request.query;
      const office = await officeToCount(services, request, asked);
      if (!office.ok) return refused(reply, office.refusal);
      const officeId = office.value;
      const span = { from, to };
      const outcome = await getOfficeReport(contextOf(request), officeId, span);
      if (!outcome.ok) return refused(reply, outcome.refusal);
      const { countedTo, attendance, waits, services: minutes, reasons, changes } = outcome.value;
      return {
        officeId,
        from,
        to,
        countedTo,
        attendance: {
          total: attendance.total ? without(attendance.total) : null,
          groups: attendance.groups.map((row) => ({ serviceGroup: row.key, ...without(row) })),
          weekdays: attendance.weekdays.map((row) => ({ weekday: row.key, ...without(row) })),
        },
        waits: {
          total: waits.total ? without(waits.total) : null,
          groups: waits.groups.map((row) => ({ serviceGroup: row.key, ...without(row) })),
          weekdays: waits.weekdays.map((row) => ({ weekday: row.key, ...without(row) })),
        },
        services: minutes.map((row) => ({ service: row.key, ...without(row) })),
        reasons: [...reasons],
        changes: changes.map((row) => ({ serviceGroup: row.key, ...without(row) })),
      };
    },
  );

  app.get(
    "/reports/network",
    { schema: { querystring: networkReportQuery, response: { 200: networkReport, ...problems(403, 422) } } },
    async (request, reply) => {
      const { from, to } = request.query;
      const outcome = await getNetworkReport(contextOf(request), { from, to });
      if (!outcome.ok) return refused(reply, outcome.refusal);
      return { from, to, offices: outcome.value.map((row) => ({ officeId: row.key, ...without(row) })) };
    },
  );

  app.get(
    "/reports/priorities",
    { schema: { response: { 200: priorityShares, ...problems(403) } } },
    async (request, reply) => {
      const outcome = await getPriorityShares(contextOf(request));
      if (!outcome.ok) return refused(reply, outcome.refusal);
      return { ...outcome.value, clerks: [...outcome.value.clerks] };
    },
  );

  app.get(
    "/reports/week",
    { schema: { querystring: weekQuery, response: { 200: weekPlan, ...problems(403, 404) } } },
    async (request, reply) => {
      const { officeId: asked, on } = request.query;
      const monday = addDays(on, 1 - weekdayOf(on));
      const office = await officeToCount(services, request, asked);
      if (!office.ok) return refused(reply, office.refusal);
      const officeId = office.value;
      const outcome = await getWeekPlan(contextOf(request), officeId, monday);
      if (!outcome.ok) return refused(reply, outcome.refusal);
      const { zone } = (await getNetwork(services)).officeById.get(officeId)!;
      const sessions = outcome.value.map(({ startsAt, endsAt, counters, ...session }) => ({
        ...session,
        opens: localTimeAt(startsAt, zone),
        closes: localTimeAt(endsAt, zone),
        counters: [...counters],
      }));
      return { officeId, monday, sessions };
    },
  );
}

function without<Row extends { readonly key: unknown }>({ key: _key, ...row }: Row): Omit<Row, "key"> {
  return row;
}
