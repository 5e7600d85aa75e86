import type { FastifyRequest } from "fastify";
import { Button, ButtonRow, PageHeading } from "#ui/index.ts";
import type { Assets } from "./assets/assets.ts";
import { pageDocument } from "./shell.tsx";
import { errorTexts } from "./texts/errors.ts";
import { shellTexts } from "./texts/shell.ts";
import type { Language } from "./texts/texts.ts";
import { appointmentUrls, publicUrls } from "./urls.ts";

/** Statuses with words of their own; every other is told as its family. */
const TOLD = [400, 403, 404, 429, 500, 503] as const;

/** What a browser is shown in place of a fault. It needs no database, so that it also shows when that is down. */
export function errorPage(request: FastifyRequest, status: number, requestId: string, assets: Assets): string {
  const language = languageOf(request.url);
  const t = errorTexts(language);
  const shell = shellTexts(language);
  const told = TOLD.find((one) => one === status) ?? (status >= 500 ? 500 : 400);
  const title = t(`title${told}`);
  return pageDocument(
    { assets },
    {
      language,
      title,
      address: publicUrls.home,
      children: (
        <>
          <PageHeading lead={t(`text${told}`)}>{title}</PageHeading>
          {told === 403 && <p>{t("help403")}</p>}
          <h2>{t("next")}</h2>
          <ButtonRow>
            <Button href={publicUrls.home(language)}>{t("home")}</Button>
            <Button tone="secondary" href={appointmentUrls.open(language)}>
              {shell("myAppointment")}
            </Button>
            <Button tone="secondary" href={publicUrls.offices(language)}>
              {shell("offices")}
            </Button>
          </ButtonRow>
          {told >= 500 && (
            <p className="hint">
              {t("number")} <code>{requestId}</code>
            </p>
          )}
        </>
      ),
    },
  );
}

/** The language of an address, known before any route is. */
export function languageOf(url: string): Language {
  return /^\/en(?=[/?#]|$)/.test(url) ? "en" : "es";
}
