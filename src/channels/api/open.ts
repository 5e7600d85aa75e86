import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { CEILING_WEEKS, SERVED_IN_HUNDRED } from "#kernel/draws.ts";
import { isUuid } from "#kernel/ids.ts";
import { isLocalDate } from "#kernel/time.ts";
import {
  findPublishedDraw,
  getWaits,
  listDrawsOfDay,
  listPublicDraws,
  type DrawId,
  type PublishedDraw,
} from "#modules/allocation/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { getReleases, networkFeed } from "#channels/common/release-calendar.ts";
import { problem } from "#platform/http/index.ts";
import type { Services } from "#platform/context.ts";
import { drawFileSender } from "./draw-files.ts";
import { openAuditRoutes } from "./open-audit.ts";
import { openEmergencyRoutes } from "./open-emergencies.ts";
import { openExceptionRoutes } from "./open-exceptions.ts";
import { openPriorityRoutes } from "./open-priorities.ts";
import { problems } from "./problems.ts";
import { specialDayRoutes } from "./special-days.ts";
import { surveyRoutes } from "./surveys.ts";

const FOR_A_MINUTE = "public, max-age=60";
/** Whoever asks for the head alone would have every row read for nothing. */
const FILE = { exposeHeadRoute: false };
const UNKNOWN = "The list of draws is at /open/v1/draws.";

const drawParams = z.object({ id: z.string().refine(isUuid, "no id of a draw") });
const file = (description: string) => ({
  description,
  content: { "application/x-ndjson": { schema: z.string() } },
});

const drawShape = z.object({
  id: z.string(),
  kind: z.enum(["weekly", "second", "daily", "short", "demo"]),
  state: z.enum(["open", "locked", "drawn", "settled", "void"]),
  follows: z.string().nullable().describe("the draw whose waiting households stand in this one: a second round"),
  opensAt: z.string(),
  locksAt: z.string().describe("one instant for the whole network"),
  drawsAt: z.string().describe("of the round of the public beacon"),
  round: z.number().int().nullable().describe("of drand's quicknet; null where the operator's own number is used"),
  answersBy: z.string(),
  horizonFrom: z.string().describe("first day that is drawn, local to each office"),
  horizonTo: z.string(),
  documents: z.string().describe("path of the signed papers, JSON Lines"),
  replay: z.string().nullable().describe("path of every row, JSON Lines; null until everybody may have it"),
  replayFrom: z.string().describe("day from which everybody may have the rows"),
});

/** A signed body, as docs/verify.md has it; the signature stands in the documents. */
const paper = z.record(z.string(), z.unknown()).nullable();
const publishedShape = drawShape.extend({
  opening: z.record(z.string(), z.unknown()),
  manifest: paper,
  witnesses: z.array(z.string()).describe("whose signature stands under the manifest"),
  result: paper,
  given: z.number().int().describe("places that the draw gave out, at all offices"),
  places: z
    .array(z.object({ office: z.string(), places: z.number().int(), given: z.number().int().nullable() }))
    .describe("`given` is null where few households got places, or where it would give such a number away"),
  households: z
    .array(z.object({ office: z.string(), served: z.number().int(), waiting: z.number().int() }))
    .describe("by the office of the first wish; small numbers are left out with what would give them away"),
});

const waitsShape = z.object({
  servedInHundred: z.number().int().describe("households of a hundred that the weeks are told of"),
  ceilingWeeks: z.number().int().describe("weeks that no office should pass"),
  waits: z.array(
    z.object({
      office: z.string().describe("that the household would rather go to"),
      serviceGroup: z.string(),
      weeks: z.number().int().nullable().describe("null while too few draws or households are known"),
      more: z.boolean().describe("longer than so many weeks: past draws cannot tell how long"),
    }),
  ),
});

