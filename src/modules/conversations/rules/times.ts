import { DAY_MS, HOUR_MS, MINUTE_MS } from "#kernel/time.ts";

/** Tries at a message that came in, and at one that goes out, before it is given up. */
export const MOST_TRIES = 6;
/** Seconds that one worker has a message; whoever dies with it loses nothing. */
export const LEASE_MS = MINUTE_MS;
/** Seconds before each further try: a provider's outage of ten minutes is outlasted. */
export const RETRY_SECONDS = [5, 30, 120, 300, 600, 600] as const;
/** Hours after somebody's last message in which the provider takes our own words (Meta, customer service window). */
export const WINDOW_MS = 24 * HOUR_MS;
/** Minutes after a code in which what gives a place away may be done by SMS: as long as the code itself lives. */
export const PROVED_NOW_MS = 10 * MINUTE_MS;
/** Hours after which the provider's proof is taken anew: a session of twelve hours ends (people). */
export const PROOF_MS = 10 * HOUR_MS;
/** Days for which what came in, and what was said, is kept. */
export const INBOX_DAYS = 2;
export const REPLIES_DAYS = 3;
/**
 * Age from which what a provider hands over is not taken in: an hour, for clocks that differ, before we forget that we had it. Its
 * signature says nothing about time, so that a copy would act again; and our own words cannot answer it since a day (WINDOW_MS).
 */
export const STALE_MS = INBOX_DAYS * DAY_MS - HOUR_MS;
/** Days after which a call for a person is erased, answered or not. */
export const TASK_DAYS = 30;

export function nextTry(attempts: number, now: Date): Date {
  const seconds = RETRY_SECONDS[Math.min(attempts, RETRY_SECONDS.length) - 1] ?? RETRY_SECONDS[0];
  return new Date(now.getTime() + seconds * 1_000);
}
