import { useEffect, useRef, type ReactNode } from "react";
import type { PlanPreview } from "../../api/plan-types.ts";
import { Counts } from "../../parts/counts.tsx";
import { Table } from "../../parts/table.tsx";
import { changedFigures, wayOf } from "../../rules/plan-forms.ts";
import { planFormTexts } from "../../texts/plan-forms.ts";
import { planTexts } from "../../texts/plan.ts";
import { shellTexts } from "../../texts/shell.ts";
import { useTexts } from "../../texts/texts.ts";
import { Affected } from "../cuts/affected.tsx";
import type { Shown } from "./use-planned.ts";

interface Props {
  readonly shown: Shown;
  readonly zone: string;
  /** What is done with it: to save, or to go back. */
  readonly children: ReactNode;
}

/** What saving would do: places, whom it meets, and how places are given out. */
export function Preview({ shown: { preview, before }, zone, children }: Props) {
  const t = useTexts(planFormTexts);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [preview]);
  const { figures } = t;
  const hits = preview.people > 0 || preview.households > 0;
  const counts = [
    ["gained", preview.gained] as const,
    ["lost", preview.lost] as const,
    ["days", preview.days] as const,
    ...(hits ? [["people", preview.people] as const, ["households", preview.households] as const] : []),
  ];
  return (
    <section className="cut-preview" aria-labelledby="plan-preview-title">
      <h2 id="plan-preview-title" ref={title} tabIndex={-1}>
        {before ? t.changed : t.previewTitle}
      </h2>
      {before && <Changed before={before} now={preview} />}
      <Counts counts={counts.map(([figure, value]) => ({ name: figures[figure], value: String(value) }))} />
      {preview.sessions.length > 0 && <Yields sessions={preview.sessions} />}
      {preview.lost > 0 && (hits ? <Affected parties={preview.parties} zone={zone} /> : <p>{t.nothingLost}</p>)}
      {hits && <p>{t.settle}</p>}
      <div className="step-buttons">{children}</div>
    </section>
  );
}

function Changed({ before, now }: { before: PlanPreview; now: PlanPreview }) {
  const t = useTexts(planFormTexts);
  const changed = changedFigures(before, now);
  return (
    <div className="plan-changed" role="alert">
      <p>{t.changedHelp}</p>
      <ul className="plain-list">
        {changed.map(({ figure, was, is }) => (
          <li key={figure}>{t.changedFigure(t.figures[figure], was, is)}</li>
        ))}
        {changed.length === 0 && <li>{t.changedElse}</li>}
      </ul>
    </div>
  );
}

/** What each group gives in a day, where it is held up, and to whom its places go. */
function Yields({ sessions }: Pick<PlanPreview, "sessions">) {
  const t = useTexts(planFormTexts);
  const { ways } = useTexts(planTexts);
  const { groups } = useTexts(shellTexts);
  const { columns } = t;
  return (
    <>
      <Table
        caption={t.yieldTitle}
        numbers
        heads={[
          columns.group,
          columns.places,
          columns.open,
          columns.urgent,
          columns.walkIn,
          columns.assisted,
          columns.overbooked,
        ]}
        rows={sessions.map(({ serviceGroup, places, open, urgent, walkIn, assisted, overbooked }, i) => ({
          key: `${serviceGroup} ${i}`,
          cells: [groups[serviceGroup], places, open, urgent, walkIn, assisted, overbooked],
        }))}
      />
      {sessions.map(
        ({ serviceGroup, bottleneck }, i) =>
          bottleneck && (
            <p key={i}>{t.bottleneck(groups[serviceGroup], t.stationNames[bottleneck.station], bottleneck.counters)}</p>
          ),
      )}
      <p className="plan-way">{ways[wayOf(sessions)]}</p>
    </>
  );
}
