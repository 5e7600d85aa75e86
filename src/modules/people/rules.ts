import { DAY_MS, HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";

/** A visitor who has not verified a contact may come back to her answers within this time. */
export const SESSION_HOURS = 12;
/** A verified session that nobody uses lapses, for the telephones and computers that families share. */
export const VERIFIED_MINUTES = 60;
/** Use cannot keep one verification alive for longer than this. */
export const VERIFIED_MOST_HOURS = 12;
/** The lapse moves at most this often, so that reading pages writes next to nothing. */
export const SLIDE_MINUTES = 5;
/** How long a browser is known again by the budget of codes of its own (hardening 11). */
export const REMEMBERED_DAYS = 30;

/** Life of a one-time code (security 22: at most ten minutes). */
export const CODE_MINUTES = 10;
/** Wrong tries that end a code. */
export const CODE_TRIES = 5;
/** Codes to one contact in a quarter of an hour (hardening 11). */
export const CODES_PER_WINDOW = 3;
export const CODE_WINDOW_MINUTES = 15;
/** Codes to one contact in 24 hours (hardening 11), and codes that one session may ask for in all. */
export const CODES_PER_DAY = 8;
/** Both as quotas of codes within seconds, the nearer first. */
export const CODE_QUOTAS = [
  { quota: CODES_PER_WINDOW, seconds: CODE_WINDOW_MINUTES * 60 },
  { quota: CODES_PER_DAY, seconds: 24 * 60 * 60 },
] as const;
/** Wrong tries by strangers on one contact in 24 hours: 10 of a million codes is the budget of security 22. */
export const STRANGER_TRIES_PER_DAY = 10;
export const CODE_DIGITS = 6;

/** Wrong PINs that lock a card, and for how long. */
export const PIN_TRIES = 5;
export const PIN_LOCK_MINUTES = 15;
export const PIN_DIGITS = 6;

/** Two people sign what leaves the house within so many hours, and it is taken away within them (security C11). */
export const RELEASE_HOURS = 24;
/** Why something may leave the house: a closed list, so that nothing of a person is typed into it. */
export const RELEASE_REASONS = {
  counts: ["planning", "transparency", "audit"],
  disclosure: ["court_order", "agency_request", "own_request"],
} as const;
export type CountsReason = (typeof RELEASE_REASONS.counts)[number];
export type DisclosureReason = (typeof RELEASE_REASONS.disclosure)[number];
/** Releases that are over, of one page. */
export const ENDED_RELEASES_A_PAGE = 20;
/** Who let what out can be asked for longer than a year: the yearly report is written in between. */
export const RELEASES_KEPT_DAYS = 400;
/** Days after which the counts of a month stand: who came back on a right to return is counted late (visits, MOST_DAYS_BACK). */
export const COUNTS_STAND_DAYS = 31;

/** Two families and a lodger may share one telephone; each has an account of its own (people.md 2). */
export const ACCOUNTS_OF_A_CONTACT = 3;
export const CONTACTS_OF_AN_ACCOUNT = 5;
export const PASSKEYS_OF_AN_ACCOUNT = 10;
/** Before a new contact may be written to, the older one is told and may take it back (security T10). */
export const JOINING_HOURS = 72;
/** What decides over an account asks for PIN or passkey again when the last is older: a telephone that was left open decides nothing. */
export const ACCOUNT_FRESH_MINUTES = 10;

/** A contact is kept so long after its last use: one renewal of a yearly document, and a month. */
export const CONTACT_MONTHS = 13;
/** An address that nobody proved to be theirs is kept for the limits of the day and no longer. */
export const UNVERIFIED_CONTACT_DAYS = 2;

/** A working day with its evening, after which a passkey is asked for again. */
export const STAFF_SESSION_HOURS = 12;
export const ENROLMENT_HOURS = 24;
export const CHALLENGE_MINUTES = 5;
/** Minutes for which a touch of the passkey counts for acts that reach far: time to read what one signs, and no more. Our own number. */
const TOUCH_MINUTES = 5;

/** Minutes for which a desk may book with what a citizen showed it: time to choose a date. Our own number. */
export const PRESENCE_MINUTES = 15;
/** Days for which it stays whose contact was shown at a desk: three months in which a desk that books for one seller shows. Our own number. */
export const PRESENCE_CONTACT_DAYS = 92;
/** Days for which it stays who showed somebody at a desk: the twelve months whose figures everybody reads, and a month. */
export const PRESENCE_DAYS = 397;

/** Whether the passkey was touched so lately that an act which reaches far may be carried out. */
export function isTouchFresh(touchedAt: Date, now: Date): boolean {
  return now.getTime() - touchedAt.getTime() < TOUCH_MINUTES * MINUTE_MS;
}

const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms);

/** Until when a session that was just verified or used counts as verified. */
export function verifiedUntil(verifiedAt: Date, now: Date): Date {
  return new Date(
    Math.min(now.getTime() + VERIFIED_MINUTES * MINUTE_MS, verifiedAt.getTime() + VERIFIED_MOST_HOURS * HOUR_MS),
  );
}

/** The new lapse when a page is used, or undefined while the old one is good enough. */
export function slideOf(session: { verifiedAt: Date; verifiedUntil: Date }, now: Date): Date | undefined {
  if (session.verifiedUntil <= now) return undefined;
  const until = verifiedUntil(session.verifiedAt, now);
  return until.getTime() - session.verifiedUntil.getTime() >= SLIDE_MINUTES * MINUTE_MS ? until : undefined;
}

