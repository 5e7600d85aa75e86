import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queueQuery, type EmergencyLine } from "../../api/emergencies.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { emergencyTexts } from "../../texts/emergencies.ts";
import { useTexts } from "../../texts/texts.ts";
import { OpenedDialog } from "./opened.tsx";
import { TimeLeft } from "./time-left.tsx";
import { useAnswerWords } from "./words.ts";
import "../../styles/emergencies.css";

/** Who asked for urgent attention: what is due first before the rest, live, each with the time that is left. */
export function EmergenciesScreen() {
  const t = useTexts(emergencyTexts);
  const { data, error, refetch } = useQuery(queueQuery);
  const [openId, setOpenId] = useState<string>();
  const isWaiting = ({ state }: EmergencyLine) => state === "asked" || state === "proposed";
  return (
    <div className="page emergencies">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      {error && !data ? (
        <Failed error={error} again={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <>
          <Lines title={t.waiting} lines={data.emergencies.filter(isWaiting)} open={setOpenId} isQueue />
          <Lines title={t.answered} lines={data.emergencies.filter((one) => !isWaiting(one))} open={setOpenId} />
        </>
      )}
      {openId !== undefined && <OpenedDialog key={openId} id={openId} close={() => setOpenId(undefined)} />}
    </div>
  );
}

interface LinesProps {
  readonly title: string;
  readonly lines: readonly EmergencyLine[];
  readonly open: (id: string) => void;
  readonly isQueue?: boolean;
}

function Lines({ title, lines, open, isQueue = false }: LinesProps) {
  const t = useTexts(emergencyTexts);
  if (!isQueue && lines.length === 0) return null;
  return (
    <section>
      <h2>
        {title} {lines.length > 0 && <span className="soft">({lines.length})</span>}
      </h2>
      {lines.length === 0 ? (
        <Blank title={t.waitingNone} help={t.waitingNoneHelp} />
      ) : (
        <ul className="emergency-list">
          {lines.map((one) => (
            <Line key={one.id} one={one} open={() => open(one.id)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Line({ one, open }: { one: EmergencyLine; open: () => void }) {
  const t = useTexts(emergencyTexts);
  const answer = useAnswerWords(one);
  const what = one.kind ? t.kinds[one.kind] : t.unknownKind;
  const waits = one.state === "asked" || one.state === "proposed";
  return (
    <li className="emergency">
      <div>
        <strong>{what}</strong>
        {one.neededBy && <span>{t.neededBy[one.neededBy]}</span>}
        {waits && <TimeLeft dueAt={one.dueAt} />}
      </div>
      <div className="emergency-facts">
        <span className="tag">{t.states[one.state]}</span>
        <span className="soft">{one.byPhone ? t.byPhone : t.byNotice}</span>
        {one.reviewed && <span className="soft">{t.reviewed}</span>}
        {one.signedHow === "alone" && <span className="soft">{t.alone}</span>}
        {answer && one.state !== "asked" && <span>{answer}</span>}
      </div>
      <button type="button" className="button" aria-label={t.openFor(what)} onClick={open}>
        {t.open}
      </button>
    </li>
  );
}
