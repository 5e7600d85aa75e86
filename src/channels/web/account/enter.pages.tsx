import { finishAccountSignIn } from "#modules/people/index.ts";
import { PageHeading } from "#ui/index.ts";
import { tryCard } from "../identify/card.tsx";
import { tryCode, withNewSession } from "../identify/code.tsx";
import {
  ContactForm,
  knownContact,
  sendCode,
  typedContact,
  type ContactAddresses,
  type TypedContact,
} from "../identify/contact.tsx";
import { showCard, showCode } from "../identify/screens.tsx";
import { setSessionCookie } from "../session.ts";
import { accountTexts } from "../texts/account.ts";
import { accountUrls, JOINING } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import {
  goTo,
  noErrors,
  show,
  withSession,
  type Answer,
  type Arrival,
  type Errors,
  type Route,
  type Visit,
} from "../visit/visit.tsx";
import { doorPage } from "./door.tsx";
import { entered } from "./entering.ts";
import { passkeyAnswer } from "./passkey-form.tsx";

const ADDRESSES: ContactAddresses = { contact: accountUrls.contact, code: accountUrls.code, card: accountUrls.card };

/** Confirms the contact with which an account is made, or that is added to one. */
export const contactPage: Route<Arrival> = {
  path: "/mi-cuenta/contacto",
  get: (arrival) => askContact(arrival, knownContact(arrival), noErrors),

  async post(arrival) {
    const visit = await withSession(arrival);
    const typed = typedContact(visit.request.body);
    return sendCode(visit, typed, ADDRESSES, (errors) => askContact(visit, typed, errors));
  },
};

function askContact(arrival: Arrival, typed: TypedContact, errors: Errors): Answer {
  const { language } = arrival;
  const t = accountTexts(language);
  return show(arrival, {
    title: t("contactTitle"),
    address: accountUrls.contact,
    back: accountUrls.page,
    errors,
    children: (
      <>
        <PageHeading lead={t("contactLead")}>{t("contactTitle")}</PageHeading>
        <ContactForm language={language} addresses={ADDRESSES} typed={typed} errors={errors} />
      </>
    ),
  });
}

export const codePage: Route<Visit> = {
  path: "/mi-cuenta/codigo",
  get: (visit) =>
    visit.draft.contact === undefined
      ? goTo(visit, accountUrls.contact(visit.language))
      : showCode(visit, ADDRESSES, "", noErrors),
  post: (visit) =>
    tryCode(
      visit,
      (typed, errors) => showCode(visit, ADDRESSES, typed, errors),
      (verified) => goTo(verified, accountUrls.page(visit.language)),
    ),
};

/** Folio and PIN open the account; whoever comes with a contact that she has just confirmed adds it. Only the form begins a visit. */
export const cardPage: Route<Arrival> = {
  path: "/mi-cuenta/tarjeta",
  get: (visit) => showCard(visit, cardAddresses(visit), { folio: "", pin: "" }, noErrors),
  async post(arrival) {
    const visit = await withSession(arrival);
    return tryCard(
      visit,
      (typed, errors) => showCard(visit, cardAddresses(visit), typed, errors),
      (verified) => entered(verified, joins(visit) ? "agregado" : undefined),
      joins(visit),
    );
  },
};

const joins = ({ request }: Arrival): boolean => typedOf(request.query, ["unir"]).unir === JOINING;
const cardAddresses = (visit: Arrival): ContactAddresses => ({
  ...ADDRESSES,
  card: joins(visit) ? accountUrls.cardJoining : accountUrls.card,
});

/** The telephone's own lock opens the account. */
export const signInPage: Route<Arrival> = {
  path: "/mi-cuenta/llave",
  get: (visit) => goTo(visit, accountUrls.page(visit.language)),

  async post(arrival) {
    const visit = await withSession(arrival);
    const { web, ctx, session, request, reply } = visit;
    const join = typedOf(request.body, ["unir"]).unir === JOINING;
    const opened = await finishAccountSignIn(ctx, { ...passkeyAnswer(request.body), sessionId: session.id, join });
    if (!opened.ok) return doorPage(visit, opened.refusal.code);
    setSessionCookie(web.services, reply, opened.value.token);
    return entered(withNewSession(visit, opened.value.session), join ? "agregado" : undefined);
  },
};
