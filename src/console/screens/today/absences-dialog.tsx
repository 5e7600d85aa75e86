import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { get, post, put } from "../../api/request.ts";
import type { Pacing } from "../../api/types.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { absentOf, withToggled, type AbsentCounter } from "../../rules/suspended.ts";
import { dayTexts } from "../../texts/day.ts";
import { shellTexts } from "../../texts/shell.ts";
import { useTexts } from "../../texts/texts.ts";
import { api, pages } from "../../urls.ts";

type Session = Pacing["sessions"][number];

/** Who is here today: taps at counters where nobody works, what follows from them, and then one key that says so. */
export function AbsencesDialog({ close }: { close: () => void }) {
  const t = useTexts(dayTexts);
  const { data, error, refetch } = useQuery({
    queryKey: ["day-absences"],
    queryFn: () => get<Pacing>(api.absences),
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <Dialog title={t.absences} close={close}>
      {data ? (
        <Absences now={data} close={close} />
      ) : error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}

function Absences({ now, close }: { now: Pacing; close: () => void }) {
  const t = useTexts(dayTexts);
  const notify = useNotify();
  const known = absentOf(now.sessions);
  const [absent, setAbsent] = useState<readonly AbsentCounter[]>(known);
  const preview = useMutation({
    mutationFn: (asked: readonly AbsentCounter[]) => post<Pacing>(api.absencesPreview, { absent: asked }),
    onError: notify.refused,
  });
  const save = useMutation({
    mutationFn: () => put<Pacing>(api.absences, { absent, known }),
    onSuccess: ({ told }) => {
      notify.done(t.absencesDone(told));
      close();
    },
    onError: notify.refused,
  });
  const toggle = (one: AbsentCounter) => {
    const next = withToggled(absent, one);
    setAbsent(next);
    preview.mutate(next);
  };
  const isAbsent = (sessionId: string, counter: number) =>
    absent.some((one) => one.sessionId === sessionId && one.counter === counter);
  const shown = preview.data ?? now;

  if (now.sessions.length === 0) return <p>{t.nobodyOpens}</p>;
  return (
    <div className="day-form">
      <p className="soft">{t.whoLead}</p>
      {now.sessions.map((session) => (
        <fieldset key={session.id} className="who">
          <legend>
            <SessionName session={session} />
          </legend>
          {Array.from({ length: session.counters }, (_, i) => i + 1).map((counter) => {
            const gone = isAbsent(session.id, counter);
            return (
              <button
                key={counter}
                type="button"
                className="button small who-counter"
                aria-pressed={gone}
                onClick={() => toggle({ sessionId: session.id, counter })}
              >
                <span>{t.counter(session.firstNumber + counter - 1)}</span>
                <small>{gone ? t.absent : t.present}</small>
              </button>
            );
          })}
        </fieldset>
      ))}
      <div className="day-plan" role="status">
        <h3>{t.plan}</h3>
        {shown.sessions.map((session) => (
          <SessionPlan key={session.id} session={session} close={close} />
        ))}
        <p>
          {t.later(shown.later)} {t.tells(shown.told)}
        </p>
        <p className="soft">{t.nothingCancelled}</p>
      </div>
      <div className="step-buttons">
        <button
          type="button"
          className="button primary"
          disabled={save.isPending || preview.isPending}
          onClick={() => save.mutate()}
        >
          {t.setAbsences}
        </button>
        <button type="button" className="button" onClick={close}>
          {t.cancel}
        </button>
      </div>
    </div>
  );
}

function SessionName({ session: { serviceGroup, opens, closes } }: { session: Session }) {
  const t = useTexts(dayTexts);
  return t.session(useGroupName()(serviceGroup), opens, closes);
}

function SessionPlan({ session, close }: { session: Session; close: () => void }) {
  const t = useTexts(dayTexts);
  const navigate = useNavigate();
  const nameOf = useGroupName();
  const { serviceGroup, ends, overMinutes, cut } = session;
  return (
    <>
      <p className={overMinutes > 0 ? "mark-late" : undefined}>
        {overMinutes > 0 ? t.overtime(nameOf(serviceGroup), ends, overMinutes) : t.onTime(nameOf(serviceGroup), ends)}
      </p>
      {cut && (
        <p className="day-cut">
          {t.tooLate(cut.parties, cut.from)}
          <button
            type="button"
            className="button small"
            onClick={() => {
              close();
              void navigate(pages.cuts, {
                state: { cut: { sessionId: session.id, hourFrom: cut.from, hourTo: session.closes } },
              });
            }}
          >
            {t.openCut}
          </button>
        </p>
      )}
    </>
  );
}

function useGroupName(): (group: string) => string {
  const { groups } = useTexts(shellTexts);
  return (group) => groups[group as keyof typeof groups] ?? group;
}
