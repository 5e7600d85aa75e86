import { useState } from "react";
import type { RegimeRow } from "../../api/types.ts";
import { perPlace, sortRegimes } from "../../rules/draws.ts";
import { drawTexts } from "../../texts/draws.ts";
import { useTexts } from "../../texts/texts.ts";
import { RegimeDialog, type RegimeAsked } from "./regime-dialog.tsx";
import { useNames, useWhen } from "./when.ts";

/** How each office gives out its places, why, and for headquarters the switch. */
export function Regimes({ rows, maySet }: { rows: readonly RegimeRow[]; maySet: boolean }) {
  const t = useTexts(drawTexts);
  const [asked, setAsked] = useState<RegimeAsked>();
  const [all, setAll] = useState(false);
  const { first, others } = sortRegimes(rows);
  const shown = all ? [...first, ...others] : first;
  return (
    <section aria-labelledby="regimes-title">
      <h2 id="regimes-title">{t.regimes}</h2>
      <p className="soft">{t.regimesLead}</p>
      {rows.length === 0 && <p className="soft">{t.regimesNone}</p>}
      <ul className="regimes">
        {shown.map((row) => (
          <Regime key={`${row.officeId} ${row.serviceGroup}`} row={row} change={maySet ? setAsked : undefined} />
        ))}
      </ul>
      <p className="draw-ways">
        {others.length > 0 && !all && (
          <button type="button" className="button small" onClick={() => setAll(true)}>
            {t.others(others.length)}
          </button>
        )}
        {maySet && (
          <button
            type="button"
            className="button small"
            onClick={() => setAsked({ officeId: "", serviceGroup: "documentacion", regime: "draw" })}
          >
            {t.changeOther}
          </button>
        )}
      </p>
      {asked && <RegimeDialog asked={asked} close={() => setAsked(undefined)} />}
    </section>
  );
}

function Regime({ row, change }: { row: RegimeRow; change: ((asked: RegimeAsked) => void) | undefined }) {
  const t = useTexts(drawTexts);
  const names = useNames();
  const { day, moment } = useWhen();
  const { officeId, serviceGroup, regime, drawsFrom, decidedBy, measures } = row;
  const [latest, ...earlier] = measures;
  const [office, group] = [names.office(officeId), names.group(serviceGroup)];
  const why = latest ? t.reasons[latest.reason] : decidedBy === "staff" ? t.reasons.by_hand : t.byDemo;
  return (
    <li className="regime" data-regime={regime}>
      <div className="regime-head">
        <h3>{`${office} · ${group}`}</h3>
        <span className={`tag tag-${regime}`}>{t.regime[regime]}</span>
        {latest?.ratio != null && (
          <span className="regime-ratio">
            {t.ratio}: <strong>{latest.ratio.toFixed(2)}</strong>
          </span>
        )}
      </div>
      <p>
        {decidedBy === "demo" && latest?.reason === "by_hand" ? t.byDemo : why} {drawsFrom && t.since(day(drawsFrom))}
      </p>
      {earlier.length > 0 && (
        <details>
          <summary>{t.history}</summary>
          <ul className="plain-list">
            {earlier.map((one, i) => (
              <li key={i}>
                {moment(one.at)}: {one.ratio === null ? perPlace(one.asked, one.places) : one.ratio.toFixed(2)}.{" "}
                {t.reasons[one.reason]}
              </li>
            ))}
          </ul>
        </details>
      )}
      {change && (
        <button
          type="button"
          className="button small"
          aria-label={t.changeFor(office, group)}
          onClick={() => change({ officeId, serviceGroup, regime })}
        >
          {t.change}
        </button>
      )}
    </li>
  );
}
