import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { MINUTE_MS } from "#kernel/time.ts";

/** Files that one member of staff may open in any minute (engineering.md 3.4): nobody serves that many, whoever copies them does. */
export const FILES_PER_MINUTE = 60;

export interface TooManyFiles {
  readonly code: "too_many_files";
  /** Seconds until the next file opens. */
  readonly retryAfter: number;
}

/** Whether one more file may be opened now; answers with the instants to remember, the latest last. */
export function openOneMore(openedAt: readonly Date[], now: Date): Outcome<Date[], TooManyFiles> {
  // An instant of a clock that was ahead counts only as long as one that is right.
  const latest = openedAt.filter((at) => Math.abs(now.getTime() - at.getTime()) < MINUTE_MS);
  if (latest.length < FILES_PER_MINUTE) return accept([...latest, now]);
  const free = latest.at(-FILES_PER_MINUTE)!.getTime() + MINUTE_MS;
  return refuse({ code: "too_many_files", retryAfter: Math.max(1, Math.ceil((free - now.getTime()) / 1_000)) });
}
