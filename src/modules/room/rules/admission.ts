import { MINUTE_MS } from "#kernel/time.ts";
import { rankAtShare } from "./rank.ts";
import type { Rank } from "../types.ts";

/** Tickets a second that one office lets in at most: 59 offices together stay below the holds a second that a node was measured to write. */
export const MOST_ADMITTED_PER_S = 10;
/** Some of those who are let in find no hour that suits them: so many more than would fill what is left (fairness 4.2.3). */
export const OVER_ADMISSION = 1.2;
/** Whoever was let in so long ago and holds nothing is no longer counted as choosing. She may still come, at once. */
export const CHOOSING_MS = 8 * MINUTE_MS;
/** A hold of the room ends then and is not lengthened (fairness 4.2.4). */
export const ROOM_HOLD_MS = 6 * MINUTE_MS;
/** Before anything was seen, half of those let in are expected to book; the guess weighs as much as twenty of them. */
const GUESSED_CONVERSION = 0.5;
const GUESS_WEIGHS = 20;
/** Below it one stubborn minute would let everybody in at once. */
const LEAST_CONVERSION = 0.05;
const THOUSAND = 1000;

/** E[conversion]: the share of those let in who take a hold and keep it. `decided` are those of them who chose, left or ran out of time. */
export function conversionOf(kept: number, decided: number): number {
  const share = (kept + GUESSED_CONVERSION * GUESS_WEIGHS) / (decided + GUESS_WEIGHS);
  return Math.min(1, Math.max(LEAST_CONVERSION, share));
}

/** Tickets a second: μ = min(μ_max, 1.2 · remaining / E[conversion] / window). */
export function admissionRate(facts: Pick<OfficeFacts, "remaining" | "conversion" | "windowMs">): number {
  const wanted = (OVER_ADMISSION * facts.remaining) / facts.conversion / (facts.windowMs / THOUSAND);
  return Math.min(MOST_ADMITTED_PER_S, wanted);
}

export interface OfficeFacts {
  /** Places that nobody holds or has: it falls with each hold and rises when one ends. */
  readonly remaining: number;
  readonly conversion: number;
  /** Over which what remains should be given out. */
  readonly windowMs: number;
  /** Let in less than `CHOOSING_MS` ago and neither holding nor gone. */
  readonly choosing: number;
}

/** How far the line has come. Only counts: nothing is kept of anybody who waits. */
export interface Progress {
  readonly admitted: number;
  /** The part of a ticket that the steps so far did not use. */
  readonly rest: number;
}

/**
 * The next step. It follows the places, not the tickets: people who were let in and never came do not
 * hold the line up, and a hold that ends lets the next in. `drawn` are the tickets whose rank is known.
 */
export function advance(progress: Progress, facts: OfficeFacts, elapsedMs: number, drawn: number): Progress {
  const gained = progress.rest + (admissionRate(facts) * elapsedMs) / THOUSAND;
  const room = Math.max(0, Math.ceil((OVER_ADMISSION * facts.remaining) / facts.conversion) - facts.choosing);
  const step = Math.min(Math.floor(gained), room, Math.max(0, drawn - progress.admitted));
  // Time in which nobody could be let in is not saved up: a burst later would be no line.
  const rest = gained - step < 1 ? gained - step : 0;
  return { admitted: progress.admitted + step, rest };
}

/**
 * The rank up to which so many tickets are let in, from the counts of the ticks alone: a drawn rank is
 * as likely as any other, so a share of a tick's values is a share of its tickets. Anybody can follow it.
 */
export function thresholdAt(ticketsByTick: readonly number[], admitted: number): Rank | "" {
  let [left, threshold]: [number, Rank | ""] = [admitted, ""];
  for (const [tick, tickets] of ticketsByTick.entries()) {
    if (left <= 0) return threshold;
    if (tickets > 0) threshold = rankAtShare(tick, left, tickets);
    left -= tickets;
  }
  return threshold;
}
