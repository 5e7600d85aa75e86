import { z } from "zod";
import { hasForbiddenCharacters, tidy } from "#kernel/text.ts";
import { instant, localDate, officeId, serviceSlug } from "#modules/booking/index.ts";
import { localTime } from "#modules/schedules/index.ts";
import { MOST_WORDS } from "./rules/asking.ts";
import { EMERGENCY_KINDS, NEEDED_BY, NO_REASONS } from "./types.ts";

/** Longest telephone as people type it; what it is is judged by its own parser. */
const PHONE_LENGTH = 40;

export const emergencyBody = z.strictObject({
  officeId,
  kind: z.enum(EMERGENCY_KINDS).describe("what happened; sealed"),
  neededBy: z.enum(NEEDED_BY),
  phone: z
    .string()
    .max(PHONE_LENGTH)
    .optional()
    .describe("to be called back, in place of the verified contact; sealed"),
});

const words = z
  .string()
  .max(MOST_WORDS)
  .refine((text) => !hasForbiddenCharacters(text.replaceAll("\n", " ")), "control or direction-changing characters")
  .transform(tidy)
  .default("");

/** What an office answers. */
export const answerShape = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("place"),
    service: serviceSlug,
    people: z.int().min(1).max(5),
    localDate,
    startsAt: instant,
    words,
  }),
  z.strictObject({ kind: z.literal("hour"), time: localTime.describe("of today, at the office"), words }),
  z.strictObject({ kind: z.literal("no"), reason: z.enum(NO_REASONS), words }),
]);
