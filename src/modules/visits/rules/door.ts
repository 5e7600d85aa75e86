import type { LocalDate } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { VisitState } from "../types.ts";

/** What a door is told of a party: whether it is let in, and nothing that names anybody (people.md 21). */
export const VERDICTS = [
  "pass",
  /** It has its turn already: it only went out, or somebody shows a copy of its code. */
  "inside",
  /** The hall is full. */
  "wait",
  "later",
  "other_day",
  "other_office",
  /** Cancelled, or over. */
  "ended",
  /** No code of ours. */
  "unknown",
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why a door lets in somebody whose verdict is another one. */
export const OVERRIDE_REASONS = ["priority", "emergency", "collects", "asks", "weather", "head"] as const;
export type OverrideReason = (typeof OVERRIDE_REASONS)[number];

/** Minutes before its hour from which a party is let in; before, the hall would hold two hours' parties. Our own number. */
export const EARLY_MINUTES = 30;
/** A slip of the door can be taken back for so long, as at the counter. */
export const DOOR_UNDO_SECONDS = 60;

export interface AtTheDoor {
  /** `active` or `missed` may still come. */
  readonly mayCome: boolean;
  readonly localDate: LocalDate;
  /** When it is expected on its day: its own hour, or the one that it was told. */
  readonly dueAt: Date;
  /** Last day on which it may come back without an appointment. */
  readonly returnUntil: LocalDate | null;
  /** Where its turn of today stands; null without one. */
  readonly visit: VisitState | null;
  /** It was attended to today but for a paper that it may still bring. */
  readonly bringsPaper: boolean;
  readonly people: number;
  /** Somebody of it has priority. */
  readonly first: boolean;
}

export interface HallNow {
  readonly inside: number;
  /** People at once; null where there is no limit. */
  readonly limit: number | null;
  /** Parties that stand before the door and came before it. */
  readonly ahead: number;
}

export function verdictOf(party: AtTheDoor, hall: HallNow, now: Date, today: LocalDate): Verdict {
  if (party.bringsPaper) return "pass";
  if (party.visit !== null && party.visit !== "expected" && party.visit !== "left") return "inside";
  if (!party.mayCome) return "ended";
  const returns = party.localDate < today && party.returnUntil !== null && party.returnUntil >= today;
  if (party.localDate !== today && !returns) return "other_day";
  if (!returns && now < letInFrom(party.dueAt)) return "later";
  // Whoever is late or goes first never stands outside for the sake of a number (people.md 17).
  const isLate = !returns && now >= party.dueAt;
  if (isLate || party.first) return "pass";
  return hall.ahead > 0 || !hasRoom(hall, party.people) ? "wait" : "pass";
}

export function letInFrom(dueAt: Date): Date {
  return new Date(dueAt.getTime() - EARLY_MINUTES * MINUTE_MS);
}

/** Whether so many more fit in. An empty hall takes any family. */
export function hasRoom({ inside, limit }: Omit<HallNow, "ahead">, people: number): boolean {
  return limit === null || inside === 0 || inside + people <= limit;
}
