import type { FastifyReply } from "fastify";
import type { PurchaseRefusal, ReportRefusal } from "#modules/adverts/index.ts";
import type {
  ClosingRefusal,
  CorrectNameRefusal,
  CutRefusal,
  OpenRefusal,
  PermissionRefusal,
} from "#modules/booking/index.ts";
import type { TaskRefusal } from "#modules/conversations/index.ts";
import type { AnswerRefusal } from "#modules/emergencies/index.ts";
import type { CaseRefusal, PairRefusal, VerdictRefusal } from "#modules/integrity/index.ts";
import type { HelperRefusal } from "#modules/helpers/index.ts";
import type { ClosingRefusal as DayClosingRefusal, IssuingRefusal } from "#modules/issuing/index.ts";
import type { ConfirmRefusal } from "#modules/offices/index.ts";
import type { PresenceRefusal, ReleaseRefusal, StaffRefusal } from "#modules/people/index.ts";
import type {
  AbsenceRefusal,
  AlarmRefusal,
  DoorRefusal,
  DeviceRefusal,
  HallPlanRefusal,
  InterpreterRefusal,
  SheetOfSurveyRefusal,
  SuspensionRefusal,
  OfflineRefusal,
  VisitRefusal,
} from "#modules/visits/index.ts";
import { problem } from "#platform/http/index.ts";

type Code =
  | (
      | VisitRefusal
      | SuspensionRefusal
      | AbsenceRefusal
      | AlarmRefusal
      | DoorRefusal
      | InterpreterRefusal
      | SheetOfSurveyRefusal
      | OpenRefusal
      | CorrectNameRefusal
      | ClosingRefusal
      | CutRefusal
      | PermissionRefusal
      | DeviceRefusal
      | HallPlanRefusal
      | ConfirmRefusal
      | StaffRefusal
    )["code"]
  | AnswerRefusal["code"]
  | CaseRefusal["code"]
  | PairRefusal["code"]
  | VerdictRefusal["code"]
  | HelperRefusal["code"]
  | ReleaseRefusal["code"]
  | TaskRefusal["code"]
  | PurchaseRefusal["code"]
  | ReportRefusal["code"]
  | OfflineRefusal["code"]
  | IssuingRefusal["code"]
  | DayClosingRefusal["code"]
  | "not_signed_in"
  | "sign_in_failed"
  | "touch_needed"
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
  | "no_right_to_return"
  | "presence_needed"
  | Exclude<PresenceRefusal["code"], "card_locked">
  | "invalid_address"
  | "too_often"
  | "too_many_tries"
  | "unknown_caller";

