import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { deskQuery, type ClusterCard, type IntegrityDesk } from "../../api/integrity.ts";
import { useSession } from "../../api/queries.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { integrityTexts } from "../../texts/integrity.ts";
import { useTexts } from "../../texts/texts.ts";
import { Appeals } from "./appeals.tsx";
import { AskedCases } from "./asked.tsx";
import { Group } from "./group.tsx";
import { Controls } from "./controls.tsx";
import { ThresholdForm } from "./thresholds.tsx";
import { Weights } from "./weights.tsx";
import "../../styles/integrity.css";

/** What the integrity analysts review: groups, what was asked, the random sample, appeals, and the thresholds. */
export function IntegrityScreen() {
  const t = useTexts(integrityTexts);
  const { data, error, refetch } = useQuery(deskQuery);
  return (
    <div className="page integrity">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      {error && !data && <Failed error={error} again={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <DeskOfAnalyst desk={data} />}
    </div>
  );
}

function DeskOfAnalyst({ desk }: { desk: IntegrityDesk }) {
  const t = useTexts(integrityTexts);
  const { may } = useSession();
  const [chosen, setChosen] = useState<string>();
  const mayDecide = may.includes("decide_integrity");
  const queuedIn = ({ id }: ClusterCard) => desk.cases.filter((one) => one.clusterId === id && one.state === "queued");
  const groups = desk.clusters.filter((one) => queuedIn(one).length > 0);
  const at = Math.max(
    0,
    groups.findIndex((one) => one.id === chosen),
  );
  const shown = groups[at];
  const go = (by: number) => setChosen(groups[Math.min(groups.length - 1, Math.max(0, at + by))]?.id);
  return (
    <>
      <section aria-labelledby="groups-title">
        <h2 id="groups-title">{t.groups}</h2>
        {shown === undefined ? (
          <Blank title={t.none} help={t.noneHelp} />
        ) : (
          <div className="groups-split">
            <ul className="group-list">
              {groups.map((one) => (
                <li key={one.id}>
                  <button
                    type="button"
                    className="group-choice"
                    aria-pressed={one.id === shown.id}
                    onClick={() => setChosen(one.id)}
                  >
                    <span className={`level level-${one.level}`}>{t.levels[one.level]}</span>
                    <strong>{t.group(one.points)}</strong>
                    <span>{t.facts(one.bookings, one.persons, one.contacts, one.offices)}</span>
                  </button>
                </li>
              ))}
            </ul>
            <Group key={shown.id} group={shown} queued={queuedIn(shown)} mayDecide={mayDecide} go={go} />
          </div>
        )}
      </section>
      <AskedCases cases={desk.cases.filter((one) => one.state === "challenged")} mayDecide={mayDecide} />
      <Appeals cases={desk.cases.filter((one) => one.appeal !== null)} mayDecide={mayDecide} />
      <Controls
        cases={desk.cases.filter((one) => one.origin === "control" && one.state === "queued")}
        mayDecide={mayDecide}
      />
      <ThresholdForm thresholds={desk.thresholds} mayDecide={mayDecide} />
      <Weights mayDecide={mayDecide} />
    </>
  );
}
