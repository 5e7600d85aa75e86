/**
 * Assumptions of the simulated hall. Where a source says more, it is named; the rest is a guess that the report calls a
 * guess. Sizes of families are those of the adversary simulation, who does not come that of the year.
 */

/** People with an appointment and without one, of one office's day (issue: 250 appointments and 60 walk-ins). */
export const APPOINTMENTS = 250;
export const WALK_INS = 60;
/** Families that bring the paper that was missing. Guess. */
export const RETURNS = 8;

/** Hours of the day at which the door opens, the last appointment begins and the office closes. */
export const OPENS = 8;
export const LAST_APPOINTMENT = 13.75;
export const CLOSES = 15;
/** Minutes between hours of appointments: the step of the weekly hours of the reference data. */
export const STEP_MINUTES = 15;

/** Minutes before the hour at which families come, mean: "arrive 15 minutes early" (facts.md, hispanospress 2021). */
export const EARLY_MINUTES = 15;
/** Families that come late, and by how many minutes, mean of an exponential. Guess. */
export const LATE_SHARE = 0.12;
export const LATE_MINUTES = 35;
/** Walk-ins who are there when the door opens; the others come until three hours before closing. Guess. */
export const AT_DOOR_SHARE = 0.6;
export const LAST_WALK_IN = 12;
/** Walk-ins at the door who came with one or two other families and want to go on together. Guess. */
export const GROUP_SHARE = 0.2;

/** Families with each priority. Guess; older adults and small children from birth dates, the others declared. */
export const PRIORITY_SHARES = {
  age_60: 0.12,
  small_child: 0.07,
  disability: 0.03,
  pregnancy: 0.02,
  far: 0.05,
} as const;
/** Proven emergencies that come without an hour. Guess. */
export const EMERGENCIES = 2;

/** Spread of minutes at a counter, of a lognormal. Guess. */
export const SPREAD = 0.35;

/** A station of a hall: its counters and median minutes, for a family and for each of its people. */
export interface HallStation {
  readonly name: string;
  readonly counters: number;
  readonly familyMinutes: number;
  readonly personMinutes: number;
}

/** About fourteen minutes for a person, as in New Brunswick (facts.md 2: 25 people a window and day). Split by station by guess. */
export const ONE_WINDOW: readonly HallStation[] = [
  { name: "window", counters: 13, familyMinutes: 1, personMinutes: 13 },
];
export const THREE_STATIONS: readonly HallStation[] = [
  { name: "filter", counters: 3, familyMinutes: 2, personMinutes: 0.5 },
  { name: "cashier", counters: 2, familyMinutes: 1.5, personMinutes: 0.5 },
  { name: "capture", counters: 11, familyMinutes: 0.5, personMinutes: 11 },
];
/** Clerks who are ill on the bad day (people.md 17: "two clerks ill at 8:00 is an ordinary Tuesday"). */
export const CLERKS_ILL = 2;
