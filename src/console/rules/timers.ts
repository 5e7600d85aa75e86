const MINUTE_MS = 60_000;

/** A party that has not come by then is marked late in the list; nothing happens by itself. */
export const LATE_AFTER_MINUTES = 10;
/** Longer than this in the hall is shown with a sign, so that nobody is forgotten. */
export const LONG_WAIT_MINUTES = 30;
/** How long an outcome can be taken back; `undoUntil` of the server decides, this is the length of the bar. */
export const UNDO_SECONDS = 60;

export function minutesSince(at: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(at)) / MINUTE_MS));
}

/** Minutes past the hour of the appointment, or 0 while there is still patience. */
export function minutesLate(startsAt: string, now: number): number {
  const minutes = minutesSince(startsAt, now);
  return minutes > LATE_AFTER_MINUTES ? minutes : 0;
}

/** Seconds until that instant; 0 when it has come or there is none. */
export function secondsUntil(until: string | null, now: number): number {
  return until === null ? 0 : Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
}

/** `4 min`, `1 h 05`. */
export function spell(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
}
