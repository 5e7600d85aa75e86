import { z } from "zod";
import { hasForbiddenCharacters } from "#kernel/text.ts";
import { localDate, uuid } from "#modules/booking/index.ts";
import type { BookingId } from "#kernel/ids.ts";
import { MISSING_DOCUMENTS, OUTCOME_CODES, REFUSAL_REASONS, STATIONS } from "#modules/visits/index.ts";
import { party } from "./contract.ts";
import { outcomesBody } from "./requests.ts";

/**
 * What the routes of a day without network take and answer (offline.routes.ts). Instants are UTC in ISO 8601. A tablet
 * is told first names and initials, no contact and no CURP.
 */
const instant = z.string();
const station = z.enum(STATIONS);
/** 256 random bits. */
const secret = z.string().regex(/^[\w-]{43}$/);
const tablet = z.strictObject({ id: uuid, secret });
/** As it is written on the device. */
const TABLET_NAME_LENGTH = 40;

export const tabletBody = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(TABLET_NAME_LENGTH)
    .refine((text) => !hasForbiddenCharacters(text), "control or direction-changing characters")
    .meta({ format: "words" }),
});
export const tabletAnswer = z.object({ id: z.string(), secret: z.string() });
export type Tablet = z.infer<typeof tabletAnswer>;

export const takeBody = z.strictObject({ tablet, localDate, specialDayId: uuid.nullable() });
/** POST /lists: what a tablet keeps, encrypted. `route`: stations of a party that has not arrived. */
const loanedParty = party.extend({ route: z.array(station) });
export const takenList = z.object({
  loanId: z.string(),
  localDate: z.string(),
  zone: z.string(),
  expiresAt: instant,
  parties: z.array(loanedParty),
});
export type TakenList = z.infer<typeof takenList>;
export type LoanedParty = z.infer<typeof loanedParty>;

const act = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("arrive") }),
  z.strictObject({ do: z.literal("call"), station, counter: z.int().min(1).max(99) }),
  z.strictObject({ do: z.literal("serve"), station }),
  z.strictObject({ do: z.literal("pass"), to: station }),
  z.strictObject({ do: z.literal("park"), station }),
  z.strictObject({ do: z.literal("unpark") }),
  z.strictObject({ do: z.literal("record"), outcomes: outcomesBody.shape.outcomes }),
  z.strictObject({ do: z.literal("undo") }),
  z.strictObject({ do: z.literal("no_show") }),
]);
/** More acts than any tablet has on a day, and as many as are sent at once. */
const MOST_ACTS = 20_000;
export const MOST_AT_ONCE = 200;
const operation = z.strictObject({
  counter: z.int().min(1).max(MOST_ACTS),
  bookingId: uuid.transform((text) => text as BookingId),
  /** Milliseconds since 1970 by the tablet's clock. */
  at: z.int().min(0),
  act,
});
/** POST /operations: acts in any order, as often as they come. With the last of `last` acts all are merged. */
export const handInBody = z.strictObject({
  tablet,
  loanId: uuid,
  /** The tablet's clock as it sends this. */
  deviceNow: z.int().min(0),
  last: z.int().min(0).max(MOST_ACTS),
  operations: z.array(operation).max(MOST_AT_ONCE),
});
export const handInAnswer = z.object({
  kept: z.number(),
  merged: z.object({ operations: z.number(), conflicts: z.number() }).nullable(),
});
export type HandInAnswer = z.infer<typeof handInAnswer>;

export const keepBody = z.strictObject({ keep: z.enum(["office", "tablet"]) });

const said = z.object({
  service: z.string(),
  code: z.enum(OUTCOME_CODES),
  reason: z.enum([...new Set([...MISSING_DOCUMENTS, ...REFUSAL_REASONS])]).optional(),
});
/** GET /offline: what can be taken along, which lists are out, what a person has to decide. */
export const offlineView = z.object({
  outings: z.array(
    z.object({
      localDate: z.string(),
      specialDayId: z.string().nullable(),
      venue: z.string().nullable(),
      parties: z.number(),
    }),
  ),
  loans: z.array(
    z.object({
      id: z.string(),
      tablet: z.string(),
      localDate: z.string(),
      takenBy: z.string(),
      takenAt: instant,
      expiresAt: instant,
      parties: z.number(),
      mergedAt: instant.nullable(),
      lostAt: instant.nullable(),
    }),
  ),
  conflicts: z.array(
    z.object({
      id: z.string(),
      tablet: z.string(),
      localDate: z.string(),
      folioTail: z.string(),
      name: z.string(),
      code: z.string(),
      /** What the tablet says, and what the office has. */
      outcomes: z.array(said),
      recorded: z.array(said),
      /** Whether what the tablet says can be taken. */
      mayTake: z.boolean(),
    }),
  ),
});
export type OfflineView = z.infer<typeof offlineView>;
