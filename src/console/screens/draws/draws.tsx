import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { drawsQuery } from "../../api/queries.ts";
import type { DrawHead } from "../../api/types.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { firstRounds, firstShown } from "../../rules/draws.ts";
import { drawTexts } from "../../texts/draws.ts";
import { useTexts } from "../../texts/texts.ts";
import { DrawCalendar } from "./calendar.tsx";
import { DemoDraw } from "./demo-draw.tsx";
import { DrawDetail } from "./detail.tsx";
import { Regimes } from "./regimes.tsx";
import { Waits } from "./waits.tsx";
import { useWhen } from "./when.ts";
import "../../styles/draws.css";

/** Draws of the own office, or of the network: what there is, who asked, how it went, and why an office draws. */
export function DrawsScreen() {
  const t = useTexts(drawTexts);
  const { data, error, refetch } = useQuery(drawsQuery);
  const [chosen, setChosen] = useState<string>();

  if (error && !data) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Loading />;
  const shown = chosen ?? firstShown(data.draws);
  return (
    <div className="page">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      {data.maySet && <DemoDraw show={setChosen} />}
      <section className="draws" aria-labelledby="draws-title">
        <h2 id="draws-title">{t.draws}</h2>
        {shown === undefined ? (
          <Blank title={t.none} help={t.noneHelp} />
        ) : (
          <div className="draws-split">
            <ul className="draw-list">
              {firstRounds(data.draws).map((draw) => (
                <li key={draw.id}>
                  <DrawButton draw={draw} pressed={draw.id === shown} choose={() => setChosen(draw.id)} />
                </li>
              ))}
            </ul>
            <DrawDetail key={shown} id={shown} show={setChosen} />
          </div>
        )}
      </section>
      <Waits rows={data.waits} maySet={data.maySet} />
      <Regimes rows={data.regimes} maySet={data.maySet} />
      <DrawCalendar ahead={data.ahead} />
    </div>
  );
}

function DrawButton({ draw, pressed, choose }: { draw: DrawHead; pressed: boolean; choose: () => void }) {
  const t = useTexts(drawTexts);
  const { moment } = useWhen();
  const when = moment(draw.locksAt);
  return (
    <button type="button" className="draw-choice" aria-pressed={pressed} onClick={choose}>
      <strong>{t.kinds[draw.kind]}</strong>
      <span>{draw.state === "open" ? t.closesOn(when) : t.closedOn(when)}</span>
      <span className={`tag tag-${draw.state}`}>{t.states[draw.state]}</span>
    </button>
  );
}
