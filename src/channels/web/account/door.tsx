import { beginAccountSignIn } from "#modules/people/index.ts";
import { Button, ButtonRow, Form, Notice, PageHeading } from "#ui/index.ts";
import { accountErrors, accountTexts } from "../texts/account.ts";
import { accountUrls, JOINING } from "../urls.ts";
import { show, type Answer, type Arrival } from "../visit/visit.tsx";
import { isAccount } from "./entering.ts";
import { PasskeyForm } from "./passkey-form.tsx";

export type DoorProblem = "sign_in_failed" | "prove_again" | "ask_at_counter" | "no_contact";

/** Status of a page that asks for PIN or passkey before it goes on. */
const UNAUTHORISED = 401;

/** The ways into an account, and how one is made. It says the same whether there is any. */
export async function doorPage(arrival: Arrival, problem?: DoorProblem): Answer {
  const { language, session, draft, ctx } = arrival;
  const t = accountTexts(language);
  const proved = session?.contactId !== undefined && !isAccount(session);
  const begun = await beginAccountSignIn(ctx);
  return show(arrival, {
    title: t("title"),
    address: accountUrls.page,
    status: problem && UNAUTHORISED,
    script: "passkey",
    children: (
      <>
        <PageHeading lead={proved ? undefined : t("lead")}>{t("title")}</PageHeading>
        {problem && (
          <Notice tone="warning">
            <p role="alert">{accountErrors(language)(problem)}</p>
          </Notice>
        )}
        {proved && (
          <>
            <Notice tone="success">
              <p>{t("proved", { masked: draft.contact?.masked ?? "" })}</p>
            </Notice>
            <h2>{t("makeTitle")}</h2>
            <p>{t("makeText")}</p>
            <Form action={accountUrls.make(language)}>
              <ButtonRow>
                <Button>{t("make")}</Button>
              </ButtonRow>
            </Form>
          </>
        )}
        <h2>{t(proved ? "joinTitle" : "enterTitle")}</h2>
        <p>{t(proved ? "joinText" : "enterText")}</p>
        <PasskeyForm
          language={language}
          begun={begun}
          does="get"
          action={accountUrls.signIn(language)}
          hidden={proved ? { unir: JOINING } : {}}
        >
          {t("enterPasskey")}
        </PasskeyForm>
        <ButtonRow>
          <Button tone="secondary" href={proved ? accountUrls.cardJoining(language) : accountUrls.card(language)}>
            {t("enterPin")}
          </Button>
        </ButtonRow>
        {session?.contactId === undefined && (
          <>
            <h2>{t("makeTitle")}</h2>
            <p>{t("makeText")}</p>
            <ButtonRow>
              <Button tone="secondary" href={accountUrls.contact(language)}>
                {t("makeStart")}
              </Button>
            </ButtonRow>
          </>
        )}
      </>
    ),
  });
}
