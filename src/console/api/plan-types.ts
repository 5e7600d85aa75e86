/** What planning asks and is answered; the console borrows only the types. */
export type {
  Layout,
  PlanMonth,
  PlanPreview,
  PlanSaved,
  PlanSession,
  PlanTemplate,
  PlanWeek,
  Resource,
  SpecialDay,
  SpecialDayDone,
  Venue,
} from "#channels/api/console/plan-contract.ts";
import type { Layout, PlanSession, SpecialDay } from "#channels/api/console/plan-contract.ts";

export type PlaceCounts = PlanSession["places"];
export type SpecialKind = SpecialDay["kind"];
export type ServiceGroup = Layout["serviceGroup"];
export type Station = Layout["stations"][number]["station"];
