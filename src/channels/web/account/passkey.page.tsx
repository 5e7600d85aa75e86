import { beginAccountPasskey, finishAccountPasskey } from "#modules/people/index.ts";
import { Button, ButtonRow, Notice, PageHeading } from "#ui/index.ts";
import { accountErrors, accountTexts } from "../texts/account.ts";
import { accountUrls } from "../urls.ts";
import { show, type Answer, type Route, type Visit } from "../visit/visit.tsx";
import { doorPage } from "./door.tsx";
import { backToAccount } from "./entering.ts";
import { passkeyAnswer, PasskeyForm } from "./passkey-form.tsx";

/** Makes the lock of this telephone a way into the account. */
export const newPasskeyPage: Route<Visit> = {
  path: "/mi-cuenta/llave/nueva",
  get: (visit) => ask(visit, false),

  async post(visit) {
    const { ctx, session, request } = visit;
    const kept = await finishAccountPasskey(ctx, { ...passkeyAnswer(request.body), sessionId: session.id });
    if (kept.ok) return backToAccount(visit, "llave");
    return kept.refusal.code === "passkey_not_accepted" ? ask(visit, true) : doorPage(visit, "prove_again");
  },
};

async function ask(visit: Visit, failed: boolean): Answer {
  const { ctx, session, language } = visit;
  const t = accountTexts(language);
  const begun = await beginAccountPasskey(ctx, session.id);
  if (!begun.ok) return doorPage(visit, "prove_again");
  return show(visit, {
    title: t("passkeyTitle"),
    address: accountUrls.newPasskey,
    back: accountUrls.page,
    status: failed ? 422 : 200,
    script: "passkey",
    children: (
      <>
        <PageHeading lead={t("passkeyLead")}>{t("passkeyTitle")}</PageHeading>
        {failed && (
          <Notice tone="warning">
            <p role="alert">{accountErrors(language)("passkey_not_accepted")}</p>
          </Notice>
        )}
        <p>{t("passkeyWarning")}</p>
        <PasskeyForm language={language} begun={begun.value} does="create" action={accountUrls.newPasskey(language)}>
          {t("passkeyMake")}
        </PasskeyForm>
        <noscript>
          <p>{t("passkeyNoScript")}</p>
        </noscript>
        <ButtonRow>
          <Button tone="secondary" href={accountUrls.page(language)}>
            {t("passkeyLater")}
          </Button>
        </ButtonRow>
      </>
    ),
  });
}
