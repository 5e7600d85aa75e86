import { localDateAt } from "#kernel/time.ts";
import type { BookingRefusal } from "#modules/booking/index.ts";
import { MIDDLE_ZONE, type Office } from "#modules/offices/index.ts";
import { dayInWords, phoneInWords } from "../texts/format.ts";
import { refusalTexts } from "../texts/refusals.ts";
import type { Language } from "../texts/texts.ts";
import type { VisitProblem } from "./party.ts";
import { hourAt, timeAt } from "./words.ts";

export type Refusal = BookingRefusal | VisitProblem;

/** A no in words. The status says to machines what the title says to people. */
export interface RefusalWords {
  readonly title: string;
  readonly lines: readonly string[];
  readonly status: number;
}

const CHANGED_MEANWHILE = 409;
const UNPROCESSABLE = 422;
const NOT_FOUND = 404;
const TOO_MANY_REQUESTS = 429;

/** Puts every no of booking into words; `called` names the person that it is about. */
export function refusalWords(
  refusal: Refusal,
  language: Language,
  facts: { phone: string; called: (ordinal: number) => string; office?: Office | undefined },
): RefusalWords {
  const t = refusalTexts(language);
  const phone = phoneInWords(facts.phone);
  switch (refusal.code) {
    case "place_taken":
    case "hold_expired":
    case "not_changeable":
      return { title: t(`${refusal.code}_title`), lines: [t(refusal.code)], status: CHANGED_MEANWHILE };
    case "idempotency_mismatch":
      return { title: t("idempotency_mismatch_title"), lines: [t("idempotency_mismatch")], status: UNPROCESSABLE };
    case "too_many_people":
      return {
        title: t("too_many_people_title"),
        lines: [t("too_many_people", { most: refusal.most }), t("too_many_people_next", { phone })],
        status: UNPROCESSABLE,
      };
    case "already_booked":
      return {
        title: t("already_booked_title", { name: facts.called(refusal.ordinal) }),
        lines: [t("already_booked")],
        status: CHANGED_MEANWHILE,
      };
    case "twice_in_party":
    case "wrong_services":
    case "wrong_age":
    case "parents_missing":
    case "permission_too_old":
      return {
        title: t(`${refusal.code}_title`, { name: facts.called(refusal.ordinal) }),
        lines: [t(refusal.code)],
        status: UNPROCESSABLE,
      };
    case "too_late":
      return {
        title: t("too_late_title", { hours: refusal.hours }),
        lines: [t("too_late", { phone })],
        status: CHANGED_MEANWHILE,
      };
    case "too_many_moves":
      return {
        title: t("too_many_moves_title", { most: refusal.most }),
        lines: [t("too_many_moves"), t("too_many_moves_next", { phone })],
        status: CHANGED_MEANWHILE,
      };
    case "too_far":
      return {
        title: t("too_far_title"),
        lines: [t("too_far", { nearest: refusal.nearest }), t("too_far_next", { phone })],
        status: UNPROCESSABLE,
      };
    case "wait_after_cancel":
      return {
        title: t("wait_after_cancel_title"),
        lines: [
          t("wait_after_cancel"),
          t("wait_after_cancel_until", { moment: momentInWords(refusal.until, language, facts.office) }),
          t("wait_after_cancel_draw"),
        ],
        status: CHANGED_MEANWHILE,
      };
    case "contact_suspended":
      return {
        title: t("contact_suspended_title"),
        lines: [
          t("contact_suspended", { moment: momentInWords(refusal.until, language, facts.office) }),
          t("contact_suspended_next", { phone }),
          t("contact_suspended_appeal"),
        ],
        status: CHANGED_MEANWHILE,
      };
    case "too_often":
      return {
        title: t("too_often_title"),
        lines: [t("too_often", { minutes: Math.ceil(refusal.retryAfter / 60) }), t("too_often_next", { phone })],
        status: TOO_MANY_REQUESTS,
      };
    case "unknown_booking":
      return { title: t("unknown_booking_title"), lines: [t("unknown_booking")], status: NOT_FOUND };
  }
}

/** Day and hour on the office's clock; as long as none is known, on that of the middle of the network. */
function momentInWords(at: Date, language: Language, office: Office | undefined): string {
  const zone = office?.zone ?? MIDDLE_ZONE;
  const day = localDateAt(at, zone);
  return `${dayInWords(day, language, day)}, ${office ? timeAt(at, office, language) : hourAt(at, { zone }, language)}`;
}
