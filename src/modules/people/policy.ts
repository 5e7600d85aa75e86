import type { Actor, StaffRole } from "./types.ts";

export type StaffAction =
  | "see_today"
  | "open_file"
  | "receive"
  | "admit"
  | "record_outcome"
  | "book_for_person"
  | "issue_card"
  | "edit_schedule"
  | "confirm_facts"
  | "read_counts"
  | "see_draws"
  | "set_regime"
  | "close_offices"
  | "answer_emergencies"
  | "sign_alone"
  | "issue_documents"
  | "account_for_day"
  | "run_hall"
  | "see_integrity"
  | "decide_integrity"
  | "see_adverts"
  | "see_alarms"
  | "see_helpers"
  | "decide_helpers"
  | "sign_release"
  | "answer_talks"
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
  "admit",
  "record_outcome",
  "book_for_person",
  "issue_card",
  "issue_documents",
  "answer_emergencies",
] as const;
const RUNNING_AN_OFFICE = [
  ...AT_THE_COUNTER,
  "edit_schedule",
  "confirm_facts",
  "read_counts",
  "account_for_day",
  "run_hall",
] as const;

/** Heads of offices and headquarters; whom another house of the network knows is approved by two of them. */
const JUDGING_HELPERS = ["see_helpers", "decide_helpers"] as const;

/** What is not named here is not allowed: whoever sees every office opens nobody's file. */
const POWERS: Readonly<Record<StaffRole, Powers>> = {
  clerk: { reach: "own_office", actions: AT_THE_COUNTER },
  door: { reach: "own_office", actions: ["admit"] },
  supervisor: { reach: "own_office", actions: RUNNING_AN_OFFICE },
  office_head: { reach: "own_office", actions: [...RUNNING_AN_OFFICE, "see_draws", "sign_alone", ...JUDGING_HELPERS] },
  hq: {
    reach: "network",
    actions: [
      "read_counts",
      "see_draws",
      "set_regime",
      "close_offices",
      "see_alarms",
      "sign_release",
      ...JUDGING_HELPERS,
    ],
  },
  analyst: {
    reach: "network",
    actions: ["see_integrity", "decide_integrity", "see_adverts", "see_alarms", ...JUDGING_HELPERS],
  },
  agent: { reach: "network", actions: ["answer_talks"] },
  admin: { reach: "network", actions: ["manage_staff", "sign_release"] },
};

/** Acts that reach far: each asks for the passkey once more, so that a screen left open closes nothing and lets nobody in. */
const ASKS_FOR_TOUCH: readonly StaffAction[] = [
  "close_offices",
  "manage_staff",
  "sign_alone",
  "decide_integrity",
  "decide_helpers",
  "sign_release",
];

export function asksForTouch(action: StaffAction): boolean {
  return ASKS_FOR_TOUCH.includes(action);
}

/** Whoever works for all offices belongs to none. */
export function worksForNetwork(role: StaffRole): boolean {
  return POWERS[role].reach === "network";
}

/** Whether this member of staff may do that, at that office. The system itself may manage staff: it enrols the first admin. */
export function can(actor: Actor, action: StaffAction, officeId?: string): boolean {
  if (actor.kind === "system") return action === "manage_staff";
  if (actor.kind !== "staff") return false;
  const { reach, actions } = POWERS[actor.role];
  if (!actions.includes(action)) return false;
  return reach === "network" || (officeId !== undefined && officeId === actor.officeId);
}
