/** A permission signed at another office counts for so many days until the visit (formato OP-7). */
export const PERMISSION_DAYS = 90;
