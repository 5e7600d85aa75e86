import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNow } from "../../api/clock.ts";
import { post } from "../../api/request.ts";
import { openedTalkQuery, talksQuery, type OpenedTalk, type Talk } from "../../api/talks.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { talkTexts } from "../../texts/talks.ts";
import { useTexts } from "../../texts/texts.ts";
import { talkApi } from "../../urls.ts";
import { callerTexts } from "../../texts/callers.ts";
import { CallerDialog } from "./caller.tsx";
import { TalkDialog } from "./opened.tsx";
import "../../styles/emergencies.css";
import "../../styles/talks.css";

const TICK_MS = 20_000;
const MINUTE_MS = 60_000;
const MINUTES_AN_HOUR = 60;

/** Who waits for a person: urgent first, then by how long, each taken by one agent. */
export function TalksScreen() {
  const t = useTexts(talkTexts);
  const { data, error, refetch } = useQuery(talksQuery);
  const { look } = useTexts(callerTexts);
  const [openId, setOpenId] = useState<string>();
  const [isLooking, setLooking] = useState(false);
  return (
    <div className="page emergencies">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      <p>
        <button type="button" className="button" onClick={() => setLooking(true)}>
          {look}
        </button>
      </p>
      {error && !data ? (
        <Failed error={error} again={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : data.talks.length === 0 ? (
        <Blank title={t.none} help={t.noneHelp} />
      ) : (
        <ul className="emergency-list">
          {data.talks.map((one) => (
            <Line key={one.id} one={one} open={() => setOpenId(one.id)} />
          ))}
        </ul>
      )}
      {isLooking && <CallerDialog close={() => setLooking(false)} />}
      {openId !== undefined && <TalkDialog key={openId} id={openId} close={() => setOpenId(undefined)} />}
    </div>
  );
}

function Line({ one, open }: { one: Talk; open: () => void }) {
  const t = useTexts(talkTexts);
  const client = useQueryClient();
  const notify = useNotify();
  const now = useNow(TICK_MS);
  const minutes = Math.max(0, Math.floor((now - Date.parse(one.createdAt)) / MINUTE_MS));
  const what = t.reasons[one.reason];
  const take = useMutation({
    mutationFn: () => post<OpenedTalk>(talkApi.step(one.id, "take")),
    onSuccess: (opened) => {
      client.setQueryData(openedTalkQuery(one.id).queryKey, opened);
      open();
    },
    onError: notify.refused,
    onSettled: () => client.invalidateQueries({ queryKey: talksQuery.queryKey }),
  });
  return (
    <li className="emergency">
      <div>
        <strong>{what}</strong>
        <span className={now > Date.parse(one.dueAt) ? "time-left late" : "time-left"}>
          {now > Date.parse(one.dueAt) && <strong>{t.late} · </strong>}
          {minutes < MINUTES_AN_HOUR ? t.waits(minutes) : t.waitsHours(Math.floor(minutes / MINUTES_AN_HOUR))}
        </span>
      </div>
      <div className="emergency-facts">
        <span className="tag">{t.channels[one.channel]}</span>
        <span className="tag">{t.languages[one.language]}</span>
        {one.standing !== "waits" && <span className="soft">{one.standing === "mine" ? t.mine : t.others}</span>}
      </div>
      {one.standing !== "others" && (
        <button
          type="button"
          className={one.standing === "mine" ? "button" : "button primary"}
          aria-label={one.standing === "mine" ? t.goOnFor(what) : t.takeFor(what)}
          disabled={take.isPending}
          onClick={() => take.mutate()}
        >
          {one.standing === "mine" ? t.goOn : t.take}
        </button>
      )}
    </li>
  );
}
