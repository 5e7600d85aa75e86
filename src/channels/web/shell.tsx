import type { FastifyReply } from "fastify";
import type { ReactNode } from "react";
import type { LiveSnapshot } from "#modules/schedules/index.ts";
import type { Services } from "#platform/context.ts";
import { Layout, Notice, renderPage, type LinkItem } from "#ui/index.ts";
import type { Assets } from "./assets/assets.ts";
import { makeDocument, sendDocument, type Caching } from "./documents.ts";
import { bold } from "./links.tsx";
import { shellTexts } from "./texts/shell.ts";
import type { Language } from "./texts/texts.ts";
import { helperUrls, appointmentUrls, journeyUrls, publicUrls, type Address } from "./urls.ts";

export interface WebDeps {
  readonly snapshot: LiveSnapshot;
  readonly assets: Assets;
}

/** What every page needs: the machine and the frame. */
export interface Web extends WebDeps {
  readonly services: Services;
  /** The offices are invented: every page says so. */
  readonly demo: boolean;
}

/** What a frame is made of; no database stands behind it, so that it also frames an outage. */
export interface Frame {
  readonly assets: Assets;
  readonly demo?: boolean | undefined;
  readonly publicOrigin?: string | undefined;
}

export interface Page {
  readonly language: Language;
  /** Without the name of the service, which follows it. Starts with the word for error when a form failed. */
  readonly title: string;
  /** This page's own address in each language. */
  readonly address: Address;
  /** Only pages that anybody may read have one; the others stay out of search engines. */
  readonly description?: string | undefined;
  readonly back?: LinkItem | undefined;
  readonly exit?: ReactNode;
  readonly wide?: boolean | undefined;
  /** Without script the page fetches itself again after so many seconds. */
  readonly refreshSeconds?: number | undefined;
  /** One of `src/client`, which adds to a page that is whole without it. */
  readonly script?: string | undefined;
  /** The page's facts for search engines, in the words of schema.org. */
  readonly structured?: object | undefined;
  readonly children: ReactNode;
}

/** One page in the frame of the site, as a whole document. */
export function pageDocument(frame: Frame, page: Page): string {
  const { language, title, address, description, structured, script, children, ...more } = page;
  const t = shellTexts(language);
  const other: Language = language === "es" ? "en" : "es";
  const name = t("serviceName");
  const link = (text: Parameters<typeof t>[0], to: Address): LinkItem => ({ href: to(language), text: t(text) });
  return renderPage(
    <Layout
      {...more}
      lang={language}
      title={`${title} · ${name}`}
      description={description}
      hideFromSearch={description === undefined}
      styleHref={frame.assets.css}
      iconHref={frame.assets.icon}
      scriptHref={script && frame.assets.scripts?.[script]}
      skipText={t("skip")}
      brand={{ href: publicUrls.home(language), text: name }}
      language={{ href: address(other), text: t("otherLanguage"), lang: other }}
      navigation={{
        label: t("navigation"),
        links: [
          link("book", journeyUrls.start()),
          link("myAppointment", appointmentUrls.open),
          link("offices", publicUrls.offices),
          link("services", publicUrls.services),
        ],
      }}
      banner={
        frame.demo && (
          <Notice tone="warning">
            <p>{t.rich("demo", { b: bold })}</p>
          </Notice>
        )
      }
      footer={{
        label: t("footer"),
        emergency: link("emergency", publicUrls.emergency),
        links: [
          link("specialDays", publicUrls.specialDays),
          link("draws", publicUrls.draws),
          link("privacy", publicUrls.privacy),
          link("isOfficial", publicUrls.official),
          link("helpers", helperUrls.desk),
          link("offices", publicUrls.offices),
          link("services", publicUrls.services),
        ],
        note: (
          <>
            <p>{t("official")}</p>
            {frame.publicOrigin && <p>{t("officialAddress", { address: hostOf(frame.publicOrigin) })}</p>}
          </>
        ),
      }}
    >
      {description !== undefined && frame.publicOrigin && <Preview origin={frame.publicOrigin} page={page} />}
      {children}
      {structured && <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: asData(structured) }} />}
    </Layout>,
  );
}

/** React moves these to the head: one canonical address, the other language, and what a shared link shows. */
function Preview({ origin, page: { language, title, address } }: { origin: string; page: Page }) {
  const t = shellTexts(language);
  const canonical = origin + address(language);
  return (
    <>
      <link rel="canonical" href={canonical} />
      <link rel="alternate" hrefLang="es" href={origin + address("es")} />
      <link rel="alternate" hrefLang="en" href={origin + address("en")} />
      <meta property="og:type" content="website" />
      <meta property="og:url" content={canonical} />
      <meta property="og:site_name" content={t("serviceName")} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={t("preview")} />
    </>
  );
}

/** Data, which no browser runs; no text of it may end the element. */
function asData(structured: object): string {
  return JSON.stringify(structured).replaceAll("<", "\\u003c");
}

function hostOf(origin: string): string {
  return new URL(origin).host;
}

export interface SendOptions {
  readonly status?: number | undefined;
  /** `public` only for pages that are the same for everybody; everything else must not be kept. */
  readonly cache?: Caching | undefined;
}

/** Sends one page made for this request, compressed if the browser takes it. */
export function sendPage(
  web: Web,
  reply: FastifyReply,
  page: Page,
  { status = 200, cache = "none" }: SendOptions = {},
): Promise<FastifyReply> {
  return sendDocument(reply.code(status), makeDocument(pageDocument(frameOf(web), page)), cache);
}

export function frameOf(web: Web): Frame {
  return { assets: web.assets, demo: web.demo, publicOrigin: web.services.publicOrigin };
}