/** Every expected no of the console, with its status and what to do. A code without a line here is an error of types. */
const REFUSALS: Readonly<Record<Code, readonly [status: number, detail: string]>> = {
  not_signed_in: [401, "Sign in with your passkey."],
  touch_needed: [401, "This reaches far. Touch your passkey once more (POST /touch/options), then repeat it."],
  sign_in_failed: [401, "The passkey was not accepted. Try again, or ask your administrator for a new link."],
  enrolment_invalid: [404, "This link was used or is over. Ask your administrator for a new one."],
  passkey_not_accepted: [422, "The device's answer was not accepted. Begin again."],
  foreign_origin: [403, "This request came from another page. Open the console and try again."],
  too_many_streams: [429, "Too many tabs listen at once. Close some."],
  not_allowed: [403, "Your role does not include this."],
  unknown_booking: [404, "Your office has no such booking. Check the folio, or the office and day on the slip."],
  too_many_files: [429, "You open files faster than anybody is served. Wait a little, then open the next."],
  folio_mistyped: [422, "The folio has a slip of the pen: its last character does not fit. Read it again."],
  unknown_device: [404, "Your office has no such device. Read the list again."],
  unknown_visit: [404, "Your office has no such visit. Read the list again."],
  not_today: [409, "This booking is for another day."],
  booking_ended: [409, "This booking was cancelled or has ended."],
  unknown_case: [404, "There is no such case. Read the list again."],
  too_few_attempts: [409, "Three tries on two ways, one of them a call, over three days come before a booking ends."],
  too_early: [409, "Whoever was not reached keeps the place until five days before the visit."],
  not_daytime: [409, "Call from nine to eight, by the clock of the office."],
  another_decides: [403, "You signed what is appealed. A colleague decides it."],
  wrong_thresholds: [422, "Thresholds are whole numbers from 1 to 100, and each is above the one before."],
  unknown_emergency: [404, "Your office has no such request. Read the list again."],
  second_person_needed: [409, "A colleague signs it. After thirty minutes the head of office may sign alone."],
  head_needed: [403, "The person asked for a review: the head of office proposes this answer."],
  emergency_place_taken: [409, "That hour is not free any more. Look at the hours again."],
  hour_not_today: [422, "An hour without a place is later today."],
  not_given_today: [409, "No session of today gives that service. Offer a date."],
  wrong_hours: [422, "The hours must end after they begin."],
  nobody_waits: [409, "Nobody waits at this station who can be called now."],
  hall_full: [409, "The hall is full. Wait until somebody leaves."],
  wrong_station: [409, "This visit does not go to that station, or your office has none."],
  needs_another_person: [409, "A colleague signs it: never the person who marked it."],
  unknown_release: [404, "There is no such release, or its 24 hours are over. Read the list again."],
  month_not_over: [409, "The counts of that month do not stand yet. Ask 31 days after its end."],
  unknown_helper: [404, "There is no such helper, or it was erased."],
  needs_another_office: [409, "Somebody of your office said yes already. The second yes comes from another office."],
  reason_missing: [422, "Choose a reason that fits what you decide."],
  unknown_advert: [404, "There is no such advert, or it was erased."],
  invalid_folio: [422, "That folio has a slip of the pen. Read it again, or leave it empty."],
  nothing_reported: [422, "Write the link or the words, or add a picture."],
  not_a_picture: [422, "That file is no JPEG, PNG or WebP."],
  picture_too_large: [422, "That picture is too large."],
  too_many_reports: [429, "Too many were reported today."],
  changed_meanwhile: [409, "A colleague changed this meanwhile. Look at it again."],
  not_possible: [409, "This does not follow from where the party stands now."],
  wrong_outcomes: [422, "An outcome names a service that is not open, stands there twice, or lacks its reason."],
  incomplete_outcomes: [422, "Record all services of a person together."],
  service_suspended: [409, "All that this party comes for stands still now. Call whoever comes for something else."],
  has_right_to_return: [409, "This party may come back another day. It never counts as not come, and needs nothing."],
  right_is_over: [409, "The right to return is over. Look for a place with the family."],
  unknown_pair: [404, "There is no such doubt. Read the list again."],
  already_decided: [409, "A colleague decided this meanwhile. Read the list again."],
  second_look_needed: [
    409,
    "More changes than a slip of the pen: a colleague looks at the paper too, and touches her passkey.",
  ],
  nothing_to_sign: [409, "A colleague signed it already, or there is nothing to sign. Read the day again."],
  presence_needed: [409, "Ask for her code or her card's PIN, or call a colleague. A desk alone books no date."],
  not_a_second: [409, "A colleague of this office touches her own passkey. Yours attests nothing."],
  own_card: [409, "You gave this card, so that you know its PIN. A colleague attests that she is here."],
  no_session: [409, "The code is over. Send a new one."],
  not_a_code: [422, "A code has six digits. Read it again."],
  wrong_code: [422, "That code is not right. Ask her to read it again."],
  code_expired: [422, "That code is over. Send a new one."],
  card_mistyped: [422, "The folio or the PIN has a slip of the pen. Read the card again."],
  wrong_card: [422, "The folio or the PIN is not right. Read the card again."],
  invalid_address: [422, "That is no telephone and no e-mail. Read it again."],
  too_many_tries: [429, "Five birth dates were tried here today. Ask for the folio, or for the code on another day."],
  unknown_caller: [
    404,
    "Nothing opens with this. Read folio, number and birth date again; a delicate file opens only to its own PIN.",
  ],
  too_often: [429, "Many codes were sent from here. Wait a minute, or call a colleague."],
  no_right_to_return: [409, "None of these parties has a right to return."],
  unknown_service: [422, "Your office does not give that service today."],
  already_suspended: [409, "One of these services is suspended already. Look at the list again."],
  not_suspended: [409, "One of these services goes on already. Look at the list again."],
  news_in_the_past: [422, "The hour of the next news must be later today."],
  unknown_counter: [422, "One of these counters is planned in no session of today."],
  unknown_tablet: [403, "This device is not enrolled at your office. Enrol it on the screen Sin red."],
  unknown_list: [404, "Your office lent no such list to this device."],
  list_is_out: [409, "This device has a list that did not come back. Merge it, or declare it lost."],
  list_is_back: [409, "That list came back already."],
  list_is_lost: [409, "That list was declared lost. Type its day in from the paper list."],
  wrong_operations: [422, "These acts do not belong to this list. Type its day in from the paper list."],
  unknown_conflict: [404, "Your office has no such question."],
  already_settled: [409, "What was recorded is final. Keep what the office has."],
  unknown_talk: [404, "Nobody waits there any more. Read the list again."],
  talk_taken: [409, "A colleague has it, or your time with it is over. Take it again if it waits."],
  media_away: [404, "The provider does not give it now. Try again, or ask by telephone what it says."],
  cannot_write: [409, "The app no longer takes our own words: a day passed, or silence was asked for. Call instead."],
  unknown_alarm: [404, "Your office has no such call."],
  own_alarm: [409, "A colleague says that she goes, and ends it."],
  not_own_alarm: [409, "Only whoever called takes it back."],
  alarm_over: [409, "This call is over already."],
  unknown_language: [422, "The card has no such language."],
  unknown_interpretation: [404, "Nobody asked for that interpreter, or it is over for days."],
  wrong_tally: [422, "Nobody answers another question without the first one. Count the papers again."],
  more_than_came: [409, "These are more papers than people who came this month. Count them again."],
  unknown_document: [404, "Your office has no such document. Read the list again."],
  not_received: [409, "Nobody received this party today. Receive it first."],
  step_does_not_follow: [409, "This does not follow from where the document stands now."],
  amount_differs: [409, "The amount due is another one now. Look at it again, and tell the family."],
  unknown_variant: [422, "The tariff has no such choice for this service."],
  means_not_accepted: [422, "Your office does not take that means of payment."],
  already_produced: [
    409,
    "The document was made. Mark it as spoiled first, or let whoever runs the office write a line in place of this one.",
  ],
  unknown_payment: [404, "Your office has no such line."],
  corrected_already: [409, "A colleague corrected this line. Look at it again."],
  number_missing: [422, "Write the number that is printed on the spoiled blank."],
  day_not_closable: [409, "A day is closed on the day itself, or within the week after it."],
  page_changed: [409, "The figures changed since you opened the page. Read them again before you sign."],
  signed_already: [409, "Two people signed this day. What comes later stands in its annex."],
  same_person: [409, "You signed this page. A colleague signs it too."],
  needs_supervisor: [403, "One of the two who sign runs the office."],
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
