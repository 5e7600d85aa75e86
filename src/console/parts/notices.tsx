import { useEffect } from "react";
import { createStore } from "../api/store.ts";
import { refusalTexts, wordsFor } from "../texts/refusals.ts";
import { shellTexts } from "../texts/shell.ts";
import { useTexts } from "../texts/texts.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import { Cross } from "./dialog.tsx";

interface Notice {
  readonly kind: "done" | "refused";
  readonly text: string;
}

/** Good news leaves by itself; a refusal stays until it was read. */
const SHOWN_MS = 5_000;
const notice = createStore<Notice | undefined>(undefined);

export function useNotify() {
  const words = useTexts(refusalTexts);
  return {
    done: (text: string) => notice.set({ kind: "done", text }),
    refused: (error: unknown) => notice.set({ kind: "refused", text: wordsFor(error, words) }),
    say: (text: string) => notice.set({ kind: "refused", text }),
  };
}

export function clearNotice(): void {
  notice.set(undefined);
}

/** The place where every action says how it ended; always there, so that screen readers hear it. */
export function Notices() {
  const t = useTexts(shellTexts);
  const shown = notice.use();
  useEffect(() => {
    if (shown?.kind !== "done") return;
    const leaving = setTimeout(clearNotice, SHOWN_MS);
    return () => clearTimeout(leaving);
  }, [shown]);
  return (
    <div className="notices" role="status" aria-live="polite">
      {shown && (
        <p className={`toast ${shown.kind}`}>
          <Pictogram name={shown.kind === "done" ? "check" : "warning"} />
          <span>{shown.text}</span>
          <button type="button" className="button quiet square" onClick={clearNotice} aria-label={t.dismiss}>
            <Cross />
          </button>
        </p>
      )}
    </div>
  );
}
