import { z } from "zod";
import { SERVICE_GROUPS } from "#kernel/ids.ts";
import { SESSION_KINDS, SPECIAL_KINDS, STATIONS, SPECIAL_DAY_STATES } from "#modules/schedules/index.ts";

/**
 * What the routes of planning answer (plan.routes.ts), all under /plan. Instants are UTC in ISO 8601, local days
 * `YYYY-MM-DD`, local times `HH:MM` on the office's clock. Nothing names anybody. What they take stands in plan-requests.ts.
 */
const instant = z.string();
const uuid = z.string();
const localDate = z.string();
const localTime = z.string();
const serviceGroup = z.enum(SERVICE_GROUPS);

/** How one service group is opened on a day or by a template. */
export const layout = z.object({
  serviceGroup,
  opens: localTime,
  closes: localTime,
  counters: z.number(),
  /** Minutes of one place. */
  stepMinutes: z.number(),
  /** Each counter rests for so many minutes between these hours, one after another. Null: no break. */
  breaks: z.object({ from: localTime, until: localTime, minutes: z.number() }).nullable(),
  /** Of a hundred places so many are given out: an office at 90 %. */
  percent: z.number(),
  /** To a hundred places so many are added, for not everybody comes: at most half of the measured absences. */
  overbook: z.number(),
  /** Of a hundred places so many are kept: for urgent cases and for the telephone and the desk until two days before, for the door for good. */
  reserves: z.object({ urgent: z.number(), walkIn: z.number(), assisted: z.number() }),
  /** Where people pass through: the smallest says how many counters it can carry. Empty: the counters alone. */
  stations: z.array(z.object({ station: z.enum(STATIONS), desks: z.number(), minutes: z.number() })),
});
export type Layout = z.infer<typeof layout>;

/** Steps of counters by who has them: free is open, planned or about to be; kept is a reserve; cut was taken away. */
const placeCounts = z.object({
  all: z.number(),
  free: z.number(),
  kept: z.number(),
  taken: z.number(),
  cut: z.number(),
});

const venueName = z.object({ id: uuid, name: z.string(), city: z.string() });

export const planSession = z.object({
  id: uuid,
  serviceGroup,
  kind: z.enum(SESSION_KINDS),
  localDate,
  opens: localTime,
  closes: localTime,
  startsAt: instant,
  endsAt: instant,
  counters: z.number(),
  stepMinutes: z.number(),
  /** closed: nobody is served there: it was cut whole, or its day is suspended. */
  state: z.enum(["open", "closed"]),
  layout,
  places: placeCounts,
  /** In order of the number of the counter, from 1. */
  byCounter: z.array(placeCounts.extend({ counter: z.number() })),
  /** The template that makes it; null for a special day. */
  templateId: uuid.nullable(),
  specialDayId: uuid.nullable(),
});
export type PlanSession = z.infer<typeof planSession>;

/** open: to everybody at once; draw: in the weekly draw; short_draw: among households who ticked short notice. */
const givenOut = z.enum(["open", "draw", "short_draw"]);

export const specialDay = z.object({
  id: uuid,
  kind: z.enum(SPECIAL_KINDS),
  state: z.enum(SPECIAL_DAY_STATES),
  localDate,
  venue: venueName.nullable(),
  circuit: z.object({ id: uuid, name: z.string() }).nullable(),
  resources: z.array(z.object({ id: uuid, kind: z.enum(["crew", "kit"]), name: z.string() })),
  sessions: z.array(layout),
  /** Counts what changed for the public, from 1. */
  revision: z.number(),
  publishedAt: instant.nullable(),
  /** How its places were given out when it was published; null for a draft. */
  givenOut: givenOut.nullable(),
  /** As what it is stored: to be sent back with a change of the draft and with its publication, which are refused when it is no longer true. */
  stored: z.string(),
});
export type SpecialDay = z.infer<typeof specialDay>;

export const planTemplate = layout.extend({
  id: uuid,
  kind: z.enum(SESSION_KINDS),
  /** 1 is Monday, 7 is Sunday. */
  weekdays: z.array(z.number()),
  validFrom: localDate,
  validTo: localDate.nullable(),
});
export type PlanTemplate = z.infer<typeof planTemplate>;

