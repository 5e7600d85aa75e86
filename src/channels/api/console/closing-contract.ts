import { z } from "zod";
import { CUT_REASONS } from "#modules/schedules/index.ts";

/** What the routes of closings over several offices answer (closings.routes.ts). Counts alone: nothing names anybody. */
const instant = z.string();

/** POST /closings/preview {officeIds, from, to}: what each office would lose. Changes nothing. */
export const closingPreview = z.object({
  offices: z.array(
    z.object({
      officeId: z.string(),
      /** Steps of counters. */
      places: z.number(),
      parties: z.number(),
      people: z.number(),
      /** Parties for which another place was found. */
      proposed: z.number(),
      /** Families in the hall now: where there are any, that office is left to itself. */
      inside: z.number(),
    }),
  ),
});
export type ClosingPreview = z.infer<typeof closingPreview>;

/** GET /closings: these weeks', the last made first. */
export const closingList = z.object({
  closings: z.array(
    z.object({
      id: z.string(),
      reason: z.enum(CUT_REASONS),
      from: z.string(),
      to: z.string(),
      madeAt: instant,
      undoneAt: instant.nullable(),
      offices: z.array(
        z.object({
          officeId: z.string(),
          state: z.enum(["due", "closed", "nothing", "inside", "reopened"]),
          settled: z.number(),
          asked: z.number(),
          waiting: z.number(),
        }),
      ),
    }),
  ),
});
export type ClosingList = z.infer<typeof closingList>;

/** POST /closings {…, reason} and POST /closings/:id/undo */
export const closingMade = z.object({ closingId: z.string() });
