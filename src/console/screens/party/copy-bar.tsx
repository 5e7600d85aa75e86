import { partyTexts } from "../../texts/party.ts";
import { useTexts } from "../../texts/texts.ts";
import type { Copying } from "./use-copying.ts";

/** Nobody types a name twice: each press copies the next field for the ministry's issuing system. */
export function CopyBar({ copying, people }: { copying: Copying; people: number }) {
  const t = useTexts(partyTexts);
  const { next, last, copyNext, restart } = copying;
  if (!next) return null;
  const whose = people > 1 ? `${t.person(next.ordinal)}: ` : "";
  return (
    <section className="copy-bar" aria-label={t.copyTitle}>
      <button type="button" className="button" onClick={copyNext} title={t.copyLead}>
        {t.copyNext} <kbd>N</kbd>
      </button>
      <p>
        <span className="soft">{t.nextIs}</span> {whose}
        <strong>{t.fields[next.field]}</strong>
      </p>
      {last && (
        <button
          type="button"
          className="button quiet square"
          onClick={restart}
          aria-label={t.copyAgain}
          title={t.copyAgain}
        >
          <svg className="pic" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M5 12a7 7 0 1 0 2.5-5.4M5 4v4h4" />
          </svg>
        </button>
      )}
      <p className="hidden" role="status">
        {last && t.copied(t.fields[last.field], last.text)}
      </p>
    </section>
  );
}