/** GET /plan/week?from=…: seven days from that one, or from this week's Monday. Drafts are listed and have no session yet. */
export const planWeek = z.object({
  from: localDate,
  today: localDate,
  days: z.array(
    z.object({
      localDate,
      /** Code of the holiday or closure; null on a day on which the office may open. */
      closed: z.string().nullable(),
      sessions: z.array(planSession),
      specialDays: z.array(specialDay),
    }),
  ),
  /** Those that make a session on one of these days or later. */
  templates: z.array(planTemplate),
});
export type PlanWeek = z.infer<typeof planWeek>;

/** GET /plan/month?month=YYYY-MM */
export const planMonth = z.object({
  month: z.string(),
  today: localDate,
  days: z.array(
    z.object({
      localDate,
      closed: z.string().nullable(),
      places: placeCounts,
      specialDays: z.array(
        z.object({
          id: uuid,
          kind: z.enum(SPECIAL_KINDS),
          state: z.enum(SPECIAL_DAY_STATES),
          city: z.string().nullable(),
        }),
      ),
    }),
  ),
});
export type PlanMonth = z.infer<typeof planMonth>;

/** GET /plan/venues, POST /plan/venues and PUT /plan/venues/:id */
export const venue = z.object({
  id: uuid,
  name: z.string(),
  street: z.string(),
  city: z.string(),
  region: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  wayIn: z.string(),
  /** Address of its picture, which the public sees too; null without one. */
  photo: z.string().nullable(),
  retired: z.boolean(),
});
export type Venue = z.infer<typeof venue>;
export const venues = z.object({ venues: z.array(venue) });

/** GET /plan/resources?from=…: crews and kits of the network, and in which town each is from that day on. POST /plan/resources adds one. */
export const resource = z.object({
  id: uuid,
  kind: z.enum(["crew", "kit"]),
  name: z.string(),
  officeId: z.string(),
  days: z.array(z.object({ localDate, officeId: z.string(), town: z.string() })),
});
export type Resource = z.infer<typeof resource>;
export const resources = z.object({ resources: z.array(resource) });

/** Somebody whose place the plan takes away, as with a closure; `proposed` is null where there is no room for all of them. */
const affected = z.object({
  bookingId: uuid,
  folioTail: z.string(),
  people: z.number(),
  startsAt: instant,
  proposed: z.object({ localDate, startsAt: instant }).nullable(),
  sameHour: z.boolean(),
});

/** What one group's opening gives. */
const yieldOf = z.object({
  serviceGroup,
  /** Places of one day, reserves among them. */
  places: z.number(),
  open: z.number(),
  urgent: z.number(),
  walkIn: z.number(),
  assisted: z.number(),
  /** Of the open ones, those beyond what the counters carry. */
  overbooked: z.number(),
  /** Counters that work without a break, before the stations and the percentage. */
  counters: z.number(),
  /** The station that carries fewer than the counters, and how many it carries; null when the counters are the smallest. */
  bottleneck: z.object({ station: z.enum(STATIONS), counters: z.number() }).nullable(),
  givenOut,
});

/** POST /plan/…/preview: what saving would do. Changes nothing. */
export const planPreview = z.object({
  /** To be sent back with the save: nothing is saved when it is no longer true. */
  seen: z.string(),
  gained: z.number(),
  lost: z.number(),
  /** Days on which something changes. */
  days: z.number(),
  sessions: z.array(yieldOf),
  /** Of the lost places those that somebody has: people of bookings, and households that a draw gave one. */
  people: z.number(),
  households: z.number(),
  parties: z.array(affected),
});
export type PlanPreview = z.infer<typeof planPreview>;

/**
 * What a save answers. `saved: false`: somebody planned meanwhile or took a place, nothing was saved, and `preview` is what
 * is true now. `saved: true`: `id` is the special day, the circuit, or the template that holds from that day on.
 */
export const planSaved = z.object({ saved: z.boolean(), id: uuid.nullable(), preview: planPreview.nullable() });
export type PlanSaved = z.infer<typeof planSaved>;

/** POST /plan/special-days/:id/publish, …/suspend, …/move (also of a suspended one to where it was) and …/cancel */
export const specialDayDone = z.object({
  specialDay,
  /** People who are told, by bookings. */
  told: z.number(),
});
export type SpecialDayDone = z.infer<typeof specialDayDone>;

/** POST /plan/circuits */
export const circuitMade = z.object({ circuitId: uuid, specialDays: z.array(specialDay) });