/** From when a contact of an account may be written to: the only one and the oldest at once, any other after its hours. */
export function writableFrom(joined: readonly { readonly joinedAt: Date }[], one: { readonly joinedAt: Date }): Date {
  const isOldest = joined.every((other) => other === one || other.joinedAt > one.joinedAt);
  return isOldest ? one.joinedAt : after(one.joinedAt, JOINING_HOURS * HOUR_MS);
}

/** Until when a contact stays, because a newer one waits that it was told of: taken off, it would make that one the oldest. */
export function keptUntil(joined: readonly { readonly joinedAt: Date }[], one: { readonly joinedAt: Date }): Date {
  const newer = joined.filter((other) => other.joinedAt > one.joinedAt).map(({ joinedAt }) => joinedAt.getTime());
  return newer.length === 0 ? one.joinedAt : after(new Date(Math.max(...newer)), JOINING_HOURS * HOUR_MS);
}

/** Whether PIN or passkey were shown just now. */
export function isFresh(verifiedAt: Date, now: Date): boolean {
  return now.getTime() - verifiedAt.getTime() <= ACCOUNT_FRESH_MINUTES * MINUTE_MS;
}

export function contactEraseAfter(lastUsedAt: Date): LocalDate {
  const [year, month, day] = [lastUsedAt.getUTCFullYear(), lastUsedAt.getUTCMonth(), lastUsedAt.getUTCDate()];
  return isoDay(new Date(Date.UTC(year, month + CONTACT_MONTHS, day)));
}

export function unverifiedEraseAfter(now: Date): LocalDate {
  return isoDay(after(now, UNVERIFIED_CONTACT_DAYS * DAY_MS));
}

/** What was asked for lately, by this session and by all whom the contact does not know. */
export interface CodeHistory {
  /** Codes that this session asked for to this contact within the window, oldest first. */
  readonly ownInWindow: readonly Date[];
  /** Codes that this session asked for to anybody within 24 hours, oldest first. */
  readonly ownInDay: readonly Date[];
  readonly strangersInWindow: number;
  readonly strangersInDay: number;
  readonly strangerTries: number;
}

/**
 * Whether a code is refused, sent, or silently withheld. A refusal follows from what this very
 * session asked for; what others did never shows, or the refusal would tell that the owner of the
 * contact was here today. A session that knows the contact is never withheld anything (hardening 11).
 */
export function judgeCodeRequest(
  history: CodeHistory,
  familiar: boolean,
): { readonly retryAt: Date } | { readonly withheld: boolean } {
  const { ownInWindow, ownInDay } = history;
  if (ownInDay.length >= CODES_PER_DAY) return { retryAt: after(ownInDay.at(-CODES_PER_DAY)!, DAY_MS) };
  if (ownInWindow.length >= CODES_PER_WINDOW)
    return { retryAt: after(ownInWindow.at(-CODES_PER_WINDOW)!, CODE_WINDOW_MINUTES * MINUTE_MS) };
  const budgetLeft =
    history.strangersInWindow < CODES_PER_WINDOW &&
    history.strangersInDay < CODES_PER_DAY &&
    history.strangerTries < STRANGER_TRIES_PER_DAY;
  return { withheld: !familiar && !budgetLeft };
}

/** How many codes this session may still ask for to this contact, and when there are more; of what others did it says nothing. */
export function codesLeft(
  { ownInWindow, ownInDay }: Pick<CodeHistory, "ownInWindow" | "ownInDay">,
  now: Date,
): { readonly left: number; readonly moreAt: Date } {
  const windowLeft = CODES_PER_WINDOW - ownInWindow.length;
  const dayLeft = CODES_PER_DAY - ownInDay.length;
  const [first, ms] = dayLeft <= windowLeft ? [ownInDay[0], DAY_MS] : [ownInWindow[0], CODE_WINDOW_MINUTES * MINUTE_MS];
  return { left: Math.max(0, Math.min(windowLeft, dayLeft)), moreAt: after(first ?? now, ms) };
}

export interface CodeState {
  readonly attempts: number;
  readonly expiresAt: Date;
  readonly usedAt: Date | undefined;
  readonly familiar: boolean;
  readonly withheld: boolean;
}

/** What one try at a code comes to. A code opens once; after five wrong tries, never. */
export function judgeTry(
  code: CodeState,
  right: boolean,
  strangerTries: number,
  now: Date,
): "verified" | "wrong" | "expired" {
  if (code.usedAt || code.expiresAt <= now || code.attempts >= CODE_TRIES) return "expired";
  const counts = code.familiar || strangerTries < STRANGER_TRIES_PER_DAY;
  return right && counts && !code.withheld ? "verified" : "wrong";
}

export interface CardTries {
  readonly attempts: number;
  readonly lockedUntil: Date | undefined;
}

/**
 * Counts a try before the PIN is looked at, so that a thousand at once are still five. The fifth
 * locks already; a right PIN takes all of them back.
 */
export function reserveCardTry(tries: CardTries, now: Date): CardTries | { readonly refusedUntil: Date } {
  if (tries.lockedUntil && tries.lockedUntil > now) return { refusedUntil: tries.lockedUntil };
  const attempts = tries.lockedUntil ? 1 : tries.attempts + 1;
  return { attempts, lockedUntil: attempts >= PIN_TRIES ? after(now, PIN_LOCK_MINUTES * MINUTE_MS) : undefined };
}

/** Six digits out of a keyed digest. The remainder's bias is below one in a hundred million. */
export function digitsFrom(digest: Uint8Array): string {
  let number = 0;
  for (const byte of digest.subarray(0, 6)) number = number * 256 + byte;
  return String(number % 10 ** CODE_DIGITS).padStart(CODE_DIGITS, "0");
}

function isoDay(instant: Date): LocalDate {
  return instant.toISOString().slice(0, 10) as LocalDate;
}
