import { folioTail } from "#kernel/folio.ts";
import { localTimeAt } from "#kernel/time.ts";
import { getBooking, listOwnRequests, openedHere, type BookingView, type RequestView } from "#modules/booking/index.ts";
import { Button, ButtonRow, Card, CardList, PageHeading } from "#ui/index.ts";
import {
  ContactForm,
  knownContact,
  sendCode,
  typedContact,
  type ContactAddresses,
  type TypedContact,
} from "../identify/contact.tsx";
import { SlipVerdict } from "../official/slip-verdict.tsx";
import { accountTexts } from "../texts/account.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { timeInWords } from "../texts/format.ts";
import { ownRequestTexts } from "../texts/request-own.ts";
import { specialDayTexts } from "../texts/special-days.ts";
import { identifyTexts } from "../texts/identify.ts";
import type { Language } from "../texts/texts.ts";
import { accountUrls, appointmentUrls, journeyUrls, requestUrls, type Address } from "../urls.ts";
import { noErrors, show, withSession, type Answer, type Arrival, type Errors, type Route } from "../visit/visit.tsx";
import { dayWords } from "../visit/words.ts";
import { ProveForm, untypedProof, type TypedProof } from "./prove-form.tsx";

export const OPEN_ADDRESSES: ContactAddresses = {
  contact: appointmentUrls.open,
  code: appointmentUrls.code,
  card: appointmentUrls.card,
};

/** The door to what was booked: first the contact, then what this visit may see. */
export const openPage: Route<Arrival> = {
  path: "/mi-cita",
  get: (arrival) => page(arrival, {}),

  async post(arrival) {
    const visit = await withSession(arrival);
    const typed = typedContact(visit.request.body);
    return sendCode(visit, typed, OPEN_ADDRESSES, (errors) => contactPage(visit, typed, errors, {}));
  },
};

export interface Door {
  /** Behind a link of a message or a code on paper: the words say so. */
  readonly behindLink?: boolean;
  readonly address?: Address;
  /** Behind the code on a slip: whether this service made it. */
  readonly slip?: "genuine" | "invented";
}

export function page(arrival: Arrival, door: Door): Answer {
  return arrival.session?.contactId === undefined
    ? contactPage(arrival, knownContact(arrival), noErrors, door)
    : listPage(arrival, untypedProof, noErrors, door);
}

function contactPage(
  arrival: Arrival,
  typed: TypedContact,
  errors: Errors,
  { behindLink, address, slip }: Door,
): Answer {
  const t = identifyTexts(arrival.language);
  const title = t(behindLink ? "linkTitle" : "openTitle");
  return show(arrival, {
    title,
    address: address ?? appointmentUrls.open,
    errors,
    children: (
      <>
        {slip && <SlipVerdict language={arrival.language} slip={slip} />}
        <PageHeading lead={t("openLead")}>{title}</PageHeading>
        {behindLink && <p>{t("linkLead")}</p>}
        <ContactForm language={arrival.language} addresses={OPEN_ADDRESSES} typed={typed} errors={errors} />
        <ToAccount language={arrival.language} />
      </>
    ),
  });
}

/** What the verified contact may see in this visit, and the way to what another visit filed. */
export async function listPage(
  arrival: Arrival,
  typed: TypedProof,
  errors: Errors,
  { address, slip }: Door = {},
): Answer {
  const { language, session, draft, ctx } = arrival;
  const t = appointmentTexts(language);
  const found = await Promise.all(draft.opened.map((id) => getBooking(ctx, session!.contactId!, id)));
  const asked = draft.openedRequests.length === 0 ? [] : await listOwnRequests(ctx);
  // What was hidden since this visit opened it is not in its list.
  const seen = await openedHere(ctx);
  const requests = asked.filter(
    ({ id, state, delicate }) =>
      draft.openedRequests.includes(id) && (state === "standing" || state === "offered") && (!delicate || seen(id)),
  );
  const views = found
    .flatMap((view) => (view && (!view.delicate || seen(view.id)) ? [view] : []))
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  return show(arrival, {
    title: t("listTitle"),
    address: address ?? appointmentUrls.open,
    errors,
    children: (
      <>
        {slip && <SlipVerdict language={language} slip={slip} />}
        <PageHeading>{t("listTitle")}</PageHeading>
        {views.length + requests.length === 0 ? (
          <p>{t("listNone")}</p>
        ) : (
          <Own arrival={arrival} views={views} requests={requests} />
        )}
        <h2>{t("proveTitle")}</h2>
        <ProveForm language={language} typed={typed} errors={errors} />
        <ButtonRow>
          <Button tone="secondary" href={journeyUrls.start()(language)}>
            {t("new")}
          </Button>
        </ButtonRow>
        <ToAccount language={language} />
      </>
    ),
  });
}

function ToAccount({ language }: { language: Language }) {
  return (
    <p>
      <a href={accountUrls.page(language)}>{accountTexts(language)("link")}</a>
    </p>
  );
}

function Own({
  arrival: { language, network },
  views,
  requests,
}: {
  arrival: Arrival;
  views: readonly BookingView[];
  requests: readonly RequestView[];
}) {
  const t = appointmentTexts(language);
  return (
    <CardList>
      {views.map((view) => {
        const office = network.officeById.get(view.officeId)!;
        const time = timeInWords(localTimeAt(view.startsAt, office.zone), language);
        const city = view.specialDay?.venue?.city ?? office.shortName[language];
        const suspended = view.state === "active" && view.specialDay?.suspended;
        return (
          <Card
            key={view.id}
            href={appointmentUrls.booking(view.id)(language)}
            title={
              suspended
                ? specialDayTexts(language)("suspendedTitle")
                : t("listItem", { day: dayWords(view.localDate, language), time, city })
            }
            pictogram="calendar"
          >
            {view.state !== "active" && <p>{t(`state_${view.state}`)}</p>}
          </Card>
        );
      })}
      {requests.map((one) => (
        <Card
          key={one.id}
          href={requestUrls.one(one.id)(language)}
          title={ownRequestTexts(language)("listItem", { tail: folioTail(one.number) })}
          pictogram="family"
        >
          <p>{ownRequestTexts(language)(one.state === "offered" ? "listOffered" : "listStanding")}</p>
        </Card>
      ))}
    </CardList>
  );
}
