/** Limits that more than one module needs. */

/** Most services of one person in one visit: passport, matrícula and voter card is the ordinary case (people.md 1). */
export const MOST_SERVICES = 3;

/**
 * Steps that are drawn together: one counter's places in blocks of four, from the start of each part of the day. A
 * person's need is rounded up to one, two or four of them, so that whatever a draw gives can be seated (decision 0016).
 */
export const BLOCK_STEPS = 4;

/** Days for which a parent's permission signed elsewhere (OP-7) is good: consulmex.sre.gob.mx/nuevayork. */
export const PERMISSION_DAYS = 90;

/** Minutes for which the places of a waiting room are for those who wait; then they are everybody's (decision 0014). */
export const ROOM_MINUTES = 30;

/**
 * Hours before its start from which on a freed place is drawn no more but given at a release tick: until then somebody
 * who is asked can still answer, and come (fairness.md 4.3).
 */
export const SHORT_DRAWN_HOURS = 12;

/** Days after a visit in which it may be said how it was: while it is remembered, and before its booking is erased. */
export const SURVEY_DAYS = 14;

/** Minutes from a full hour to the round of that hour's short draw: time to be locked, signed and witnessed. */
export const SHORT_ROUND_MINUTES = 15;
