import type { ReactNode } from "react";
import type { Office } from "#modules/offices/index.ts";
import { HALL_RULE } from "#modules/visits/index.ts";
import { renderPage, TurnPictures } from "#ui/index.ts";
import { EnrolForm } from "./enrol-form.tsx";
import type { Web } from "../shell.tsx";
import { hallTexts } from "../texts/hall.ts";
import { LOCALES, type Language } from "../texts/texts.ts";
import { hallUrls } from "../urls.ts";

/** All of the site that the screen of a hall needs. */
export type HallFrame = Pick<Web, "services" | "assets">;

/** The first language stands before the other one comes: the page's own. */
const FIRST: Language = "es";

/**
 * The page of a hall's screen: its words in both languages and empty boxes, which src/client/hall.ts fills. It holds no
 * board, so that it can be kept on the screen and opened without a network.
 */
export function hallPage(web: HallFrame, office: Office): string {
  const t = hallTexts(FIRST);
  return page(
    web,
    <>
      <TurnPictures />
      <main
        id="hall"
        className="board"
        data-events={hallUrls.events}
        data-worker={hallUrls.worker}
        data-zone={office.zone}
        data-office={JSON.stringify(office.name)}
        data-words={JSON.stringify(words())}
        data-locales={JSON.stringify(LOCALES)}
      >
        <noscript>
          <p className="alone">{t("noScript")}</p>
        </noscript>
      </main>
    </>,
    "hall",
  );
}

/** For a browser that nobody enrolled: it asks for the code that the console gave. */
export function enrolPage(web: HallFrame, wrong: boolean): string {
  const [t, other] = [hallTexts(FIRST), hallTexts("en")];
  return page(
    web,
    <main className="board start">
      <h1>{t("notEnrolledTitle")}</h1>
      <p>{t("notEnrolled")}</p>
      <p lang="en">
        {other("notEnrolledTitle")}. {other("notEnrolled")}
      </p>
      <EnrolForm
        action={hallUrls.page}
        words={{ code: t("code"), enrol: t("enrol"), wrongCode: t("wrongCode") }}
        wrong={wrong}
        className={{ wrong: "offline" }}
      />
    </main>,
  );
}

function page({ assets }: HallFrame, children: ReactNode, script?: string): string {
  const scriptHref = script && assets.scripts?.[script];
  return renderPage(
    <html lang={FIRST} data-theme="dark">
      <head>
        <meta charSet="utf-8" />
        <title>{hallTexts(FIRST)("title")}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="stylesheet" href={assets.hallCss} />
        {assets.icon && <link rel="icon" href={assets.icon} type="image/svg+xml" />}
        {scriptHref && <script src={scriptHref} defer />}
      </head>
      <body>{children}</body>
    </html>,
  );
}

/** Every word of both languages; `{count}` and its like are filled in on the screen. */
function words(): Readonly<Record<Language, Readonly<Record<string, string>>>> {
  const { es, en } = hallTexts.catalogues;
  const minutes = HALL_RULE.openMinutes;
  return {
    es: { ...es, rule: hallTexts("es")("rule", { minutes }) },
    en: { ...en, rule: hallTexts("en")("rule", { minutes }) },
  };
}
