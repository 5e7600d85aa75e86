import { z } from "zod";
import { SERVICE_GROUPS } from "#kernel/ids.ts";
import { WALL_TIME } from "#kernel/time.ts";

/** Counters of one session: more than the largest office has. The table of templates says the same. */
const MOST_COUNTERS = 60;

export const localTime = z.string().regex(WALL_TIME);
/** How many, or the number of one of them. */
export const counters = z.int().min(1).max(MOST_COUNTERS);
const kind = z.enum(["regular", "saturday", "sunday", "extraordinary", "mobile", "on_wheels"]);
const group = z.enum(SERVICE_GROUPS);

/** db/reference/planning.json: what an office of each size is assumed to open, until it says so itself. */
export const planningFile = z.object({
  /** Office ids of each size. */
  sizes: z.record(z.string(), z.array(z.string())),
  sessions: z.array(
    z.object({
      group,
      kind,
      weekdays: z.array(z.int().min(1).max(7)).min(1),
      opens: localTime,
      closes: localTime,
      step_minutes: z.int().min(5).max(120),
      /** By size; a size that is absent has no such session. */
      counters: z.record(z.string(), counters),
    }),
  ),
  /** Offices whose number of counters is known. */
  exceptions: z.array(z.object({ office: z.string(), group, kind, counters })),
});
