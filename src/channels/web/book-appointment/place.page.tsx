import type { OfficeId } from "#kernel/ids.ts";
import { getRooms } from "#modules/room/index.ts";
import type { PublicDay } from "#modules/schedules/index.ts";
import { OfficeChooser, officeMissing } from "../choose/offices.tsx";
import { daysToChoose, findDay } from "../special-days/choice.ts";
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

  async post(visit) {
    const { draft, network, language } = visit;
    const { oficina, jornada } = typedOf(visit.request.body, ["oficina", "jornada"]);
    const special = await findDay(visit, jornada);
    if (special) return answer(visit, withSpecialDay(draft, special.day));
    const office = network.officeById.get(oficina);
    return office ? answer(visit, withOffice(draft, office.id)) : page(visit, officeMissing(language));
  },
};

async function page(visit: Visit, errors: Errors): Answer {
  const { language, network, draft, today } = visit;
  const t = chooseTexts(language);
  const requests = requestsOf(draft, network, today);
  const [rooms, specialDays] = await Promise.all([getRooms(visit.web.services), daysToChoose(visit)]);
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
        specialDays={specialDays}
        firstDay={draft.specialDayId ?? draft.wish.specialDayId}
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
  return draft.officeId === officeId && draft.specialDayId === undefined
    ? draft
    : { ...draft, officeId, localDate: undefined, specialDayId: undefined, hold: undefined, asking: undefined };
}

/** Whoever chooses a special day at a venue has chosen its day too. */
function withSpecialDay(draft: Visit["draft"], { id, officeId, localDate }: PublicDay): Visit["draft"] {
  return draft.specialDayId === id
    ? draft
    : { ...draft, officeId, localDate, specialDayId: id, hold: undefined, asking: undefined };
}
