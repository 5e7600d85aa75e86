import type { FastifyReply } from "fastify";
import type {
  ClosingRefusal,
  CorrectNameRefusal,
  CutRefusal,
  OpenRefusal,
  PermissionRefusal,
} from "#modules/booking/index.ts";
import type { ConfirmRefusal } from "#modules/offices/index.ts";
import type { StaffRefusal } from "#modules/people/index.ts";
import type { AbsenceRefusal, SuspensionRefusal, VisitRefusal } from "#modules/visits/index.ts";
import { problem } from "#platform/http/index.ts";

type Code =
  | (
      | VisitRefusal
      | SuspensionRefusal
      | AbsenceRefusal
      | OpenRefusal
      | CorrectNameRefusal
      | ClosingRefusal
      | CutRefusal
      | PermissionRefusal
      | ConfirmRefusal
      | StaffRefusal
    )["code"]
  | "not_signed_in"
  | "sign_in_failed"
  | "enrolment_invalid"
  | "passkey_not_accepted"
  | "folio_mistyped"
  | "office_does_not_fit"
  | "name_missing"
  | "idempotency_mismatch"
  | "foreign_origin"
  | "too_many_streams"
  | "unknown_draw"
  | "no_such_sheet"
  | "only_whole_weeks"
  | "proposal_over"
  | "no_right_to_return";

/** Every expected no of the console, with its status and what to do. A code without a line here is an error of types. */
const REFUSALS: Readonly<Record<Code, readonly [status: number, detail: string]>> = {
  not_signed_in: [401, "Sign in with your passkey."],
  sign_in_failed: [401, "The passkey was not accepted. Try again, or ask your administrator for a new link."],
  enrolment_invalid: [404, "This link was used or is over. Ask your administrator for a new one."],
  passkey_not_accepted: [422, "The device's answer was not accepted. Begin again."],
  foreign_origin: [403, "This request came from another page. Open the console and try again."],
  too_many_streams: [429, "Too many tabs listen at once. Close some."],
  not_allowed: [403, "Your role does not include this."],
  unknown_booking: [404, "Your office has no such booking. Check the folio, or the office and day on the slip."],
  too_many_files: [429, "You opened sixty files within a minute. Wait a little, then open the next."],
  folio_mistyped: [422, "The folio has a slip of the pen: its last character does not fit. Read it again."],
  unknown_visit: [404, "Your office has no such visit. Read the list again."],
  not_today: [409, "This booking is for another day."],
  booking_ended: [409, "This booking was cancelled or has ended."],
  changed_meanwhile: [409, "A colleague changed this meanwhile. Look at it again."],
  not_possible: [409, "This does not follow from where the party stands now."],
  wrong_outcomes: [422, "An outcome names a service that is not open, stands there twice, or lacks its reason."],
  incomplete_outcomes: [422, "Record all services of a person together."],
  service_suspended: [409, "All that this party comes for stands still now. Call whoever comes for something else."],
  has_right_to_return: [409, "This party may come back another day. It never counts as not come, and needs nothing."],
  right_is_over: [409, "The right to return is over. Look for a place with the family."],
  no_right_to_return: [409, "None of these parties has a right to return."],
  unknown_service: [422, "Your office does not give that service today."],
  already_suspended: [409, "One of these services is suspended already. Look at the list again."],
  not_suspended: [409, "One of these services goes on already. Look at the list again."],
  news_in_the_past: [422, "The hour of the next news must be later today."],
  unknown_counter: [422, "One of these counters is planned in no session of today."],
  nothing_to_undo: [409, "Nothing was recorded that could be taken back."],
  too_late_to_undo: [409, "The minute for taking this back is over."],
  not_on_paper: [409, "Only lists of the last seven days can be typed in."],
  recorded_otherwise: [409, "Something else was recorded for this person already. Open the day and look at it."],
  only_whole_weeks: [422, "Reports of other offices are of whole weeks, from a Monday to a Sunday."],
  no_such_sheet: [404, "There are lists from a week back to a week ahead."],
  permission_not_expected: [422, "No permission is expected of this parent. Open the file again."],
  permission_not_signed: [422, "The day on the permission is still to come. Read it again."],
  permission_too_old: [
    422,
    "Signed that day it is more than 90 days old at the visit, so that a new one must be signed or the visit moved.",
  ],
  unknown_office: [404, "There is no such office."],
  unknown_draw: [404, "There is no such draw."],
  nothing_to_cut: [409, "Nothing to come lies there, or it was closed already. Look at the day again."],
  people_inside: [
    409,
    "Families who would lose their place are in the hall. Attend to them first, close from a later hour on, or suspend the service.",
  ],
  unknown_cut: [404, "Your office has no such closure, or it was undone already."],
  day_is_over: [409, "That day is over at one of these offices. Choose a later one."],
  too_many_days: [422, "One action closes fourteen days at most. Choose fewer."],
  beyond_horizon: [
    409,
    "There are no places that far ahead yet, so that nothing has to be closed. Come back nearer to the day.",
  ],
  proposal_over: [409, "That place is not kept any more. Look for another day with the family."],
  nothing_to_confirm: [422, "Name at least one field."],
  unknown_field: [422, "The office file has no such field."],
  field_given_twice: [422, "A field stands there twice."],
  invalid_value: [422, "A value does not have the shape of its field."],
  no_such_staff: [404, "There is no such active member of staff."],
  office_does_not_fit: [
    422,
    "Clerks, supervisors and office heads belong to an office; headquarters and administrators do not.",
  ],
  idempotency_mismatch: [422, "This Idempotency-Key was used with another body."],
  name_missing: [422, "Write the name that colleagues will see."],
};

export function refused(
  reply: FastifyReply,
  refusal: { readonly code: Code; readonly field?: string; readonly retryAfter?: number },
): FastifyReply {
  const [status, detail] = REFUSALS[refusal.code];
  if (refusal.retryAfter !== undefined) void reply.header("retry-after", refusal.retryAfter);
  return problem(reply, status, refusal.code, detail, refusal.field === undefined ? undefined : [refusal.field]);
}
