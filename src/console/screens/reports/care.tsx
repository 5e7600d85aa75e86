import { useQuery } from "@tanstack/react-query";
import { careReportQuery } from "../../api/care.ts";
import { useSession } from "../../api/queries.ts";
import type { CareReport } from "../../api/types.ts";
import { monthName } from "../../parts/format.ts";
import { Failed, Loading } from "../../parts/loading.tsx";
import { ReportSection, type ReportTable } from "../../parts/report-table.tsx";
import { ANSWERS, QUESTIONS } from "../../rules/survey.ts";
import { careTexts } from "../../texts/care.ts";
import { reportTexts } from "../../texts/reports.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { useLanguageName } from "../party/interpreter.tsx";
import { SurveyPapers } from "./survey-papers.tsx";

/** What people say of an office, and how long they waited for interpreters; and the papers that the own office types in. */
export function CarePart({ officeId }: { officeId: string }) {
  const t = useTexts(reportTexts);
  const { office } = useSession();
  const { data, error, refetch } = useQuery(careReportQuery(officeId));
  const tables = useCareTables();
  if (error) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <>
      {tables(data).map((table) => (
        <ReportSection key={table.id} table={table} />
      ))}
      <p className="small-print soft">{t.smallHelp}</p>
      {office !== null && <SurveyPapers />}
    </>
  );
}

function useCareTables(): (report: CareReport) => ReportTable[] {
  const t = useTexts(careTexts);
  const language = useLanguage();
  const nameOf = useLanguageName();
  return ({ survey, interpreters }) => [
    {
      id: "survey",
      title: t.surveyTitle,
      help: t.surveyHelp,
      heads: [t.month, t.question, t.people, ...ANSWERS.map((answer) => t.answers[answer])],
      rows: survey.flatMap(({ month, people, questions }) =>
        QUESTIONS.map((question) => ({
          key: `${month} ${question}`,
          cells: [
            monthName(month, language),
            t.questions[question],
            question === "visit" ? people : "",
            ...ANSWERS.map((answer) => questions[question][answer]),
          ] as const,
        })),
      ),
      fileName: "encuesta.csv",
    },
    {
      id: "interpreters",
      title: t.interpretersTitle,
      help: t.interpretersHelp,
      heads: [t.month, t.language, t.asked, t.inVain, t.wait, t.talk],
      rows: interpreters.flatMap(({ month, languages }) =>
        languages.map((one) => ({
          key: `${month} ${one.language}`,
          cells: [monthName(month, language), nameOf(one.language), one.asked, one.nobody, one.wait, one.talk] as const,
        })),
      ),
      fileName: "interpretes.csv",
    },
  ];
}
