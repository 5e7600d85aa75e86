import type { HelperReason, HelperState } from "../types.ts";

/** Which state may follow which. */
const FOLLOWS: Readonly<Record<HelperState, readonly HelperState[]>> = {
  asked: ["approved", "refused"],
  approved: ["suspended", "ended"],
  suspended: ["approved", "ended"],
  refused: [],
  ended: [],
};

/** Why each no may be said. */
const REASONS: Readonly<Partial<Record<HelperState, readonly HelperReason[]>>> = {
  refused: ["not_reached", "asks_money", "no_organisation", "known_already"],
  suspended: ["not_reached", "asks_money", "rules_broken"],
  ended: ["not_reached", "asks_money", "rules_broken", "own_wish"],
};

export function helperMay(from: HelperState, to: HelperState): boolean {
  return FOLLOWS[from].includes(to);
}

/** Whether that state is told with that reason; an approval has none. */
export function fitsReason(to: HelperState, reason: HelperReason | undefined): boolean {
  const reasons = REASONS[to];
  return reasons === undefined ? reason === undefined : reason !== undefined && reasons.includes(reason);
}

export interface Approval {
  readonly staffId: string;
  /** Office, or `network`. */
  readonly house: string;
}

/** Voices that a registration needs (issue 6): two people of two houses. */
export const APPROVALS_NEEDED = 2;
export const NETWORK = "network";

/** What another approval does: it is the first, it completes, or it says nothing new. */
export function judgeApproval(
  given: readonly Approval[],
  one: Approval,
): "first" | "approved" | "needs_another_person" | "needs_another_office" {
  if (given.some(({ staffId }) => staffId === one.staffId)) return "needs_another_person";
  if (given.some(({ house }) => house === one.house)) return "needs_another_office";
  return given.length + 1 >= APPROVALS_NEEDED ? "approved" : "first";
}
