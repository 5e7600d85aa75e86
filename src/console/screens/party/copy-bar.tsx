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
        <button type="button" className="button quiet small" onClick={restart}>
          {t.copyAgain}
        </button>
      )}
      <p className="hidden" role="status">
        {last && t.copied(t.fields[last.field], last.text)}
      </p>
    </section>
  );
}
