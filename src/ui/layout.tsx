import type { ReactNode } from "react";
import type { LinkItem } from "./links.ts";
import { Mark } from "./mark.tsx";
import { Pictogram } from "./pictogram.tsx";

export interface LayoutProps {
  lang: string;
  /** Shown in the tab: the page first, then the service; on a failed form it starts with the word for error. */
  title: string;
  description?: string | undefined;
  styleHref: string;
  /** `icon.svg` of this folder, wherever the build serves it. */
  iconHref?: string | undefined;
  /** A small script that adds to the page, which is whole without it. */
  scriptHref?: string | undefined;
  /** Pages about a person or a booking stay out of search engines. */
  hideFromSearch?: boolean | undefined;
  skipText: string;
  brand: LinkItem;
  /** The same page in the other language, in the words of that language. */
  language: LinkItem & { lang: string };
  navigation?: { label: string; links: readonly LinkItem[] } | undefined;
  /** A way out for someone who is watched; see `QuickExit`. */
  exit?: ReactNode;
  back?: LinkItem | undefined;
  /** What concerns every visitor today: a closure, the demo world. Stands above the page. */
  banner?: ReactNode;
  footer: { label: string; links: readonly LinkItem[]; emergency?: LinkItem | undefined; note?: ReactNode };
  /** Without script the page fetches itself again after so many seconds; the page offers a way to turn that off. */
  refreshSeconds?: number | undefined;
  /** Lists and tables may use the whole width; questions and reading may not. */
  wide?: boolean | undefined;
  children: ReactNode;
}

/** Colour of the band of the page, for the bar of a phone's browser. Same as `--band` in tokens.css. */
const BAND_COLOUR = "#0f4a3c";

export function Layout(props: LayoutProps) {
  return (
    <html lang={props.lang}>
      <Head {...props} />
      <body>
        <a className="skip" href="#main">
          {props.skipText}
        </a>
        <Header {...props} />
        <main id="main" className={props.wide ? "wrap wide" : "wrap"} tabIndex={-1}>
          {props.children}
        </main>
        <Footer {...props.footer} />
      </body>
    </html>
  );
}

function Head(props: LayoutProps) {
  return (
    <head>
      <meta charSet="utf-8" />
      <title>{props.title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content={BAND_COLOUR} />
      {props.description && <meta name="description" content={props.description} />}
      {props.hideFromSearch && <meta name="robots" content="noindex" />}
      <link rel="stylesheet" href={props.styleHref} />
      {props.iconHref && <link rel="icon" href={props.iconHref} type="image/svg+xml" />}
      {props.scriptHref && <script src={props.scriptHref} defer />}
      {props.refreshSeconds && (
        <noscript>
          <meta httpEquiv="refresh" content={String(props.refreshSeconds)} />
        </noscript>
      )}
    </head>
  );
}

function Header({ brand, language, navigation, exit, banner, back }: LayoutProps) {
  return (
    <header>
      <div className="top">
        <div className="wrap top-row">
          <a className="brand" href={brand.href}>
            <Mark />
            {brand.text}
          </a>
          <a href={language.href} lang={language.lang} hrefLang={language.lang}>
            {language.text}
          </a>
          {exit}
        </div>
        {navigation && (
          <nav className="bar" aria-label={navigation.label}>
            <div className="wrap">
              <Links links={navigation.links} />
            </div>
          </nav>
        )}
      </div>
      {banner && <div className="wrap banner">{banner}</div>}
      {back && (
        <div className="wrap">
          <a className="back" href={back.href}>
            {back.text}
          </a>
        </div>
      )}
    </header>
  );
}

function Footer({ label, links, emergency, note }: LayoutProps["footer"]) {
  return (
    <footer className="foot">
      <div className="wrap">
        {emergency && (
          <a className="urgent" href={emergency.href}>
            <Pictogram name="phone" />
            {emergency.text}
          </a>
        )}
        <nav aria-label={label}>
          <Links links={links} />
        </nav>
        {note && <div className="foot-note">{note}</div>}
      </div>
    </footer>
  );
}

function Links({ links }: { links: readonly LinkItem[] }) {
  return (
    <ul>
      {links.map((link) => (
        <li key={link.href}>
          <a href={link.href}>{link.text}</a>
        </li>
      ))}
    </ul>
  );
}
