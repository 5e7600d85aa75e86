import { CardForm, tryCard, type TypedCard } from "../identify/card.tsx";
import { identifyTexts } from "../texts/identify.ts";
import { journeyUrls } from "../urls.ts";
import { noErrors, type Answer, type Errors, type Visit } from "../visit/visit.tsx";
import { ask, goToNext, type Step } from "./journey.tsx";

/** The paper card, a full substitute for e-mail and telephone. */
export const cardPage: Step = {
  path: "/cita/tarjeta",
  position: () => ({ step: "contact" }),
  get: (visit) =>
    visit.session.contactId === undefined ? page(visit, { folio: "", pin: "" }, noErrors) : goToNext(visit),
  post: (visit) => tryCard(visit, (typed, errors) => page(visit, typed, errors), goToNext),
};

function page(visit: Visit, typed: TypedCard, errors: Errors): Answer {
  const t = identifyTexts(visit.language);
  return ask(visit, {
    position: { step: "contact" },
    address: journeyUrls.card,
    back: journeyUrls.contact,
    title: t("cardTitle"),
    lead: t("cardLead"),
    errors,
    children: (
      <CardForm visit={visit} action={journeyUrls.card} contact={journeyUrls.contact} typed={typed} errors={errors} />
    ),
  });
}
