import type { PublishedDraw } from "#modules/allocation/index.ts";
import { DataTable, PageHeading } from "#ui/index.ts";
import type { Seen } from "../public-page.ts";
import type { Page } from "../shell.tsx";
import { drawTexts } from "../texts/draws.ts";
import { dayInWords } from "../texts/format.ts";
import { publicUrls } from "../urls.ts";
import { DrawFiles } from "./files.tsx";
import { drawDay, momentInWords, ZoneHours } from "./hours.tsx";
import { headingOf, StateTag } from "./list.page.tsx";
import { DrawNumbers } from "./numbers.tsx";

/** Where anybody may look a round up, whoever runs the draw: quicknet at one of drand's public relays. */
const DRAND = "https://api.drand.sh/52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971/public";

export interface DrawProps {
  readonly seen: Seen;
  readonly published: PublishedDraw;
  readonly now: Date;
  /** The verifier for a worker of the page. */
  readonly verifier: string | undefined;
}

/** One draw for everybody to see: how it works, when, how many, its files and the check of them. */
export function drawPage(props: DrawProps): Page {
  const { seen, published } = props;
  const { language, network } = seen;
  const { draw } = published;
  const t = drawTexts(language);
  const day = drawDay(draw, language);
  return {
    language,
    title: t("title", { day }),
    description: t("description", { day }),
    address: publicUrls.draw(draw.id),
    back: { href: publicUrls.draws(language), text: t("backList") },
    script: published.result ? "check-draw" : undefined,
    children: (
      <>
        <PageHeading>{t(headingOf(draw), { day })}</PageHeading>
        <p>
          <StateTag language={language} draw={draw} />
        </p>
        <p className="lead">{leadOf(props)}</p>
        <p>{t("days", { from: dayInWords(draw.horizonFrom, language), to: dayInWords(draw.horizonTo, language) })}</p>
        <h2>{t("howTitle")}</h2>
        <ol>
          <li>{t("how1")}</li>
          <li>{t("how2")}</li>
          <li>{t(published.opening.witnesses.length === 0 ? "how3None" : "how3")}</li>
          <li>{t(draw.round === null ? "how4Operator" : "how4")}</li>
          <li>{t("how5")}</li>
          {draw.kind === "short" && <li>{t("how6Short")}</li>}
        </ol>
        <h2>{t("timeTitle")}</h2>
        <Timeline {...props} />
        <ZoneHours
          language={language}
          network={network}
          now={props.now}
          locksAt={draw.locksAt}
          drawsAt={draw.drawsAt}
        />
        <h2>{t("numbersTitle")}</h2>
        <DrawNumbers seen={seen} published={published} />
        <DrawFiles {...props} />
      </>
    ),
  };
}

function leadOf({ seen: { language }, published: { draw, manifest, result }, now }: DrawProps): string {
  const t = drawTexts(language);
  if (draw.state === "void" && draw.kind === "short") return t("lead_void_short");
  // A day on which nothing came back has no list to sign.
  if (draw.state === "void") return t(draw.kind === "daily" && !manifest ? "lead_void_daily" : "lead_void");
  if (draw.state === "open" && draw.kind === "daily") return t("lead_daily");
  if (draw.state === "open" && draw.kind === "short") return t("lead_short");
  if (draw.state === "open") return t(draw.follows === null ? "lead_open" : "lead_waits");
  if (!result) return t("lead_locked", { when: momentInWords(draw.drawsAt, language, now) });
  const all = result.served + result.waiting;
  return all === 0 ? t("lead_empty") : t("lead_drawn", { served: result.served, all });
}

function Timeline({ seen: { language }, published, now }: DrawProps) {
  const t = drawTexts(language);
  const { draw, opening, manifest, witnesses, other } = published;
  const when = (at: Date): string => momentInWords(at, language, now);
  const of = opening.witnesses.length;
  const otherLink = other && (
    <a href={publicUrls.draw(other)(language)}>{t(draw.follows === null ? "secondLink" : "firstLink")}</a>
  );
  return (
    <>
      <DataTable
        id="hours"
        caption={t("timeNote")}
        columns={[{ text: t("colWhat") }, { text: t("colWhen") }]}
        rows={[
          ...(draw.follows === null ? [[t("opens"), when(draw.opensAt)]] : []),
          [t("locks"), when(draw.locksAt)],
          ...(manifest || of === 0
            ? [[t("witnesses"), of === 0 ? t("witnessNone") : t("witnessCount", { count: witnesses.length, of })]]
            : []),
          [
            t("round"),
            draw.round === null ? (
              t("roundOperator")
            ) : (
              <a key="round" href={`${DRAND}/${draw.round}`} rel="noreferrer">
                {t("roundNumber", { round: String(draw.round) })}
              </a>
            ),
          ],
          [t("result"), when(draw.drawsAt)],
          ...(draw.follows === null
            ? [[t(draw.kind === "short" ? "answersShort" : "answers"), when(draw.answersBy)]]
            : []),
        ]}
      />
      {otherLink && <p>{otherLink}</p>}
    </>
  );
}
