import { acceptOffer, decline, keepForBetterPlace, withdraw } from "#modules/booking/index.ts";
import { Button, ButtonRow, Form, PageHeading } from "#ui/index.ts";
import { refusalWords } from "../visit/refusal.tsx";
import { ownRequestTexts } from "../texts/request-own.ts";
import { appointmentUrls, journeyUrls, requestUrls, withQuery, type Address } from "../urls.ts";
import { withOpened, withoutAnswers, type Asking, type Draft } from "../visit/draft.ts";
import { goTo, save, show, type Answer, type Route } from "../visit/visit.tsx";
import { nextDraw } from "./asking.ts";
import type { OpenedRequest } from "./opened.tsx";
import { requestRefusedPage } from "./refused.tsx";
import { firstDayWished } from "./words.ts";

const toRequest = (opened: OpenedRequest, listo?: string): Answer =>
  goTo(opened, withQuery(requestUrls.one(opened.view.id)(opened.language), { listo }));

/** A yes to an offered place; pressed twice it is one appointment. */
export const acceptPage: Route<OpenedRequest> = {
  path: "/mi-solicitud/:id/confirmar",
  get: (opened) => toRequest(opened),

  async post(opened) {
    const { ctx, session, view, draft, language } = opened;
    const outcome = await acceptOffer(ctx, view.id, session.contactId!);
    if (outcome.ok) {
      const { bookingId } = outcome.value;
      await save(opened, withOpened(draft, [bookingId]));
      return goTo(opened, journeyUrls.done(bookingId)(language));
    }
    const { refusal } = outcome;
    // It was confirmed or given back meanwhile: its page says which.
    return refusal.code === "unknown_request" ? toRequest(opened) : notBookedPage(opened, refusal);
  },
};

/** A yes that waits for the second round; pressed twice it is one. Where it is too late the page says how things stand. */
export const betterPage: Route<OpenedRequest> = {
  path: "/mi-solicitud/:id/mejor",
  get: (opened) => toRequest(opened),

  async post(opened) {
    await keepForBetterPlace(opened.ctx, opened.view.id, opened.session.contactId!);
    return toRequest(opened);
  },
};

type NotBooked = Exclude<
  Extract<Awaited<ReturnType<typeof acceptOffer>>, { ok: false }>["refusal"],
  { code: "unknown_request" }
>;

function notBookedPage(opened: OpenedRequest, refusal: NotBooked): Answer {
  const { language, network, view } = opened;
  const called = (ordinal: number): string => view.applicants[ordinal - 1]?.givenNames ?? "";
  const { title, lines, status } = refusalWords(refusal, language, { phone: network.lines.appointments, called });
  return show(opened, {
    title,
    address: requestUrls.one(view.id),
    back: requestUrls.one(view.id),
    status,
    children: (
      <>
        <PageHeading lead={lines[0]}>{title}</PageHeading>
        <ButtonRow>
          <Button href={appointmentUrls.open(language)}>{ownRequestTexts(language)("seeBooking")}</Button>
        </ButtonRow>
      </>
    ),
  });
}

/** A no costs nothing, and only the form says it. */
export const declinePage: Route<OpenedRequest> = {
  path: "/mi-solicitud/:id/no-puedo",
  get: (opened) =>
    opened.view.state === "offered"
      ? surePage(opened, "decline", requestUrls.decline(opened.view.id))
      : toRequest(opened),

  async post(opened) {
    const outcome = await decline(opened.ctx, opened.view.id, opened.session.contactId!);
    return toRequest(opened, outcome.ok ? "no" : undefined);
  },
};

export const withdrawPage: Route<OpenedRequest> = {
  path: "/mi-solicitud/:id/retirar",
  get: (opened) =>
    opened.view.state === "standing"
      ? surePage(opened, "withdraw", requestUrls.withdraw(opened.view.id))
      : toRequest(opened),

  async post(opened) {
    const outcome = await withdraw(opened.ctx, opened.view.id, opened.session.contactId!);
    return toRequest(opened, outcome.ok ? "retirada" : undefined);
  },
};

/** Asks once whether it is meant. */
function surePage(opened: OpenedRequest, what: "decline" | "withdraw", action: Address): Answer {
  const { language, view } = opened;
  const t = ownRequestTexts(language);
  return show(opened, {
    title: t(`${what}Title`),
    address: action,
    back: requestUrls.one(view.id),
    children: (
      <>
        <PageHeading lead={t(`${what}Text`)}>{t(`${what}Title`)}</PageHeading>
        <Form action={action(language)}>
          <ButtonRow>
            <Button tone="danger">{t(`${what}Confirm`)}</Button>
            <Button tone="secondary" href={requestUrls.one(view.id)(language)}>
              {t(`${what}Keep`)}
            </Button>
          </ButtonRow>
        </Form>
      </>
    ),
  });
}

/** Lays the answers of a request before its household again; nothing changes until they are sent. */
export const changeRequestPage: Route<OpenedRequest> = {
  path: "/mi-solicitud/:id/cambiar",
  get: (opened) => toRequest(opened),

  async post(opened) {
    const draw = await nextDraw(opened);
    if (draw === undefined || opened.view.state !== "standing")
      return requestRefusedPage(opened, { code: draw ? "unknown_request" : "no_draw" });
    await save(opened, answersOf(opened));
    return goTo(opened, journeyUrls.request(opened.language));
  },
};

function answersOf({ view, draft, network }: OpenedRequest): Draft {
  const { wish, declared, checklist, autoConfirm, shortNotice } = view;
  const asking: Asking = {
    offices: [...wish.offices],
    when: { weekdays: [...wish.weekdays], bands: [...wish.bands] },
    until: {
      from: firstDayWished(view, network),
      to: wish.to,
      first: wish.first,
      orElse: wish.orElse.length > 0,
    },
    declared: [...declared],
    autoConfirm,
    shortNotice,
    changes: view.id,
  };
  const persons = view.applicants.map(({ services, parents, ...details }) => ({
    details: details as NonNullable<Draft["persons"][number]["details"]>,
    services: [...services],
    ...(parents.length > 0 && { parents: [...parents] }),
  }));
  return {
    ...withoutAnswers(draft),
    people: persons.length,
    persons,
    answers: { ...checklist },
    prepared: true,
    officeId: wish.offices[0],
    asking,
  };
}
