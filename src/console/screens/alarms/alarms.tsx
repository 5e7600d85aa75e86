import { queryOptions, useQuery } from "@tanstack/react-query";
import type { AgentAlarms } from "#channels/api/console/agents.routes.ts";
import { get } from "../../api/request.ts";
import { fullDate } from "../../parts/format.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { alarmTexts } from "../../texts/alarms.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { useNames } from "../draws/when.ts";
import "../../styles/integrity.css";

const alarmsQuery = queryOptions({
  queryKey: ["agent-alarms"],
  // Each reading is a line of the audit log.
  staleTime: Infinity,
  queryFn: () => get<AgentAlarms>(api.agentAlarms),
});

/** What stood out of what a member of staff did, each as a sentence with why. Nobody else is named, and nobody is ranked. */
export function AlarmsScreen() {
  const t = useTexts(alarmTexts);
  const language = useLanguage();
  const { office } = useNames();
  const { data, error, refetch } = useQuery(alarmsQuery);
  return (
    <div className="page integrity doubts">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      {error && !data && <Failed error={error} again={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.alarms.length === 0 && <Blank title={t.none} help={t.noneHelp} />}
      <ul className="case-list">
        {data?.alarms.map((one) => (
          <li key={one.name + one.sign} className="case doubt">
            <p className="case-facts">
              <strong>
                <bdi>{one.name}</bdi>
              </strong>
              {one.officeId !== null && <span>{office(one.officeId)}</span>}
              <span className="soft">{t.found(fullDate(one.foundOn, language))}</span>
            </p>
            <p>{t.signs[one.sign](one.count, one.of)}</p>
            <p className="soft">{t.peers[one.sign](one.peersCount, one.peersOf)}</p>
          </li>
        ))}
      </ul>
      <p className="soft">{t.ask}</p>
    </div>
  );
}
