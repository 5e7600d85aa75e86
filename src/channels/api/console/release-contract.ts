import { z } from "zod";
import type { LocalDate } from "#kernel/ids.ts";
import { uuid } from "#modules/booking/index.ts";

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
});

/** GET /releases, and after each step: those of the last 24 hours that nobody took away, the newest first. */
export const releaseList = z.object({ releases: z.array(release) });
export type ReleaseList = z.infer<typeof releaseList>;

/** POST /releases/:id/counts: a file, once. */
export const countsFile = z.object({ name: z.string(), csv: z.string() });
export type CountsFile = z.infer<typeof countsFile>;

export const releaseParams = z.object({ id: uuid });
export const askCountsBody = z.strictObject({
  month: z
    .string()
    .regex(/^20[2-9]\d-(0[1-9]|1[0-2])-01$/)
    .transform((day) => day as LocalDate)
    .meta({ example: "2026-09-01", description: "First day of a month that has been over for 31 days." }),
});
