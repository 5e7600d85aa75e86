import {
  ContactForm,
  knownContact,
  sendCode,
  typedContact,
  type ContactAddresses,
  type TypedContact,
} from "../identify/contact.tsx";
import { identifyTexts } from "../texts/identify.ts";
import { journeyUrls } from "../urls.ts";
import { noErrors, type Answer, type Errors, type Visit } from "../visit/visit.tsx";
import { ask, goToNext, type Step } from "./journey.tsx";

const ADDRESSES: ContactAddresses = { contact: journeyUrls.contact, code: journeyUrls.code, card: journeyUrls.card };

/** How we reach the family; whoever has shown a contact in this visit is not asked. */
export const contactPage: Step = {
  path: "/cita/contacto",
  position: () => ({ step: "contact" }),
  get: (visit) =>
    visit.session.contactId === undefined ? page(visit, knownContact(visit), noErrors) : goToNext(visit),

  post(visit) {
    if (visit.session.contactId !== undefined) return goToNext(visit);
    const typed = typedContact(visit.request.body);
    return sendCode(visit, typed, ADDRESSES, (errors) => page(visit, typed, errors));
  },
};

function page(visit: Visit, typed: TypedContact, errors: Errors): Answer {
  const t = identifyTexts(visit.language);
  return ask(visit, {
    position: { step: "contact" },
    title: t("contactTitle"),
    lead: t(visit.draft.asking ? "contactLeadAsking" : "contactLead"),
    errors,
    children: <ContactForm language={visit.language} addresses={ADDRESSES} typed={typed} errors={errors} />,
  });
}
