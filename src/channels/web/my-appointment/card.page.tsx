import { PageHeading } from "#ui/index.ts";
import { CardForm, tryCard, type TypedCard } from "../identify/card.tsx";
import { identifyTexts } from "../texts/identify.ts";
import { appointmentUrls } from "../urls.ts";
import { goTo, noErrors, show, type Answer, type Errors, type Route, type Visit } from "../visit/visit.tsx";

/** The paper card opens what was booked with it, as a code does. */
export const cardPage: Route<Visit> = {
  path: "/mi-cita/tarjeta",
  get: (visit) => page(visit, { folio: "", pin: "" }, noErrors),
  post: (visit) =>
    tryCard(
      visit,
      (typed, errors) => page(visit, typed, errors),
      (verified) => goTo(verified, appointmentUrls.open(visit.language)),
    ),
};

function page(visit: Visit, typed: TypedCard, errors: Errors): Answer {
  const t = identifyTexts(visit.language);
  return show(visit, {
    title: t("cardTitle"),
    address: appointmentUrls.card,
    back: appointmentUrls.open,
    errors,
    children: (
      <>
        <PageHeading lead={t("cardLead")}>{t("cardTitle")}</PageHeading>
        <CardForm
          visit={visit}
          action={appointmentUrls.card}
          contact={appointmentUrls.open}
          typed={typed}
          errors={errors}
        />
      </>
    ),
  });
}
