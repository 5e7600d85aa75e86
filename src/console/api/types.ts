import type { z } from "zod";
import type { Visit } from "#channels/api/console/contract.ts";
import type { DoorDay } from "#channels/api/console/door-contract.ts";
import type { hallPlan } from "#channels/api/console/requests.ts";
import type { handInBody } from "#channels/api/console/offline-contract.ts";
/** The shapes are the server's; the console borrows only their types. */
export type {
  Card,
  ConsoleEvent,
  Counters,
  Enrolment,
  File as PartyFile,
  FilePerson,
  Found,
  Hall,
  OfficeFile,
  ParentPart,
  Party,
  PartyAppointment,
  PartyChange,
  PartyPerson,
  PasskeyOptions,
  ProblemDocument,
  RecordedOutcome,
  Session,
  StaffList,
  StaffMember,
  Today,
  Visit,
  VisitAnswer,
} from "#channels/api/console/contract.ts";
export type {
  Care,
  CareReport,
  InterpreterLine,
  Languages,
  SurveySheets,
  UnderWay,
} from "#channels/api/console/care-contract.ts";
export type { DoorAnswer, DoorDay, DoorNow } from "#channels/api/console/door-contract.ts";
export type { ClosingList, ClosingPreview } from "#channels/api/console/closing-contract.ts";
export type { HeldAnswer, Pacing, ResumedAnswer, ReturnPapers, SentHome } from "#channels/api/console/day-contract.ts";
export type { BlanksLeft, CashParty, ClosingAnswer, Documents } from "#channels/api/console/issuing-contract.ts";
export type { CutPreview, CutWork } from "#channels/api/console/cut-contract.ts";
export type {
  DaySheet,
  NetworkReport,
  OfficeReport,
  PriorityShares,
  WeekPlan,
} from "#channels/api/console/report-contract.ts";
export type { Publications } from "#channels/api/console/publication-contract.ts";
export type { DrawHead, DrawMonitor, Draws, RegimeRow, WaitRow } from "#channels/api/console/draw-contract.ts";
import type { ConsoleEvent, RecordedOutcome, Session, StaffMember } from "#channels/api/console/contract.ts";

export type OfficeEvent = Exclude<ConsoleEvent, { readonly event: "revoked" }>;
/** What the list must follow. */
export type ListEvent = Exclude<OfficeEvent, { readonly event: "care" } | { readonly event: "emergencies" }>;
export type StaffAction = Session["may"][number];
export type Role = StaffMember["role"];
export type OutcomeCode = RecordedOutcome["code"];
export type MissingDocument = Session["missingDocuments"][number];
export type RefusalReason = Session["refusalReasons"][number];

/** What a clerk sends for one service of one person. */
export interface OutcomeInput {
  readonly appointmentId: string;
  readonly service: string;
  readonly code: OutcomeCode;
  readonly reason?: MissingDocument | RefusalReason;
}
export type OverrideReason = DoorDay["overrides"][number]["reason"];
/** What somebody shows at the door. */
export type Shown = { readonly folio: string } | { readonly qr: string };
export type Station = Visit["station"];
export type HallPlan = z.infer<typeof hallPlan>;
export type {
  HandInAnswer,
  LoanedParty,
  OfflineView,
  Tablet,
  TakenList,
} from "#channels/api/console/offline-contract.ts";
export type OfflineAct = z.input<typeof handInBody>["operations"][number]["act"];
