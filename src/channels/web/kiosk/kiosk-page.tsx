import type { ReactNode } from "react";
import type { Office } from "#modules/offices/index.ts";
import type { DoorAnswer } from "#modules/visits/index.ts";
import { ReadAloud, renderPage, TurnPicture } from "#ui/index.ts";
import { EnrolForm } from "../hall/enrol-form.tsx";
import type { HallFrame } from "../hall/hall-page.tsx";
import { hallTexts } from "../texts/hall.ts";
import { kioskTexts } from "../texts/kiosk.ts";
import { visitTexts } from "../texts/visit.ts";
import type { Language } from "../texts/texts.ts";
import { kioskUrls } from "../urls.ts";
import { hourAt } from "../visit/words.ts";

/** After so many seconds without a touch the next family finds the first page. Issue: 30. */
const IDLE_SECONDS = 30;
/** The characters of a folio: no letter that looks like a digit. */
const KEYS = [..."1234567890", ..."ABCDEFGHJK", ..."MNPQRSTVWXYZ"];

/** Asks for a code or a folio, and one question. */
export function startPage(frame: HallFrame, language: Language, office: Office, mistyped?: string): string {
  const t = kioskTexts(language);
  return page(
    frame,
    language,
    <>
      <Top language={language} office={office} />
      <h1>{t("title")}</h1>
      <p className="lead">{t("lead")}</p>
      <p className="camera" hidden>
        <video muted playsInline aria-hidden="true" />
        {t("camera")}
      </p>
      <form method="post" action={kioskUrls.arrive(language)}>
        <label htmlFor="folio">{t("folio")}</label>
        {mistyped !== undefined && (
          <p id="wrong" className="wrong" role="alert">
            {t("mistyped")}
          </p>
        )}
        <input
          id="folio"
          name="folio"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={400}
          defaultValue={mistyped}
          aria-invalid={mistyped === undefined ? undefined : true}
          aria-describedby={mistyped === undefined ? undefined : "wrong"}
        />
        <div className="keys" hidden>
          {KEYS.map((key) => (
            <button key={key} type="button" data-key={key}>
              {key}
            </button>
          ))}
          <button type="button" data-key="" className="erase">
            {t("erase")}
          </button>
        </div>
        <label className="need">
          <input type="checkbox" name="sinescalones" value="si" /> {t("stepFree")}
        </label>
        <button className="send">{t("send")}</button>
      </form>
      <p className="walk-in">{t("walkIn")}</p>
    </>,
  );
}

/** What came of it, until it is over or somebody touches it away. */
export function toldPage(frame: HallFrame, language: Language, office: Office, told: DoorAnswer): string {
  const t = kioskTexts(language);
  const { verdict, turn, from } = told;
  const isDone = verdict === "inside" && turn === null;
  return page(
    frame,
    language,
    <>
      <Top language={language} office={office} />
      <section className={`told ${verdict}`}>
        <h1>{t(`${verdict}_title`)}</h1>
        {turn && (
          <>
            <p className="code" aria-hidden="true">
              <TurnPicture name={turn.picture} /> {turn.number}
            </p>
            <p>{t("turn", { picture: hallTexts(language)(`picture_${turn.picture}`), number: turn.number })}</p>
          </>
        )}
        <p>
          {isDone
            ? t("inside_done")
            : t(verdict, verdict === "later" ? { time: hourAt(from!, office, language) } : undefined)}
        </p>
        {told.stepFree && verdict === "pass" && <p>{t("pass_stepFree")}</p>}
        {turn && <Paper language={language} />}
      </section>
      <Again language={language} />
    </>,
    t(`${verdict}_title`),
  );
}

export function busyPage(frame: HallFrame, language: Language, office: Office): string {
  const t = kioskTexts(language);
  return page(
    frame,
    language,
    <>
      <Top language={language} office={office} />
      <section className="told wait">
        <h1>{t("busy_title")}</h1>
        <p>{t("busy")}</p>
      </section>
      <Again language={language} />
    </>,
    t("busy_title"),
  );
}

/** For a browser that nobody enrolled. */
export function kioskEnrolPage(frame: HallFrame, language: Language, wrong: boolean): string {
  const t = kioskTexts(language);
  return page(
    frame,
    language,
    <>
      <h1>{t("notEnrolledTitle")}</h1>
      <p className="lead">{t("notEnrolled")}</p>
      <EnrolForm
        action={kioskUrls.page(language)}
        words={{ code: t("code"), enrol: t("enrol"), wrongCode: t("wrongCode") }}
        wrong={wrong}
        className={{ wrong: "wrong", send: "send" }}
      />
    </>,
  );
}

function Top({ language, office }: { language: Language; office: Office }) {
  const t = kioskTexts(language);
  const aloud = visitTexts(language);
  const other: Language = language === "es" ? "en" : "es";
  return (
    <header className="kiosk-top">
      <p>{office.name[language]}</p>
      <ReadAloud
        listen={aloud("aloudListen")}
        pause={aloud("aloudPause")}
        resume={aloud("aloudResume")}
        stop={aloud("aloudStop")}
      />
      <a className="key" href={kioskUrls.page(other)} lang={other} hrefLang={other}>
        {t("other")}
      </a>
    </header>
  );
}

/** For whoever has no telephone or forgets: the turn on paper, with what comes next. Without script nothing prints itself. */
function Paper({ language }: { language: Language }) {
  const t = kioskTexts(language);
  return (
    <>
      <section className="on-paper">
        <h2>{t("paperNext")}</h2>
        <ol>
          <li>{t("paperWatch")}</li>
          <li>{t("paperGo")}</li>
          <li>{t("paperKeep")}</li>
        </ol>
      </section>
      <p className="print" hidden>
        <button type="button">{t("paperPrint")}</button>
      </p>
    </>
  );
}

function Again({ language }: { language: Language }) {
  const t = kioskTexts(language);
  return (
    <>
      <p>
        <a className="key send" href={kioskUrls.page("es")}>
          {t("again")}
        </a>
      </p>
      <p className="soft">{t("seconds", { seconds: IDLE_SECONDS })}</p>
    </>
  );
}

/** `told`: what the page answers. Without script an answer goes away by itself all the same: the next family must not read it. */
function page({ assets }: HallFrame, language: Language, children: ReactNode, told?: string): string {
  const scriptHref = assets.scripts?.["kiosk"];
  return renderPage(
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <title>{told ?? kioskTexts(language)("title")}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        {told !== undefined && (
          <noscript>
            <meta httpEquiv="refresh" content={`${IDLE_SECONDS}; url=${kioskUrls.page("es")}`} />
          </noscript>
        )}
        <link rel="stylesheet" href={assets.kioskCss} />
        {assets.icon && <link rel="icon" href={assets.icon} type="image/svg+xml" />}
        {scriptHref && <script src={scriptHref} defer />}
      </head>
      <body>
        <main className="kiosk" data-start={kioskUrls.page("es")} data-idle={IDLE_SECONDS}>
          {children}
        </main>
      </body>
    </html>,
  );
}
