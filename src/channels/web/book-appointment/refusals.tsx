import type { LinkItem } from "#ui/index.ts";
import { refusalTexts } from "../texts/refusals.ts";
import { appointmentUrls, journeyUrls, publicUrls } from "../urls.ts";
import { refusalWords, type Refusal } from "../visit/refusal.tsx";
import { Refused } from "../visit/refused.tsx";
import { show, type Answer, type Visit } from "../visit/visit.tsx";
import { personCalled } from "./journey.tsx";

/** A no on the way to a booking: why, and where to go on. Nothing that was answered is lost. */
export function refusalPage(visit: Visit, refusal: Refusal): Answer {
  const { language, network } = visit;
  const called = (ordinal: number): string => personCalled(visit, ordinal);
  const office = visit.draft.officeId && network.officeById.get(visit.draft.officeId);
  const facts = { phone: network.lines.appointments, called, office: office || undefined };
  const { title, lines, status } = refusalWords(refusal, language, facts);
  return show(visit, {
    title,
    address: journeyUrls.review,
    back: journeyUrls.day,
    status,
    children: <Refused title={title} lines={lines} ways={waysOn(refusal, visit)} />,
  });
}

function waysOn(refusal: Refusal, visit: Visit): LinkItem[] {
  const { language } = visit;
  const t = refusalTexts(language);
  const time = { href: journeyUrls.time(language), text: t("chooseTime") };
  const day = { href: journeyUrls.day(language), text: t("chooseDay") };
  const name = "ordinal" in refusal ? personCalled(visit, refusal.ordinal) : "";
  switch (refusal.code) {
    case "place_taken":
    case "hold_expired":
      return [time, day];
    case "too_many_people":
      return [
        { href: journeyUrls.people(language), text: t("fewer") },
        { href: appointmentUrls.open(language), text: t("myAppointment") },
      ];
    case "already_booked":
      return [
        { href: appointmentUrls.booking(refusal.bookingId)(language), text: t("seeBooking") },
        { href: journeyUrls.personServices(refusal.ordinal)(language), text: t("seeServices", { name }) },
      ];
    case "twice_in_party":
      return [
        { href: journeyUrls.person(refusal.ordinal)(language), text: t("seePerson", { name }) },
        { href: journeyUrls.people(language), text: t("fewer") },
      ];
    case "wrong_services":
    case "wrong_age":
      return [{ href: journeyUrls.personServices(refusal.ordinal)(language), text: t("seeServices", { name }) }, day];
    case "parents_missing":
    case "permission_too_old":
      return [day, { href: journeyUrls.personParents(refusal.ordinal)(language), text: t("seeParents", { name }) }];
    case "idempotency_mismatch":
      return [{ href: journeyUrls.review(language), text: t("review") }];
    case "wait_after_cancel":
      return [{ href: publicUrls.draws(language), text: t("seeDraws") }];
    case "contact_suspended":
    case "too_often":
    case "too_many_moves":
    case "too_far":
    case "unknown_booking":
    case "not_changeable":
    case "too_late":
      return [{ href: appointmentUrls.open(language), text: t("myAppointment") }];
  }
}
