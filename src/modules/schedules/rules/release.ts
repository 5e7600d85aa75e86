import { RELEASE_TICKS } from "#kernel/draws.ts";
import { ROOM_MINUTES } from "#kernel/limits.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#kernel/time.ts";

export { RELEASE_TICKS };

const HOURS_OF_A_DAY = 24;

/** The snapshot shows what came back from this minute on: by then the job of the tick has ended everywhere. */
const SHOWN_FROM_MINUTES = 1;
/** For so many minutes, so that a job delayed by a restart is still shown before the next tick. */
const SHOWN_FOR_MINUTES = 5;
/** Minutes after a tick at which something returns to all: what was freed, and what a waiting room left over. */
const RETURNS_MINUTES = [0, ROOM_MINUTES] as const;

/** The latest release tick that is not after `now`. */
export function lastReleaseTick(now: Date): Date {
  const midnight = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const today = RELEASE_TICKS.map((hour) => midnight + hour * HOUR_MS);
  const passed = [today.at(-1)! - DAY_MS, ...today].filter((tick) => tick <= now.getTime());
  return new Date(Math.max(...passed));
}

/** The next instant, after `now`, at which freed places return. */
export function nextReleaseTick(now: Date): Date {
  const midnight = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const ahead = [...RELEASE_TICKS, RELEASE_TICKS[0] + HOURS_OF_A_DAY].map((hour) => midnight + hour * HOUR_MS);
  return new Date(Math.min(...ahead.filter((tick) => tick > now.getTime())));
}

/** Whether a picture built at `now`, after one built at `before`, may show more than that one did. */
export function mayImprove(before: Date, now: Date): boolean {
  const tick = lastReleaseTick(now).getTime();
  return RETURNS_MINUTES.some((minutes) => {
    const from = tick + (minutes + SHOWN_FROM_MINUTES) * MINUTE_MS;
    if (now.getTime() < from) return false;
    return now.getTime() < from + SHOWN_FOR_MINUTES * MINUTE_MS || before.getTime() < from;
  });
}
