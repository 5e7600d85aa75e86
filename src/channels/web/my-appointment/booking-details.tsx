import {
  CHANGE_UNTIL_HOURS,
  isAhead,
  mayChange,
  MOST_MOVES,
  movesAfter,
  type BookingView,
} from "#modules/booking/index.ts";
import { partyDue, type Office } from "#modules/offices/index.ts";
import { qrDrawing } from "#channels/documents/qr-code.ts";
import type { ConfirmationView } from "#channels/documents/view.ts";
import { Button, ButtonRow, Details, Notice, Slip, type SummaryRow } from "#ui/index.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { specialDayTexts } from "../texts/special-days.ts";
import type { Language } from "../texts/texts.ts";
import { shellTexts } from "../texts/shell.ts";
import { appointmentUrls, journeyUrls } from "../urls.ts";
import { Costs, NextSteps, Papers } from "../visit/bring.tsx";
import { membersOfBooking, type Member } from "../visit/party.ts";
import type { Arrival } from "../visit/visit.tsx";
import { amountWithYear, dayWords, hourAt, memberName, serviceNames, timeAt } from "../visit/words.ts";
import { Permissions } from "./permissions.tsx";

/** A booking, complete: folio, people, place, local time, papers, money, documents, and how to change it. */
export function BookingDetails({
  arrival,
  view,
  confirmation,
  stateTold = false,
}: {
  arrival: Arrival;
  view: BookingView;
  confirmation: ConfirmationView;
  /** The page says already that the booking no longer stands. */
  stateTold?: boolean;
}) {
  const { language, network, ctx } = arrival;
  const t = appointmentTexts(language);
  const office = network.officeById.get(view.officeId)!;
  const open = isAhead(view, ctx.now);
  const suspended = open && view.specialDay?.suspended === true;
  const qr = qrDrawing(confirmation.verificationUrl);
  const members = membersOfBooking(view, network);
  const bring = { language, network, members, answers: view.checklist, on: view.localDate };
  return (
    <>
      {view.state !== "active" && (
        <>
          {!stateTold && (
            <Notice tone="warning">
              <p>{t(`state_${view.state}`)}</p>
            </Notice>
          )}
          <ButtonRow>
            <Button href={journeyUrls.start()(language)}>{t("another")}</Button>
          </ButtonRow>
        </>
      )}
      {suspended && (
        <Notice tone="warning" title={specialDayTexts(language)("suspendedTitle")}>
          <p>{specialDayTexts(language)("suspendedText")}</p>
        </Notice>
      )}
      <Slip
        title={t("slipTitle")}
        brand={shellTexts(language)("serviceName")}
        folio={{ label: t("folio"), value: confirmation.folio }}
        rows={slipRows(view, members, confirmation, office, language, suspended)}
        {...(open && {
          code: (
            <svg viewBox={`0 0 ${qr.side} ${qr.side}`} aria-hidden="true">
              <path d={qr.path} />
            </svg>
          ),
        })}
      >
        {view.state === "active" && (
          <>
            <p>{t("early")}</p>
            <p>{t("changeHow", { address: confirmation.pageUrl.replace(/^https?:\/\//, "") })}</p>
          </>
        )}
      </Slip>
      {open && !suspended && <Documents view={view} language={language} />}
      {open && <Permissions view={view} network={network} language={language} />}
      {open && <Change view={view} now={ctx.now} language={language} />}
      {view.state === "active" && (
        <>
          <NextSteps {...bring} />
          <Details summary={t("whatToBring")} open>
            <Papers {...bring} />
          </Details>
          <Costs {...bring} />
          <p>
            {t("payment")}: {confirmation.payment}
          </p>
        </>
      )}
    </>
  );
}

function slipRows(
  view: BookingView,
  members: readonly Member[],
  confirmation: ConfirmationView,
  office: Office,
  language: Language,
  suspended: boolean,
): SummaryRow[] {
  const t = appointmentTexts(language);
  const { addressLines, mapUrl, note, wayIn } = confirmation.office;
  // One that is suspended has neither day nor place: what it had would send people there.
  const whenAndWhere: SummaryRow[] = [
    { key: t("day"), value: dayWords(view.localDate, language), strong: true },
    { key: t("time"), value: timeAt(view.startsAt, office, language), strong: true },
    {
      key: t("place"),
      value: (
        <>
          {confirmation.office.name}
          {addressLines.map((line) => (
            <span key={line} translate="no">
              <br />
              {line}
            </span>
          ))}
          {addressLines.length === 0 && (
            <>
              <br />
              {t("addressSoon")}
            </>
          )}
          {note && (
            <>
              <br />
              <b>{note}</b>
            </>
          )}
          {wayIn && (
            <>
              <br />
              {wayIn}
            </>
          )}
          <br />
          <a className="no-print" href={mapUrl} rel="noreferrer">
            {t("map")}
          </a>
        </>
      ),
    },
  ];
  return [
    ...(suspended ? [] : whenAndWhere),
    {
      key: t("people"),
      value: members.map((member, i) => (
        <Person
          key={i}
          hours={suspended ? [] : hoursOf(view, i + 1, office, language)}
          member={member}
          language={language}
        />
      )),
    },
    { key: t("total"), value: amountWithYear(partyDue(members, view.localDate), language), strong: true },
  ];
}

function hoursOf({ appointments }: BookingView, ordinal: number, office: Office, language: Language): string[] {
  const hours = appointments
    .filter((one) => one.ordinal === ordinal)
    .map((one) => hourAt(one.startsAt, office, language));
  return hours.length === 0 ? [] : [[...new Set(hours)].join(", ")];
}

/** One person with her hours: each group of services has its own. */
function Person({ hours, member, language }: { hours: readonly string[]; member: Member; language: Language }) {
  return (
    <p>
      {memberName(member)}
      <span className="hint">
        <br />
        {[...hours, serviceNames(member, language).join(", ")].join(" · ")}
      </span>
    </p>
  );
}

function Documents({ view, language }: { view: BookingView; language: Language }) {
  const t = appointmentTexts(language);
  return (
    <section className="no-print" aria-labelledby="documents-title">
      <h2 id="documents-title">{t("documents")}</h2>
      <ul>
        <li>
          <a href={appointmentUrls.slipImage(view.id)(language)}>{t("image")}</a>
        </li>
        <li>
          <a href={appointmentUrls.slipPdf(view.id)(language)}>{t("pdf")}</a>
        </li>
        <li>
          <a href={appointmentUrls.calendarFile(view.id)(language)}>{t("calendar")}</a>
        </li>
      </ul>
    </section>
  );
}

function Change({ view, now, language }: { view: BookingView; now: Date; language: Language }) {
  const t = appointmentTexts(language);
  if (mayChange(view.state, view.startsAt, now) !== "yes") return null;
  const movable = movesAfter(view, now) !== undefined;
  return (
    <section className="no-print" aria-labelledby="change-title">
      <h2 id="change-title">{t("changeTitle")}</h2>
      <p>{t("changeText", { hours: CHANGE_UNTIL_HOURS })}</p>
      {!movable && <p>{t("changeNone", { most: MOST_MOVES })}</p>}
      <ButtonRow>
        {movable && (
          <Button tone="secondary" href={appointmentUrls.change(view.id)(language)}>
            {t("change")}
          </Button>
        )}
        <Button tone="secondary" href={appointmentUrls.cancel(view.id)(language)}>
          {t("cancel")}
        </Button>
      </ButtonRow>
      {!view.delicate && (
        <p>
          <a href={appointmentUrls.hide(view.id)(language)}>{t("delicateTitle")}</a>
        </p>
      )}
    </section>
  );
}
