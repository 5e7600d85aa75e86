import { PageHeading } from "#ui/index.ts";
import { tryCard } from "../identify/card.tsx";
import { tryCode } from "../identify/code.tsx";
import {
  ContactForm,
  knownContact,
  sendCode,
  typedContact,
  type ContactAddresses,
  type TypedContact,
} from "../identify/contact.tsx";
import { showCard, showCode } from "../identify/screens.tsx";
import { roomTexts } from "../texts/room.ts";
import { roomUrls } from "../urls.ts";
import { goTo, noErrors, show, type Answer, type Errors, type Route } from "../visit/visit.tsx";
import type { InLineVisit } from "./line.tsx";

/** A contact that was shown is what a place in the line belongs to: the same three ways as everywhere. */
export const contactPage: Route<InLineVisit> = {
  path: "/fila/:sala/contacto",
  get: (visit) => (visit.session.contactId === undefined ? contact(visit, knownContact(visit), noErrors) : back(visit)),
  post(visit) {
    const typed = typedContact(visit.request.body);
    return sendCode(visit, typed, addressesOf(visit), (errors) => contact(visit, typed, errors));
  },
};

export const codePage: Route<InLineVisit> = {
  path: "/fila/:sala/codigo",
  get(visit) {
    if (visit.session.contactId !== undefined) return back(visit);
    if (visit.draft.contact === undefined) return goTo(visit, addressesOf(visit).contact(visit.language));
    return showCode(visit, addressesOf(visit), "", noErrors);
  },
  post: (visit) =>
    tryCode(
      visit,
      (typed, errors) => showCode(visit, addressesOf(visit), typed, errors),
      () => back(visit),
    ),
};

export const cardPage: Route<InLineVisit> = {
  path: "/fila/:sala/tarjeta",
  get: (visit) => showCard(visit, addressesOf(visit), { folio: "", pin: "" }, noErrors),
  post: (visit) =>
    tryCard(
      visit,
      (typed, errors) => showCard(visit, addressesOf(visit), typed, errors),
      () => back(visit),
    ),
};

function back(visit: InLineVisit): Answer {
  return goTo(visit, roomUrls.room(visit.room.id)(visit.language));
}

function addressesOf({ room }: InLineVisit): ContactAddresses {
  return { contact: roomUrls.contact(room.id), code: roomUrls.code(room.id), card: roomUrls.card(room.id) };
}

function contact(visit: InLineVisit, typed: TypedContact, errors: Errors): Answer {
  const t = roomTexts(visit.language);
  const addresses = addressesOf(visit);
  return show(visit, {
    title: t("contactTitle"),
    address: addresses.contact,
    back: roomUrls.room(visit.room.id),
    errors,
    children: (
      <>
        <PageHeading lead={t("contactLead")}>{t("contactTitle")}</PageHeading>
        <ContactForm language={visit.language} addresses={addresses} typed={typed} errors={errors} />
      </>
    ),
  });
}
