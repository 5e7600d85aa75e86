import type { Limit } from "./table.ts";

/** Whether one more is admitted now. Instants are milliseconds UTC; `tat` is what has to be remembered. */
export type Taken = { readonly ok: true; readonly tat: number } | { readonly ok: false; readonly retryAt: number };

/**
 * The generic cell rate algorithm (fairness.md 4.4.6): one instant is all that is kept, the one at which the budget is
 * full again. In any window of t seconds no more than burst + t / everySeconds are admitted, and a clock that goes back
 * admits nothing, for the instant stays.
 */
export function take(
  tat: number | undefined,
  now: number,
  { burst, everySeconds }: Pick<Limit, "burst" | "everySeconds">,
): Taken {
  const every = everySeconds * 1_000;
  const full = Math.max(tat ?? now, now);
  const retryAt = full - (burst - 1) * every;
  return now >= retryAt ? { ok: true, tat: full + every } : { ok: false, retryAt };
}
