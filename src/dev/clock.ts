import type { Clock } from "#platform/clock.ts";

/** Follows the machine, so many milliseconds ahead. The distance is kept in memory: a restart returns to now. */
export interface MovableClock extends Clock {
  ahead(): number;
  move(ms: number): void;
  reset(): void;
}

export function movableClock(): MovableClock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    ahead: () => ahead,
    move: (ms) => {
      ahead += ms;
    },
    reset: () => {
      ahead = 0;
    },
  };
}
