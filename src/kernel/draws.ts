// What the server does of draws and releases, and the console tells of them.

/** One clock for the whole network: the ministry's, which has no daylight saving. Pages show it in local time. */
export const DRAW_ZONE = "America/Mexico_City";

/**
 * Hours of the day, UTC, at which freed places return: for the whole network at the same instant, so
 * that nobody gains by watching one office after another (hardening 20). 16:00 is breakfast in
 * Vancouver and noon in Puerto Rico, 22:00 mid-afternoon and end of work: nobody has to be awake at
 * night, and whoever works all day has one of the two outside her shift.
 */
export const RELEASE_TICKS = [16, 22] as const;

/** Groups that may be drawn. Help in an emergency is never left to chance (fairness.md 4.1.5), nor is a community desk that takes whoever comes. */
export const DRAWABLE_GROUPS = ["documentacion", "registro_civil", "fe_publica", "visas"] as const;

/** Families of a hundred that are served within the weeks that are told of an office (people.md 10). */
export const SERVED_IN_HUNDRED = 95;
/** Weeks that no office should pass (people.md 10). */
export const CEILING_WEEKS = 8;

/** Asked for divided by what there was, from which an office draws, and down to which it needs no draw (fairness.md 4.0). */
export const DRAW_FROM = 0.95;
export const IMMEDIATE_UP_TO = 0.8;

/** Fewer than this many families in one cell of a table might be somebody's neighbours (hardening.md 3). */
export const SMALLEST_COUNT = 10;
