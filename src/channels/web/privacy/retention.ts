/** What the notice promises; `retention.test.ts` holds each figure to the rule that keeps it (security 4.2). */

/** Days after the visit on which names and answers are erased. */
export const BOOKING_KEPT_DAYS = 30;
/** Months after the last use of a contact. */
export const CONTACT_KEPT_MONTHS = 13;
/** Days for which an address that nobody confirmed is kept. */
export const UNVERIFIED_KEPT_DAYS = 2;
/** Days for which an unfinished form is kept. */
export const DRAFT_KEPT_DAYS = 2;
/** Hours for which it is known that a contact cancelled; a cancelled appointment is kept like any other. */
export const CANCEL_KEPT_HOURS = 72;
/** Days for which the log of a waiting room is kept: keyed digests, no names. */
export const ROOM_KEPT_DAYS = 30;
/** Days after a request for places ended or was taken back; while it waits, at most half a year. */
export const REQUEST_KEPT_DAYS = 30;
export const REQUEST_WAITS_DAYS = 180;
/** Days after an urgent request, or after its place: what happened, the telephone, what was answered. */
export const EMERGENCY_KEPT_DAYS = 30;
/** Years for which it is known who opened a file; the record holds no names. */
export const AUDIT_KEPT_YEARS = 5;
/** Days for which it is known which contact booked what, to find who sells. */
export const OBSERVED_KEPT_DAYS = 90;
