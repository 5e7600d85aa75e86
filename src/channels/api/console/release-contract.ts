import { z } from "zod";
import type { LocalDate } from "#kernel/ids.ts";
import { uuid } from "#modules/booking/index.ts";
import { RELEASE_REASONS } from "#modules/people/index.ts";

/** What leaves the house with two signatures (releases.routes.ts). Instants are UTC; a month is its first day. */
const release = z.object({
  id: z.string(),
  kind: z.enum(["counts", "disclosure"]),
  /** Null for the answer about a telephone. */
  month: z.string().nullable(),
  askedAt: z.string(),
  expiresAt: z.string(),
  signed: z.number().int(),
  mine: z.boolean(),
  /** Why it was asked for, of a closed list; null for what is older than the list. */
  reason: z.enum([...RELEASE_REASONS.counts, ...RELEASE_REASONS.disclosure]).nullable(),
  /** Who asked, as colleagues see her; null where it was asked on the server. */
  askedBy: z.string().nullable(),
  takenAt: z.string().nullable(),
});

/** GET /releases, and after each step: those of the last 24 hours that nobody took away, the newest first. */
export const releaseList = z.object({ releases: z.array(release) });
export type ReleaseList = z.infer<typeof releaseList>;

/** GET /releases/ended: those that were taken away or whose hours passed, the newest first; `more`: there are older ones. */
export const endedReleases = z.object({ releases: z.array(release), more: z.boolean() });
export type EndedReleases = z.infer<typeof endedReleases>;
export const endedQuery = z.strictObject({
  before: uuid.optional().meta({ description: "The last one of the page before." }),
});

/** POST /releases/:id/counts: a file, once. */
export const countsFile = z.object({ name: z.string(), csv: z.string() });
export type CountsFile = z.infer<typeof countsFile>;

export const releaseParams = z.object({ id: uuid });
export const askCountsBody = z.strictObject({
  reason: z.enum(RELEASE_REASONS.counts).meta({ example: "planning" }),
  month: z
    .string()
    .regex(/^20[2-9]\d-(0[1-9]|1[0-2])-01$/)
    .transform((day) => day as LocalDate)
    .meta({ example: "2026-09-01", description: "First day of a month that has been over for 31 days." }),
});
