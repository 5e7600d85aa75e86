import { z } from "zod";
import { MOST_SERVICES } from "#kernel/limits.ts";
import { hasForbiddenCharacters, tidy } from "#kernel/text.ts";
import { isLocalDate } from "#kernel/time.ts";
import type { OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { MOST_OFFICES } from "#modules/allocation/index.ts";
import { parseAddress } from "#modules/people/index.ts";
import { BANDS, type SpecialDayId } from "#modules/schedules/index.ts";
import { BIRTH_STATES, parseCurp } from "./rules/curp.ts";
import { MOST_PEOPLE_ONLINE } from "./rules/party.ts";

/** Longest name part that a form of ours takes; the longest on Mexican records is well below. */
const NAME_LENGTH = 80;

const plainText = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => !hasForbiddenCharacters(text), "control or direction-changing characters")
    .transform(tidy);
export const nameText = plainText(NAME_LENGTH).refine(
  (text) => /^[\p{L}\p{M}'’ʼꞌ`.\- ]*$/u.test(text),
  "letters, spaces, hyphens, dots and apostrophes",
);
export const requiredName = nameText.refine((text) => /\p{L}/u.test(text), "at least one letter");
const slug = z.string().regex(/^[a-z0-9-]{1,60}$/);

export const localDate = z
  .string()
  .max(10)
  .refine(isLocalDate, "a real day as YYYY-MM-DD")
  .transform((text) => text)
  .meta({ example: "2026-12-03" });
export const officeId = slug.transform((text) => text as OfficeId).meta({ example: "fresno" });
export const serviceSlug = slug.transform((text) => text as ServiceSlug).meta({ example: "pasaporte-adulto" });
export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
export const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .meta({ example: "2026-12-03T16:00:00Z" });
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{8,100}$/)
  .describe("8 to 100 visible characters; the same key with the same body has one effect");

const sheetTo = z
  .strictObject({ kind: z.enum(["email", "sms"]), address: z.string().max(254) })
  .transform(({ kind, address }, ctx) => {
    const parsed = parseAddress(kind, address);
    if (parsed) return { kind, address: parsed.address };
    ctx.addIssue({ code: "custom", message: "an address that a message can reach", path: ["address"] });
    return z.NEVER;
  })
  .describe("an absent parent's own e-mail or telephone: gets the sheet that says what to sign, and nothing else");

export const parent = z
  .strictObject({
    part: z.enum(["comes", "signs_elsewhere", "cannot"]),
    reason: z.enum(["died", "judgment", "unknown", "refuses", "detained", "danger"]).optional(),
    permissionOn: localDate.optional(),
    sheetTo: sheetTo.optional(),
  })
  .refine(({ part, reason }) => part !== "cannot" || reason !== undefined, {
    message: "why the parent cannot sign",
    path: ["reason"],
  })
  .refine(({ part, sheetTo: to }) => to === undefined || part === "signs_elsewhere", {
    message: "only for a parent who signs elsewhere",
    path: ["sheetTo"],
  });

export const applicant = z.strictObject({
  givenNames: requiredName.meta({ example: "María Guadalupe" }),
  firstSurname: requiredName.meta({ example: "Hernández" }),
  secondSurname: nameText.default(""),
  otherName: nameText.default(""),
  bornOn: localDate.meta({ example: "1990-05-17" }),
  bornIn: z.enum(BIRTH_STATES),
  sex: z.enum(["H", "M", "X"]),
  curp: z
    .string()
    .max(24)
    .default("")
    .refine(
      (text) => text === "" || parseCurp(text) !== undefined,
      "18 characters with the right check digit, or empty",
    ),
  parents: z.array(parent).max(2).default([]),
  services: z.array(serviceSlug).min(1).max(MOST_SERVICES),
});

export const specialDayId = uuid.transform((id) => id as SpecialDayId);
export const wanted = z.strictObject({
  officeId,
  localDate,
  startsAt: instant,
  specialDayId: specialDayId
    .optional()
    .describe("of a special day at a venue; without it what is at the office itself"),
});

const weekday = z.number().int().min(1).max(7);
const wish = z.strictObject({
  offices: z.array(officeId).min(1).max(MOST_OFFICES).describe("the preferred one first"),
  weekdays: z.array(weekday).min(1).max(7).describe("1 is Monday, 7 is Sunday"),
  bands: z.array(z.enum(BANDS)).min(1),
  from: localDate,
  to: localDate.nullable().describe("null: however late").meta({ example: null }),
  first: z.enum(["day", "office"]).describe("what counts more when both cannot be had"),
  orElse: z.array(officeId).max(MOST_OFFICES).default([]).describe("offices to go to when nothing else is left"),
});
const ordinal = z.number().int().min(1).max(MOST_PEOPLE_ONLINE);
const declaration = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["pregnancy", "disability"]), ordinal }),
  z.strictObject({ kind: z.literal("deadline"), ordinal, on: localDate }),
]);
const checklist = z
  .record(slug, z.boolean())
  .refine((answers) => Object.keys(answers).length <= 12, "at most 12 answers")
  .optional();

const delicate = z
  .boolean()
  .default(false)
  .describe("from the first message on nothing says more than that there is a notice; only the folio opens it");

/** A request for a place where places are drawn. */
export const requestBody = z.strictObject({
  applicants: z.array(applicant).min(1).max(MOST_PEOPLE_ONLINE),
  wish,
  declared: z
    .array(declaration)
    .max(3 * MOST_PEOPLE_ONLINE)
    .default([])
    .describe("who should not have to wait; the paper is seen at the visit"),
  autoConfirm: z.boolean().default(true).describe("a place of those asked for is confirmed without another question"),
  shortNotice: z
    .boolean()
    .default(false)
    .describe("may be called twelve hours to nine days ahead, when a place comes back"),
  delicate,
  checklist,
});

export const bookingBody = z.strictObject({
  wanted,
  holdId: uuid.optional(),
  applicants: z.array(applicant).min(1).max(MOST_PEOPLE_ONLINE),
  checklist,
  fullMessage: z.boolean().default(false),
  delicate,
});
