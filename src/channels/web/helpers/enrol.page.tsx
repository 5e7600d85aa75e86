import { beginHelperRegistration, finishHelperRegistration } from "#modules/helpers/index.ts";
import { Button, ButtonRow, Form, Notice, PageHeading, TextField } from "#ui/index.ts";
import { passkeyAnswer, PasskeyForm } from "../account/passkey-form.tsx";
import { helperTexts } from "../texts/helpers.ts";
import { helperUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { errorsOf, goTo, noErrors, show, type Answer, type Arrival, type Errors, type Route } from "../visit/visit.tsx";

/** The code that staff gave. It is typed and never stands in an address. */
export const enrolPage: Route<Arrival> = {
  path: "/ayudantes/alta",
  get: (arrival) => askCode(arrival, noErrors),
  async post(arrival) {
    const { codigo } = typedOf(arrival.request.body, ["codigo"]);
    return offer(arrival, codigo, false);
  },
};

/** Keeps the passkey that was made with the code. */
export const registerPage: Route<Arrival> = {
  path: "/ayudantes/alta/llave",
  get: (arrival) => goTo(arrival, helperUrls.enrol(arrival.language)),
  async post(arrival) {
    const { ctx, request, language } = arrival;
    const { codigo } = typedOf(request.body, ["codigo"]);
    const outcome = await finishHelperRegistration(ctx, { ...passkeyAnswer(request.body), code: codigo });
    if (outcome.ok) return goTo(arrival, helperUrls.enrolled(language));
    return outcome.refusal.code === "passkey_not_accepted" ? offer(arrival, codigo, true) : badCode(arrival);
  },
};

export const registeredPage: Route<Arrival> = {
  path: "/ayudantes/alta/lista",
  get(arrival) {
    const t = helperTexts(arrival.language);
    return show(arrival, {
      title: t("enrolledTitle"),
      address: helperUrls.enrolled,
      children: (
        <>
          <PageHeading lead={t("enrolledLead")}>{t("enrolledTitle")}</PageHeading>
          <ButtonRow>
            <Button href={helperUrls.desk(arrival.language)}>{t("toDoor")}</Button>
          </ButtonRow>
        </>
      ),
    });
  },
};

async function offer(arrival: Arrival, code: string, failed: boolean): Answer {
  const { ctx, language } = arrival;
  const t = helperTexts(language);
  const begun = await beginHelperRegistration(ctx, code);
  if (!begun.ok) return badCode(arrival);
  return show(arrival, {
    title: t("passkeyTitle"),
    address: helperUrls.enrol,
    back: helperUrls.enrol,
    status: failed ? 422 : 200,
    script: "passkey",
    children: (
      <>
        <PageHeading lead={t("passkeyLead")}>{t("passkeyTitle")}</PageHeading>
        {failed && (
          <Notice tone="warning">
            <p role="alert">{t("passkey_not_accepted")}</p>
          </Notice>
        )}
        <PasskeyForm
          language={language}
          begun={begun.value}
          does="create"
          action={helperUrls.register(language)}
          hidden={{ codigo: code }}
        >
          {t("passkeyMake")}
        </PasskeyForm>
        <noscript>
          <p>{t("noScript")}</p>
        </noscript>
      </>
    ),
  });
}

function badCode(arrival: Arrival): Answer {
  const problem = { field: "codigo", key: "enrolment_invalid" } as const;
  return askCode(arrival, errorsOf([problem], helperTexts(arrival.language)));
}

function askCode(arrival: Arrival, errors: Errors): Answer {
  const { language } = arrival;
  const t = helperTexts(language);
  return show(arrival, {
    title: t("enrolTitle"),
    address: helperUrls.enrol,
    back: helperUrls.desk,
    errors,
    children: (
      <>
        <PageHeading lead={t("enrolText")}>{t("enrolTitle")}</PageHeading>
        <Form action={helperUrls.enrol(language)}>
          <TextField
            name="codigo"
            label={t("code")}
            hint={t("codeHint")}
            error={errors.of("codigo")}
            value=""
            code
            autoCapitalize="characters"
            autoComplete="off"
          />
          <ButtonRow>
            <Button>{t("codeNext")}</Button>
          </ButtonRow>
        </Form>
      </>
    ),
  });
}
