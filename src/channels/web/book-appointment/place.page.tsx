import type { OfficeId } from "#kernel/ids.ts";
import { getRooms } from "#modules/room/index.ts";
import { OfficeChooser, officeMissing } from "../choose/offices.tsx";
import { chooseTexts } from "../texts/choose.ts";
import { journeyUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { groupsOf, requestsOf } from "../visit/party.ts";
import { noErrors, type Answer, type Errors, type Visit } from "../visit/visit.tsx";
import { answer, ask, waysOut, type Step } from "./journey.tsx";

/** Where: by distance or by the soonest day. The home address suggests an office and never forbids one. */
export const placePage: Step = {
  path: "/cita/lugar",
  position: () => ({ step: "place" }),

  get: (visit) => page(visit, noErrors),

  post(visit) {
    const { draft, network, language } = visit;
    const { oficina } = typedOf(visit.request.body, ["oficina"]);
    const office = network.officeById.get(oficina);
    return office ? answer(visit, withOffice(draft, office.id)) : page(visit, officeMissing(language));
  },
};

async function page(visit: Visit, errors: Errors): Answer {
  const { language, network, draft, today } = visit;
  const t = chooseTexts(language);
  const requests = requestsOf(draft, network, today);
  const rooms = await getRooms(visit.web.services);
  return ask(visit, {
    position: { step: "place" },
    back: journeyUrls.papers,
    title: t("placeTitle"),
    lead: t("placeLead"),
    errors,
    children: (
      <OfficeChooser
        arrival={visit}
        rooms={rooms}
        requests={requests}
        first={draft.officeId ?? draft.wish.officeId}
        chosen={draft.officeId}
        action={journeyUrls.place(language)}
        errors={errors}
        mayAsk
        waysOut={waysOut(visit, groupsOf(requests, network).length)}
      />
    ),
  });
}

function withOffice(draft: Visit["draft"], officeId: OfficeId): Visit["draft"] {
  return draft.officeId === officeId
    ? draft
    : { ...draft, officeId, localDate: undefined, hold: undefined, asking: undefined };
}
