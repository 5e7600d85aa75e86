import { z } from "zod";
import { BANDS, LEVELS } from "#modules/schedules/index.ts";

/** What the API answers. Instants are UTC, ISO 8601; days are the office's own. */
export const appointmentShape = z.object({
  id: z.string(),
  ordinal: z.number().int().describe("which of the booking's people, from 1"),
  serviceGroup: z.string(),
  services: z.array(z.string()),
  startsAt: z.string(),
  state: z.string(),
});

export const bookingShape = z.object({
  id: z.string(),
  officeId: z.string(),
  folio: z.string(),
  localDate: z.string(),
  startsAt: z.string(),
  state: z.string(),
  people: z.array(
    z.object({
      ordinal: z.number().int(),
      givenNames: z.string(),
      firstSurname: z.string(),
      secondSurname: z.string(),
      permission: z
        .enum(["missing", "received"])
        .nullable()
        .describe("of parents who sign elsewhere; null when nobody does"),
    }),
  ),
  appointments: z.array(appointmentShape),
  venue: z
    .object({ name: z.string(), street: z.string(), city: z.string(), region: z.string(), wayIn: z.string() })
    .nullable()
    .describe("where to go in place of the office; null at the office itself"),
  suspended: z.boolean().describe("its special day has neither date nor place now; nobody is to set out"),
});

export const filedShape = z.object({
  id: z.string(),
  number: z.string().describe("what a family keeps; opens the request on the pages with its contact"),
  drawId: z.string(),
  promise: z.string().describe("signed note: this leaf will be in that draw's tree, see docs/verify.md"),
});

export const requestShape = z.object({
  id: z.string(),
  number: z.string(),
  state: z.enum(["standing", "offered", "confirmed", "withdrawn", "ended"]),
  people: z.number().int(),
  autoConfirm: z.boolean(),
  bookingId: z.string().nullable().describe("what came of it"),
  draws: z.array(
    z.object({
      drawId: z.string(),
      locksAt: z.string(),
      drawsAt: z.string(),
      answersBy: z.string(),
      answer: z
        .enum(["waiting", "offered", "accepted", "declined", "passed", "confirm_identity", "displaced"])
        .nullable()
        .describe(
          "passed: offered at a day's notice and not answered in time; it stays in the next draw. confirm_identity: drawn, but not to be booked before the office knows who asks; it stays in the next draw. displaced: drawn, but the office closed that place; it stands first for another",
        ),
      officeId: z.string().nullable(),
      startsAt: z.string().nullable().describe("of an offered place"),
      upgrade: z
        .boolean()
        .describe("it said yes, and keeps the place unless the second round has one it ranked before"),
    }),
  ),
});

export const bookedShape = z.object({ id: z.string(), officeId: z.string() });

export const heldShape = z.object({
  holdId: z.string(),
  heldUntil: z.string().describe("the instant itself is already too late"),
});

const bilingual = z.object({ es: z.string(), en: z.string() });

export const officeShape = z.object({
  id: z.string(),
  name: bilingual,
  city: z.string(),
  state: z.string(),
  country: z.string(),
  zone: z.string(),
  lat: z.number(),
  lng: z.number(),
  facts: z
    .record(z.string(), z.object({ value: z.unknown(), level: z.string(), confirmedAt: z.string().nullable() }))
    .describe("only what may be told as fact, each with how far it can be trusted"),
  distanceKm: z.number().optional(),
});

export const serviceShape = z.object({
  slug: z.string(),
  group: z.string(),
  name: bilingual,
  description: bilingual,
  minutes: z.number().int().describe("planning assumption"),
  bookable: z.boolean(),
  requirements: z.array(bilingual),
  fees: z.array(
    z.object({
      variant: z.string(),
      amount: z.number(),
      currency: z.string(),
      year: z.number().int(),
      label: bilingual,
      source: z.string(),
    }),
  ),
});

export const timeShape = z.object({ startsAt: z.string(), localTime: z.string() });

const soon = z.object({
  soonest: z.string().nullable().describe("the first day with something left"),
  next_days: z.array(z.string()),
});

/** By office, or by the id of a special day at a venue, and service group. */
export const networkAvailabilityShape = z.object({
  offices: z.record(z.string(), z.record(z.string(), soon)),
});

/** By service group and day; a part of a day without a session is left out. */
export const officeAvailabilityShape = z.object({
  office: z.string(),
  groups: z.record(
    z.string(),
    soon.extend({ days: z.record(z.string(), z.partialRecord(z.enum(BANDS), z.enum(LEVELS))) }),
  ),
});

/** Of a request with the `If-None-Match` of the answer that the caller still has. */
export const unchanged = z.undefined().describe("Nothing has changed");
