import type { ReactNode } from "react";
import { formatFolio } from "#kernel/folio.ts";
import { isUuid } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import {
  emergencyCode,
  emergencyNumber,
  getOwnEmergency,
  isOfficeOpen,
  reviewEmergency,
  withdrawEmergency,
  type EmergencyId,
  type OwnEmergency,
} from "#modules/emergencies/index.ts";
import type { Office } from "#modules/offices/index.ts";
import { Button, ButtonRow, Folio, Form, Notice, PageHeading, SummaryList } from "#ui/index.ts";
import { goToNext } from "../book-appointment/journey.tsx";
import { emergencyAskTexts } from "../texts/emergency-ask.ts";
import { appointmentUrls, emergencyUrls, journeyUrls, noticeUrls } from "../urls.ts";
import { withoutAnswers } from "../visit/draft.ts";
import { goTo, save, show, type Admit, type Answer, type Route, type Visit } from "../visit/visit.tsx";
import { dayWords, hourAt, timeAt } from "../visit/words.ts";
import { LinesOnDuty, SafeExit } from "./lines.tsx";
import { OwnNoticeData } from "./own-data.pages.tsx";

/** A visit before a request that it, or its contact, asked. */
export interface OpenedNotice extends Visit {
  readonly own: OwnEmergency;
  readonly office: Office;
}

/** An unknown one, another's and one that is erased lead to the same door. */
export const admitOwn: Admit<OpenedNotice> = async (arrival) => {
  const { session, request, ctx, network, language } = arrival;
  const { id = "" } = request.params as { id?: string };
  const own = session && isUuid(id) ? await getOwnEmergency(ctx, id as EmergencyId) : undefined;
  const office = own && network.officeById.get(own.officeId);
  if (!session || !own || !office) return { answered: goTo(arrival, noticeUrls.contact(language)) };
  return { ...arrival, session, own, office };
};

/** The receipt, and later the answer: what happens next, by when, and what to do now. */
export const onePage: Route<OpenedNotice> = { path: "/aviso/:id", get: (visit) => page(visit) };

export const withdrawPage: Route<OpenedNotice> = {
  path: "/aviso/:id/ya-no",
  get: (visit) => back(visit),
  async post(visit) {
    await withdrawEmergency(visit.ctx, visit.own.id);
    return back(visit);
  },
};

/** A no goes to the head of office with one tap. */
export const reviewPage: Route<OpenedNotice> = {
  path: "/aviso/:id/titular",
  get: (visit) => back(visit),
  async post(visit) {
    await reviewEmergency(visit.ctx, visit.own.id);
    return back(visit);
  },
};

/** Who comes is asked on the pages of the booking, which know the place and what for already. */
export const whoPage: Route<OpenedNotice> = {
  path: "/aviso/:id/quien",
  get: (visit) => back(visit),
  async post(visit) {
    const { own, draft } = visit;
    const { service, people, localDate, startsAt, officeId } = own;
    if (own.state !== "granted" || !own.contactId || !service || !people || !localDate || !startsAt) return back(visit);
    const until = startsAt.toISOString();
    const hold = { holdId: own.id, heldUntil: until, startsAt: until, officeId, localDate, extended: true, kept: true };
    const persons = Array.from({ length: people }, () => ({ services: [service] }));
    const asked = { ...withoutAnswers(draft), people, persons, prepared: true, officeId, localDate, hold };
    return goToNext(await save(visit, asked));
  },
};

function back(visit: OpenedNotice): Answer {
  return goTo(visit, noticeUrls.one(visit.own.id)(visit.language));
}

async function page(visit: OpenedNotice): Answer {
  const { own, language } = visit;
  const { title, children } = await bodyOf(visit);
  const t = emergencyAskTexts(language);
  const isOpen = own.state === "asked" || own.state === "granted";
  return show(visit, {
    title,
    address: noticeUrls.one(own.id),
    exit: <SafeExit language={language} />,
    children: (
      <>
        {children}
        {isOpen && (
          <Form action={noticeUrls.withdraw(own.id)(language)}>
            <p className="hint">{t("withdrawText")}</p>
            <ButtonRow>
              <Button tone="secondary">{t("withdraw")}</Button>
            </ButtonRow>
          </Form>
        )}
        <OwnNoticeData visit={visit} />
      </>
    ),
  });
}

