import type { Actor, StaffRole } from "./types.ts";

export type StaffAction =
  | "see_today"
  | "open_file"
  | "receive"
  | "record_outcome"
  | "book_for_person"
  | "issue_card"
  | "edit_schedule"
  | "confirm_facts"
  | "read_counts"
  | "see_draws"
  | "set_regime"
  | "close_offices"
  | "manage_staff";

interface Powers {
  /** Offices for which the role may act. */
  readonly reach: "own_office" | "network";
  readonly actions: readonly StaffAction[];
}

const AT_THE_COUNTER = [
  "see_today",
  "open_file",
  "receive",
  "record_outcome",
  "book_for_person",
  "issue_card",
] as const;
const RUNNING_AN_OFFICE = [...AT_THE_COUNTER, "edit_schedule", "confirm_facts", "read_counts"] as const;

/** What is not named here is not allowed: whoever sees every office opens nobody's file. */
const POWERS: Readonly<Record<StaffRole, Powers>> = {
  clerk: { reach: "own_office", actions: AT_THE_COUNTER },
  supervisor: { reach: "own_office", actions: RUNNING_AN_OFFICE },
  office_head: { reach: "own_office", actions: [...RUNNING_AN_OFFICE, "see_draws"] },
  hq: { reach: "network", actions: ["read_counts", "see_draws", "set_regime", "close_offices"] },
  admin: { reach: "network", actions: ["manage_staff"] },
};

/** Whether this member of staff may do that, at that office. The system itself may manage staff: it enrols the first admin. */
export function can(actor: Actor, action: StaffAction, officeId?: string): boolean {
  if (actor.kind === "system") return action === "manage_staff";
  if (actor.kind !== "staff") return false;
  const { reach, actions } = POWERS[actor.role];
  if (!actions.includes(action)) return false;
  return reach === "network" || (officeId !== undefined && officeId === actor.officeId);
}
