import { z } from "zod";
import { SERVICE_GROUPS } from "#kernel/ids.ts";
import { WALL_TIME } from "#kernel/time.ts";
import { MOST_OVERBOOKED_PERCENT } from "./rules/overbooking.ts";
import { SESSION_KINDS, STATIONS } from "./types.ts";

/** Counters of one session: more than the largest office has. The table of templates says the same. */
const MOST_COUNTERS = 60;

export const localTime = z.string().regex(WALL_TIME);
/** How many, or the number of one of them. */
export const counters = z.int().min(1).max(MOST_COUNTERS);
const kind = z.enum(SESSION_KINDS);
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

/** Longest break of a counter, and longest that one person may be at one station. */
const LONGEST_BREAK_MINUTES = 120;
const LONGEST_AT_A_STATION_MINUTES = 240;
/** Below this an office does not open at all, rather than at so little. */
const LEAST_PERCENT = 10;
/** Of a hundred places at most so many are kept back for one purpose, and for all of them. */
const MOST_RESERVED_FOR_ONE = 50;
const MOST_RESERVED = 60;
const share = z.int().min(0).max(MOST_RESERVED_FOR_ONE).default(0);

/** Breaks, percentage, reserves and stations, as they stand in the `layout` of a template or session; absent ones are none. */
export const planExtras = z.strictObject({
  breaks: z
    .strictObject({ from: localTime, until: localTime, minutes: z.int().min(5).max(LONGEST_BREAK_MINUTES) })
    .refine(({ from, until }) => from < until, "a break ends after it begins")
    .nullable()
    .default(null),
  percent: z.int().min(LEAST_PERCENT).max(100).default(100),
  overbook: z.int().min(0).max(MOST_OVERBOOKED_PERCENT).default(0),
  reserves: z
    .strictObject({ urgent: share, walkIn: share, assisted: share })
    .refine(
      ({ urgent, walkIn, assisted }) => urgent + walkIn + assisted <= MOST_RESERVED,
      "no more than sixty of a hundred",
    )
    .default({ urgent: 0, walkIn: 0, assisted: 0 }),
  stations: z
    .array(
      z.strictObject({
        station: z.enum(STATIONS),
        desks: counters,
        minutes: z.int().min(1).max(LONGEST_AT_A_STATION_MINUTES),
      }),
    )
    .max(STATIONS.length)
    .refine((all) => new Set(all.map((one) => one.station)).size === all.length, "each station once")
    .default([]),
});

/** How one service group is opened. */
export const planLayout = planExtras
  .extend({
    serviceGroup: group,
    opens: localTime,
    closes: localTime,
    counters,
    stepMinutes: z.int().min(5).max(120),
  })
  .refine(({ opens, closes }) => opens < closes, "it closes after it opens");