async function bodyOf(visit: OpenedNotice): Promise<{ readonly title: string; readonly children: ReactNode }> {
  const { own, language } = visit;
  const t = emergencyAskTexts(language);
  switch (own.state) {
    case "asked":
      return { title: t("asked_title"), children: await askedBody(visit) };
    case "granted":
      return own.answer === "hour"
        ? { title: t("hour_title"), children: <HourBody visit={visit} /> }
        : { title: t("granted_title"), children: <PlaceBody visit={visit} /> };
    case "refused":
      return { title: t("refused_title"), children: <NoBody visit={visit} /> };
    case "booked":
      return {
        title: t("booked_title"),
        children: (
          <>
            <PageHeading lead={t("booked_lead")}>{t("booked_title")}</PageHeading>
            <ButtonRow>
              <Button href={appointmentUrls.open(language)}>{t("see")}</Button>
            </ButtonRow>
          </>
        ),
      };
    case "withdrawn":
    case "lapsed":
      return {
        title: t(`${own.state}_title`),
        children: (
          <>
            <PageHeading lead={t("over_lead")}>{t(`${own.state}_title`)}</PageHeading>
            <ButtonRow>
              <Button href={emergencyUrls.ask({ office: own.officeId })(language)}>{t("askAgain")}</Button>
            </ButtonRow>
          </>
        ),
      };
  }
}

async function askedBody(visit: OpenedNotice): Promise<ReactNode> {
  const { own, office, language, network, ctx } = visit;
  const t = emergencyAskTexts(language);
  const day = dayWords(localDateAt(own.dueAt, office.zone), language, localDateAt(ctx.now, office.zone));
  return (
    <>
      <PageHeading lead={t("asked_due", { day, time: timeAt(own.dueAt, office, language) })}>
        {t("asked_title")}
      </PageHeading>
      {!(await isOfficeOpen(ctx, own.officeId)) && (
        <Notice tone="danger" title={t("closedTitle")}>
          <p>{t("closed")}</p>
          <LinesOnDuty office={office} network={network} language={language} />
        </Notice>
      )}
      <p>
        {t(own.contactId === undefined ? "asked_phone" : "asked_contact")} {t("asked_here")}
      </p>
      {own.contactId !== undefined && (
        <>
          <Folio label={t("number")} value={formatFolio(emergencyNumber(own.id))} />
          <p>{t("numberHint")}</p>
        </>
      )}
      <ButtonRow>
        <Button href={noticeUrls.one(own.id)(language)}>{t("again")}</Button>
      </ButtonRow>
    </>
  );
}

function PlaceBody({ visit: { own, office, language, network, ctx } }: { visit: OpenedNotice }) {
  const t = emergencyAskTexts(language);
  const today = localDateAt(ctx.now, office.zone);
  return (
    <>
      <PageHeading lead={t("granted_lead")}>{t("granted_title")}</PageHeading>
      <SummaryList
        rows={[
          { key: t("day"), value: dayWords(own.localDate!, language, today), strong: true },
          { key: t("time"), value: hourAt(own.startsAt!, office, language), strong: true },
          { key: t("city"), value: office.name[language] },
          { key: t("service"), value: network.serviceBySlug.get(own.service!)?.name[language] ?? own.service! },
          { key: t("people"), value: t("peopleCount", { people: own.people! }) },
        ]}
      />
      <Words visit={{ own, language }} />
      {own.contactId === undefined ? (
        <p>{t("whoPhone")}</p>
      ) : (
        <Form action={noticeUrls.who(own.id)(language)}>
          <p>{t("whoNext")}</p>
          <ButtonRow>
            <Button>{t("who")}</Button>
          </ButtonRow>
        </Form>
      )}
      <p>{t("bring")}</p>
    </>
  );
}

function HourBody({ visit: { own, office, language } }: { visit: OpenedNotice }) {
  const t = emergencyAskTexts(language);
  return (
    <>
      <PageHeading lead={t("hour_lead")}>{t("hour_title")}</PageHeading>
      <SummaryList
        rows={[
          { key: t("time"), value: hourAt(own.startsAt!, office, language), strong: true },
          { key: t("city"), value: office.name[language] },
        ]}
      />
      <Folio label={t("code")} value={emergencyCode(own.id)} />
      <Words visit={{ own, language }} />
      <p>{t("bring")}</p>
    </>
  );
}

function NoBody({ visit: { own, office, language, network } }: { visit: OpenedNotice }) {
  const t = emergencyAskTexts(language);
  return (
    <>
      <PageHeading lead={own.reason && t(`reason_${own.reason}`)}>{t("refused_title")}</PageHeading>
      <Words visit={{ own, language }} />
      {own.reason === "ordinary_in_time" && (
        <ButtonRow>
          <Button href={journeyUrls.start({ office: own.officeId })(language)}>{t("book")}</Button>
        </ButtonRow>
      )}
      <LinesOnDuty office={office} network={network} language={language} />
      {own.mayReview && (
        <Form action={noticeUrls.review(own.id)(language)}>
          <h2>{t("reviewTitle")}</h2>
          <p>{t("reviewText")}</p>
          <ButtonRow>
            <Button tone="secondary">{t("review")}</Button>
          </ButtonRow>
        </Form>
      )}
    </>
  );
}

function Words({ visit: { own, language } }: { visit: Pick<OpenedNotice, "own" | "language"> }) {
  if (own.words === "") return null;
  return (
    <Notice title={emergencyAskTexts(language)("words")}>
      <p>{own.words}</p>
    </Notice>
  );
}
