import { useQuery } from "@tanstack/react-query";
import { drawQuery } from "../../api/queries.ts";
import type { DrawMonitor } from "../../api/types.ts";
import { Failed, Loading } from "../../parts/loading.tsx";
import { drawTexts } from "../../texts/draws.ts";
import { useTexts } from "../../texts/texts.ts";
import { ByDay, Offers, Outcome, Supply } from "./tables.tsx";
import { useWhen } from "./when.ts";

/** Hex digits of a digest that people compare by eye. */
const DIGEST_SHOWN = 16;

/** One draw, from the opening of its list to what became of its offers. */
export function DrawDetail({ id, show }: { id: string; show: (id: string) => void }) {
  const t = useTexts(drawTexts);
  const { day } = useWhen();
  const { data, error, refetch } = useQuery(drawQuery(id));
  if (error && !data) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Loading />;
  const { draw, second, manifest, result } = data;
  return (
    <article className="draw-detail" aria-label={t.kinds[draw.kind]}>
      <header>
        <h3>{`${t.kinds[draw.kind]} · ${t.states[draw.state]}`}</h3>
        <p>{t.days(day(draw.horizonFrom), day(draw.horizonTo))}</p>
        {result && <p className="draw-result">{t.served(result.served, result.waiting)}</p>}
      </header>
      <Timeline monitor={data} />
      <section>
        <h4>{t.supply}</h4>
        {manifest ? <Supply monitor={data} /> : <p className="soft">{t.supplyOpen}</p>}
      </section>
      {data.days.length > 0 && (
        <details>
          <summary>{t.byDay}</summary>
          <ByDay monitor={data} />
        </details>
      )}
      {result && <Outcome monitor={data} />}
      {result && <Offers monitor={data} />}
      <p className="draw-ways">
        {second && result && (
          <button type="button" className="button small" onClick={() => show(second)}>
            {t.seeSecond}
          </button>
        )}
        <a href={`/repartos/${draw.id}`}>{t.publicPage}</a>
      </p>
    </article>
  );
}

/** What happened when, who signed, and which number it was. */
function Timeline({ monitor }: { monitor: DrawMonitor }) {
  const t = useTexts(drawTexts);
  const { moment } = useWhen();
  const { draw, manifest, witnesses, beacon, round } = monitor;
  const isOver = draw.state === "settled";
  const steps = [
    { key: "opens", at: draw.opensAt, done: true },
    { key: "locks", at: draw.locksAt, done: draw.state !== "open" },
    { key: "signed", at: manifest?.at, done: manifest !== null },
    { key: "draws", at: draw.drawsAt, done: beacon !== null },
    { key: "answers", at: draw.answersBy, done: isOver },
  ] as const;
  return (
    <section>
      <h4>{t.timeline}</h4>
      <ol className="timeline">
        {steps.map(({ key, at, done }) => (
          <li key={key} data-done={done || undefined}>
            <strong>{t.steps[key]}</strong>
            {at !== undefined && <time dateTime={at}>{moment(at)}</time>}
            {key === "signed" && manifest && (
              <p>
                {t.signed(manifest.entries, manifest.people)}{" "}
                {witnesses.asked === 0 ? t.noWitness : t.witnesses(witnesses.signed.length, witnesses.needed)}
                <br />
                {t.root}: <code>{manifest.root.slice(0, DIGEST_SHOWN)}…</code>
                {witnesses.signed.length > 0 && (
                  <span className="small-print soft"> {witnesses.signed.join(", ")}</span>
                )}
              </p>
            )}
            {key === "draws" && (
              <p>
                {round === null ? t.operator : t.round(round)}
                {beacon && (
                  <>
                    <br />
                    {t.number}: <code>{beacon.randomness.slice(0, DIGEST_SHOWN)}…</code>
                  </>
                )}
              </p>
            )}
          </li>
        ))}
      </ol>
      <p className="small-print soft">{t.timeNote}</p>
    </section>
  );
}
