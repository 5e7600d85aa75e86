import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { surveySheetsQuery } from "../../api/care.ts";
import { useSession } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { SurveySheets } from "../../api/types.ts";
import { clockTime, shortDate } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import { ANSWERS, QUESTIONS } from "../../rules/survey.ts";
import { careTexts } from "../../texts/care.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

type Key = `${(typeof QUESTIONS)[number]}.${(typeof ANSWERS)[number]}`;
type Counts = Partial<Record<Key, string>>;

/** Papers of the survey: how many of each face, typed in once and taken back if they were counted wrongly. */
export function SurveyPapers() {
  const t = useTexts(careTexts);
  const language = useLanguage();
  const notify = useNotify();
  const client = useQueryClient();
  const { office } = useSession();
  const { data } = useQuery(surveySheetsQuery);
  const [id, setId] = useState(() => crypto.randomUUID());
  const [counts, setCounts] = useState<Counts>({});
  const keep = (sheets: SurveySheets) => client.setQueryData(surveySheetsQuery.queryKey, sheets);
  const of = (key: Key) => Number(counts[key] ?? 0);
  const people = ANSWERS.reduce((sum, answer) => sum + of(`visit.${answer}`), 0);
  const enter = useMutation({
    mutationFn: () =>
      post<SurveySheets>(api.surveySheets, {
        id,
        tally: Object.fromEntries(
          QUESTIONS.map((question) => [
            question,
            Object.fromEntries(ANSWERS.map((answer) => [answer, of(`${question}.${answer}`)])),
          ]),
        ),
      }),
    onSuccess: (sheets) => {
      keep(sheets);
      notify.done(t.entered(people));
      setCounts({});
      setId(crypto.randomUUID());
    },
    onError: notify.refused,
  });
  const undo = useMutation({
    mutationFn: (sheet: string) => post<SurveySheets>(api.undoSurveySheet(sheet)),
    onSuccess: (sheets) => (keep(sheets), notify.done(t.takenBack)),
    onError: notify.refused,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <section className="report" aria-labelledby="papers-title">
      <header className="report-head">
        <h2 id="papers-title">{t.paperTitle}</h2>
        <a
          className="button small"
          href={language === "es" ? "/opinion/hoja" : "/en/opinion/hoja"}
          target="_blank"
          rel="noreferrer"
        >
          {t.paperPrint}
        </a>
      </header>
      <p className="soft">{t.paperHelp}</p>
      <form className="paper-counts" onSubmit={submit}>
        {QUESTIONS.map((question) => (
          <fieldset key={question}>
            <legend>{t.questions[question]}</legend>
            {ANSWERS.map((answer) => {
              const key: Key = `${question}.${answer}`;
              return (
                <label key={answer}>
                  {t.answers[answer]}
                  <input
                    inputMode="numeric"
                    pattern="[0-9]{0,4}"
                    maxLength={4}
                    value={counts[key] ?? ""}
                    aria-label={t.count(t.questions[question], t.answers[answer])}
                    onChange={(event) => setCounts({ ...counts, [key]: event.target.value.replace(/\D/g, "") })}
                  />
                </label>
              );
            })}
          </fieldset>
        ))}
        <div>
          <button type="submit" className="button primary" disabled={people === 0 || enter.isPending}>
            {t.enter}
          </button>
        </div>
      </form>
      {data?.sheets.length === 0 && <p className="soft">{t.noneTyped}</p>}
      <ul>
        {data?.sheets.map((sheet) => (
          <li key={sheet.id}>
            {t.typedAt(
              `${shortDate(sheet.enteredAt, office!.zone, language)}, ${clockTime(sheet.enteredAt, office!.zone)}`,
              sheet.people,
            )}{" "}
            <button
              type="button"
              className="button small"
              disabled={undo.isPending}
              onClick={() => undo.mutate(sheet.id)}
            >
              {t.takeBack}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
