import { formatFolio } from "#kernel/folio.ts";
import type { Folio as FolioText } from "#kernel/ids.ts";
import { makeAccount, renewPin } from "#modules/people/index.ts";
import { Button, ButtonRow, Folio, Notice } from "#ui/index.ts";
import { setSessionCookie } from "../session.ts";
import { accountTexts } from "../texts/account.ts";
import { accountUrls } from "../urls.ts";
import { goTo, show, type Answer, type Route, type Visit } from "../visit/visit.tsx";
import { withNewSession } from "../identify/code.tsx";
import { doorPage } from "./door.tsx";
import { backToAccount } from "./entering.ts";

/** Makes the account and shows its PIN this once: it stands nowhere, so the answer is the page itself. */
export const makePage: Route<Visit> = {
  path: "/mi-cuenta/hacer",
  get: (visit) => goTo(visit, accountUrls.page(visit.language)),

  async post(visit) {
    const made = await makeAccount(visit.ctx, visit.session.id);
    if (!made.ok) {
      const { code } = made.refusal;
      return code === "already_made" ? backToAccount(visit, "hecha") : doorPage(visit, code);
    }
    const { folio, pin, session, token } = made.value;
    setSessionCookie(visit.web.services, visit.reply, token);
    return pinPage(withNewSession(visit, session), { folio, pin });
  },
};

/** A new PIN, for whoever forgot hers or did not see it. */
export const newPinPage: Route<Visit> = {
  path: "/mi-cuenta/pin",
  get: (visit) => backToAccount(visit),

  async post(visit) {
    const renewed = await renewPin(visit.ctx, visit.session.id);
    return renewed.ok ? pinPage(visit, renewed.value) : doorPage(visit, "prove_again");
  },
};

function pinPage(visit: Visit, { folio, pin }: { folio?: FolioText; pin: string }): Answer {
  const { language } = visit;
  const t = accountTexts(language);
  const title = t(folio ? "madeTitle" : "pinTitle");
  return show(visit, {
    title,
    address: accountUrls.page,
    children: (
      <>
        <Notice tone="success" title={title} titleAs="h1">
          <p>{t("madeText")}</p>
        </Notice>
        {folio && <Folio label={t("folio")} value={formatFolio(folio)} />}
        <Folio label={t("pin")} value={`${pin.slice(0, 3)}-${pin.slice(3)}`} />
        <p>{t("madeHint")}</p>
        <ButtonRow>
          <Button href={accountUrls.newPasskey(language)}>{t("toPasskey")}</Button>
          <Button tone="secondary" href={accountUrls.page(language)}>
            {t("toAccount")}
          </Button>
        </ButtonRow>
      </>
    ),
  });
}
