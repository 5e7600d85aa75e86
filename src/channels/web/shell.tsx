import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { FastifyReply } from "fastify";
import type { ReactNode } from "react";
import type { LiveSnapshot } from "#modules/schedules/index.ts";
import type { Services } from "#platform/context.ts";
import { Layout, Notice, renderPage, type LinkItem } from "#ui/index.ts";
import { shellTexts } from "./texts/shell.ts";
import type { Language } from "./texts/texts.ts";
import { appointmentUrls, fileUrls, journeyUrls, publicUrls, type Address } from "./urls.ts";

export interface WebDeps {
  readonly snapshot: LiveSnapshot;
  readonly assets: { readonly css: string };
  readonly serviceName: Readonly<Record<Language, string>>;
  /** Invented offices and appointments: every page says so. */
  readonly demo?: boolean | undefined;
}

/** What every page needs: the machine and the frame. */
export interface Web extends WebDeps {
  readonly services: Services;
}

/** What a frame is made of; no database stands behind it, so that it also frames an outage. */
export type Frame = Pick<WebDeps, "assets" | "serviceName" | "demo"> & { readonly publicOrigin: string };

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
  readonly children: ReactNode;
}

/** One page in the frame of the site, as a whole document. */
export function pageDocument(frame: Frame, page: Page): string {
  const { language, title, address, description, children, ...more } = page;
  const t = shellTexts(language);
  const other: Language = language === "es" ? "en" : "es";
  const name = frame.serviceName[language];
  const link = (text: Parameters<typeof t>[0], to: Address): LinkItem => ({ href: to(language), text: t(text) });
  return renderPage(
    <Layout
      {...more}
      lang={language}
      title={`${title} · ${name}`}
      description={description}
      hideFromSearch={description === undefined}
      styleHref={frame.assets.css}
      iconHref={fileUrls.icon}
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
          <Notice tone="warning" title={t("demoTitle")} titleAs="p">
            <p>{t("demoText")}</p>
          </Notice>
        )
      }
      footer={{
        label: t("footer"),
        emergency: link("emergency", publicUrls.emergency),
        links: [link("privacy", publicUrls.privacy), link("offices", publicUrls.offices), link("services", publicUrls.services)],
        note: (
          <>
            <p>{t("official")}</p>
            <p>{t("officialAddress", { address: hostOf(frame.publicOrigin) })}</p>
          </>
        ),
      }}
    >
      {description !== undefined && <Preview frame={frame} page={page} />}
      {children}
    </Layout>,
  );
}

/** React moves these to the head: one canonical address, the other language, and what a shared link shows. */
function Preview({ frame, page: { language, title, address } }: { frame: Frame; page: Page }) {
  const canonical = frame.publicOrigin + address(language);
  return (
    <>
      <link rel="canonical" href={canonical} />
      <link rel="alternate" hrefLang="es" href={frame.publicOrigin + address("es")} />
      <link rel="alternate" hrefLang="en" href={frame.publicOrigin + address("en")} />
      <meta property="og:type" content="website" />
      <meta property="og:url" content={canonical} />
      <meta property="og:site_name" content={frame.serviceName[language]} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={shellTexts(language)("preview")} />
    </>
  );
}

function hostOf(origin: string): string {
  return new URL(origin).host;
}

export interface SendOptions {
  readonly status?: number | undefined;
  /** `public` only for pages that are the same for everybody; everything else must not be kept. */
  readonly cache?: "public" | "none" | undefined;
}

/** How long a page that everybody sees alike may be kept: as long as the picture of the places stands. */
const PUBLIC_CACHE = "public, max-age=60";
/** Below this size the compressed form is no smaller on the wire. */
const WORTH_COMPRESSING_BYTES = 600;
/** Pages are made for each request: higher costs more time than it saves. */
const BROTLI_QUALITY = 4;

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Sends a page, compressed if the browser takes it. Public pages carry an ETag and answer 304. */
export async function sendPage(web: Web, reply: FastifyReply, page: Page, { status = 200, cache = "none" }: SendOptions = {}): Promise<FastifyReply> {
  const document = pageDocument({ ...web, publicOrigin: web.services.publicOrigin }, page);
  reply.code(status).type("text/html; charset=utf-8").header("content-language", page.language).header("vary", "accept-encoding");
  reply.header("cache-control", cache === "public" ? PUBLIC_CACHE : "no-store");
  if (cache === "public") {
    // Weak: the same page, whichever encoding it travels in.
    const etag = `W/"${createHash("sha256").update(document).digest("base64url").slice(0, 22)}"`;
    reply.header("etag", etag);
    if (reply.request.headers["if-none-match"]?.includes(etag)) return reply.code(304).send();
  }
  const accepted = reply.request.headers["accept-encoding"] ?? "";
  const body = Buffer.from(document);
  if (body.length < WORTH_COMPRESSING_BYTES) return reply.send(body);
  if (/\bbr\b(?!;q=0(\.0+)?\b)/.test(accepted)) {
    reply.header("content-encoding", "br");
    return reply.send(await compressBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }));
  }
  if (/\bgzip\b(?!;q=0(\.0+)?\b)/.test(accepted)) {
    reply.header("content-encoding", "gzip");
    return reply.send(await compressGzip(body));
  }
  return reply.send(body);
}
