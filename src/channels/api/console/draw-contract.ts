import { z } from "zod";
import { REGIME_REASONS } from "#modules/allocation/index.ts";

/** What the routes of the draws answer (draws.routes.ts). Instants are UTC in ISO 8601, local days `YYYY-MM-DD`. */
const instant = z.string();
const uuid = z.string();
const drawHours = {
  opensAt: instant,
  /** One instant for the whole network: afterwards nothing is added or changed before the result. */
  locksAt: instant,
  drawsAt: instant,
  answersBy: instant,
  horizonFrom: z.string(),
  horizonTo: z.string(),
};
const regime = z.enum(["draw", "immediate"]);
const drawHead = z.object({
  id: uuid,
  kind: z.enum(["weekly", "second", "daily", "short", "demo"]),
  state: z.enum(["open", "locked", "drawn", "settled", "void"]),
  follows: z.string().nullable(),
  ...drawHours,
});
export type DrawHead = z.infer<typeof drawHead>;

/** How an office gives out the places of a group, and what was measured; the latest first. */
const regimeRow = z.object({
  officeId: z.string(),
  serviceGroup: z.string(),
  regime,
  /** First day whose places are drawn; null while none are. */
  drawsFrom: z.string().nullable(),
  decidedBy: z.enum(["measure", "staff", "demo"]),
  decidedAt: instant.nullable(),
  measures: z.array(
    z.object({
      at: instant,
      regime,
      asked: z.number().nullable(),
      places: z.number().nullable(),
      ratio: z.number().nullable(),
      decision: regime,
      reason: z.enum(REGIME_REASONS),
    }),
  ),
});
export type RegimeRow = z.infer<typeof regimeRow>;

/** How many weeks people wait at an office, and what would mend it. */
const waitRow = z.object({
  officeId: z.string(),
  serviceGroup: z.string(),
  /** Within which 95 of 100 households are served; null while too little is known. */
  weeks: z.number().nullable(),
  /** Longer than so many: past draws cannot tell how long. */
  more: z.boolean(),
  /** Longer than the ceiling of the network. */
  past: z.boolean(),
  /** Households left of the latest draw that stood in one, two, three or four, five and more; null where too few to tell. */
  waiting: z.array(z.number().nullable()),
  /** Steps of counters, once and each week besides; null where the wait is not past the ceiling, or too few stand. */
  proposal: z.object({ places: z.number(), weekly: z.number() }).nullable(),
});
export type WaitRow = z.infer<typeof waitRow>;

/** GET /draws: those of the own office, or of the network. */
export const draws = z.object({
  draws: z.array(drawHead),
  ahead: z.array(z.object(drawHours)),
  regimes: z.array(regimeRow),
  waits: z.array(waitRow),
  maySet: z.boolean(),
});
export type Draws = z.infer<typeof draws>;

/** GET /draws/:id. Of requests there are only counts of ten and more, and none before the lock. */
export const drawMonitor = z.object({
  draw: drawHead,
  second: z.string().nullable(),
  /** Of drand's chain; null where the operator's own number is used. */
  round: z.number().nullable(),
  witnesses: z.object({ asked: z.number(), needed: z.number(), signed: z.array(z.string()) }),
  manifest: z.object({ at: instant, entries: z.number(), people: z.number(), root: z.string() }).nullable(),
  beacon: z.object({ randomness: z.string() }).nullable(),
  result: z.object({ served: z.number(), waiting: z.number() }).nullable(),
  supply: z.array(
    z.object({
      officeId: z.string(),
      serviceGroup: z.string(),
      places: z.number(),
      entries: z.number().nullable(),
      people: z.number().nullable(),
      asked: z.number().nullable(),
    }),
  ),
  days: z.array(
    z.object({ officeId: z.string(), serviceGroup: z.string(), localDate: z.string(), places: z.number() }),
  ),
  places: z.array(z.object({ officeId: z.string(), places: z.number(), given: z.number().nullable() })),
  households: z.array(z.object({ officeId: z.string(), served: z.number(), waiting: z.number() })),
  offers: z.array(
    z.object({
      officeId: z.string(),
      open: z.number().nullable(),
      accepted: z.number().nullable(),
      silent: z.number().nullable(),
      declined: z.number().nullable(),
    }),
  ),
});
export type DrawMonitor = z.infer<typeof drawMonitor>;

/** POST /regimes {officeId, serviceGroup, wish: draw | immediate | measured} */
export const regimeSet = z.object({ regime });
