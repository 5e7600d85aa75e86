import { z } from "zod";
import { OUTCOME_CODES } from "#modules/visits/index.ts";

/**
 * What the routes of reports and of the printed list answer (reports.routes.ts). Local days are `YYYY-MM-DD`, local
 * times `HH:MM` of the office, minutes are whole. A count of people is null where it is below ten, or would let
 * one that is be worked out. Nothing names anybody.
 */
const told = z.number().nullable();
const attendance = { expected: told, came: told, served: told };
const minutes = { count: told, median: told, most: told };

/** GET /reports/office?from&to&officeId?: how the days of an office went that are over; headquarters names the office. */
export const officeReport = z.object({
  officeId: z.string(),
  from: z.string(),
  to: z.string(),
  /** The last counted day of the span; null while none is. Days are counted the morning after. */
  countedTo: z.string().nullable(),
  attendance: z.object({
    total: z.object(attendance).nullable(),
    groups: z.array(z.object({ serviceGroup: z.string(), ...attendance })),
    /** 1 is Monday, 7 is Sunday. */
    weekdays: z.array(z.object({ weekday: z.number(), ...attendance })),
  }),
  /** From arrival to the call: `median`, and what nine of ten did not wait longer than (`most`). */
  waits: z.object({
    total: z.object(minutes).nullable(),
    groups: z.array(z.object({ serviceGroup: z.string(), ...minutes })),
    weekdays: z.array(z.object({ weekday: z.number(), ...minutes })),
  }),
  /** From the call to the outcome, for each person, where a party came for one service only. */
  services: z.array(z.object({ service: z.string(), ...minutes })),
  reasons: z.array(z.object({ code: z.enum(["missing_document", "refused"]), reason: z.string(), count: told })),
  changes: z.array(z.object({ serviceGroup: z.string(), made: told, cancelled: told, moved: told })),
});
export type OfficeReport = z.infer<typeof officeReport>;

/** GET /reports/network?from&to: counts of every office, for headquarters. */
export const networkReport = z.object({
  from: z.string(),
  to: z.string(),
  offices: z.array(z.object({ officeId: z.string(), ...attendance, cancelled: told, moved: told })),
});
export type NetworkReport = z.infer<typeof networkReport>;

/** GET /reports/week?on&officeId?: what is opened in the week that has this day, counter by counter, and how much of it is taken. */
export const weekPlan = z.object({
  officeId: z.string(),
  monday: z.string(),
  sessions: z.array(
    z.object({
      localDate: z.string(),
      serviceGroup: z.string(),
      kind: z.string(),
      opens: z.string(),
      closes: z.string(),
      stepMinutes: z.number(),
      counters: z.array(z.object({ counter: z.number(), places: z.number(), taken: z.number() })),
    }),
  ),
});
export type WeekPlan = z.infer<typeof weekPlan>;

const given = z.object({ given: z.number(), seen: z.number() });
/** GET /reports/priorities: who lets whom go first at the own office, of all turns that there were. */
export const priorityShares = z.object({
  from: z.string(),
  to: z.string(),
  office: given,
  network: given,
  clerks: z.array(given.extend({ name: z.string(), signed: z.number(), standsOut: z.boolean() })),
});
export type PriorityShares = z.infer<typeof priorityShares>;

/** GET /sheet?on=…: the list of a day by hour. GET /sheet.pdf is the same on paper, and is written down. */
export const daySheet = z.object({
  localDate: z.string(),
  /** Whether what was written on it can be typed in today. */
  typed: z.boolean(),
  parties: z.array(
    z.object({
      bookingId: z.string(),
      folioTail: z.string(),
      localTime: z.string(),
      /** Where it is expected at another hour. */
      expectedTime: z.string().nullable(),
      /** Last day on which it may come back without an appointment. */
      returnUntil: z.string().nullable(),
      state: z.string(),
      lines: z.array(
        z.object({
          appointmentId: z.string(),
          ordinal: z.number(),
          initials: z.string(),
          localTime: z.string(),
          serviceGroup: z.string(),
          services: z.array(z.string()),
          counter: z.number().nullable(),
          state: z.string(),
          outcomes: z.array(
            z.object({ service: z.string(), code: z.enum(OUTCOME_CODES), reason: z.string().nullable() }),
          ),
        }),
      ),
    }),
  ),
});
export type DaySheet = z.infer<typeof daySheet>;
