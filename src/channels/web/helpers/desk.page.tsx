import { localDateAt, MINUTE_MS } from "#kernel/time.ts";
import { COUNTED_DAYS, getOwnPage, type OwnPage } from "#modules/helpers/index.ts";
import { MIDDLE_ZONE } from "#modules/offices/index.ts";
import { Button, ButtonRow, DataTable, Form, Notice, PageHeading, SummaryList } from "#ui/index.ts";
import { dateInWords } from "../texts/format.ts";
import { helperTexts } from "../texts/helpers.ts";
import type { Language } from "../texts/texts.ts";
import { helperUrls, journeyUrls } from "../urls.ts";
import { show, type Answer, type Route } from "../visit/visit.tsx";
import type { AtDesk } from "./helpers.ts";

/** A helper's own page: start, what is left, what it may be proud of, where it is signed in. Nobody it helped stands on it. */
export const deskPage: Route<AtDesk> = {
  path: "/ayudantes",
  async get(visit): Answer {
    const { ctx, helper, language } = visit;
    const t = helperTexts(language);
    const own = await getOwnPage(ctx, helper);
    return show(visit, {
      title: t("deskTitle"),
      address: helperUrls.desk,
      children: (
        <>
          <PageHeading lead={t("left", { left: own.left })}>{t("deskTitle")}</PageHeading>
          <p>{t("leftHint", { today: own.today, allowance: own.allowance, days: COUNTED_DAYS })}</p>
          <p className="hint">{t("grows")}</p>
          {own.help ? (
            <Notice tone="info" title={t("goingTitle")}>
              <p>
                {t("goingText", { minutes: Math.ceil((own.help.until.getTime() - ctx.now.getTime()) / MINUTE_MS) })}
              </p>
              <ButtonRow>
                <Button href={journeyUrls.start()(language)}>{t("goOn")}</Button>
              </ButtonRow>
            </Notice>
          ) : (
            <ButtonRow>
              <Button href={helperUrls.help(language)}>{t("start")}</Button>
            </ButtonRow>
          )}
          <FiguresOf own={own} language={language} />
          <Sessions own={own} language={language} />
          <Form action={helperUrls.leave(language)}>
            <Button tone="secondary">{t("leave")}</Button>
          </Form>
        </>
      ),
    });
  },
};

function FiguresOf({ own: { figures }, language }: { own: OwnPage; language: Language }) {
  const t = helperTexts(language);
  const { persons, kept, keptShare, languages } = figures;
  return (
    <>
      <h2>{t("figuresTitle")}</h2>
      {persons === 0 ? (
        <p>{t("noFigures")}</p>
      ) : (
        <SummaryList
          rows={[
            { key: t("persons"), value: persons, strong: true },
            { key: t("kept"), value: kept ?? t("few") },
            { key: t("share"), value: keptShare === null ? t("few") : t("aboutShare", { share: keptShare }) },
          ]}
        />
      )}
      {languages.length > 0 && (
        <DataTable
          id="lenguas"
          caption={t("languagesTitle")}
          columns={[{ text: t("language") }, { text: t("helps"), numeric: true }]}
          rows={languages.map((one) => [t(`lang_${one.language}`), one.entries ?? t("few")])}
        />
      )}
      <p className="hint">{t("figuresHint")}</p>
    </>
  );
}

function Sessions({ own: { sessions }, language }: { own: OwnPage; language: Language }) {
  const t = helperTexts(language);
  const state = ({ mine, endedAt }: OwnPage["sessions"][number]) =>
    mine ? t("sessionMine") : endedAt === null ? t("sessionOpen") : t("sessionEnded");
  return (
    <>
      <DataTable
        id="sesiones"
        caption={t("sessionsTitle")}
        columns={[{ text: t("session") }, { text: t("sessionState") }]}
        rows={sessions.map((one) => [dateInWords(localDateAt(one.since, MIDDLE_ZONE), language), state(one)])}
      />
      {sessions.some(({ mine, endedAt }) => !mine && endedAt === null) && (
        <Form action={helperUrls.others(language)}>
          <Button tone="secondary">{t("endOthers")}</Button>
        </Form>
      )}
    </>
  );
}
