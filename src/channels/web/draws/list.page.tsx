import type { PublicDraw } from "#modules/allocation/index.ts";
import { isWeekly } from "#modules/schedules/index.ts";
import type { Releases } from "#channels/common/release-calendar.ts";
import { DataTable, Details, LinkList, Notice, PageHeading, Tag } from "#ui/index.ts";
import { linkTo } from "../links.tsx";
import type { Seen } from "../public-page.ts";
import type { Page } from "../shell.tsx";
import { drawTexts } from "../texts/draws.ts";
import { fileUrls, publicUrls } from "../urls.ts";
import { drawDay, momentInWords, ZoneHours } from "./hours.tsx";

/** Earlier draws on one page, second rounds included; older ones stand in the open data. */
const MOST_PAST = 24;
/** Short draws on it: those of a day, where something was given out in most hours. */
const MOST_SHORT = 12;

interface ListProps {
  readonly seen: Seen;
  readonly draws: readonly PublicDraw[];
  readonly releases: Releases;
  readonly now: Date;
}

/** Every draw: what is open, what comes, what was. */
export function drawListPage(props: ListProps): Page {
  const { language } = props.seen;
  const t = drawTexts(language);
  const past = props.draws.filter(({ state, kind }) => state !== "open" && kind !== "short");
  return {
    language,
    title: t("listTitle"),
    description: t("listDescription"),
    address: publicUrls.draws,
    children: (
      <>
        <PageHeading>{t("listHeading")}</PageHeading>
        <p className="lead">{t("listLead")}</p>
        <p>{t("listSame")}</p>
        <OpenNow {...props} />
        <Coming {...props} />
        <Offices {...props} />
        {past.length === 0 ? (
          <>
            <h2>{t("past")}</h2>
            <p>{t("pastNone")}</p>
          </>
        ) : (
          <Past {...props} past={past} />
        )}
        <Short {...props} />
      </>
    ),
  };
}

function OpenNow({ seen: { language, network }, releases, now }: ListProps) {
  const t = drawTexts(language);
  const open = releases.draws.find(({ id, first }) => id !== undefined && first.opensAt <= now && now < first.locksAt);
  return (
    <>
      <h2>{t("openNow")}</h2>
      {open === undefined ? (
        <p>{t("openNone")}</p>
      ) : (
        <Notice
          tone="success"
          titleAs="h3"
          title={
            <a href={publicUrls.draw(open.id!)(language)}>
              {t(open.key === open.id ? "headingDemo" : "heading", { day: drawDay(open.first, language) })}
            </a>
          }
        >
          <p>
            {t("locks")}: <b>{momentInWords(open.first.locksAt, language, now)}</b>
            <br />
            {t("result")}: {momentInWords(open.first.drawsAt, language, now)}
          </p>
          <p>
            <small>{t("timeNote")}</small>
          </p>
          <ZoneHours
            language={language}
            network={network}
            now={now}
            locksAt={open.first.locksAt}
            drawsAt={open.first.drawsAt}
          />
        </Notice>
      )}
    </>
  );
}

function Coming({ seen: { language }, releases, now }: ListProps) {
  const t = drawTexts(language);
  const coming = releases.draws.filter(({ first }) => first.opensAt > now);
  if (coming.length === 0) return null;
  return (
    <>
      <DataTable
        id="coming"
        caption={t("coming")}
        columns={[{ text: t("colDraw") }, { text: t("colOpens") }, { text: t("colResult") }]}
        rows={coming.map(({ first }) => [
          drawDay(first, language),
          t("fromTo", {
            from: momentInWords(first.opensAt, language, now),
            to: momentInWords(first.locksAt, language, now),
          }),
          momentInWords(first.drawsAt, language, now),
        ])}
      />
      <p>
        <a href={fileUrls.networkCalendar(language)}>{t("calendarFile")}</a> <small>{t("timeNote")}</small>
      </p>
    </>
  );
}

function Offices({ seen: { language, network }, releases }: ListProps) {
  const t = drawTexts(language);
  const offices = network.offices.filter(({ id }) => [...(releases.drawn.get(id)?.values() ?? [])].some(isWeekly));
  return (
    <>
      <h2>{t("offices")}</h2>
      {offices.length === 0 ? (
        <p>{t("nowhere")}</p>
      ) : (
        <LinkList
          links={offices.map((office) => ({
            href: publicUrls.office(office.id)(language),
            text: office.shortName[language],
          }))}
        />
      )}
    </>
  );
}

function Past({ seen: { language }, past, now }: ListProps & { readonly past: readonly PublicDraw[] }) {
  const t = drawTexts(language);
  return (
    <>
      <DataTable
        id="past"
        caption={t("past")}
        columns={[{ text: t("colDraw") }, { text: t("colResult") }]}
        rows={past.slice(0, MOST_PAST).map((draw) => [
          <>
            <a href={publicUrls.draw(draw.id)(language)}>{t(headingOf(draw), { day: drawDay(draw, language) })}</a>
            <br />
            <StateTag language={language} draw={draw} />
          </>,
          momentInWords(draw.drawsAt, language, now),
        ])}
      />
      {past.length > MOST_PAST && <p>{t.rich("pastMore", { a: linkTo("/open/v1/draws") })}</p>}
    </>
  );
}

/** There may be one each hour: only those that have a result, and only the latest. */
function Short({ seen: { language }, draws, now }: ListProps) {
  const t = drawTexts(language);
  const short = draws.filter(({ kind, state }) => kind === "short" && (state === "drawn" || state === "settled"));
  if (short.length === 0) return null;
  return (
    <Details summary={t("short")}>
      <p>{t("shortNote")}</p>
      <LinkList
        links={short.slice(0, MOST_SHORT).map((draw) => ({
          href: publicUrls.draw(draw.id)(language),
          text: momentInWords(draw.drawsAt, language, now),
        }))}
      />
      <p>{t.rich("pastMore", { a: linkTo("/open/v1/draws") })}</p>
    </Details>
  );
}

const HEADINGS = {
  weekly: "heading",
  second: "headingSecond",
  daily: "headingDaily",
  short: "headingShort",
  demo: "headingDemo",
} as const satisfies Record<PublicDraw["kind"], string>;

export function headingOf({ kind }: Pick<PublicDraw, "kind">): (typeof HEADINGS)[keyof typeof HEADINGS] {
  return HEADINGS[kind];
}

/** A second round is announced with the first and takes no requests of its own. */
export function StateTag({
  language,
  draw,
}: Pick<Seen, "language"> & { readonly draw: Pick<PublicDraw, "state" | "follows" | "kind"> }) {
  const waits = draw.state === "open" && (draw.follows !== null || draw.kind === "daily" || draw.kind === "short");
  const tone = draw.state === "void" ? "warning" : draw.state === "open" && !waits ? "success" : "info";
  return <Tag tone={tone}>{drawTexts(language)(waits ? "state_waits" : `state_${draw.state}`)}</Tag>;
}
