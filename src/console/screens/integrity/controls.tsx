import type { CaseCard } from "../../api/integrity.ts";
import { integrityTexts } from "../../texts/integrity.ts";
import { useTexts } from "../../texts/texts.ts";
import { integrityApi } from "../../urls.ts";
import { useDecision } from "./use-decision.ts";

/** The random sample: all that wait are asked about with one key. */
export function Controls({ cases, mayDecide }: { cases: readonly CaseCard[]; mayDecide: boolean }) {
  const t = useTexts(integrityTexts);
  const decide = useDecision();
  if (cases.length === 0) return null;
  const body = { cases: cases.map(({ id, version }) => ({ id, version })) };
  return (
    <section aria-labelledby="controls-title">
      <h2 id="controls-title">{t.controls}</h2>
      <p className="soft">{t.controlsHelp}</p>
      {mayDecide && (
        <button
          type="button"
          className="button"
          disabled={decide.isPending}
          onClick={() => decide.mutate({ address: integrityApi.cases("challenge"), body, done: t.challengeDone })}
        >
          {t.challengeAll(cases.length)}
        </button>
      )}
    </section>
  );
}
