/**
 * Of the measured absences so much may be given out again. Ours: absences of a day lie about their mean, and half of it
 * is exceeded on few days.
 */
export const OVERBOOKED_SHARE = 0.5;
/** Of a hundred places at most so many more, however few come. Ours: on a day on which all come, a day of eight hours ends 48 minutes late. */
export const MOST_OVERBOOKED_PERCENT = 10;
/** People whose visit is over before anything is judged: of fewer one bad week would be the measure (as in decision 0054). */
export const LEAST_JUDGED = 200;
/** Weeks that are over by which an office and group is measured. Ours: a season, and no longer. */
export const MEASURED_WEEKS = 8;

/** How many came and did not come, of one office and group. */
export interface Shows {
  readonly came: number;
  readonly missed: number;
}

/** The most that may be given out beyond what the counters carry, in places of a hundred; 0 where nobody knows who comes. */
export function mostOverbooked({ came, missed }: Shows): number {
  const all = came + missed;
  if (all < LEAST_JUDGED) return 0;
  return Math.min(MOST_OVERBOOKED_PERCENT, Math.floor((100 * missed * OVERBOOKED_SHARE) / all));
}
