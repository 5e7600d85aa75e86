import { listOwnEmergencies } from "#modules/emergencies/index.ts";
import { localDateAt } from "#kernel/time.ts";
import { Button, ButtonRow, Card, CardList, PageHeading } from "#ui/index.ts";
import { tryCard } from "../identify/card.tsx";
import { tryCode } from "../identify/code.tsx";
import { ContactForm, knownContact, sendCode, typedContact, type ContactAddresses } from "../identify/contact.tsx";
import { showCard, showCode } from "../identify/screens.tsx";
import { emergencyAskTexts } from "../texts/emergency-ask.ts";
import { appointmentUrls, emergencyUrls, noticeUrls } from "../urls.ts";
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
import { dayWords } from "../visit/words.ts";
import { page as askAgain, send } from "./ask.page.tsx";
import { SafeExit } from "./lines.tsx";
import { BY_NOTICE } from "./question.ts";

const ADDRESSES: ContactAddresses = { contact: noticeUrls.contact, code: noticeUrls.code, card: noticeUrls.card };

/** Where messages lead: what this visit, or its contact, asked. Its address and its first page say nothing of what. */
export const noticePage: Route<Arrival> = {
  path: "/aviso",
  async get(arrival) {
    const { language, ctx, network, session } = arrival;
    const own = session ? await listOwnEmergencies(ctx) : [];
    if (own.length === 0 && session?.contactId === undefined) return goTo(arrival, noticeUrls.contact(language));
    // The notice of a delicate appointment leads here too: it says no more than this address.
    if (own.length === 0) return goTo(arrival, appointmentUrls.open(language));
    if (own.length === 1) return goTo(arrival, noticeUrls.one(own[0]!.id)(language));
    const t = emergencyAskTexts(language);
    return show(arrival, {
      title: t("noticeTitle"),
      address: noticeUrls.list,
      exit: <SafeExit language={language} />,
      children: (
        <>
          <PageHeading>{t("noticeTitle")}</PageHeading>
          <CardList>
            {own.map((one) => {
              const office = network.officeById.get(one.officeId)!;
              return (
                <Card
                  key={one.id}
                  href={noticeUrls.one(one.id)(language)}
                  title={t("listItem", {
                    day: dayWords(localDateAt(one.askedAt, office.zone), language),
                    city: office.shortName[language],
                  })}
                  pictogram="message"
                />
              );
            })}
          </CardList>
          <ButtonRow>
            <Button tone="secondary" href={emergencyUrls.ask()(language)}>
              {t("askAgain")}
            </Button>
          </ButtonRow>
        </>
      ),
    });
  },
};

/** The same three ways to prove a contact as everywhere; a question that waits for it is asked then. */
export const noticeContactPage: Route<Arrival> = {
  path: "/aviso/contacto",
  get: (arrival) =>
    arrival.session?.contactId === undefined
      ? contact(arrival, noErrors)
      : goTo(arrival, noticeUrls.list(arrival.language)),
  async post(arrival) {
    const visit = await withSession(arrival);
    return sendCode(visit, typedContact(visit.request.body), ADDRESSES, (errors) => contact(visit, errors));
  },
};

export const noticeCodePage: Route<Visit> = {
  path: "/aviso/codigo",
  get: (visit) =>
    visit.draft.contact === undefined
      ? goTo(visit, noticeUrls.contact(visit.language))
      : showCode(visit, ADDRESSES, "", noErrors),
  post: (visit) => tryCode(visit, (typed, errors) => showCode(visit, ADDRESSES, typed, errors), proved),
};

export const noticeCardPage: Route<Visit> = {
  path: "/aviso/tarjeta",
  get: (visit) => showCard(visit, ADDRESSES, { folio: "", pin: "" }, noErrors),
  post: (visit) => tryCard(visit, (typed, errors) => showCard(visit, ADDRESSES, typed, errors), proved),
};

function proved(visit: Visit): Answer {
  const { emergency } = visit.draft;
  if (emergency === undefined) return goTo(visit, noticeUrls.list(visit.language));
  const typed = { que: emergency.kind, cuando: emergency.neededBy, oficina: emergency.officeId };
  return send(visit, emergency, (errors) => askAgain(visit, { ...typed, forma: BY_NOTICE, telefono: "" }, errors));
}

function contact(arrival: Arrival, errors: Errors): Answer {
  const t = emergencyAskTexts(arrival.language);
  const typed = arrival.request.method === "POST" ? typedContact(arrival.request.body) : knownContact(arrival);
  return show(arrival, {
    title: t("noticeTitle"),
    address: noticeUrls.contact,
    back: emergencyUrls.ask(),
    errors,
    exit: <SafeExit language={arrival.language} />,
    children: (
      <>
        <PageHeading lead={t("noticeLead")}>{t("noticeTitle")}</PageHeading>
        <ContactForm language={arrival.language} addresses={ADDRESSES} typed={typed} errors={errors} />
      </>
    ),
  });
}
