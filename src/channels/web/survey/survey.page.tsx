import {
  answerSurvey,
  SURVEY_ANSWERS,
  SURVEY_QUESTIONS,
  surveyState,
  type SurveyAnswer,
  type SurveyQuestion,
} from "#modules/visits/index.ts";
import { Button, ButtonRow, Details, Form, PageHeading, Radios, ReadAloud, type PictogramName } from "#ui/index.ts";
import { phoneTexts } from "../links.tsx";
import { surveyTexts } from "../texts/survey.ts";
import { visitTexts } from "../texts/visit.ts";
import { appointmentUrls, publicUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { errorsOf, goTo, noErrors, show, type Answer, type Arrival, type Errors, type Route } from "../visit/visit.tsx";

const GONE = 410;
const OPTIONAL = SURVEY_QUESTIONS.slice(1);
const FACES: Readonly<Record<SurveyAnswer, PictogramName>> = {
  good: "face-good",
  fair: "face-fair",
  bad: "face-bad",
};

/** The link of the thanks: one face, and three more for whoever wants. It shows nothing of the visit, so that it needs no proof. */
export const surveyPage: Route<Arrival> = {
  path: "/e/:token",

  async get(arrival) {
    const token = tokenOf(arrival);
    const state = await surveyState(arrival.ctx, token);
    return state === "open" ? askPage(arrival, token, {}) : endPage(arrival, token, state);
  },

  async post(arrival) {
    const token = tokenOf(arrival);
    const said = Object.entries(typedOf(arrival.request.body, SURVEY_QUESTIONS)).filter(
      (one): one is [SurveyQuestion, SurveyAnswer] => (SURVEY_ANSWERS as readonly string[]).includes(one[1]),
    );
    const { visit, ...others } = Object.fromEntries(said) as Partial<Record<SurveyQuestion, SurveyAnswer>>;
    if (visit === undefined) {
      const state = await surveyState(arrival.ctx, token);
      if (state !== "open") return endPage(arrival, token, state);
      const t = surveyTexts(arrival.language);
      return askPage(arrival, token, others, errorsOf([{ field: "visit", key: "visit_missing" }], t));
    }
    await answerSurvey(arrival.ctx, token, { visit, ...others });
    return goTo(arrival, appointmentUrls.survey(token)(arrival.language));
  },
};

function tokenOf({ request }: Arrival): string {
  return (request.params as { token: string }).token;
}

function askPage(
  arrival: Arrival,
  token: string,
  said: Partial<Record<SurveyQuestion, SurveyAnswer>>,
  errors: Errors = noErrors,
): Answer {
  const { language } = arrival;
  const t = surveyTexts(language);
  const aloud = visitTexts(language);
  const question = (name: SurveyQuestion, error?: string) => (
    <Radios
      key={name}
      name={name}
      label={t(name)}
      error={error}
      value={said[name]}
      options={SURVEY_ANSWERS.map((answer) => ({
        value: answer,
        text: t(`${name}_${answer}`),
        pictogram: FACES[answer],
      }))}
    />
  );
  return show(arrival, {
    title: t("title"),
    address: appointmentUrls.survey(token),
    errors,
    script: "read-aloud",
    children: (
      <>
        <PageHeading lead={t("lead")}>{t("title")}</PageHeading>
        <ReadAloud
          listen={aloud("aloudListen")}
          pause={aloud("aloudPause")}
          resume={aloud("aloudResume")}
          stop={aloud("aloudStop")}
        />
        <Form action={appointmentUrls.survey(token)(language)}>
          <div className="faces">{question("visit", errors.of("visit"))}</div>
          <Details summary={t("more")} open={OPTIONAL.some((name) => said[name] !== undefined)}>
            <p className="hint">{t("moreHint")}</p>
            {OPTIONAL.map((name) => question(name))}
          </Details>
          <Button>{t("send")}</Button>
        </Form>
        <p className="hint">{t("kept")}</p>
      </>
    ),
  });
}

/** Answered already, or closed: an invented link, one that is two weeks old and one of a visit that never was look alike. */
function endPage(arrival: Arrival, token: string, state: "answered" | "closed"): Answer {
  const { language, network } = arrival;
  const t = surveyTexts(language);
  const [title, lead] =
    state === "answered" ? [t("thanksTitle"), t("thanksLead")] : [t("closedTitle"), t("closedLead")];
  return show(arrival, {
    title,
    address: state === "answered" ? appointmentUrls.survey(token) : publicUrls.home,
    status: state === "answered" ? undefined : GONE,
    children: (
      <>
        <PageHeading lead={lead}>{title}</PageHeading>
        <p>{t.rich("complaint", phoneTexts(network.lines.ciam))}</p>
        <ButtonRow>
          <Button tone="secondary" href={publicUrls.home(language)}>
            {t("home")}
          </Button>
        </ButtonRow>
      </>
    ),
  });
}
