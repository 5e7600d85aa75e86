import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNow } from "../../api/clock.ts";
import { todayQuery, useSession } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { ResumedAnswer, Today } from "../../api/types.ts";
import { useNotify } from "../../parts/notices.tsx";
import { useServiceName } from "../../parts/services.tsx";
import { heldInside, standing } from "../../rules/suspended.ts";
import { dayTexts } from "../../texts/day.ts";
import { useTexts } from "../../texts/texts.ts";
import { todayTexts } from "../../texts/today.ts";
import { api } from "../../urls.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import { AbsencesDialog } from "./absences-dialog.tsx";
import { NewsDialog } from "./news-dialog.tsx";
import { ReturnPapersDialog } from "./return-papers.tsx";
import { StationsDialog } from "./stations-dialog.tsx";
import { SuspendDialog } from "./suspend-dialog.tsx";
import "../../styles/day.css";

/** An hour that was promised shows within so long that it has come. */
const REDRAW_MS = 10_000;

type Open =
  "suspend" | "absences" | "papers" | "stations" | { readonly newsOf: readonly string[]; readonly name: string };

/** What is other today than planned, in a sentence for everybody; what a supervisor does about it. */
export function DayBar({ today }: { today: Today }) {
  const t = useTexts(dayTexts);
  const { stations } = useTexts(todayTexts);
  const notify = useNotify();
  const nameOf = useServiceName();
  const now = useNow(REDRAW_MS);
  const client = useQueryClient();
  const runs = useSession().may.includes("edit_schedule");
  const [open, setOpen] = useState<Open>();
  const readAgain = () => client.invalidateQueries({ queryKey: todayQuery.queryKey });
  const inside = heldInside(today);
  const resume = useMutation({
    mutationFn: (asked: { services: string[]; undone: boolean }) => post<ResumedAnswer>(api.endSuspension, asked),
    onSuccess: ({ told }) => notify.done(t.resumeDone(told)),
    onError: notify.refused,
    onSettled: readAgain,
  });
  const close = () => {
    setOpen(undefined);
    void readAgain();
  };
  if (!runs && today.suspensions.length === 0) return null;

  return (
    <section className="day-bar" aria-label={t.bar}>
      {today.suspensions.length > 0 && (
        <ul className="suspensions">
          {standing(today.suspensions).map(({ service, station, services, newsAt, newsTime }) => {
            const name = station === null ? nameOf(service) : stations[station];
            return (
              <li key={name}>
                <p role="status">
                  <Pictogram name="warning" />
                  {Date.parse(newsAt) > now ? t.suspended(name, newsTime) : t.newsDue(name, newsTime, runs)}
                </p>
                {runs && (
                  <span className="day-acts">
                    <button
                      type="button"
                      className="button small primary"
                      aria-label={t.resumeFor(name)}
                      disabled={resume.isPending}
                      onClick={() => resume.mutate({ services, undone: false })}
                    >
                      {t.resume}
                    </button>
                    <button
                      type="button"
                      className="button small"
                      aria-label={t.postponeFor(name)}
                      onClick={() => setOpen({ newsOf: services, name })}
                    >
                      {t.postpone}
                    </button>
                    <button
                      type="button"
                      className="button small quiet"
                      aria-label={t.undoFor(name)}
                      disabled={resume.isPending}
                      onClick={() => resume.mutate({ services, undone: true })}
                    >
                      {t.undo}
                    </button>
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      )}
      <div className="day-acts">
        {inside.length > 0 && (
          <button type="button" className="button small" onClick={() => setOpen("papers")}>
            {t.papers(inside.length)}
          </button>
        )}
        {runs && (
          <>
            <button type="button" className="button small" onClick={() => setOpen("suspend")}>
              {t.suspend}
            </button>
            <button type="button" className="button small" onClick={() => setOpen("absences")}>
              {t.absences}
            </button>
            <button type="button" className="button small" onClick={() => setOpen("stations")}>
              {t.stations}
            </button>
          </>
        )}
      </div>
      {open === "suspend" && <SuspendDialog today={today} close={close} />}
      {open === "absences" && <AbsencesDialog close={close} />}
      {open === "stations" && <StationsDialog close={close} />}
      {open === "papers" && <ReturnPapersDialog parties={inside} close={close} />}
      {typeof open === "object" && <NewsDialog services={open.newsOf} name={open.name} close={close} />}
    </section>
  );
}
