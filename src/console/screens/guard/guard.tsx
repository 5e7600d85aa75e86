import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { doorQuery } from "../../api/guard.ts";
import { useSession } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { DoorAnswer, OverrideReason, Shown } from "../../api/types.ts";
import { useNotify } from "../../parts/notices.tsx";
import { wantedOf } from "../../rules/find.ts";
import { guardTexts } from "../../texts/guard.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import "../../styles/guard.css";
import { ScanDialog } from "../find/scan-dialog.tsx";
import { HallCount } from "./hall-count.tsx";
import { Outside } from "./outside.tsx";
import { Running } from "./running.tsx";
import { VerdictCard } from "./verdict-card.tsx";

/** For one hand: what somebody shows goes in at the top, and one large answer stands below. No name comes here. */
export function GuardScreen() {
  const t = useTexts(guardTexts);
  const notify = useNotify();
  const client = useQueryClient();
  const { may } = useSession();
  const { data: door } = useQuery(doorQuery);
  const [typed, setTyped] = useState("");
  const [scanning, setScanning] = useState(false);
  const [asked, setAsked] = useState<{ readonly shown: Shown | undefined; readonly answer: DoorAnswer }>();
  const box = useRef<HTMLInputElement>(null);

  const after = (answer: DoorAnswer, shown?: Shown) => {
    setAsked({ shown, answer });
    setScanning(false);
    setTyped("");
    box.current?.focus();
    void client.invalidateQueries({ queryKey: doorQuery.queryKey });
  };
  const ask = useMutation({
    mutationFn: (shown: Shown) => post<DoorAnswer>(api.door, { shown }),
    gcTime: 0,
    // The answer to the family before must not be read out to this one.
    onMutate: () => setAsked(undefined),
    onSuccess: (answer, shown) => after(answer, shown),
    onError: notify.refused,
  });
  const override = useMutation({
    mutationFn: (reason: OverrideReason) => post<DoorAnswer>(api.doorOverride, { shown: asked!.shown, reason }),
    gcTime: 0,
    onSuccess: (answer) => after(answer),
    onError: notify.refused,
  });
  const undo = useMutation({
    mutationFn: (visitId: string) => post(api.doorUndo(visitId)),
    onSuccess: () => {
      setAsked(undefined);
      notify.done(t.undone);
      void client.invalidateQueries({ queryKey: doorQuery.queryKey });
    },
    onError: notify.refused,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = wantedOf(typed);
    if ("words" in wanted) notify.say(t.foreign);
    else ask.mutate(wanted);
  };

  return (
    <div className="page guard">
      <h1>{t.title}</h1>
      {door && <HallCount door={door} />}
      <form className="guard-ask" onSubmit={submit}>
        <label>
          {t.folio}
          <input
            ref={box}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            maxLength={400}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            autoFocus
          />
        </label>
        <button type="submit" className="button primary large" disabled={ask.isPending}>
          {t.ask}
        </button>
        <button type="button" className="button large" onClick={() => setScanning(true)}>
          {t.scan}
        </button>
      </form>
      <div role="status" aria-live="assertive">
        {asked && <VerdictCard answer={asked.answer} />}
      </div>
      {asked?.answer.visitId && (
        <button
          type="button"
          className="button large"
          disabled={undo.isPending}
          onClick={() => undo.mutate(asked.answer.visitId!)}
        >
          {t.undo}
        </button>
      )}
      {asked?.shown && asked.answer.verdict !== "pass" && asked.answer.verdict !== "inside" && (
        <details className="guard-anyway">
          <summary>{t.anyway}</summary>
          <p className="soft">{t.anywayHelp}</p>
          <div className="guard-reasons">
            {(Object.keys(t.reasons) as OverrideReason[]).map((reason) => (
              <button
                key={reason}
                type="button"
                className="button large"
                disabled={override.isPending}
                onClick={() => override.mutate(reason)}
              >
                {t.reasons[reason]}
              </button>
            ))}
          </div>
        </details>
      )}
      {door && <Outside door={door} told={after} />}
      {door && (
        <section className="hour-code">
          <h2>{t.hourCode}</h2>
          <p className="hour-digits">{door.hourCode}</p>
          <p className="soft">{t.hourCodeHelp}</p>
        </section>
      )}
      {door && may.includes("run_hall") && <Running limit={door.limit} />}
      {scanning && (
        <ScanDialog searching={ask.isPending} find={(shown) => ask.mutate(shown)} close={() => setScanning(false)} />
      )}
    </div>
  );
}
