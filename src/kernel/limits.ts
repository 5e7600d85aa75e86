/** Limits that more than one module needs. */

/** Most services of one person in one visit: passport, matrícula and voter card is the ordinary case (people.md 1). */
export const MOST_SERVICES = 3;

/** Days for which a parent's permission signed elsewhere (OP-7) is good: consulmex.sre.gob.mx/nuevayork. */
export const PERMISSION_DAYS = 90;

/** Minutes for which the places of a waiting room are for those who wait; then they are everybody's (decision 0014). */
export const ROOM_MINUTES = 30;
