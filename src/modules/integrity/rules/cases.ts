import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import type { AttemptChannel, CaseState } from "../types.ts";
import type { Level } from "./levels.ts";

/** Before a booking may be cancelled (fairness.md 3.1, invariant 23): tries, ways, voices, hours from the first to the last. */
export const LEAST = { attempts: 3, channels: 2, voice: 1, hours: 72 } as const;
/** Days before the visit at which whoever was not reached loses the place, so that it can be given again. */
export const CANCEL_BEFORE_DAYS = 5;
/** Hours of the office's day in which a telephone may ring. */
export const CALL_HOURS = { from: 9, to: 20 } as const;
export const APPEAL_DAYS = 10;
export const APPEAL_ANSWER_DAYS = 3;
/** Days for which whoever won an appeal stands in the first tier of every draw: her place is somebody else's by then. */
export const REMEDY_DAYS = 60;
/** Share of an office's bookings of a week that may be asked about for their score (3.1). */
export const MOST_CHALLENGED = 0.02;
/** Share that the dice ask about, whatever their score. */
export const CONTROL_SHARE = 0.01;
/** Days of a warning, of the second and of every further sanction of a contact (4.4.5). */
const SANCTION_DAYS = [0, 30, 365] as const;
/** Days for which a contact of a red group begins nothing new while a person asks about it (4.4.5); ends earlier with the answer. */
export const FREEZE_DAYS = 10;
/** Days for which a person whose document was seen is not asked about again (4.4.5). */
export const IMMUNE_DAYS = 365;

const MAY_FOLLOW: Readonly<Record<CaseState, readonly CaseState[]>> = {
  flagged: ["queued", "cleared"],
  queued: ["challenged", "cleared"],
  // Given back, served or over meanwhile: nobody signs anything of it.
  challenged: ["validated", "unreachable", "refuted", "cleared"],
  // An appeal that is won.
  unreachable: ["validated"],
  refuted: ["validated"],
  validated: [],
  cleared: [],
};

export function caseMay(from: CaseState, to: CaseState): boolean {
  return MAY_FOLLOW[from].includes(to);
}

export interface Attempt {
  readonly channel: AttemptChannel;
  readonly reached: boolean;
  readonly at: Date;
}

/** What is still missing before a person may sign that a booking ends; nothing when all was tried. */
export interface Missing {
  readonly attempts: number;
  readonly channels: number;
  readonly voice: number;
  readonly hours: number;
}

export function missingOf(attempts: readonly Attempt[]): Missing {
  const times = attempts.map(({ at }) => at.getTime());
  const hours = times.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / HOUR_MS;
  const calls = attempts.filter(({ channel }) => channel === "voice").length;
  return {
    attempts: Math.max(0, LEAST.attempts - attempts.length),
    channels: Math.max(0, LEAST.channels - new Set(attempts.map(({ channel }) => channel)).size),
    voice: Math.max(0, LEAST.voice - calls),
    hours: Math.max(0, Math.ceil(LEAST.hours - hours)),
  };
}

export type EndRefusal =
  | { readonly code: "not_possible" }
  | { readonly code: "too_few_attempts"; readonly missing: Missing }
  | { readonly code: "too_early"; readonly from: Date };

/**
 * Whether a person may sign that the booking ends. The tries are asked of a refusal too: whoever answers a telephone and
 * says "not mine" may be anybody. Whoever was not reached keeps the place until five days before.
 */
export function refuseEnd(
  one: { readonly state: CaseState; readonly startsAt: Date },
  verdict: "unreachable" | "refuted",
  attempts: readonly Attempt[],
  now: Date,
): EndRefusal | undefined {
  if (!caseMay(one.state, verdict) || one.startsAt <= now) return { code: "not_possible" };
  const missing = missingOf(attempts);
  if (Object.values(missing).some((left) => left > 0)) return { code: "too_few_attempts", missing };
  const from = endsAt(one.startsAt);
  return verdict === "unreachable" && now < from ? { code: "too_early", from } : undefined;
}

/** What an appeal needs to know of its case. */
export interface Appealed {
  readonly state: CaseState;
  readonly settledAt: Date | null;
  readonly settledBy: string | null;
  readonly appealedAt: Date | null;
  readonly appealVerdict: "won" | "upheld" | null;
}

/** Whoever lost a place may appeal once, for ten days. */
export function mayAppeal({ state, settledAt, appealedAt }: Appealed, now: Date): boolean {
  const lost = state === "unreachable" || state === "refuted";
  return lost && appealedAt === null && now.getTime() <= settledAt!.getTime() + APPEAL_DAYS * DAY_MS;
}

/** An open appeal is decided by anybody but who signed. */
export function refuseAppealDecision(
  one: Appealed,
  staffId: string,
): { readonly code: "not_possible" } | { readonly code: "another_decides" } | undefined {
  if (one.appealedAt === null || one.appealVerdict !== null) return { code: "not_possible" };
  return one.settledBy === staffId ? { code: "another_decides" } : undefined;
}

/** When it ends by itself, once that is signed. */
export function endsAt(startsAt: Date): Date {
  return new Date(startsAt.getTime() - CANCEL_BEFORE_DAYS * DAY_MS);
}

export function appealDueAt(appealedAt: Date): Date {
  return new Date(appealedAt.getTime() + APPEAL_ANSWER_DAYS * DAY_MS);
}

/**
 * The next sanction of a contact that had so many: a warning, thirty days, then twelve months each time. Where three kinds
 * of evidence or a hard one speak against it (red), there is no warning first.
 */
export function nextSanction(
  before: number,
  level: Level,
  now: Date,
): { readonly step: 1 | 2 | 3; readonly until: Date | null } {
  const first = level === "red" ? 2 : 1;
  const step = Math.min(before + first, SANCTION_DAYS.length) as 1 | 2 | 3;
  const days = SANCTION_DAYS[step - 1]!;
  return { step, until: days === 0 ? null : new Date(now.getTime() + days * DAY_MS) };
}

/** Until when a contact of a red group begins nothing new while it is asked about; nothing of any other level. */
export function frozenUntil(level: Level, now: Date): Date | undefined {
  return level === "red" ? new Date(now.getTime() + FREEZE_DAYS * DAY_MS) : undefined;
}

/** How many more of an office may be asked about now; at least one a week, or a small office would never be looked at. */
export function budgetLeft(week: { readonly bookings: number; readonly queued: number }): number {
  return Math.max(0, Math.max(1, Math.floor(week.bookings * MOST_CHALLENGED)) - week.queued);
}

/** Ids are random, so their first 32 bits are the dice: nobody chose them and anybody can check who was drawn. */
export function isControl(bookingId: string): boolean {
  return Number.parseInt(bookingId.slice(0, 8), 16) < CONTROL_SHARE * 2 ** 32;
}
