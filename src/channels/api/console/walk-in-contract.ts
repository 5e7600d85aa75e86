import { z } from "zod";
import { passkeyAnswer } from "./requests.ts";
import { applicant, MOST_PEOPLE_ONLINE, serviceSlug, uuid } from "#modules/booking/index.ts";
import { PICTURES, STATIONS } from "#modules/visits/index.ts";

/** People who come without an appointment (walk-ins.routes.ts). Local times are `HH:MM` at the office. */

/** GET /walk-ins/room: how many more turns the office can attend to today. */
export const walkInRoom = z.object({
  localDate: z.string(),
  opensAt: z.string().nullable(),
  closesAt: z.string().nullable(),
  turns: z.number(),
  /** What is given today. */
  services: z.array(z.string()),
  /** Where time is shortest. */
  tightest: z.enum(STATIONS).nullable(),
});
export type WalkInRoom = z.infer<typeof walkInRoom>;

/** Shown once: whoever has no telephone leaves with it. */
const card = z.object({ folio: z.string(), pin: z.string() }).nullable();

/** POST /walk-ins: the household has a turn. */
export const walkInTurn = z.object({
  bookingId: z.string(),
  picture: z.enum(PICTURES),
  number: z.number(),
  people: z.number(),
  /** Registered before the door opened: its place is drawn then. */
  byLot: z.boolean(),
  card,
});
export type WalkInTurn = z.infer<typeof walkInTurn>;

/** POST /walk-ins/dates: other days at which the whole household fits, the soonest first. */
export const walkInDates = z.object({
  dates: z.array(z.object({ localDate: z.string(), localTime: z.string(), startsAt: z.string() })),
});
export type WalkInDates = z.infer<typeof walkInDates>;

/** POST /walk-ins/dated: it leaves with that appointment. */
export const walkInDated = z.object({ bookingId: z.string(), localDate: z.string(), localTime: z.string(), card });
export type WalkInDated = z.infer<typeof walkInDated>;

const applicants = z.array(applicant).min(1).max(MOST_PEOPLE_ONLINE);
export const walkInBody = z.strictObject({ applicants });
export const datesBody = z.strictObject({
  people: z
    .array(z.strictObject({ services: z.array(serviceSlug).min(1).max(3) }))
    .min(1)
    .max(MOST_PEOPLE_ONLINE),
});
/** `presence`: what POST /walk-ins/presence answered. */
export const datedBody = z.strictObject({ applicants, startsAt: z.iso.datetime(), presence: uuid });

/** POST /walk-ins/code: a code goes to the telephone or mailbox of whoever stands at the desk. */
export const deskCodeBody = z.strictObject({ kind: z.enum(["email", "sms", "voice"]), address: z.string().max(200) });
export const deskCode = z.object({ token: z.string(), expiresAt: z.string() });
export type DeskCode = z.infer<typeof deskCode>;

/** POST /walk-ins/presence: she is there, by the code that she reads out, the PIN of her card, or a colleague's passkey. */
export const presenceBody = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("code"), token: z.string().max(200), code: z.string().max(20) }),
  z.strictObject({ by: z.literal("card"), folio: z.string().max(40), pin: z.string().max(20) }),
  z.strictObject({ by: z.literal("second"), response: passkeyAnswer }),
]);
/** Good for one date, for a quarter of an hour. */
export const presenceShown = z.object({ presence: z.string(), expiresAt: z.string() });
export type PresenceShown = z.infer<typeof presenceShown>;
