import { z } from "zod";
import { CUT_REASONS } from "#modules/schedules/index.ts";

/** What the routes of closures answer (cuts.routes.ts). Instants are UTC in ISO 8601, local days `YYYY-MM-DD`. Nothing names anybody. */
const instant = z.string();
const uuid = z.string();
const elsewhere = z.object({ localDate: z.string(), startsAt: instant }).nullable();

/** A party whose place is taken away; `proposed` is null where there is no room for all of them together. */
const affected = z.object({
  bookingId: uuid,
  folioTail: z.string(),
  people: z.number(),
  startsAt: instant,
  proposed: elsewhere,
  /** Everybody keeps her hour, at another counter: nobody is asked. */
  sameHour: z.boolean(),
});

/** POST /cuts/preview {localDate, sessionId?, counters?, hours?}: what it would take, by who has it, in steps of counters. Changes nothing. */
export const cutPreview = z.object({
  free: z.number(),
  planned: z.number(),
  committed: z.number(),
  held: z.number(),
  assigned: z.number(),
  booked: z.number(),
  parties: z.array(affected),
});
export type CutPreview = z.infer<typeof cutPreview>;

/** GET /cuts?on=…: the sessions of that day, what is closed from two weeks ago on, and who still needs another place. */
export const cutWork = z.object({
  on: z.string(),
  sessions: z.array(
    z.object({
      id: uuid,
      serviceGroup: z.string(),
      startsAt: instant,
      endsAt: instant,
      counters: z.number(),
      places: z.number(),
      cut: z.number(),
    }),
  ),
  cuts: z.array(
    z.object({
      id: uuid,
      localDate: z.string(),
      /** Null: every session of that day. */
      serviceGroup: z.string().nullable(),
      counters: z.object({ from: z.number(), to: z.number() }).nullable(),
      hours: z.object({ from: instant, until: instant }).nullable(),
      reason: z.enum(CUT_REASONS),
      places: z.number(),
      madeAt: instant,
      undoneAt: instant.nullable(),
    }),
  ),
  parties: z.array(
    affected.omit({ sameHour: true }).extend({
      localDate: z.string(),
      /** Null: nothing could be proposed; the family was asked to choose another day. */
      answer: z.enum(["asked", "accepted", "declined", "over"]).nullable(),
    }),
  ),
  /** Households to which a draw had given a place there: they stand first, and need nothing from staff. */
  households: z.array(z.object({ localDate: z.string(), count: z.number() })),
});
export type CutWork = z.infer<typeof cutWork>;

/** POST /proposals {bookingId, answer: yes | no}: what a family said on the telephone. */
export const proposalAnswered = z.object({ bookingId: uuid });

/** POST /cuts {…, reason} and POST /cuts/:id/undo */
export const cutMade = z.object({ cutId: uuid });
