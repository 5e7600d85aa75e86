import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { previewQuery, type Thresholds } from "../../api/integrity.ts";
import { Table } from "../../parts/table.tsx";
import { integrityTexts } from "../../texts/integrity.ts";
import { useTexts } from "../../texts/texts.ts";
import { integrityApi } from "../../urls.ts";
import { useDecision } from "./use-decision.ts";

const LEVELS = ["yellow", "orange", "red"] as const;
const MOST_POINTS = 100;

/** From how many points each level begins. What a change would have done is shown before it can be saved. */
export function ThresholdForm({ thresholds, mayDecide }: { thresholds: Thresholds; mayDecide: boolean }) {
  const t = useTexts(integrityTexts);
  const [typed, setTyped] = useState(thresholds);
  const decide = useDecision();
  const rises = 0 < typed.yellow && typed.yellow < typed.orange && typed.orange < typed.red && typed.red <= MOST_POINTS;
  const { data: preview } = useQuery({ ...previewQuery(typed), enabled: rises, placeholderData: (before) => before });
  const isChanged = LEVELS.some((level) => typed[level] !== thresholds[level]);
  const save = (event: FormEvent) => {
    event.preventDefault();
    decide.mutate({ address: integrityApi.thresholds, body: typed, done: t.saved });
  };
  return (
    <section aria-labelledby="thresholds-title">
      <h2 id="thresholds-title">{t.thresholds}</h2>
      <p className="soft">{t.thresholdsHelp}</p>
      <form className="thresholds" onSubmit={save}>
        {LEVELS.map((level) => (
          <label key={level}>
            {t.from(t.levels[level])}
            <input
              type="number"
              min={1}
              max={MOST_POINTS}
              required
              disabled={!mayDecide}
              value={typed[level]}
              onChange={(event) => setTyped({ ...typed, [level]: event.target.valueAsNumber || 0 })}
            />
          </label>
        ))}
        {mayDecide && (
          <button type="submit" className="button primary" disabled={!isChanged || !rises || decide.isPending}>
            {t.save}
          </button>
        )}
      </form>
      {preview && (
        <>
          <Table
            heads={[t.nowThen.level, t.nowThen.now, t.nowThen.then]}
            rows={preview.levels.map((one) => ({
              key: one.level,
              cells: [
                t.levels[one.level],
                t.groupsOf(one.groupsNow, one.bookingsNow),
                t.groupsOf(one.groupsThen, one.bookingsThen),
              ],
            }))}
          />
          <p className="soft">
            {t.labelled(preview.labelled.asked, preview.labelled.right, preview.labelled.missed, preview.labelled.all)}
          </p>
        </>
      )}
    </section>
  );
}
