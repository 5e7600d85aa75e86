import { HOUR_MS } from "#kernel/time.ts";

/** Digits of the code that hangs at a door for an hour: short enough to be typed from memory while walking in. */
export const HOUR_CODE_DIGITS = 4;
/** Wrong codes for one booking and day: a guess has one chance in a thousand, then a person receives it. Our own number. */
export const MOST_PHONE_TRIES = 5;
/** Whoever read the code at 9:59 types it at 10:01. */
const HOURS_GOOD = 2;

/** What the codes of an office are derived from, the present hour first. */
export function hourSeeds(officeId: string, now: Date): string[] {
  const hour = Math.floor(now.getTime() / HOUR_MS);
  return Array.from({ length: HOURS_GOOD }, (_, back) => `door ${officeId} ${hour - back}`);
}

/** The digits of a keyed digest; the remainder's bias is far below what four digits can show. */
export function hourDigits(digest: Uint8Array): string {
  const number = digest.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
  return String(number % 10 ** HOUR_CODE_DIGITS).padStart(HOUR_CODE_DIGITS, "0");
}
