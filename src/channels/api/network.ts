import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { localDateAt, localTimeAt } from "#kernel/time.ts";
import type { OfficeId } from "#kernel/ids.ts";
import {
  findPlaces,
  getNetwork,
  MIDDLE_ZONE,
  nearestOffices,
  type Network,
  type Office,
  type Service,
} from "#modules/offices/index.ts";
import {
  bookingBody,
  localDate,
  needsOf,
  specialDayId,
  viewTimes,
  type ApplicantRequest,
} from "#modules/booking/index.ts";
import { type LiveSnapshot, type SnapshotDocument } from "#modules/schedules/index.ts";
import { bearerSession, citizenContext } from "#channels/common/session.ts";
import { isUnchanged, problem, sendTagged, tag, type Tagged } from "#platform/http/index.ts";
import type { Services } from "#platform/context.ts";
import { refuse } from "./bookings.ts";
import { problems } from "./problems.ts";
import {
  networkAvailabilityShape,
  officeAvailabilityShape,
  officeShape,
  serviceShape,
  timeShape,
  unchanged,
} from "./shapes.ts";

const idParams = z.object({ id: z.string().regex(/^[a-z0-9-]{1,60}$/) });
const NEAREST = 10;
const CACHE = "public, max-age=60";
const officeList = z.object({ offices: z.array(officeShape) });
const serviceList = z.object({ services: z.array(serviceShape) });
const WRONG_SERVICES = "Use services of /api/v1/services that are given by appointment (bookable).";

/** Offices, services and availability: the same for everybody, and cacheable. */
export function networkRoutes(root: FastifyInstance, services: Services, snapshot: LiveSnapshot): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/offices",
    {
      schema: {
        tags: ["network"],
        summary: "Offices, or the nearest ones to a postal code or city",
        querystring: z.object({
          near: z.string().max(80).optional().describe("postal code or city in the US or Canada"),
        }),
        response: { 200: officeList, 304: unchanged },
      },
    },
    async (request, reply) => {
      const network = await getNetwork(services);
      if (request.query.near === undefined) return sendText(request, reply, textsOf(network).offices);
      const [point] = findPlaces(request.query.near);
      const today = localDateAt(services.clock.now(), MIDDLE_ZONE);
      const near = point ? nearestOffices(network, point, NEAREST, today) : [];
      const offices = near.map(({ office, km }) => toOffice(office, km));
      return sendText(request, reply, textOf(officeList, { offices }));
    },
  );

  app.get(
    "/offices/:id",
    {
      schema: {
        tags: ["network"],
        summary: "One office",
        params: idParams,
        response: { 200: officeShape, 304: unchanged, ...problems(404) },
      },
    },
    async (request, reply) => {
      const office = (await getNetwork(services)).officeById.get(request.params.id);
      return office
        ? sendText(request, reply, textOf(officeShape, toOffice(office)))
        : problem(reply, 404, "unknown_office", "The list of offices is at /api/v1/offices.");
    },
  );

  app.get(
    "/services",
    {
      schema: {
        tags: ["network"],
        summary: "The catalogue of services with requirements and fees",
        response: { 200: serviceList, 304: unchanged },
      },
    },
    async (request, reply) => sendText(request, reply, textsOf(await getNetwork(services)).services),
  );

  app.get(
    "/services/:id",
    {
      schema: {
        tags: ["network"],
        summary: "One service",
        params: idParams,
        response: { 200: serviceShape, 304: unchanged, ...problems(404) },
      },
    },
    async (request, reply) => {
      const service = (await getNetwork(services)).serviceBySlug.get(request.params.id);
      return service
        ? sendText(request, reply, textOf(serviceShape, toService(service)))
        : problem(reply, 404, "unknown_service", "The catalogue is at /api/v1/services.");
    },
  );

  app.get(
    "/availability",
    {
      schema: {
        tags: ["network"],
        summary: "none, few or some per office, service group, day and part of the day; rebuilt at each full minute",
        response: { 200: networkAvailabilityShape, 304: unchanged },
      },
    },
    (request, reply) => void sendDocument(request, reply, snapshot.current().document()),
  );

  app.get(
    "/offices/:id/availability",
    {
      schema: {
        tags: ["network"],
        summary: "The same for one office",
        params: idParams,
        response: { 200: officeAvailabilityShape, 304: unchanged, ...problems(404) },
      },
    },
    (request, reply) => void sendDocument(request, reply, snapshot.current().document(request.params.id as OfficeId)),
  );

  app.post(
    "/offices/:id/times",
    {
      schema: {
        tags: ["network"],
        security: [{ session: [] }],
        summary: "Exact starts of one day at which the whole party fits; for a verified contact",
        description: "Each look is counted per contact and day. Services that are not bookable are refused.",
        params: idParams,
        body: z.strictObject({
          localDate,
          specialDayId: specialDayId.optional().describe("of a special day at a venue, from /open/v1/special-days"),
          applicants: bookingBody.shape.applicants,
        }),
        response: { 200: z.object({ times: z.array(timeShape) }), ...problems(404, 422, 429) },
      },
    },
    async (request, reply) => {
      const session = await bearerSession(services, request);
      if (session?.contactId === undefined)
        return problem(reply, 401, "not_verified", "Verify a contact first: POST /api/v1/sessions.");
      const network = await getNetwork(services);
      const office = network.officeById.get(request.params.id);
      if (!office) return problem(reply, 404, "unknown_office", "The list of offices is at /api/v1/offices.");
      const strange = fieldsOfStrangeServices(request.body.applicants, network);
      if (strange.length > 0) return problem(reply, 422, "wrong_services", WRONG_SERVICES, strange);
      const needs = needsOf(request.body.applicants, (slug) => network.serviceBySlug.get(slug));
      const times = await viewTimes(
        citizenContext(services, session, request, "api", session.language, "availability"),
        session.contactId,
        { officeId: office.id, localDate: request.body.localDate, specialDayId: request.body.specialDayId, needs },
      );
      if (!times.ok) return refuse(reply, times.refusal);
      return {
        times: times.value.map(({ startsAt }) => ({
          startsAt: startsAt.toISOString(),
          localTime: localTimeAt(startsAt, office.zone),
        })),
      };
    },
  );
}

