import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { todayQuery, useSession, useToday } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { Party, SentHome } from "../../api/types.ts";
import { clockTime } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import { TurnChip } from "../../parts/turn-chip.tsx";
import { lastTurns } from "../../rules/last-turns.ts";
import { dayCloseTexts } from "../../texts/day-close.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { initialsOfFirst, ReturnPapersDialog } from "../today/return-papers.tsx";
import "../../styles/day.css";
import "../../styles/stations.css";

/** The end of a day: nobody who waits leaves without an answer. One key for each, and one for all of them. */
export function LastTurns() {
  const { last: t } = useTexts(dayCloseTexts);
  const { office } = useSession();
  const notify = useNotify();
  const client = useQueryClient();
  const { data } = useToday();
  const [asked, setAsked] = useState<readonly Party[]>();
  const [papers, setPapers] = useState<readonly Party[]>();
  const send = useMutation({
    mutationFn: (parties: readonly Party[]) =>
      post<SentHome>(api.sendHome, { bookings: parties.map(({ bookingId }) => bookingId) }),
    onSuccess: ({ bookings }, parties) => {
      notify.done(t.done(bookings.length));
      setPapers(parties.filter(({ bookingId }) => bookings.includes(bookingId)));
    },
    onError: notify.refused,
    onSettled: () => {
      setAsked(undefined);
      void client.invalidateQueries({ queryKey: todayQuery.queryKey });
    },
  });
  if (!data) return null;
  const { waiting, atCounter } = lastTurns(data.parties);
  return (
    <section className="report last-turns" aria-labelledby="close-last">
      <h2 id="close-last">{t.title}</h2>
      {atCounter > 0 && <p className="door-note warning">{t.atCounter(atCounter)}</p>}
      {waiting.length === 0 && atCounter === 0 && <p className="soft">{t.nobody}</p>}
      {waiting.length > 0 && (
        <>
          <p>{t.lead}</p>
          <p className="soft">{t.means}</p>
          <ul className="last-turns-list">
            {waiting.map((party) => (
              <li key={party.bookingId}>
                <span>
                  <TurnChip visit={party.visit!} /> {initialsOfFirst(party)}{" "}
                  {party.visit!.arrivedAt !== null && clockTime(party.visit!.arrivedAt, office!.zone)}
                </span>
                <button
                  type="button"
                  className="button small"
                  aria-label={t.homeFor(party.visit!.turn!.number)}
                  onClick={() => setAsked([party])}
                >
                  {t.home}
                </button>
              </li>
            ))}
          </ul>
          {waiting.length > 1 && (
            <button type="button" className="button" onClick={() => setAsked(waiting)}>
              {t.all(waiting.length)}
            </button>
          )}
        </>
      )}
      {asked && (
        <p className="door-note warning" role="alert">
          {t.sure(asked.length)}{" "}
          <button type="button" className="button primary" disabled={send.isPending} onClick={() => send.mutate(asked)}>
            {t.yes}
          </button>{" "}
          <button type="button" className="button" onClick={() => setAsked(undefined)}>
            {t.no}
          </button>
        </p>
      )}
      {papers && <ReturnPapersDialog parties={papers} close={() => setPapers(undefined)} />}
    </section>
  );
}
