import type { CaseCard } from "../../api/integrity.ts";
import { integrityTexts } from "../../texts/integrity.ts";
import { useTexts } from "../../texts/texts.ts";
import { integrityApi } from "../../urls.ts";
import { useNames, useWhen } from "../draws/when.ts";
import { useDecision } from "./use-decision.ts";

/** Appeals that nobody decided yet; who signed the end sees it and cannot decide. */
export function Appeals({ cases, mayDecide }: { cases: readonly CaseCard[]; mayDecide: boolean }) {
  const t = useTexts(integrityTexts);
  return (
    <section aria-labelledby="appeals-title">
      <h2 id="appeals-title">{t.appeals}</h2>
      {cases.length === 0 ? (
        <p className="soft">{t.appealsNone}</p>
      ) : (
        <ul className="case-list">
          {cases.map((one) => (
            <Appeal key={one.id} one={one} mayDecide={mayDecide} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Appeal({ one, mayDecide }: { one: CaseCard; mayDecide: boolean }) {
  const t = useTexts(integrityTexts);
  const { moment } = useWhen();
  const { office } = useNames();
  const decide = useDecision();
  const { id, version } = one;
  const appeal = one.appeal!;
  const answer = (verdict: "won" | "upheld") =>
    decide.mutate({ address: integrityApi.appeals, body: { id, version, verdict }, done: t.appealDone });
  return (
    <li className="case">
      <p className="case-facts">
        <strong>{office(one.officeId)}</strong>
        <span>{t.when(moment(one.startsAt))}</span>
        <span>{t.reasons[appeal.reason]}</span>
      </p>
      <p className="soft">
        {t.appealDue(moment(appeal.dueAt))} {t.tries(one.attempts.length)}.
      </p>
      {appeal.ownSignature ? (
        <p>{t.own}</p>
      ) : (
        mayDecide && (
          <div className="step-buttons">
            <button type="button" className="button primary" disabled={decide.isPending} onClick={() => answer("won")}>
              {t.won}
            </button>
            <button type="button" className="button" disabled={decide.isPending} onClick={() => answer("upheld")}>
              {t.upheld}
            </button>
          </div>
        )
      )}
    </li>
  );
}
