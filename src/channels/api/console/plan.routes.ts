import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { addDays, localDateAt, weekdayOf } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import {
  addResource,
  addVenue,
  changeVenue,
  getPhoto,
  getPlan,
  getResources,
  getVenues,
  setPhoto,
} from "#modules/schedules/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { photoTypeOf } from "#platform/photo.ts";
import { problems } from "../problems.ts";
import { officeOf, staffContext } from "./gate.ts";
import { planMonth, planWeek, resources, venue, venues } from "./plan-contract.ts";
import { planRefused } from "./plan-refusals.ts";
import {
  monthQuery,
  photoBody,
  resourceBody,
  venueBody,
  venueChangeBody,
  venueParams,
  weekQuery,
} from "./plan-requests.ts";
import { viewMonth, viewVenue, viewWeek } from "./plan-views.ts";
import { refused } from "./refusals.ts";
import { specialDayRoutes } from "./special-days.routes.ts";
import { templateRoutes } from "./templates.routes.ts";

/** Bytes of a request with a picture of 300 kB in base64. */
const PHOTO_BODY_BYTES = 450_000;
const DAYS_OF_A_WEEK = 7;
const MONDAY = 1;

/** Planning of the caller's own office: weeks and months, venues, crews and kits, special days. For whoever runs the office. */
export function planRoutes(root: FastifyInstance, services: Services): void {
  void root.register(
    (scope, _options, done) => {
      scope.addHook("onRequest", async (request, reply) => {
        const { actor } = contextOf(services, request);
        if (!can(actor, "edit_schedule", officeOf(request))) return refused(reply, { code: "not_allowed" });
      });
      calendarRoutes(scope, services);
      venueRoutes(scope, services);
      specialDayRoutes(scope, services);
      templateRoutes(scope, services);
      done();
    },
    { prefix: "/plan" },
  );
}

export function contextOf(services: Services, request: FastifyRequest): Context {
  return staffContext(services, request, "office");
}

function calendarRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/week",
    { schema: { querystring: weekQuery, response: { 200: planWeek, ...problems(403) } } },
    async (request) => {
      const ctx = contextOf(services, request);
      const { today, zone } = await hereAndNow(ctx, request);
      const from = request.query.from ?? addDays(today, MONDAY - weekdayOf(today));
      const days = Array.from({ length: DAYS_OF_A_WEEK }, (_, day) => addDays(from, day));
      return viewWeek(await getPlan(ctx, officeOf(request), from, days.at(-1)!), days, today, zone);
    },
  );

  app.get(
    "/month",
    { schema: { querystring: monthQuery, response: { 200: planMonth, ...problems(403) } } },
    async (request) => {
      const ctx = contextOf(services, request);
      const { today } = await hereAndNow(ctx, request);
      const month = request.query.month ?? today.slice(0, "2026-12".length);
      const days = daysOf(month);
      return viewMonth(await getPlan(ctx, officeOf(request), days[0]!, days.at(-1)!), month, days, today);
    },
  );
}

async function hereAndNow(
  ctx: Context,
  request: FastifyRequest,
): Promise<{ readonly today: LocalDate; readonly zone: string }> {
  const { zone } = (await getNetwork(ctx)).officeById.get(officeOf(request))!;
  return { today: localDateAt(ctx.now, zone), zone };
}

function daysOf(month: string): LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = `${month}-01` as LocalDate; day.startsWith(month); day = addDays(day, 1)) days.push(day);
  return days;
}

function venueRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.get("/venues", { schema: { response: { 200: venues, ...problems(403) } } }, async (request) => ({
    venues: (await getVenues(contextOf(services, request), officeOf(request))).map(viewVenue),
  }));

  app.post("/venues", { schema: { body: venueBody, response: { 200: venue, ...problems(403) } } }, async (request) =>
    viewVenue(await addVenue(contextOf(services, request), officeOf(request), request.body)),
  );

  app.put(
    "/venues/:id",
    { schema: { params: venueParams, body: venueChangeBody, response: { 200: venue, ...problems(422) } } },
    async (request, reply) => {
      const changed = { ...request.body, id: request.params.id };
      const outcome = await changeVenue(contextOf(services, request), officeOf(request), changed);
      return outcome.ok ? viewVenue(outcome.value) : planRefused(reply, outcome.refusal);
    },
  );

  app.put(
    "/venues/:id/photo",
    {
      bodyLimit: PHOTO_BODY_BYTES,
      schema: { params: venueParams, body: photoBody, response: { 200: venue, ...problems(422) } },
    },
    async (request, reply) => {
      const bytes = Buffer.from(request.body.data, "base64");
      const outcome = await setPhoto(contextOf(services, request), officeOf(request), request.params.id, bytes);
      return outcome.ok ? viewVenue(outcome.value) : planRefused(reply, outcome.refusal);
    },
  );

  app.get("/venues/:id/photo", { schema: { hide: true, params: venueParams } }, async (request, reply) => {
    const photo = await getPhoto(contextOf(services, request), officeOf(request), request.params.id);
    if (!photo) return planRefused(reply, { code: "unknown_venue" });
    return reply.type(photoTypeOf(photo) ?? "application/octet-stream").send(photo);
  });

  app.get(
    "/resources",
    { schema: { querystring: weekQuery, response: { 200: resources, ...problems(403) } } },
    async (request) => {
      const ctx = contextOf(services, request);
      const from = request.query.from ?? (await hereAndNow(ctx, request)).today;
      return { resources: await viewResources(ctx, from) };
    },
  );

  app.post(
    "/resources",
    { schema: { body: resourceBody, response: { 200: resources, ...problems(409) } } },
    async (request, reply) => {
      const ctx = contextOf(services, request);
      const officeId = request.body.officeId ?? officeOf(request);
      if (!(await getNetwork(ctx)).officeById.has(officeId)) return refused(reply, { code: "unknown_office" });
      const outcome = await addResource(ctx, { ...request.body, officeId });
      if (!outcome.ok) return planRefused(reply, outcome.refusal);
      return { resources: await viewResources(ctx, (await hereAndNow(ctx, request)).today) };
    },
  );
}

async function viewResources(ctx: Context, from: LocalDate) {
  const { officeById } = await getNetwork(ctx);
  return (await getResources(ctx, from)).map(({ days, ...resource }) => ({
    ...resource,
    days: days.map(({ localDate, officeId, city }) => ({
      localDate,
      officeId,
      town: city ?? officeById.get(officeId)?.city ?? officeId,
    })),
  }));
}
