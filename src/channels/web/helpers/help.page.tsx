import {
  beginHelp,
  CONSENTS,
  endHelp,
  endHelperSession,
  endOtherHelperSessions,
  HELP_LANGUAGES,
  type HelpRefusal,
} from "#modules/helpers/index.ts";
import { Button, ButtonRow, Form, PageHeading, Radios, Select } from "#ui/index.ts";
import { closeSession, forgetVisit, setSessionCookie } from "../session.ts";
import { helperTexts } from "../texts/helpers.ts";
import { helperUrls, journeyUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { errorsOf, goTo, noErrors, show, type Answer, type Arrival, type Errors, type Route } from "../visit/visit.tsx";
import { doorPage } from "./door.page.tsx";
import type { AtDesk } from "./helpers.ts";
import { clearHelperCookie, readHelper } from "./signed-in.ts";

/** What the person hears and agrees to, before anything of hers is typed. */
export const helpPage: Route<AtDesk> = {
  path: "/ayudantes/ayudar",
  get: (visit) => page(visit, { permiso: "", lengua: "es" }, noErrors),
  async post(visit) {
    const { ctx, helper, web, request, reply, language } = visit;
    const typed = typedOf(request.body, ["permiso", "lengua"]);
    const outcome = await beginHelp(ctx, helper, {
      consent: CONSENTS.find((one) => one === typed.permiso),
      language: HELP_LANGUAGES.find((one) => one === typed.lengua) ?? "other",
    });
    if (!outcome.ok) return refused(visit, typed, outcome.refusal);
    setSessionCookie(web.services, reply, outcome.value.token);
    return goTo(visit, journeyUrls.start()(language));
  },
};

/** The help is over: nothing of the citizen's stays in this browser, whoever presses. */
export const endHelpPage: Route<Arrival> = {
  path: "/ayudantes/terminar",
  get: (arrival) => goTo(arrival, helperUrls.desk(arrival.language)),
  async post(arrival) {
    const { web, request, reply, ctx, language } = arrival;
    const helper = await readHelper(web.services, request);
    if (helper) await endHelp(ctx, helper);
    // Also where the helper was suspended or signed out meanwhile.
    if (arrival.session?.borrowedUntil) await closeSession(web.services, request, reply, language);
    return goTo(arrival, helperUrls.desk(language));
  },
};

export const leavePage: Route<AtDesk> = {
  path: "/ayudantes/salir",
  get: (visit) => goTo(visit, helperUrls.desk(visit.language)),
  async post(visit) {
    const { ctx, helper, web, request, reply, language } = visit;
    await endHelperSession(ctx, helper);
    if (visit.session?.borrowedUntil) forgetVisit(web.services, request, reply);
    clearHelperCookie(web.services, reply);
    return goTo(visit, helperUrls.desk(language));
  },
};

export const othersPage: Route<AtDesk> = {
  path: "/ayudantes/cerrar-las-demas",
  get: (visit) => goTo(visit, helperUrls.desk(visit.language)),
  async post(visit) {
    await endOtherHelperSessions(visit.ctx, visit.helper);
    return goTo(visit, helperUrls.desk(visit.language));
  },
};

interface Typed {
  readonly permiso: string;
  readonly lengua: string;
}

function refused(visit: AtDesk, typed: Typed, { code }: HelpRefusal): Answer {
  if (code === "not_signed_in") return doorPage(visit, "not_signed_in");
  return page(visit, typed, errorsOf([{ field: "permiso", key: code }], helperTexts(visit.language)));
}

function page(visit: AtDesk, typed: Typed, errors: Errors): Answer {
  const { language } = visit;
  const t = helperTexts(language);
  return show(visit, {
    title: t("consentTitle"),
    address: helperUrls.help,
    back: helperUrls.desk,
    errors,
    children: (
      <>
        <PageHeading lead={t("consentLead")}>{t("consentTitle")}</PageHeading>
        <ul>
          {(["consent1", "consent2", "consent3", "consent4", "consent5"] as const).map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ul>
        <Form action={helperUrls.help(language)}>
          <Radios
            name="permiso"
            label={t("consent")}
            error={errors.of("permiso")}
            value={typed.permiso}
            options={CONSENTS.map((one) => ({ value: one, text: t(`consent_${one}`) }))}
          />
          <Select
            name="lengua"
            label={t("spokenLanguage")}
            value={typed.lengua}
            options={HELP_LANGUAGES.map((one) => ({ value: one, text: t(`lang_${one}`) }))}
          />
          <ButtonRow>
            <Button>{t("begin")}</Button>
          </ButtonRow>
        </Form>
        <h2>{t("cardTitle")}</h2>
        <p>{t("cardText")}</p>
      </>
    ),
  });
}
