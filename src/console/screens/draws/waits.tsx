import { useState } from "react";
import type { WaitRow } from "../../api/types.ts";
import { Counts } from "../../parts/counts.tsx";
import { sortWaits } from "../../rules/waits.ts";
import { drawTexts } from "../../texts/draws.ts";
import { useTexts } from "../../texts/texts.ts";
import { useNames, useWhen } from "./when.ts";

/** How many weeks families wait, those past the ceiling first with what would mend them; for headquarters of all offices. */
export function Waits({ rows, maySet }: { rows: readonly WaitRow[]; maySet: boolean }) {
  const t = useTexts(drawTexts);
  const [all, setAll] = useState(false);
  const { past, others } = sortWaits(rows);
  // An office has a handful of rows; headquarters sees first what has to be decided.
  const isFolded = maySet && past.length > 0 && !all;
  return (
    <section aria-labelledby="waits-title">
      <h2 id="waits-title">{t.waits}</h2>
      <p className="soft">{rows.length === 0 ? t.waitsNone : t.waitsLead}</p>
      {past.length > 0 && <p>{t.proposed(new Set(past.map((row) => row.officeId)).size)}</p>}
      <ul className="regimes">
        {(isFolded ? past : [...past, ...others]).map((row) => (
          <OfficeWait key={`${row.officeId} ${row.serviceGroup}`} row={row} />
        ))}
      </ul>
      {isFolded && others.length > 0 && (
        <p className="draw-ways">
          <button type="button" className="button small" onClick={() => setAll(true)}>
            {t.waitsOthers(others.length)}
          </button>
        </p>
      )}
    </section>
  );
}

function OfficeWait({ row }: { row: WaitRow }) {
  const t = useTexts(drawTexts);
  const names = useNames();
  const { officeId, serviceGroup, weeks, more, past } = row;
  const told = weeks === null ? t.weeksUnknown : more ? t.weeksMore(t.weeks(weeks)) : t.weeks(weeks);
  return (
    <li className="regime" data-past={past || undefined}>
      <div className="regime-head">
        <h3>{`${names.office(officeId)} · ${names.group(serviceGroup)}`}</h3>
        <strong>{told}</strong>
        {past && <span className="tag tag-void">{t.pastCeiling}</span>}
      </div>
      {past && <Proposal row={row} />}
      <Waiting row={row} />
    </li>
  );
}

/** In the order of the answer. */
const STOOD = ["one", "two", "few", "many"] as const;

/** The waitlist of the office: how many families of how many draws; small numbers are told to nobody. */
function Waiting({ row: { waiting } }: { row: WaitRow }) {
  const t = useTexts(drawTexts);
  const { count } = useWhen();
  if (waiting.every((households) => households === 0)) return <p className="soft">{t.nobodyWaits}</p>;
  return (
    <>
      <p className="soft">{t.waitlist}</p>
      <Counts
        counts={STOOD.map((stood, i) => ({
          name: t.stood[stood],
          value: waiting[i] == null ? "–" : count(waiting[i]),
        }))}
      />
    </>
  );
}

function Proposal({ row: { proposal } }: { row: WaitRow }) {
  const t = useTexts(drawTexts);
  const { count } = useWhen();
  if (proposal === null) return <p className="soft">{t.mendUnknown}</p>;
  const { places, weekly } = proposal;
  return (
    <p>
      {places > 0 && t.mend(count(places))} {weekly > 0 && t.mendWeekly(count(weekly))}
      {places === 0 && weekly === 0 && t.mendItself}
    </p>
  );
}
