import { CONTACT_CLASSES, type ContactClass, type Policy } from "../types.ts";

/** People of one kind of contact, inside its share, whose drawn day is over: whether they came or not. Who cancelled in time is neither. */
export interface Shows {
  readonly contact: ContactClass;
  readonly came: number;
  readonly missed: number;
}

/**
 * Of all places of a draw, what one kind of contact may leave empty beyond what every kind leaves, in per mille: as much
 * as one mail domain may hold (hardening.md 15), so that the two kinds that have a share stay under 5 % together.
 */
const MOST_WASTED = 20;
/** People below whom a rate says nothing. */
const ENOUGH = 200;
/** Kinds that nobody can have by the thousand: a person was seen, or a card was handed over. */
const TRUSTED: readonly ContactClass[] = ["known", "level_2"];
/** Of those, while too few are counted: one in ten does not come (fairness.md 5.1). */
const USUAL_MISSED = 0.1;

/**
 * Shares of the next draw by how many of each kind came: a kind that fills places with nobody may hold only as many as
 * waste little, and has its share of the policy back when its people come again. Never more than the policy says.
 */
export function sharesByShow(shares: Policy["contactShares"], shows: readonly Shows[]): Policy["contactShares"] {
  const usual = missedOf(shows.filter(({ contact }) => TRUSTED.includes(contact))) ?? USUAL_MISSED;
  const capped = CONTACT_CLASSES.flatMap((contact) => {
    const share = shares[contact];
    if (share === undefined) return [];
    const missed = missedOf(shows.filter((one) => one.contact === contact)) ?? usual;
    const beyond = Math.max(0, missed - usual);
    return [[contact, beyond * share > MOST_WASTED ? Math.floor(MOST_WASTED / beyond) : share] as const];
  });
  return Object.fromEntries(capped);
}

/** Undefined where too few are counted. */
function missedOf(shows: readonly Shows[]): number | undefined {
  const came = shows.reduce((sum, one) => sum + one.came, 0);
  const missed = shows.reduce((sum, one) => sum + one.missed, 0);
  return came + missed < ENOUGH ? undefined : missed / (came + missed);
}
