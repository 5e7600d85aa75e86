import type { OfficeFile } from "../../api/types.ts";
import { useSession } from "../../api/queries.ts";
import { shortDate } from "../../parts/format.ts";
import { isCompleteFact, startingValue } from "../../rules/office-facts.ts";
import { officeFileTexts } from "../../texts/office-file.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import type { Draft } from "./drafts.ts";
import { FactEditor } from "./fact-editor.tsx";
import { FactValue } from "./fact-value.tsx";

interface Props {
  readonly fact: OfficeFile["fields"][number];
  readonly draft: Draft | undefined;
  readonly mayConfirm: boolean;
  readonly set: (draft: Draft | undefined) => void;
}

/** One fact: what is known, how far it can be trusted, and the two answers: it is right, or it is so. */
export function FactRow({ fact, draft, mayConfirm, set }: Props) {
  const t = useTexts(officeFileTexts);
  const language = useLanguage();
  const zone = useSession().office?.zone ?? "UTC";
  const { field, value, level, source, confirmedAt, dueAt, due } = fact;
  const name = t.fields[field as keyof typeof t.fields] ?? field;
  const edited = draft !== undefined && draft.value !== value;
  const complete = draft !== undefined && isCompleteFact(field, draft.value);
  const trust = [
    source === null ? "" : t.source(source),
    confirmedAt === null ? "" : t.confirmedAt(shortDate(confirmedAt, zone, language)),
    dueAt === null ? "" : t.dueAt(shortDate(dueAt, zone, language)),
  ].filter(Boolean);

  return (
    <li
      className="fact"
      data-due={due || undefined}
      data-ready={complete || undefined}
      data-editing={edited || undefined}
    >
      <div className="fact-head">
        <h2>{name}</h2>
        <span className={`level level-${level}`}>{t.levels[level]}</span>
        <span className={due ? "mark-late" : "soft"}>{due ? t.due : t.upToDate}</span>
      </div>
      {edited ? (
        <FactEditor field={field} value={draft.value} change={(next) => set({ value: next, ready: true })} />
      ) : (
        <p className="fact-value">
          <FactValue field={field} value={value} />
        </p>
      )}
      {trust.length > 0 && <p className="soft small-print">{trust.join(" · ")}</p>}
      {mayConfirm && (
        <div className="fact-answers">
          {complete && (
            <span className="fact-ready">
              <Pictogram name="check" />
              {t.ready}
            </span>
          )}
          {edited && !complete && <span className="field-problem">{t.unfinished}</span>}
          {draft === undefined && value !== null && (
            <button
              type="button"
              className="button"
              onClick={() => set({ value, ready: true })}
              aria-label={`${t.correct}: ${name}`}
            >
              {t.correct}
            </button>
          )}
          {!edited && (
            <button
              type="button"
              className="button quiet"
              onClick={() => set({ value: structuredClone(startingValue(field, value)), ready: true })}
              aria-label={`${value === null ? t.fill : t.change}: ${name}`}
            >
              {value === null ? t.fill : t.change}
            </button>
          )}
          {draft !== undefined && (
            <button
              type="button"
              className="button quiet"
              onClick={() => set(undefined)}
              aria-label={`${t.keep}: ${name}`}
            >
              {t.keep}
            </button>
          )}
        </div>
      )}
    </li>
  );
}
