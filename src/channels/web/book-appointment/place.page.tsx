import type { OfficeId } from "#kernel/ids.ts";
import { findOffices, OfficeChooser, officeSearch } from "../choose/offices.tsx";
import { chooseTexts } from "../texts/choose.ts";
import { journeyUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { groupsOf, requestsOf } from "../visit/party.ts";
import type { Visit } from "../visit/visit.tsx";
import { answer, ask, type Step } from "./journey.tsx";

/** Where: by distance or by the soonest day. The home address suggests an office and never forbids one. */
export const placePage: Step = {
  path: "/cita/lugar",
  position: () => ({ step: "place" }),

  get(visit) {
    const { language, network, draft, today, web, request } = visit;
    const t = chooseTexts(language);
    const requests = requestsOf(draft, network, today);
    const search = officeSearch(request.query);
    return ask(visit, {
      position: { step: "place" },
      back: journeyUrls.papers,
      title: t("placeTitle"),
      lead: t("placeLead"),
      children: (
        <OfficeChooser
          language={language}
          search={search}
          found={findOffices(
            network,
            web.snapshot.current(),
            groupsOf(requests, network),
            search,
            draft.officeId ?? draft.wish.officeId,
          )}
          action={journeyUrls.place(language)}
          chosen={draft.officeId}
          today={today}
          jurisdictionMatters={requests.some((one) =>
            one.services.some((slug) => network.serviceBySlug.get(slug)?.jurisdictionBound),
          )}
        />
      ),
    });
  },

  post(visit) {
    const { draft, network } = visit;
    const { oficina } = typedOf(visit.request.body, ["oficina"]);
    const office = network.officeById.get(oficina);
    if (office === undefined) return placePage.get(visit);
    return answer(visit, withOffice(draft, office.id));
  },
};

function withOffice(draft: Visit["draft"], officeId: OfficeId): Visit["draft"] {
  return draft.officeId === officeId ? draft : { ...draft, officeId, localDate: undefined, hold: undefined };
}
