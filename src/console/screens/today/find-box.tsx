import { useId, type FormEvent, type Ref } from "react";
import { wantedOf } from "../../rules/find.ts";
import { todayTexts } from "../../texts/today.ts";
import { useTexts } from "../../texts/texts.ts";
import { Cross } from "../../parts/dialog.tsx";
import { Pictogram } from "#ui/pictogram.tsx";

interface Props {
  readonly typed: string;
  readonly found: number;
  readonly searching: boolean;
  readonly ref: Ref<HTMLInputElement>;
  readonly type: (text: string) => void;
  readonly submit: () => void;
  readonly scan: () => void;
}

/** One box for all: words filter the list in this browser, a whole folio is asked of the server. */
export function FindBox({ typed, found, searching, ref, type, submit, scan }: Props) {
  const t = useTexts(todayTexts);
  const noteId = useId();
  const wanted = wantedOf(typed);
  const sendable = !("words" in wanted);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  return (
    <form className="find" role="search" onSubmit={onSubmit}>
      <div className="find-box">
        <Pictogram name="search" />
        <input
          ref={ref}
          type="text"
          aria-label={t.find}
          aria-describedby={noteId}
          placeholder={t.findHint}
          value={typed}
          onChange={(event) => type(event.target.value)}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={400}
        />
        {typed === "" ? (
          <kbd aria-hidden="true">/</kbd>
        ) : (
          <button type="button" className="button quiet square" onClick={() => type("")} aria-label={t.clear}>
            <Cross />
          </button>
        )}
      </div>
      {sendable ? (
        <button type="submit" className="button primary" disabled={searching}>
          {t.findButton}
        </button>
      ) : (
        <button type="button" className="button" onClick={scan} aria-label={t.scan}>
          <QrSquare />
          <span className="wide-only">{t.scan}</span>
        </button>
      )}
      <p className="find-note" id={noteId} role="status">
        {typed === "" ? t.findPrivacy : sendable ? t.openFolio : t.results(found)}
      </p>
    </form>
  );
}

function QrSquare() {
  return (
    <svg className="pic" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM20 14v.01M17.5 17.5v.01M14 20v.01M20 20h-2.5" />
    </svg>
  );
}
