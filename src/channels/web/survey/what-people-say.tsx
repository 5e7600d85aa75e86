import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { SURVEY_ANSWERS, SURVEY_QUESTIONS } from "#modules/visits/index.ts";
import { DataTable } from "#ui/index.ts";
import type { Seen } from "../public-page.ts";
import { monthInWords } from "../texts/format.ts";
import { surveyTexts } from "../texts/survey.ts";

/** What was said in the last month of which enough people said something; nothing where there is none. */
export function WhatPeopleSay({ seen, officeId }: { seen: Seen; officeId: OfficeId }) {
  const { language, surveys } = seen;
  const t = surveyTexts(language);
  const last = surveys.find((one) => one.officeId === officeId)?.months.find(({ people }) => people !== null);
  if (last === undefined) return null;
  const { month, people, questions } = last;
  const caption = t("sayLead", { month: monthInWords(`${month}-01` as LocalDate, language), people: people! });
  return (
    <>
      <h2>{t("sayTitle")}</h2>
      <DataTable
        id="survey"
        caption={caption}
        columns={[
          { text: t("question") },
          ...SURVEY_ANSWERS.map((answer) => ({ text: t(`column_${answer}`), numeric: true })),
        ]}
        rows={SURVEY_QUESTIONS.map((question) => [
          t(`short_${question}`),
          ...SURVEY_ANSWERS.map((answer) => questions[question][answer] ?? t("sayFew")),
        ])}
      />
      <p className="hint">{t("sayPaper")}</p>
    </>
  );
}
