import { z } from "zod";
import type { BookingId } from "#kernel/ids.ts";
import { MOST_SERVICES } from "#kernel/limits.ts";
import { MOST_OFFICES, type RequestId } from "#modules/allocation/index.ts";
import {
  applicant,
  localDate,
  officeId,
  parent,
  serviceSlug,
  specialDayId,
  uuid,
  MOST_PEOPLE_ONLINE,
} from "#modules/booking/index.ts";
import { EMERGENCY_KINDS, NEEDED_BY } from "#modules/emergencies/index.ts";
import { BANDS } from "#modules/schedules/index.ts";

/** Bookings that one visit may have open beside each other. */
const MOST_OPENED = 20;

const details = applicant.omit({ parents: true, services: true });
const person = z.object({
  details: details.optional(),
  services: z.array(serviceSlug).max(MOST_SERVICES).default([]),
  parents: z.array(parent).min(1).max(2).optional(),
});

const hold = z.object({
  holdId: uuid,
  heldUntil: z.iso.datetime(),
  startsAt: z.iso.datetime(),
  officeId,
  localDate,
  specialDayId: specialDayId.optional(),
  extended: z.boolean().default(false),
  /** The office keeps it under the id of an urgent request, until it starts. */
  kept: z.boolean().optional(),
});

const requestId = uuid.transform((id) => id as RequestId);
const ordinal = z.number().int().min(1).max(MOST_PEOPLE_ONLINE);

/** The answers of somebody who asks for a place that is shared out; what is missing was not asked yet. */
const asking = z.object({
  /** Offices, the preferred one first. */
  offices: z.array(officeId).max(MOST_OFFICES).default([]),
  /** 1 is Monday, 7 is Sunday; with the parts of the day. */
  when: z
    .object({ weekdays: z.array(z.number().int().min(1).max(7)).min(1), bands: z.array(z.enum(BANDS)).min(1) })
    .optional(),
  until: z
    .object({
      from: localDate.nullable(),
      /** Null: however late. */
      to: localDate.nullable(),
      first: z.enum(["day", "office"]),
      orElse: z.boolean(),
    })
    .optional(),
  declared: z
    .array(
      z.discriminatedUnion("kind", [
        z.object({ kind: z.enum(["pregnancy", "disability"]), ordinal }),
        z.object({ kind: z.literal("deadline"), ordinal, on: localDate }),
      ]),
    )
    .optional(),
  autoConfirm: z.boolean().default(true),
  shortNotice: z.boolean().default(false),
  /** The request that is written anew; missing for a first one. */
  changes: requestId.optional(),
});

const contact = z.object({
  kind: z.enum(["email", "sms", "voice"]),
  address: z.string().max(254),
  masked: z.string().max(254),
});

/** What one visit has answered so far. Kept sealed under the session's id; read again with care, as an older release may have written it. */
const shape = z.object({
  /** An office or service that was being read when the visit began. */
  wish: z
    .object({
      officeId: officeId.optional(),
      service: serviceSlug.optional(),
      specialDayId: specialDayId.optional(),
    })
    .default({}),
  people: z.number().int().min(1).max(MOST_PEOPLE_ONLINE).optional(),
  persons: z.array(person).max(MOST_PEOPLE_ONLINE).default([]),
  /** Answers of the checklist; `prepared` once it was answered, or had no question. */
  answers: z.record(z.string().max(60), z.boolean()).default({}),
  prepared: z.boolean().default(false),
  officeId: officeId.optional(),
  localDate: localDate.optional(),
  /** A special day at a venue, whose office and day those are. */
  specialDayId: specialDayId.optional(),
  asking: asking.optional(),
  contact: contact.optional(),
  /** A question that is asked once a contact is proved. */
  emergency: z.object({ officeId, kind: z.enum(EMERGENCY_KINDS), neededBy: z.enum(NEEDED_BY) }).optional(),
  hold: hold.optional(),
  /** The last booking of this visit: a second press of the button leads to it. */
  booked: uuid.transform((id) => id as BookingId).optional(),
  /** Bookings that this session filed, or for which it showed folio or birth date (hardening 18). */
  opened: z
    .array(uuid.transform((id) => id as BookingId))
    .max(MOST_OPENED)
    .default([]),
  /** What this visit erased last: the same form sent once more is told so once more. */
  erased: uuid.optional(),
  /** The last request of this visit, and those it may see, as with bookings. */
  requested: requestId.optional(),
  openedRequests: z.array(requestId).max(MOST_OPENED).default([]),
});

export type Draft = z.infer<typeof shape>;
export type DraftPerson = Draft["persons"][number];
export type Asking = z.infer<typeof asking>;
export type DraftHold = z.infer<typeof hold>;

export const emptyDraft: Draft = shape.parse({});

/** A draft of a shape that is no longer known is begun anew. */
export function draftFrom(stored: unknown): Draft {
  const parsed = shape.safeParse(stored ?? {});
  return parsed.success ? parsed.data : emptyDraft;
}

/** A booking that may be seen without being asked for folio or birth date again. */
export function withOpened(draft: Draft, bookingIds: readonly BookingId[]): Draft {
  return { ...draft, opened: [...new Set([...bookingIds, ...draft.opened])].slice(0, MOST_OPENED) };
}

export function withOpenedRequests(draft: Draft, ids: readonly RequestId[]): Draft {
  return { ...draft, openedRequests: [...new Set([...ids, ...draft.openedRequests])].slice(0, MOST_OPENED) };
}

/** What stays of a visit when its answers do not: its contact, and what it may see. */
export function withoutAnswers({ contact, opened, openedRequests }: Draft): Draft {
  return { ...emptyDraft, contact, opened, openedRequests };
}

/** After a booking: only what leads to it is kept, the people's answers are not. */
export function afterBooking(draft: Draft, bookingId: BookingId): Draft {
  return withOpened({ ...withoutAnswers(draft), booked: bookingId }, [bookingId]);
}

export function afterRequest(draft: Draft, id: RequestId): Draft {
  return withOpenedRequests({ ...withoutAnswers(draft), requested: id }, [id]);
}