/** Places of services in the body that are none of ours, or are not given by appointment. */
function fieldsOfStrangeServices(applicants: readonly ApplicantRequest[], network: Network): string[] {
  return applicants.flatMap(({ services }, person) =>
    services.flatMap((slug, i) =>
      network.serviceBySlug.get(slug)?.bookable ? [] : [`applicants.${person}.services.${i}`],
    ),
  );
}

/** Sends bytes that were made when the picture was taken: nothing is left to do but to choose an encoding. */
function sendDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  document: SnapshotDocument | undefined,
): FastifyReply {
  if (!document) return problem(reply, 404, "unknown_office", "The list of offices is at /api/v1/offices.");
  void reply
    .header("etag", document.etag)
    .header("cache-control", CACHE)
    .header("vary", "accept-encoding")
    .header("last-modified", document.builtAt.toUTCString());
  if (isUnchanged(request, document.etag)) return reply.code(304).send();
  void reply.type("application/json; charset=utf-8");
  const accepted = request.headers["accept-encoding"] ?? "";
  if (accepted.includes("br")) return reply.header("content-encoding", "br").send(document.br);
  if (accepted.includes("gzip")) return reply.header("content-encoding", "gzip").send(document.gzip);
  return reply.send(document.body);
}

const texts = new WeakMap<Network, { readonly offices: Tagged; readonly services: Tagged }>();

/** The two long lists change only when the network is read again: they are written and hashed once for it. */
function textsOf(network: Network): { readonly offices: Tagged; readonly services: Tagged } {
  const known = texts.get(network);
  if (known) return known;
  const made = {
    offices: textOf(officeList, { offices: network.offices.map((office) => toOffice(office)) }),
    services: textOf(serviceList, { services: network.services.map(toService) }),
  };
  texts.set(network, made);
  return made;
}

function textOf<Shape extends z.ZodType>(shape: Shape, answer: z.input<Shape>): Tagged {
  return tag(JSON.stringify(shape.parse(answer)));
}

function sendText(request: FastifyRequest, reply: FastifyReply, text: Tagged): FastifyReply {
  return sendTagged(request, reply, text, { type: "application/json; charset=utf-8", caching: CACHE });
}

function toOffice(office: Office, km?: number): z.input<typeof officeShape> {
  const { id, name, city, state, country, zone, lat, lng, publicFacts } = office;
  const facts = Object.fromEntries(
    Object.entries(publicFacts).map(([field, fact]) => [
      field,
      { value: fact.value, level: fact.level, confirmedAt: fact.confirmedAt?.toISOString() ?? null },
    ]),
  );
  return {
    id,
    name,
    city,
    state,
    country,
    zone,
    lat,
    lng,
    facts,
    ...(km === undefined ? {} : { distanceKm: Math.round(km) }),
  };
}

function toService(service: Service): z.input<typeof serviceShape> {
  const { slug, group, name, description, minutes, bookable, requirements, fees } = service;
  return {
    slug,
    group,
    name,
    description,
    minutes,
    bookable,
    requirements: requirements.map((one) => one.text),
    fees: fees.map(({ variant, amount, currency, year, label, source }) => ({
      variant,
      amount,
      currency,
      year,
      label,
      source,
    })),
  };
}
