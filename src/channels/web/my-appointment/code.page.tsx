import { PageHeading } from "#ui/index.ts";
import { CodeForm, codeLead, tryCode } from "../identify/code.tsx";
import { identifyTexts } from "../texts/identify.ts";
import { appointmentUrls } from "../urls.ts";
import { goTo, noErrors, show, type Answer, type Errors, type Route, type Visit } from "../visit/visit.tsx";

/** The code that was sent to whoever wants to see an appointment. */
export const codePage: Route<Visit> = {
  path: "/mi-cita/codigo",
  get: (visit) =>
    visit.draft.contact === undefined ? goTo(visit, appointmentUrls.open(visit.language)) : page(visit, "", noErrors),
  post: (visit) =>
    tryCode(
      visit,
      (typed, errors) => page(visit, typed, errors),
      (verified) => goTo(verified, appointmentUrls.open(visit.language)),
    ),
};

function page(visit: Visit, typed: string, errors: Errors): Answer {
  const { language, draft } = visit;
  const t = identifyTexts(language);
  return show(visit, {
    title: t("codeTitle"),
    address: appointmentUrls.code,
    back: appointmentUrls.open,
    errors,
    children: (
      <>
        <PageHeading lead={codeLead(draft, language)}>{t("codeTitle")}</PageHeading>
        <CodeForm
          language={language}
          action={appointmentUrls.code}
          contact={appointmentUrls.open}
          typed={typed}
          errors={errors}
        />
      </>
    ),
  });
}
