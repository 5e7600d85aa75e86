import { useQuery } from "@tanstack/react-query";
import { weightsQuery } from "../../api/integrity.ts";
import { Table } from "../../parts/table.tsx";
import { integrityTexts } from "../../texts/integrity.ts";
import { useTexts } from "../../texts/texts.ts";
import { integrityApi } from "../../urls.ts";
import { useDecision } from "./use-decision.ts";

/** What the decided cases would make of the points of each sign, and what that would have done to them, before it is set. */
export function Weights({ mayDecide }: { mayDecide: boolean }) {
  const t = useTexts(integrityTexts);
  const { data } = useQuery(weightsQuery);
  const decide = useDecision();
  if (!data) return null;
  const { labelled, needed, changes, now, then } = data;
  const save = () => decide.mutate({ address: integrityApi.weights, body: { labelled }, done: t.weightsSaved });
  return (
    <section aria-labelledby="weights-title">
      <h2 id="weights-title">{t.weights}</h2>
      <p className="soft">{labelled < needed ? t.weightsFew(labelled, needed) : t.weightsHelp(labelled)}</p>
      {changes.length === 0 ? (
        labelled >= needed && <p>{t.weightsSame}</p>
      ) : (
        <>
          <Table
            heads={[t.signShown, t.nowThen.now, t.nowThen.then]}
            rows={changes.map((one) => ({
              key: one.code,
              cells: [
                { ...t.terms, ...t.credits, maybe_duplicate: t.maybeDuplicate }[one.code as keyof typeof t.terms],
                one.now,
                one.then,
              ],
            }))}
          />
          <p>{t.weightsEffect(now.asked, now.right, then.asked, then.right)}</p>
          {mayDecide && (
            <button type="button" className="button primary" disabled={decide.isPending} onClick={save}>
              {t.weightsSave}
            </button>
          )}
        </>
      )}
    </section>
  );
}
