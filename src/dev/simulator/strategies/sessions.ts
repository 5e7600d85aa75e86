/** A13, many sessions: tickets that a seller draws for each place that he wants for his stock. */
export const SESSIONS_PER_PLACE = 2;
