import { CodeForm, codeLead, tryCode } from "../identify/code.tsx";
import { identifyTexts } from "../texts/identify.ts";
import { journeyUrls } from "../urls.ts";
import { goTo, noErrors, type Answer, type Errors, type Visit } from "../visit/visit.tsx";
import { ask, goToNext, type Step } from "./journey.tsx";

/** The code that was sent; a right one verifies the contact and leads to the hours. */
export const codePage: Step = {
  path: "/cita/codigo",
  position: () => ({ step: "contact" }),

  get(visit) {
    if (visit.session.contactId !== undefined) return goToNext(visit);
    if (visit.draft.contact === undefined) return goTo(visit, journeyUrls.contact(visit.language));
    return page(visit, "", noErrors);
  },

  post: (visit) => tryCode(visit, (typed, errors) => page(visit, typed, errors), goToNext),
};

function page(visit: Visit, typed: string, errors: Errors): Answer {
  const { language, draft } = visit;
  const t = identifyTexts(language);
  return ask(visit, {
    position: { step: "contact" },
    address: journeyUrls.code,
    back: journeyUrls.contact,
    title: t("codeTitle"),
    lead: codeLead(draft, language),
    errors,
    children: (
      <CodeForm
        language={language}
        action={journeyUrls.code}
        contact={journeyUrls.contact}
        typed={typed}
        errors={errors}
      />
    ),
  });
}