/** Open data under /open/v1: nothing in it is about a person, and nothing needs a key. */
export function openRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const send = drawFileSender(services);
  specialDayRoutes(root, services);
  surveyRoutes(root, services);
  openEmergencyRoutes(root, services);
  openPriorityRoutes(root, services);
  openAuditRoutes(root, services);
  openExceptionRoutes(root, services);

  app.get(
    "/draws",
    {
      schema: {
        tags: ["open"],
        summary: "Every draw, the latest first",
        description:
          "Of the hourly `short` ones, of places that came back at the last moment, those of the last two days; with `day`, `2026-12-13`, all draws that were locked on it in Mexico City.",
        querystring: z.object({ day: z.string().refine(isLocalDate, "no day").optional() }),
        response: { 200: z.object({ draws: z.array(drawShape) }) },
      },
    },
    async (request, reply) => {
      const { day } = request.query;
      const draws = await (day === undefined ? listPublicDraws(services) : listDrawsOfDay(services, day));
      void reply.header("cache-control", FOR_A_MINUTE);
      return { draws: draws.map((draw) => toDraw({ draw, rowsArePublic: draw.rowsArePublic })) };
    },
  );

  app.get(
    "/draws/:id",
    {
      schema: {
        tags: ["open"],
        summary: "One draw: its opening, manifest and result, and sums by office",
        description:
          "The bodies are those of the signed papers. The papers themselves, with the signatures of operator and witnesses, are in `documents`; docs/verify.md says how to check them.",
        params: drawParams,
        response: { 200: publishedShape, ...problems(404) },
      },
    },
    async (request, reply) => {
      const found = await findPublishedDraw(services, request.params.id as DrawId);
      if (!found) return problem(reply, 404, "unknown_draw", UNKNOWN);
      const { opening, manifest, witnesses, result, places, given, households } = found;
      void reply.header("cache-control", FOR_A_MINUTE);
      return {
        ...toDraw(found),
        opening: { ...opening },
        manifest: manifest ? { ...manifest } : null,
        witnesses: [...witnesses],
        result: result ? { ...result } : null,
        given,
        places: [...places],
        households: [...households],
      };
    },
  );

  app.get(
    "/draws/:id/documents.jsonl",
    {
      ...FILE,
      schema: {
        tags: ["open"],
        summary: "The signed papers of a draw, for a verifier",
        params: drawParams,
        response: { 200: file("JSON Lines, as docs/verify.md says"), ...problems(404) },
      },
    },
    async (request, reply) => {
      const found = await findPublishedDraw(services, request.params.id as DrawId);
      return found ? send(request, reply, found, "documents") : problem(reply, 404, "unknown_draw", UNKNOWN);
    },
  );

  app.get(
    "/draws/:id/replay.jsonl",
    {
      ...FILE,
      schema: {
        tags: ["open"],
        summary: "Every row of a draw, from the day on which everybody may have them",
        description: "Before that day the answer is 404 `rows_not_public`: rows would tell where a family will be.",
        params: drawParams,
        response: { 200: file("JSON Lines, as docs/verify.md says"), ...problems(404) },
      },
    },
    async (request, reply) => {
      const found = await findPublishedDraw(services, request.params.id as DrawId);
      if (!found) return problem(reply, 404, "unknown_draw", UNKNOWN);
      if (!found.rowsArePublic)
        return problem(reply, 404, "rows_not_public", "The draw itself says in `replayFrom` from which day they are.");
      return send(request, reply, found, "replay");
    },
  );

  app.get(
    "/waits",
    {
      schema: {
        tags: ["open"],
        summary: `The weeks within which ${SERVED_IN_HUNDRED} of 100 households are given a place, by office and service group`,
        description:
          "From the draws of about two months, households that still wait counted as not served. It does not change while a draw takes requests.",
        response: { 200: waitsShape },
      },
    },
    async (_request, reply) => {
      const waits = await getWaits(services);
      void reply.header("cache-control", FOR_A_MINUTE);
      return {
        servedInHundred: SERVED_IN_HUNDRED,
        ceilingWeeks: CEILING_WEEKS,
        waits: waits.map(({ officeId, serviceGroup, wait }) => ({
          office: officeId,
          serviceGroup,
          weeks: wait?.weeks ?? null,
          more: wait?.more ?? false,
        })),
      };
    },
  );

  app.get(
    "/releases.ics",
    {
      schema: {
        tags: ["open"],
        summary: "When places come out in the whole network, as a calendar",
        querystring: z.object({ lang: z.enum(["es", "en"]).default("es") }),
        response: { 200: { description: "iCalendar", content: { "text/calendar": { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const [network, releases] = await Promise.all([getNetwork(services), getReleases(services)]);
      const { clock, publicOrigin } = services;
      const prefix = request.query.lang === "en" ? "/en" : "";
      const text = networkFeed(
        releases,
        network,
        { language: request.query.lang, now: clock.now(), publicOrigin },
        (office) => `${publicOrigin}${prefix}/oficinas/${office.id}`,
      );
      return reply.type("text/calendar; charset=utf-8").header("cache-control", FOR_A_MINUTE).send(text);
    },
  );
}

function toDraw({ draw, rowsArePublic }: Pick<PublishedDraw, "draw" | "rowsArePublic">): z.input<typeof drawShape> {
  const { id, kind, state, follows, opensAt, locksAt, drawsAt, round, answersBy, horizonFrom, horizonTo } = draw;
  return {
    id,
    kind,
    state,
    follows,
    opensAt: opensAt.toISOString(),
    locksAt: locksAt.toISOString(),
    drawsAt: drawsAt.toISOString(),
    round,
    answersBy: answersBy.toISOString(),
    horizonFrom,
    horizonTo,
    documents: `/open/v1/draws/${id}/documents.jsonl`,
    replay: rowsArePublic ? `/open/v1/draws/${id}/replay.jsonl` : null,
    replayFrom: draw.rowsFrom,
  };
}
