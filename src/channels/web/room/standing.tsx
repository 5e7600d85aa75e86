import type { ReactNode } from "react";
import { localDateAt } from "#kernel/time.ts";
import { ROOM_HOLD_MS, type Place } from "#modules/room/index.ts";
import { nextReleaseTick } from "#modules/schedules/index.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { Button, ButtonRow, Details, Notice, PageHeading } from "#ui/index.ts";
import { linkTo, phoneTexts } from "../links.tsx";
import { dayInWords } from "../texts/format.ts";
import { roomTexts } from "../texts/room.ts";
import { journeyUrls, publicUrls, roomUrls, withQuery } from "../urls.ts";
import { show, type Answer } from "../visit/visit.tsx";
import { timeAt } from "../visit/words.ts";
import type { InLine } from "./line.tsx";
import { hourOf } from "./notice.tsx";

interface Told {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

/** Whoever holds a ticket is told where she stands and what to do, never how many are before her. */
export function standingPage(visit: InLine, place: Place, paused: boolean): Answer {
  const { standing } = place;
  const { title, lead, children } = tell(visit, place, paused);
  const looks = "pollSeconds" in standing && !paused;
  return show(visit, {
    title,
    address: roomUrls.room(visit.room.id),
    ...(looks && { refreshSeconds: standing.pollSeconds, script: "waiting-room" }),
    children: (
      <>
        <PageHeading lead={lead}>{title}</PageHeading>
        {looks && <Looks visit={visit} place={place} seconds={standing.pollSeconds} />}
        {children}
      </>
    ),
  });
}

function tell(visit: InLine, place: Place, paused: boolean): Told {
  const { language, room, office, ctx } = visit;
  const t = roomTexts(language);
  switch (place.standing.state) {
    case "before":
      return {
        title: t("inTitle"),
        lead: t("inLead", { office: office.name[language], ...hourOf(room, office, language, ctx.now) }),
        children: (
          <>
            <ul>
              <li>{t("in1")}</li>
              <li>{t("in2")}</li>
              <li>{t("in4")}</li>
              <li>{t("in3")}</li>
            </ul>
            <Refresh visit={visit} paused={paused} />
          </>
        ),
      };
    case "drawing":
      return {
        title: t("drawingTitle"),
        lead: t(place.late ? "lateLead" : "drawingLead"),
        children: <Refresh visit={visit} paused={paused} />,
      };
    case "waiting":
      return {
        title: t("waitingTitle"),
        lead: t(`chance_${place.chance ?? "possible"}`),
        children: (
          <>
            {place.placesLeft === "none" && <p>{t("taken")}</p>}
            <p>{t("keeps")}</p>
            <p>{t("until", { time: timeAt(new Date(place.room.closesAt), office, language) })}</p>
            <Refresh visit={visit} paused={paused} />
            <Details summary={t("otherWays")}>
              <NextWays visit={visit} />
            </Details>
          </>
        ),
      };
    case "admitted":
      return place.turnTaken ? afterTurn(visit) : turn(visit);
    case "over":
      return holdOf(visit) !== undefined
        ? afterTurn(visit)
        : { title: t("overTitle"), lead: t("overLead"), children: <NextWays visit={visit} /> };
  }
}

function turn({ language, room, office }: InLine): Told {
  const t = roomTexts(language);
  return {
    title: t("turnTitle"),
    lead: t("turnLead", { minutes: ROOM_HOLD_MS / MINUTE_MS }),
    children: (
      <>
        <ButtonRow>
          <Button href={roomUrls.time(room.id)(language)}>{t("turnButton")}</Button>
        </ButtonRow>
        <p>{t("turnOnce")}</p>
        <p>{t("until", { time: timeAt(new Date(room.closesAt), office, language) })}</p>
      </>
    ),
  };
}

/** Her turn is used: she still keeps an hour, or she is shown how to go on. */
function afterTurn(visit: InLine): Told {
  const { language } = visit;
  const t = roomTexts(language);
  if (holdOf(visit) === undefined)
    return { title: t("usedTitle"), lead: t("usedLead"), children: <NextWays visit={visit} /> };
  return {
    title: t("heldTitle"),
    lead: t("heldText"),
    children: (
      <ButtonRow>
        <Button href={journeyUrls.review(language)}>{t("heldButton")}</Button>
      </ButtonRow>
    ),
  };
}

function holdOf({ draft, ctx, room }: InLine): object | undefined {
  const { hold } = draft;
  return hold !== undefined && hold.officeId === room.officeId && new Date(hold.heldUntil) > ctx.now ? hold : undefined;
}

/** What the script looks at: the document that is the same for all, and this page's own rank. Without script the page comes again by itself. */
function Looks({ visit: { room }, place, seconds }: { visit: InLine; place: Place; seconds: number }) {
  return (
    <div
      hidden
      data-looks={roomUrls.status(room.id)}
      data-seconds={seconds}
      data-rank={place.rank}
      data-closes={place.room.closesAt}
    />
  );
}

function Refresh({ visit: { language, room }, paused }: { visit: InLine; paused: boolean }) {
  const t = roomTexts(language);
  const here = roomUrls.room(room.id)(language);
  return (
    <>
      <ButtonRow>
        <Button tone="secondary" href={here}>
          {t("refresh")}
        </Button>
      </ButtonRow>
      <noscript>
        <p className="hint">
          <a href={paused ? here : withQuery(here, { pausa: 1 })}>{t(paused ? "paused" : "pause")}</a>
        </p>
      </noscript>
    </>
  );
}

/** No end is a dead end: days that are left, other offices, the next tick, and somebody to call. */
export function NextWays({ visit }: { visit: InLine }) {
  const { language, office, ctx, network, session, draft } = visit;
  const t = roomTexts(language);
  const tick = nextReleaseTick(ctx.now);
  const today = localDateAt(ctx.now, office.zone);
  const day = dayInWords(localDateAt(tick, office.zone), language, today);
  const inJourney = session !== undefined && draft.people !== undefined;
  const days = inJourney ? journeyUrls.day(language) : publicUrls.office(office.id)(language);
  const others = inJourney ? journeyUrls.place(language) : publicUrls.offices(language);
  return (
    <>
      <ul>
        <li>{t.rich("nextDay", { a: linkTo(days) })}</li>
        <li>{t.rich("nextPlace", { a: linkTo(others) })}</li>
        <li>{t("nextTick", { day, time: timeAt(tick, office, language) })}</li>
        <li>{t.rich("nextCall", phoneTexts(network.lines.appointments))}</li>
      </ul>
      {inJourney && (
        <Notice>
          <p>{t("nextLost")}</p>
        </Notice>
      )}
    </>
  );
}
