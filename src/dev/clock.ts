import type { Clock } from "#platform/clock.ts";

/** Follows the machine, so many milliseconds ahead. The distance is kept in memory: a restart returns to now. */
export interface MovableClock extends Clock {
  ahead(): number;
  move(ms: number): void;
  reset(): void;
  /** Is told the distance each time it changes: another process of the demo has no other way to it. */
  onMove(told: (aheadMs: number) => void): void;
}

export function movableClock(): MovableClock {
  let ahead = 0;
  const listeners: ((aheadMs: number) => void)[] = [];
  const set = (ms: number): void => {
    ahead = ms;
    for (const told of listeners) told(ahead);
  };
  return {
    now: () => new Date(Date.now() + ahead),
    ahead: () => ahead,
    move: (ms) => set(ahead + ms),
    reset: () => set(0),
    onMove: (told) => void listeners.push(told),
  };
}
