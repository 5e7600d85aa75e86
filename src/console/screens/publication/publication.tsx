import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { publicationsQuery } from "../../api/queries.ts";
import type { Publications } from "../../api/types.ts";
import { copyText } from "../../parts/copy-text.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { publicationTexts } from "../../texts/publication.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import "../../styles/publication.css";

type Day = Publications["days"][number];
type Told = Day["es"];
type Language = "es" | "en";
const LANGUAGES: readonly Language[] = ["es", "en"];

/** What the office may send out about its special days: seen, copied, saved. */
export function PublicationScreen() {
  const t = useTexts(publicationTexts);
  const { data, error, refetch } = useQuery(publicationsQuery);
  return (
    <div className="page publication">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      {error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : data.days.length === 0 ? (
        <Blank title={t.none} help={t.noneHelp} />
      ) : (
        <Days days={data.days} />
      )}
    </div>
  );
}

function Days({ days }: { days: readonly Day[] }) {
  const t = useTexts(publicationTexts);
  const own = useLanguage();
  const [id, setId] = useState(days[0]!.id);
  // Spanish first, whoever works here: it is what is read out.
  const [language, setLanguage] = useState<Language>("es");
  const day = days.find((one) => one.id === id) ?? days[0]!;
  const name = (one: Day) =>
    [one[own].headline, one[own].when, one.state !== "published" && t.states[one.state]].filter(Boolean).join(" · ");
  return (
    <>
      <div className="publication-choice">
        <label>
          {t.choose}
          <select value={day.id} onChange={(event) => setId(event.target.value)}>
            {days.map((one) => (
              <option key={one.id} value={one.id}>
                {name(one)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.language}
          <select value={language} onChange={(event) => setLanguage(event.target.value as Language)}>
            {LANGUAGES.map((one) => (
              <option key={one} value={one}>
                {t.languages[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Forms key={`${day.id} ${language}`} told={day[language]} language={language} />
    </>
  );
}

function Forms({ told, language }: { told: Told; language: Language }) {
  const t = useTexts(publicationTexts);
  return (
    <>
      <p className="soft">
        {told.stamp} · <a href={told.page}>{t.page}</a>
      </p>
      {told.changes.length > 0 && (
        <div className="note note-warning" role="note">
          <div>
            <p>
              <strong>{t.changed}</strong>
            </p>
            <ul>
              {told.changes.map((change) => (
                <li key={change}>{change}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <div className="publication-forms">
        <Text title={t.text} text={told.text} language={language} rows={20} />
        <Text title={t.radio} note={t.radioWords(told.radioWords)} text={told.radio} language={language} rows={9} />
        <section>
          <h2>{t.image}</h2>
          <img src={told.image} width={1080} height={1080} alt={`${told.headline}. ${told.when}`} loading="lazy" />
          <a className="button" href={told.image} download="jornada.png">
            {t.imageSave}
          </a>
        </section>
        <section>
          <h2>{t.poster}</h2>
          <a className="button" href={told.poster} target="_blank" rel="noreferrer">
            {t.posterOpen}
          </a>
        </section>
      </div>
    </>
  );
}

function Text({
  title,
  note,
  text,
  language,
  rows,
}: {
  title: string;
  note?: string;
  text: string;
  language: Language;
  rows: number;
}) {
  const t = useTexts(publicationTexts);
  const notify = useNotify();
  const id = useId();
  const copy = async () => {
    if (await copyText(text)) notify.done(t.copied);
    else notify.say(t.notCopied);
  };
  return (
    <section>
      <h2>
        <label htmlFor={id}>{title}</label>
      </h2>
      {note && <p className="soft">{note}</p>}
      <textarea id={id} readOnly rows={rows} value={text} lang={language === "es" ? "es-MX" : "en"} />
      <button type="button" className="button" onClick={() => void copy()}>
        {t.copy}: {title}
      </button>
    </section>
  );
}
