import { z } from "zod";
import { OVERRIDE_REASONS, PICTURES, STATIONS, VERDICTS } from "#modules/visits/index.ts";

/** What the door of an office answers: verdicts, numbers and codes of turns. Nothing in it names anybody. */
const instant = z.string();

export const doorAnswer = z.object({
  verdict: z.enum(VERDICTS),
  /** How many may come in; null where nothing is known. */
  people: z.number().nullable(),
  stepFree: z.boolean(),
  /** `HH:MM` at the office from which it is let in, when that is later today. */
  fromTime: z.string().nullable(),
  /** The code that is called. */
  turn: z.object({ picture: z.enum(PICTURES), number: z.number() }).nullable(),
  /** For POST /door/undo, within a minute. */
  visitId: z.string().nullable(),
  /** Its number before a full hall. */
  number: z.number().nullable(),
});
export type DoorAnswer = z.infer<typeof doorAnswer>;

/** GET /door */
export const doorNow = z.object({
  inside: z.number(),
  /** People at once; null for no limit. */
  limit: z.number().nullable(),
  /** Companions and whoever only asks, of those inside. */
  others: z.number(),
  queue: z.array(z.object({ number: z.number(), people: z.number(), since: instant })),
  /** Four digits that hang at the door in this hour. */
  hourCode: z.string(),
});
export type DoorNow = z.infer<typeof doorNow>;

/** GET and PUT /hall/plan: what requests.ts takes, as it is kept. */
const station = z.enum(STATIONS);
export const hallPlanView = z.object({
  stations: z.array(z.object({ station, counters: z.number() })),
  routes: z.array(z.object({ service: z.string(), stations: z.array(station) })),
  walkIns: z.object({ opens: z.string(), closes: z.string() }).nullable().optional(),
});

/** GET /door/day */
export const doorDay = z.object({
  localDate: z.string(),
  overrides: z.array(
    z.object({ staffId: z.string(), reason: z.enum(OVERRIDE_REASONS), count: z.number(), signed: z.number() }),
  ),
  arrivals: z.array(z.object({ by: z.enum(["door", "kiosk", "phone"]), count: z.number() })),
});
export type DoorDay = z.infer<typeof doorDay>;
