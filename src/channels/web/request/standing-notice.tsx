import type { ReactNode } from "react";
import { localDateAt } from "#kernel/time.ts";
import type { SpecialDayView } from "#channels/documents/special-day.ts";
import { Button, ButtonRow, Form, Notice } from "#ui/index.ts";
import { phoneTexts } from "../links.tsx";
import { VenueNotice } from "../special-days/venue.tsx";
import { dayInWords } from "../texts/format.ts";
import { ownRequestTexts } from "../texts/request-own.ts";
import { appointmentUrls, journeyUrls, requestUrls } from "../urls.ts";
import { timeAt } from "../visit/words.ts";
import { momentAt } from "./notice.tsx";
import type { OpenedRequest } from "./opened.tsx";
import type { Standing } from "./standing.ts";

/** Where a request stands, in one notice with what to do next. */
export function StandingNotice({
  opened,
  standing,
  away,
}: {
  opened: OpenedRequest;
  standing: Standing;
  /** The special day of an offered place that is not at the office. */
  away: SpecialDayView | undefined;
}) {
  const { language, view } = opened;
  const t = ownRequestTexts(language);
  switch (standing.kind) {
    case "confirmed":
      return (
        <>
          <Notice tone="success" title={t("confirmedTitle")} />
          <ButtonRow>
            <Button href={appointmentUrls.booking(view.bookingId!)(language)}>{t("seeBooking")}</Button>
          </ButtonRow>
        </>
      );
    case "withdrawn":
    case "ended":
      return (
        <>
          <Notice tone="warning">
            <p>{t(`state_${standing.kind}`)}</p>
          </Notice>
          <ButtonRow>
            <Button href={journeyUrls.start()(language)}>{t("askAgain")}</Button>
          </ButtonRow>
        </>
      );
    case "offered":
      return <Offer opened={opened} standing={standing} away={away} />;
    case "in":
    case "waiting":
    case "not_live":
    case "displaced":
    case "given_back":
    case "passed":
      return <Waiting opened={opened} standing={standing} />;
  }
}

type Of<Kind> = Extract<Standing, { readonly kind: Kind }>;

function Offer({
  opened,
  standing,
  away,
}: {
  opened: OpenedRequest;
  standing: Of<"offered">;
  away: SpecialDayView | undefined;
}) {
  const { language, view, network, today } = opened;
  const t = ownRequestTexts(language);
  const { draw, startsAt } = standing;
  const office = network.officeById.get(draw.officeId!)!;
  const place = (
    <p>
      <b>
        {t("offeredText", {
          day: dayInWords(localDateAt(startsAt, office.zone), language, today),
          time: timeAt(startsAt, office, language),
          office: away?.day.venue?.name ?? office.name[language],
        })}
      </b>
    </p>
  );
  if (view.exchanging)
    return (
      <Notice title={t("sharingTitle")}>
        {place}
        <p>{t("exchangingText")}</p>
      </Notice>
    );
  const until = draw.upgradeUntil !== null && draw.upgradeUntil > opened.ctx.now ? draw.upgradeUntil : undefined;
  if (draw.upgrade && until)
    return <Kept opened={opened} place={place} until={momentAt(until, office, language, today)} />;
  const mayWait = until !== undefined && (draw.option ?? 0) > 0 && !away && !view.autoConfirm;
  return (
    <>
      <Notice tone="success" title={t("offeredTitle")}>
        {place}
        {view.autoConfirm && !away ? (
          <p>{t("offeredSoon")}</p>
        ) : (
          <>
            <p>{t("offeredUntil", momentAt(draw.answersBy, office, language, today))}</p>
            <p>{t(away ? "offeredAway" : draw.kind === "short" ? "offeredPasses" : "offeredSilence")}</p>
          </>
        )}
      </Notice>
      {away && <VenueNotice view={away} language={language} today={today} />}
      <Form action={requestUrls.accept(view.id)(language)}>
        <ButtonRow>
          <Button>{t("accept")}</Button>
          <Button tone="secondary" href={requestUrls.decline(view.id)(language)}>
            {t("decline")}
          </Button>
        </ButtonRow>
      </Form>
      {mayWait && (
        <Form action={requestUrls.better(view.id)(language)}>
          <p>{t("betterAsk")}</p>
          <Button tone="secondary">{t("better")}</Button>
        </Form>
      )}
    </>
  );
}

/** She said yes, and waits for one that she would rather have. */
function Kept({
  opened: { language, view },
  place,
  until,
}: {
  opened: OpenedRequest;
  place: ReactNode;
  until: { day: string; time: string };
}) {
  const t = ownRequestTexts(language);
  return (
    <>
      <Notice tone="success" title={t("betterTitle")}>
        {place}
        <p>{t("betterWhen", until)}</p>
        <p>{t("betterThen")}</p>
        <p>{t("betterNothing")}</p>
      </Notice>
      <Form action={requestUrls.accept(view.id)(language)}>
        <ButtonRow>
          <Button tone="secondary">{t("betterNow")}</Button>
          <Button tone="secondary" href={requestUrls.decline(view.id)(language)}>
            {t("decline")}
          </Button>
        </ButtonRow>
      </Form>
    </>
  );
}

function Waiting({
  opened,
  standing,
}: {
  opened: OpenedRequest;
  standing: Of<"in" | "waiting" | "not_live" | "displaced" | "given_back" | "passed">;
}) {
  const { language, view, network, today } = opened;
  const t = ownRequestTexts(language);
  const { kind, next } = standing;
  const office = network.officeById.get(view.wish.offices[0]!)!;
  const moment = next && momentAt(next.at, office, language, today);
  // While a draw runs, that is what there is to say.
  if (next?.locked && moment) return <Told title={t("sharingTitle")} lines={[t("sharingText", moment)]} />;
  const then = moment ? t(kind === "in" ? "inText" : "next", moment) : t("inNone");
  switch (kind) {
    case "in":
      return <Told title={t("inTitle")} lines={moment ? [then, t("inSame")] : [then]} />;
    case "waiting":
      return <Told title={t("waitingTitle")} lines={[t("waitingText"), t("waitingStays"), then, t("waitingWider")]} />;
    case "not_live":
      return (
        <Told
          title={t("identityTitle")}
          lines={[
            t("identityText"),
            t("waitingStays"),
            then,
            t.rich("identityHow", phoneTexts(network.lines.appointments)),
          ]}
        />
      );
    case "displaced":
      return <Told title={t("displacedTitle")} lines={[t("displacedText"), t("displacedFirst"), then]} />;
    case "given_back":
      return <Told title={t("givenBackTitle")} lines={[t("givenBackText"), then]} />;
    case "passed":
      return <Told title={t("passedTitle")} lines={[t("passedText"), t("waitingStays"), then]} />;
  }
}

function Told({ title, lines }: { title: string; lines: readonly ReactNode[] }) {
  return (
    <Notice title={title}>
      {lines.map((line, i) => (
        <p key={i}>{line}</p>
      ))}
    </Notice>
  );
}
