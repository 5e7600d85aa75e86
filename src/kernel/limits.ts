/** Limits that more than one module needs. */

/** Most services of one person in one visit: passport, matrícula and voter card is the ordinary case (people.md 1). */
export const MOST_SERVICES = 3;
