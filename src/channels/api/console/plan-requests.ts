import { z } from "zod";
import { hasForbiddenCharacters } from "#kernel/text.ts";
import { localDate, officeId, uuid } from "#modules/booking/index.ts";
import { localTime, planLayout, SESSION_KINDS, SPECIAL_KINDS, type SpecialDayId } from "#modules/schedules/index.ts";

/** What the routes of planning take. */
const text = (least: number, most: number) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((written) => !hasForbiddenCharacters(written), "control or direction-changing characters");

/** Most groups that open on one day: as many as there are. */
const MOST_SESSIONS = 6;
/** Most crews and kits of one day, and most days of one circuit: a year of weeks at two stops. */
const MOST_RESOURCES = 12;
const MOST_STOPS = 12;
const MOST_WEEKS = 26;

const seen = z.string().regex(/^[\w-]{10,64}$/);

/** Of a week, and from when on crews and kits are asked for. */
export const weekQuery = z.strictObject({ from: localDate.optional() });
export const monthQuery = z.strictObject({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional(),
});

const venueFields = {
  name: text(3, 80),
  street: text(3, 120),
  city: text(2, 60),
  /** Postal code of the state or province. */
  region: z.string().regex(/^[A-Z]{2}$/),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  wayIn: text(0, 200).default(""),
};
export const venueBody = z.strictObject(venueFields);
export const venueChangeBody = z.strictObject({ ...venueFields, retired: z.boolean().default(false) });
/** The picture's own bytes; its kind is read from them. */
export const photoBody = z.strictObject({ data: z.base64().max(420_000) });
export const resourceBody = z.strictObject({
  kind: z.enum(["crew", "kit"]),
  name: text(2, 60),
  /** Where it is kept; without one at the caller's office. */
  officeId: officeId.optional(),
});

/** One that stands there twice would be sent twice to the same day. */
const resources = z
  .array(uuid)
  .max(MOST_RESOURCES)
  .refine((all) => new Set(all).size === all.length, "each crew or kit once")
  .default([]);
/** Nobody can book from that reserve before it melts: there is no booking by staff yet. */
const bookableLayout = planLayout.refine(({ reserves }) => reserves.assisted === 0, "nobody can book it yet");
const sessions = z.array(bookableLayout).min(1).max(MOST_SESSIONS);
export const specialDayBody = z.strictObject({
  kind: z.enum(SPECIAL_KINDS),
  localDate,
  venueId: uuid.nullable().default(null),
  resources,
  sessions,
});
export const specialDaySaveBody = specialDayBody.extend({ seen });
/** A draft is changed or published as it was seen: `stored` of the special day that was read. */
export const publishBody = z.strictObject({ stored: seen });
export const draftBody = specialDayBody.extend({ stored: seen });
export const draftSaveBody = specialDaySaveBody.extend({ stored: seen });
export const moveBody = z.strictObject({
  localDate,
  /** Opening of its first session there; the others keep their distance. Without one every hour stays. */
  opens: localTime.optional(),
  venueId: uuid.optional(),
});

export const circuitBody = z.strictObject({
  name: text(3, 60),
  /** Day of the first week; each stop falls on its weekday in that week and the following ones. */
  from: localDate,
  weeks: z.int().min(1).max(MOST_WEEKS),
  /** Weeks from one round to the next. */
  everyWeeks: z.int().min(1).max(8).default(1),
  stops: z
    .array(z.strictObject({ venueId: uuid, weekday: z.int().min(1).max(7), sessions }))
    .min(1)
    .max(MOST_STOPS),
  resources,
});

/** A template from a day on: `templateId` changes that one, without it a new one; `layout: null` ends it the day before. */
export const templateBody = z.strictObject({
  templateId: uuid.nullable().default(null),
  from: localDate,
  kind: z.enum(SESSION_KINDS).default("regular"),
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).default([1, 2, 3, 4, 5]),
  layout: bookableLayout.nullable(),
});
export const templateSaveBody = templateBody.extend({ seen });

export const specialDayParams = z.strictObject({ id: uuid.transform((id) => id as SpecialDayId) });
export const venueParams = z.strictObject({ id: uuid });
