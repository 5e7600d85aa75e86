import { useNow } from "../../api/clock.ts";
import type { Party } from "../../api/types.ts";
import { fullName } from "../../rules/filter.ts";
import { secondsUntil, UNDO_SECONDS } from "../../rules/timers.ts";
import { todayTexts } from "../../texts/today.ts";
import { useTexts } from "../../texts/texts.ts";

/** For a minute after an outcome: what was recorded, how long is left, and the way back. */
export function UndoBar({ party, undo }: { party: Party; undo: () => void }) {
  const t = useTexts(todayTexts);
  const left = secondsUntil(party.visit?.undoUntil ?? null, useNow(1_000));
  if (left === 0) return null;
  return (
    <div className="undo-bar">
      <p role="status">
        <strong>{party.visit?.state === "left" ? t.did.no_show : t.did.record}</strong> {fullName(party.people[0]!)}
      </p>
      <button type="button" className="button primary" onClick={undo}>
        {t.undo} <kbd>Z</kbd>
      </button>
      <span className="undo-left" aria-hidden="true">
        {t.undoLeft(left)}
      </span>
      <progress max={UNDO_SECONDS} value={left} aria-hidden="true" />
    </div>
  );
}
