import type { ReactNode } from "react";
import { Pictogram } from "./pictogram.tsx";

export interface HoldTimerProps {
  /** Until when the place is kept, as a sentence. */
  children: ReactNode;
  /** How long that is from now. */
  seconds: number;
  /** A sentence for each number of whole minutes that may be left, from none on; none holds a `|`. */
  sentences: readonly string[];
  /** Said aloud when two minutes and when thirty seconds are left. */
  soon: string;
  last: string;
  /** What to do when the time is over. */
  over: ReactNode;
}

/** How long a place is kept. `src/client/hold-timer.ts` counts it down; without script it says what held when the page was made. */
export function HoldTimer({ children, seconds, sentences, soon, last, over }: HoldTimerProps) {
  const now = sentences[Math.round(seconds / 60)] ?? sentences.at(-1);
  return (
    <div className="hold" data-seconds={seconds} data-sentences={sentences.join("|")} data-soon={soon} data-last={last}>
      <Pictogram name="clock" />
      <p data-kept>
        {children} <span data-left>{now}</span>
      </p>
      <p data-over hidden>
        {over}
      </p>
      <p className="vh" role="status" data-said />
    </div>
  );
}
