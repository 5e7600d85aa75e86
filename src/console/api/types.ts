/** The shapes are the server's; the console borrows only their types. */
export type {
  Card,
  ConsoleEvent,
  Counters,
  Enrolment,
  File as PartyFile,
  FilePerson,
  Found,
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
export type { ClosingList, ClosingPreview } from "#channels/api/console/closing-contract.ts";
export type { HeldAnswer, Pacing, ResumedAnswer, ReturnPapers } from "#channels/api/console/day-contract.ts";
export type { CutPreview, CutWork } from "#channels/api/console/cut-contract.ts";
export type { DaySheet, NetworkReport, OfficeReport, WeekPlan } from "#channels/api/console/report-contract.ts";
export type { Publications } from "#channels/api/console/publication-contract.ts";
export type { DrawHead, DrawMonitor, Draws, RegimeRow, WaitRow } from "#channels/api/console/draw-contract.ts";
import type { ConsoleEvent, RecordedOutcome, Session, StaffMember } from "#channels/api/console/contract.ts";

/** What the list must follow. */
export type OfficeEvent = Exclude<ConsoleEvent, { readonly event: "revoked" }>;
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
