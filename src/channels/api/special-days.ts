import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { getNetwork } from "#modules/offices/index.ts";
import { SPECIAL_KINDS } from "#modules/schedules/index.ts";
import { getReleases } from "#channels/common/release-calendar.ts";
import { specialDayPath, viewOfDay } from "#channels/common/special-day.ts";
import { hoursOf, placesOf, specialDayWords, standOf, type SpecialDayView } from "#channels/documents/special-day.ts";
import type { Services } from "#platform/context.ts";

const FOR_A_MINUTE = "public, max-age=60";

const dayShape = z.object({
  id: z.string(),
  office: z.string(),
  kind: z.enum(SPECIAL_KINDS),
  state: z
    .enum(["published", "closed", "suspended", "cancelled", "over"])
    .describe("closed: all of it was taken away, nobody is served there on that day"),
  revision: z.number().int().describe("counts what changed for the public, from 1"),
  localDate: z.string().nullable().describe("null while it has none"),
  startsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  venue: z
    .object({
      name: z.string(),
      street: z.string(),
      city: z.string(),
      region: z.string(),
      lat: z.number(),
      lng: z.number(),
      wayIn: z.string(),
    })
    .nullable()
    .describe("null at the office itself, and while it has none"),
  serviceGroups: z.array(z.string()),
  places: z
    .number()
    .int()
    .nullable()
    .describe("planned steps of counters, whatever is cut or booked; never how many come"),
  givenOut: z.enum(["open", "draw", "short_draw"]),
  changes: z.array(z.string()).describe("what is not as it was first told, in Spanish: was → is"),
  page: z.string().describe("path of its page; cartel.pdf, imagen.png, texto.txt and radio.txt stand below it"),
});

/** Openings beside the weeks, as everybody may know them. */
export function specialDayRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/special-days",
    {
      schema: {
        tags: ["open"],
        summary: "Saturdays, mobile consulates and consulates on wheels, the soonest first",
        description: "Those of the last sixty days too. Of one that is suspended neither day nor place is told.",
        response: { 200: z.object({ specialDays: z.array(dayShape) }) },
      },
    },
    async (_request, reply) => {
      const [network, { planned, draws }] = await Promise.all([getNetwork(services), getReleases(services)]);
      const about = {
        language: "es",
        network,
        draws,
        publicOrigin: services.publicOrigin,
        now: services.clock.now(),
      } as const;
      void reply.header("cache-control", FOR_A_MINUTE);
      return { specialDays: planned.flatMap((day) => toDay(viewOfDay(day, about)) ?? []) };
    },
  );
}

function toDay(view: SpecialDayView | undefined): z.input<typeof dayShape> | undefined {
  if (view === undefined) return undefined;
  const { day } = view;
  const state = standOf(view);
  const told = state === "published" || state === "closed" || state === "over";
  const hours = told ? hoursOf(day) : undefined;
  const venue = told ? day.venue : null;
  return {
    id: day.id,
    office: day.officeId,
    kind: day.kind,
    state,
    revision: day.revision,
    localDate: told ? day.localDate : null,
    startsAt: hours?.from.toISOString() ?? null,
    endsAt: hours?.to.toISOString() ?? null,
    venue: venue && {
      name: venue.name,
      street: venue.street,
      city: venue.city,
      region: venue.region,
      lat: venue.lat,
      lng: venue.lng,
      wayIn: venue.wayIn,
    },
    serviceGroups: [...new Set(day.sessions.map(({ serviceGroup }) => serviceGroup))],
    places: told && state !== "closed" ? placesOf(day) : null,
    givenOut: day.givenOut,
    changes: [...(specialDayWords(view).correction?.lines ?? [])],
    page: specialDayPath(day),
  };
}
