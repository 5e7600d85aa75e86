import type { StaffAction } from "../api/types.ts";

/** In the order of the bar; the names are those of `pages`. */
export type Screen =
  | "today"
  | "door"
  | "emergencies"
  | "talks"
  | "walkIns"
  | "cash"
  | "documents"
  | "dayClose"
  | "card"
  | "offline"
  | "integrity"
  | "doubts"
  | "adverts"
  | "helpers"
  | "officeFile"
  | "plan"
  | "cuts"
  | "closings"
  | "publication"
  | "draws"
  | "reports"
  | "releases"
  | "alarms"
  | "staff";

interface Asker {
  readonly may: readonly StaffAction[];
  readonly hasOffice: boolean;
}

/** What each screen needs; whoever works without an office reads the files of all. */
const NEEDS: Readonly<Record<Screen, (asker: Asker) => boolean>> = {
  today: ({ may }) => may.includes("see_today"),
  door: ({ may, hasOffice }) => hasOffice && may.includes("admit"),
  emergencies: ({ may, hasOffice }) => hasOffice && may.includes("answer_emergencies"),
  talks: ({ may }) => may.includes("answer_talks"),
  walkIns: ({ may, hasOffice }) => hasOffice && may.includes("book_for_person"),
  cash: ({ may }) => may.includes("issue_documents"),
  documents: ({ may }) => may.includes("issue_documents"),
  dayClose: ({ may }) => may.includes("issue_documents"),
  card: ({ may }) => may.includes("issue_card"),
  offline: ({ may, hasOffice }) => hasOffice && may.includes("record_outcome"),
  integrity: ({ may }) => may.includes("see_integrity"),
  doubts: ({ may }) => may.includes("see_integrity"),
  adverts: ({ may }) => may.includes("see_adverts"),
  helpers: ({ may }) => may.includes("see_helpers"),
  // Whoever stands at the door sees the door, and an agent whoever waits.
  officeFile: ({ may }) => may.some((one) => one !== "admit" && one !== "answer_talks"),
  plan: ({ may }) => may.includes("edit_schedule"),
  cuts: ({ may }) => may.includes("edit_schedule"),
  closings: ({ may }) => may.includes("close_offices"),
  publication: ({ may, hasOffice }) => hasOffice && may.includes("edit_schedule"),
  draws: ({ may }) => may.includes("see_draws"),
  reports: ({ may }) => may.includes("see_today") || may.includes("read_counts"),
  releases: ({ may }) => may.includes("sign_release"),
  alarms: ({ may }) => may.includes("see_alarms"),
  staff: ({ may }) => may.includes("manage_staff"),
};

export function screensFor(asker: Asker): Screen[] {
  return (Object.keys(NEEDS) as Screen[]).filter((screen) => NEEDS[screen](asker));
}

/** What stands in the bar; what is sent out about a special day is reached from the calendar. */
export function isSection(screen: Screen): boolean {
  return screen !== "publication";
}

/** Where a member of staff begins: administrators with the staff, all others with the first of the bar. */
export function firstScreen(screens: readonly Screen[]): Screen | undefined {
  return screens.includes("staff") && !screens.includes("today") ? "staff" : screens[0];
}
