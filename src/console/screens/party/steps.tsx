import { useState, type ReactNode } from "react";
import { useNow } from "../../api/clock.ts";
import { useCounter } from "../../api/counter.ts";
import type { Visit } from "../../api/types.ts";
import { clockTime } from "../../parts/format.ts";
import { nextAction, PARTY_STATES, stationAfter, type Action, type PartyState } from "../../rules/party-states.ts";
import { secondsUntil } from "../../rules/timers.ts";
import { partyTexts } from "../../texts/party.ts";
import { useTexts } from "../../texts/texts.ts";
import { todayTexts } from "../../texts/today.ts";
import { Priority } from "./priority.tsx";

interface Props {
  readonly state: PartyState;
  readonly visit: Visit | null;
  readonly zone: string;
  readonly busy: boolean;
  /** Nothing can be done with a party of another day. */
  readonly today: boolean;
  readonly step: (action: Action) => void;
  readonly undo: () => void;
  /** What else may be asked for at any step. */
  readonly children: ReactNode;
}

/** What happened so far, and the buttons for what may come next. */
export function Steps({ state, visit, zone, busy, today, step, undo, children }: Props) {
  const t = useTexts(partyTexts);
  const words = useTexts(todayTexts);
  const counter = useCounter();
  const [asking, setAsking] = useState(false);
  const undoable = secondsUntil(visit?.undoUntil ?? null, useNow(1_000)) > 0;
  const { may } = PARTY_STATES[state];
  const next = nextAction(state, visit);
  const after = visit && stationAfter(visit);
  const past = visit ? history(visit) : [];
  const callWords =
    counter === undefined
      ? words.action.call
      : state === "called" && visit?.counter === counter
        ? words.callAgain
        : words.callTo(counter);
  const buttons: readonly (readonly [Action, string, string])[] = [
    ["check_in", words.action.check_in, "L"],
    ["call", callWords, "V"],
    ["serve", words.action.serve, "A"],
    ...(after ? ([["pass", words.passTo(words.stations[after]), "P"]] as const) : []),
    visit?.parkedAt ? ["unpark", words.action.unpark, "D"] : ["park", words.action.park, "D"],
  ];

  return (
    <section className="steps">
      {past.length > 0 && <p className="soft">{past.join(" · ")}</p>}
      {today && (
        <div className="step-buttons">
          {buttons
            .filter(([action]) => may.includes(action))
            .map(([action, label, key]) => (
              <button
                key={action}
                type="button"
                className={`button ${action === next ? "primary" : ""}`}
                disabled={busy}
                onClick={() => step(action)}
              >
                {label} <kbd>{key}</kbd>
              </button>
            ))}
          {visit && <Priority visit={visit} />}
          {may.includes("no_show") && !asking && (
            <button type="button" className="button quiet" disabled={busy} onClick={() => setAsking(true)}>
              {state === "expected" ? t.noShowAsk : t.leftAsk}
            </button>
          )}
          {children}
          {undoable && (
            <button type="button" className="button" disabled={busy} onClick={undo}>
              {words.undo} <kbd>Z</kbd>
            </button>
          )}
        </div>
      )}
      {asking && may.includes("no_show") && (
        <p className="ask" role="group" aria-label={t.noShowSure}>
          <strong>{state === "expected" ? t.noShowSure : t.leftSure}</strong>
          <button type="button" className="button danger" onClick={() => (setAsking(false), step("no_show"))} autoFocus>
            {state === "expected" ? t.noShowYes : t.leftYes}
          </button>
          <button type="button" className="button" onClick={() => setAsking(false)}>
            {t.cancel}
          </button>
        </p>
      )}
    </section>
  );

  function history({ arrivedAt, calledAt, servedAt, doneAt, counter }: Visit): string[] {
    const at = (instant: string | null, say: (time: string) => string) =>
      instant === null ? [] : [say(clockTime(instant, zone))];
    return [
      ...at(arrivedAt, t.arrivedAt),
      ...at(calledAt, (time) => t.calledAt(time, counter ?? 0)),
      ...at(servedAt, t.servedAt),
      ...at(doneAt, t.doneAt),
    ];
  }
}
