import type { FileRefusal } from "#modules/allocation/index.ts";
import type { LinkItem } from "#ui/index.ts";
import { phoneInWords } from "../texts/format.ts";
import { refusalTexts } from "../texts/refusals.ts";
import { requestTexts } from "../texts/request.ts";
import { appointmentUrls, journeyUrls, requestUrls } from "../urls.ts";
import { Refused } from "../visit/refused.tsx";
import { show, type Answer, type Arrival } from "../visit/visit.tsx";

const STATUS: Readonly<Record<FileRefusal["code"], number>> = {
  no_draw: 409,
  already_filed: 409,
  bad_options: 422,
  too_many_people: 422,
  unknown_request: 404,
};

/** A no to a request: why, and where to go on. Nothing that was answered is lost. */
export function requestRefusedPage(arrival: Arrival, refusal: FileRefusal): Answer {
  const { language, network } = arrival;
  const t = requestTexts(language);
  const { title, lines } = words();
  return show(arrival, {
    title,
    address: journeyUrls.request,
    back: journeyUrls.day,
    status: STATUS[refusal.code],
    children: <Refused title={title} lines={lines} ways={waysOn(arrival, refusal)} />,
  });

  function words(): { title: string; lines: string[] } {
    if (refusal.code !== "too_many_people") return { title: t(`${refusal.code}_title`), lines: [t(refusal.code)] };
    const phone = phoneInWords(network.lines.appointments);
    const next = refusalTexts(language)("too_many_people_next", { phone });
    return { title: t("many_title"), lines: [t("many", { most: refusal.most }), next] };
  }
}

function waysOn({ language, draft }: Arrival, refusal: FileRefusal): LinkItem[] {
  const t = requestTexts(language);
  const mine = { href: appointmentUrls.open(language), text: refusalTexts(language)("myAppointment") };
  switch (refusal.code) {
    case "no_draw":
      return [{ href: journeyUrls.day(language), text: t("sharedTitle") }];
    case "bad_options":
      return [
        { href: journeyUrls.until(language), text: t("toUntil") },
        { href: journeyUrls.when(language), text: t("toWhen") },
      ];
    case "already_filed":
      // One that another visit filed asks for its number or a birth date first.
      return draft.openedRequests.includes(refusal.requestId)
        ? [{ href: requestUrls.one(refusal.requestId)(language), text: t("seeRequest") }]
        : [{ href: appointmentUrls.open(language), text: t("seeRequest") }];
    case "too_many_people":
      return [{ href: journeyUrls.people(language), text: refusalTexts(language)("fewer") }, mine];
    case "unknown_request":
      return [mine];
  }
}
