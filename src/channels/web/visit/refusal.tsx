import type { BookingRefusal } from "#modules/booking/index.ts";
import { phoneInWords } from "../texts/format.ts";
import { refusalTexts } from "../texts/refusals.ts";
import type { Language } from "../texts/texts.ts";
import type { VisitProblem } from "./party.ts";

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

/** Puts every no of booking into words; `called` names the person that it is about. */
export function refusalWords(
  refusal: Refusal,
  language: Language,
  facts: { phone: string; called: (ordinal: number) => string },
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
    case "unknown_booking":
      return { title: t("unknown_booking_title"), lines: [t("unknown_booking")], status: NOT_FOUND };
  }
}
