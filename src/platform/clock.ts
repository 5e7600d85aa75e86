/** Where the time comes from. Development and tests may move it; the server's own follows the machine. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

export function fixedClock(start: Date): Clock & { set(instant: Date): void; advance(ms: number): void } {
  let current = start;
  return {
    now: () => new Date(current),
    set: (instant) => {
      current = instant;
    },
    advance: (ms) => {
      current = new Date(current.getTime() + ms);
    },
  };
}
