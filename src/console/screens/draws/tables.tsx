import type { DrawMonitor } from "../../api/types.ts";
import { Counts } from "../../parts/counts.tsx";
import { Table } from "../../parts/table.tsx";
import { daysByOffice, perPlace } from "../../rules/draws.ts";
import { drawTexts } from "../../texts/draws.ts";
import { useTexts } from "../../texts/texts.ts";
import { useNames, useWhen } from "./when.ts";

/** Places against requests: counts below ten are not told, by nobody to nobody. */
export function Supply({ monitor: { supply } }: { monitor: DrawMonitor }) {
  const t = useTexts(drawTexts);
  const { count } = useWhen();
  const names = useNames();
  if (supply.length === 0) return <p className="soft">{t.supplyNone}</p>;
  const told = (value: number | null): string => (value === null ? t.small : count(value));
  return (
    <Table
      numbers
      heads={[t.office, t.group, t.places, t.entries, t.people, t.asked, t.perPlace]}
      rows={supply.map(({ officeId, serviceGroup, places, entries, people, asked }) => ({
        key: `${officeId} ${serviceGroup}`,
        cells: [
          names.office(officeId),
          names.group(serviceGroup),
          count(places),
          told(entries),
          told(people),
          told(asked),
          perPlace(asked, places),
        ],
      }))}
    />
  );
}

export function ByDay({ monitor: { days } }: { monitor: DrawMonitor }) {
  const { weekday, count } = useWhen();
  const names = useNames();
  return daysByOffice(days).map((one) => (
    <div key={`${one.officeId} ${one.serviceGroup}`}>
      <h5>{`${names.office(one.officeId)} · ${names.group(one.serviceGroup)}`}</h5>
      <Counts counts={one.days.map(({ localDate, places }) => ({ name: weekday(localDate), value: count(places) }))} />
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
        numbers
        heads={[t.office, t.places, t.given, t.gotPlace, t.waiting]}
        rows={places.map(({ officeId, places: all, given }) => {
          const own = households.find((one) => one.officeId === officeId);
          const cells = [names.office(officeId), count(all), told(given), told(own?.served), told(own?.waiting)];
          return { key: officeId, cells };
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
          numbers
          heads={[t.office, t.offerOpen, t.accepted, t.silent, t.declined]}
          rows={offers.map(({ officeId, open, accepted, silent, declined }) => ({
            key: officeId,
            cells: [names.office(officeId), ...[open, accepted, silent, declined].map(orDash(count))],
          }))}
        />
      )}
      {offers.length > 0 && <p className="small-print soft">{t.smallHelp}</p>}
    </section>
  );
}
