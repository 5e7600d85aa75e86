import { SHARE_WEEKS } from "#modules/visits/index.ts";

/** Assumptions of the sellers at the door (A21–A23); how many sell and how many are deceived is with `strategies/door.ts`. All guesses. */

/** Offices and weeks that are played. */
export interface Size {
  readonly offices: number;
  readonly weeks: number;
}
/** A lot is drawn at each door every day. */
export const DOORS: Size = { offices: 10, weeks: SHARE_WEEKS };
/** Emergencies are rarer, so they are played over the whole network. */
export const NETWORK: Size = { offices: 59, weeks: SHARE_WEEKS };
export const DAYS = 5;

/** Families without an appointment at the door when it opens, and turns that a day has for them. */
export const FAMILIES_AT_DOOR = 60;
export const WALK_IN_TURNS = 40;
/** People whom a seller sends to stand there each night. */
export const STAND_INS = 20;
/** Forged or mistaken names that the filter lets pass. */
export const NAME_MISSED = 0.03;

/** Families with a priority that a clerk marks, and with one that follows from birth dates. */
export const DECLARED_SHARE = 0.05;
export const BY_AGE_SHARE = 0.19;

/** Places for emergencies of a day, with the true and the invented ones that are asked for. */
export const EMERGENCY_PLACES = 6;
export const TRUE_EMERGENCIES = 4;
export const FALSE_EMERGENCIES = 10;
/** Second signatures that do not come within half an hour: the head of office signs alone. */
export const HEAD_ALONE = 0.15;

/** Clerks of an office who mark and sign, one of them at the door each day. */
export const CLERKS = 12;

/** How greedy corrupt clerks may be; each rule is shown at what hurts most. */
export const CLIENTS_A_DUTY = [1, 4, 16, 40] as const;
export const SIGNED_PARTS = [0.1, 0.25, 0.5, 1] as const;
