import type { ReactNode } from "react";
import type { DrawMonitor } from "../../api/types.ts";
import { daysByOffice, perPlace } from "../../rules/draws.ts";
import { drawTexts } from "../../texts/draws.ts";
import { useTexts } from "../../texts/texts.ts";
import { useNames, useWhen } from "./when.ts";

/** A table whose first column names the row, and whose cells say their column again on a narrow screen. */
function Table({ heads, rows }: { heads: readonly string[]; rows: readonly (readonly ReactNode[])[] }) {
  return (
    <table className="draw-table">
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...cells], i) => (
          <tr key={i}>
            <th scope="row">{name}</th>
            {cells.map((cell, column) => (
              <td key={heads[column + 1]} data-head={heads[column + 1]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Places against requests: counts below ten are not told, by nobody to nobody. */
export function Supply({ monitor: { supply } }: { monitor: DrawMonitor }) {
  const t = useTexts(drawTexts);
  const { count } = useWhen();
  const names = useNames();
  if (supply.length === 0) return <p className="soft">{t.supplyNone}</p>;
  const told = (value: number | null): string => (value === null ? t.small : count(value));
  return (
    <Table
      heads={[t.office, t.group, t.places, t.entries, t.people, t.asked, t.perPlace]}
      rows={supply.map(({ officeId, serviceGroup, places, entries, people, asked }) => [
        names.office(officeId),
        names.group(serviceGroup),
        count(places),
        told(entries),
        told(people),
        told(asked),
        perPlace(asked, places),
      ])}
    />
  );
}

export function ByDay({ monitor: { days } }: { monitor: DrawMonitor }) {
  const { weekday, count } = useWhen();
  const names = useNames();
  const t = useTexts(drawTexts);
  return daysByOffice(days).map((one) => (
    <div key={`${one.officeId} ${one.serviceGroup}`}>
      <h5>{`${names.office(one.officeId)} · ${names.group(one.serviceGroup)}`}</h5>
      <ul className="day-places" aria-label={t.byDay}>
        {one.days.map(({ localDate, places }) => (
          <li key={localDate}>
            <span>{weekday(localDate)}</span> <strong>{count(places)}</strong>
          </li>
        ))}
      </ul>
    </div>
  ));
}

/** A count, or a dash for one that is too small to be told. */
const orDash = (count: (value: number) => string) => (value: number | null | undefined) =>
  value == null ? "–" : count(value);

export function Outcome({ monitor: { places, households } }: { monitor: DrawMonitor }) {
  const t = useTexts(drawTexts);
  const { count } = useWhen();
  const names = useNames();
  const told = orDash(count);
  if (places.length === 0) return null;
  return (
    <section>
      <h4>{t.outcome}</h4>
      <Table
        heads={[t.office, t.places, t.given, t.gotPlace, t.waiting]}
        rows={places.map(({ officeId, places: all, given }) => {
          const own = households.find((one) => one.officeId === officeId);
          return [names.office(officeId), count(all), told(given), told(own?.served), told(own?.waiting)];
        })}
      />
      <p className="small-print soft">{t.smallHelp}</p>
    </section>
  );
}

export function Offers({ monitor: { offers } }: { monitor: DrawMonitor }) {
  const t = useTexts(drawTexts);
  const { count } = useWhen();
  const names = useNames();
  return (
    <section>
      <h4>{t.offers}</h4>
      {offers.length === 0 ? (
        <p className="soft">{t.offersNone}</p>
      ) : (
        <Table
          heads={[t.office, t.offerOpen, t.accepted, t.silent, t.declined]}
          rows={offers.map(({ officeId, open, accepted, silent, declined }) => [
            names.office(officeId),
            ...[open, accepted, silent, declined].map(orDash(count)),
          ])}
        />
      )}
      {offers.length > 0 && <p className="small-print soft">{t.smallHelp}</p>}
    </section>
  );
}
