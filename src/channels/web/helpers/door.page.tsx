import { beginHelperSignIn, finishHelperSignIn } from "#modules/helpers/index.ts";
import { Button, ButtonRow, Notice, PageHeading } from "#ui/index.ts";
import { passkeyAnswer, PasskeyForm } from "../account/passkey-form.tsx";
import { helperTexts } from "../texts/helpers.ts";
import { helperUrls } from "../urls.ts";
import { goTo, show, type Answer, type Arrival, type Route } from "../visit/visit.tsx";
import { setHelperCookie } from "./signed-in.ts";

/** Status of a page that asks to sign in before it goes on. */
const UNAUTHORISED = 401;

/** Opens a helper's session with the passkey that the form sent. */
export const signInPage: Route<Arrival> = {
  path: "/ayudantes/entrar",
  get: (arrival) => goTo(arrival, helperUrls.desk(arrival.language)),
  async post(arrival) {
    const { ctx, web, request, reply, language } = arrival;
    const outcome = await finishHelperSignIn(ctx, passkeyAnswer(request.body));
    if (!outcome.ok) return doorPage(arrival, "sign_in_failed");
    setHelperCookie(web.services, reply, outcome.value.token);
    return goTo(arrival, helperUrls.desk(language));
  },
};

/** What helpers are, how one signs in, and how one asks. It says the same to everybody. */
export async function doorPage(arrival: Arrival, problem: "sign_in_failed" | "not_signed_in" | undefined): Answer {
  const { language, ctx } = arrival;
  const t = helperTexts(language);
  const begun = await beginHelperSignIn(ctx);
  return show(arrival, {
    title: t("title"),
    address: helperUrls.desk,
    status: problem && UNAUTHORISED,
    script: "passkey",
    children: (
      <>
        <PageHeading lead={t("lead")}>{t("title")}</PageHeading>
        {problem && (
          <Notice tone="warning">
            <p role="alert">{t(problem)}</p>
          </Notice>
        )}
        <h2>{t("whatTitle")}</h2>
        <ul>
          {(["what1", "what2", "what3", "what4"] as const).map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ul>
        <h2>{t("enterTitle")}</h2>
        <p>{t("enterText")}</p>
        <PasskeyForm language={language} begun={begun} does="get" action={helperUrls.signIn(language)}>
          {t("enter")}
        </PasskeyForm>
        <noscript>
          <p>{t("noScript")}</p>
        </noscript>
        <h2>{t("enrolTitle")}</h2>
        <p>{t("enrolText")}</p>
        <ButtonRow>
          <Button tone="secondary" href={helperUrls.enrol(language)}>
            {t("enrol")}
          </Button>
        </ButtonRow>
        <h2>{t("askTitle")}</h2>
        <p>{t("askText")}</p>
        <ButtonRow>
          <Button tone="secondary" href={helperUrls.ask(language)}>
            {t("ask")}
          </Button>
        </ButtonRow>
      </>
    ),
  });
}
