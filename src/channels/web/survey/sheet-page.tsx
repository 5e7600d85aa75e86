import { SURVEY_ANSWERS, SURVEY_QUESTIONS } from "#modules/visits/index.ts";
import { PageHeading, Pictogram } from "#ui/index.ts";
import type { Seen } from "../public-page.ts";
import type { Page } from "../shell.tsx";
import { surveyTexts } from "../texts/survey.ts";
import { publicUrls } from "../urls.ts";

/** Papers that stand on one sheet, to be cut apart. */
const ON_ONE_SHEET = 2;

/** The survey on paper, without a name: an office prints it, counts what comes back and types in the numbers. */
export function surveySheetPage({ language }: Seen): Page {
  const t = surveyTexts(language);
  return {
    language,
    title: t("sheetTitle"),
    address: publicUrls.surveySheet,
    description: t("sheetDescription"),
    children: (
      <>
        <div className="no-print">
          <PageHeading lead={t("sheetLead")}>{t("sheetTitle")}</PageHeading>
          <p>
            {t("sheetPrint")} {t("sheetCount")}
          </p>
        </div>
        {Array.from({ length: ON_ONE_SHEET }, (_, i) => (
          <div key={i} className="survey-paper" aria-hidden={i > 0 || undefined}>
            <p>
              <strong>{t("title")}</strong>
              <br />
              {t("sheetHow")}
            </p>
            {SURVEY_QUESTIONS.map((question) => (
              <div key={question} className="survey-row">
                <b>{t(question)}</b>
                <ul>
                  {SURVEY_ANSWERS.map((answer) => (
                    <li key={answer}>
                      <Pictogram name={`face-${answer}`} />
                      {t(`${question}_${answer}`)}
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </div>
        ))}
      </>
    ),
  };
}
