import type { ReactNode } from "react";
import { renderPage } from "#ui/index.ts";
import { STYLES_URL } from "./styles.ts";

export const DEV_URLS = {
  index: "/dev",
  outbox: "/dev/buzon",
  outboxJson: "/dev/buzon.json",
  clock: "/dev/reloj",
  whatsapp: "/dev/whatsapp",
  phone: "/dev/telefono",
  signIn: "/dev/entrar",
  styles: STYLES_URL,
} as const;

/** A page for developers, in the site's styles. `refreshSeconds` reloads it without a script. */
export function devPage({
  title,
  css,
  refreshSeconds,
  children,
}: {
  title: string;
  css: string;
  refreshSeconds?: number | undefined;
  children: ReactNode;
}): string {
  return renderPage(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>{`${title} · Ventanilla development`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {refreshSeconds !== undefined && <meta httpEquiv="refresh" content={String(refreshSeconds)} />}
        <link rel="stylesheet" href={css} />
        <link rel="stylesheet" href={DEV_URLS.styles} />
      </head>
      <body>
        <main className="wrap wide dev">
          <nav className="dev-nav" aria-label="Development">
            <a href={DEV_URLS.index}>Start</a>
            <a href={DEV_URLS.outbox}>Outbox</a>
            <a href={DEV_URLS.clock}>Clock</a>
            <a href={DEV_URLS.whatsapp}>WhatsApp</a>
            <a href={DEV_URLS.phone}>Telephone</a>
            <a href="/">Citizen site</a>
            <a href="/consola/">Console</a>
          </nav>
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>,
  );
}
