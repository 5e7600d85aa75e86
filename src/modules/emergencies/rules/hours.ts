import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";

/** A stretch in which the office is open, as its sessions are planned; UTC. */
export interface OpenStretch {
  readonly from: Date;
  readonly until: Date;
}

/** Opening hours within which a person answers (people.md 4). */
export const ANSWER_OPENING_HOURS = 2;
/** Hours after which it is due where nothing is planned that far: nobody waits on an empty calendar. */
export const DUE_WITHOUT_CALENDAR_HOURS = 24;
/** Days ahead of which the calendar is read: longer than any holiday. */
export const CALENDAR_DAYS = 14;

/** Stretches in their order, those that overlap as one: several sessions of a day are one opening. */
export function merged(stretches: readonly OpenStretch[]): OpenStretch[] {
  const ordered = [...stretches].sort((a, b) => a.from.getTime() - b.from.getTime());
  const whole: OpenStretch[] = [];
  for (const one of ordered) {
    const last = whole.at(-1);
    if (last && one.from <= last.until) {
      if (one.until > last.until) whole[whole.length - 1] = { from: last.from, until: one.until };
    } else whole.push(one);
  }
  return whole;
}

/** By when a person answers what was asked at that instant. */
export function answerDueAt(askedAt: Date, stretches: readonly OpenStretch[]): Date {
  let left = ANSWER_OPENING_HOURS * HOUR_MS;
  for (const { from, until } of merged(stretches)) {
    const start = Math.max(from.getTime(), askedAt.getTime());
    const open = until.getTime() - start;
    if (open <= 0) continue;
    if (open >= left) return new Date(start + left);
    left -= open;
  }
  return new Date(askedAt.getTime() + DUE_WITHOUT_CALENDAR_HOURS * HOUR_MS);
}

/** Whole minutes between two instants in which the office was open. */
export function openMinutes(from: Date, to: Date, stretches: readonly OpenStretch[]): number {
  const open = merged(stretches).reduce((sum, one) => {
    const start = Math.max(one.from.getTime(), from.getTime());
    const end = Math.min(one.until.getTime(), to.getTime());
    return sum + Math.max(0, end - start);
  }, 0);
  return Math.floor(open / MINUTE_MS);
}

export function isOpenAt(at: Date, stretches: readonly OpenStretch[]): boolean {
  return stretches.some(({ from, until }) => from <= at && at < until);
}
