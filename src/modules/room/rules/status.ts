import { sha256, toHex, utf8 } from "#kernel/digest.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { shareOfRank, tickOfRank } from "./rank.ts";
import { roundPublishedAt, seedRound } from "./ticks.ts";
import type { ClosedTick, DrawnSeed, HashText, PlacesLeft, Rank, Room, Seed, Standing, Status } from "../types.ts";

/** Seconds for which every cache may answer with it (engineering 11). */
export const STATUS_MAX_AGE_S = 5;
/** Of later ticks; older seeds have an address each, which never changes. */
const LATER_SEEDS = 3;
/** By the number of tickets before one's own, how often its page looks (engineering 11). The last row is for all others. */
export const POLL_TABLE: readonly { readonly upTo: number; readonly seconds: number }[] = [
  { upTo: 5_000, seconds: 5 },
  { upTo: 20_000, seconds: 30 },
  { upTo: 100_000, seconds: 120 },
  { upTo: Infinity, seconds: 300 },
];
/** A page looks up to a fifth later than the table says, so that those who came together do not ask together. */
const JITTER = 0.2;
const SLOWEST_S = (5 * MINUTE_MS) / 1000;

export interface StatusFacts {
  readonly now: number;
  /** All that are over, from tick 0 on. */
  readonly closed: readonly ClosedTick[];
  /** All that have been drawn, in the order of their ticks. */
  readonly seeds: readonly DrawnSeed[];
  readonly admitted: Rank | "";
  readonly places: PlacesLeft;
}

/** The next document of a room. It goes only forward: the threshold never falls, and no seed is in it before its round. */
export function nextStatus(room: Room, previous: Status | undefined, facts: StatusFacts): Status {
  const early = facts.seeds.find(({ round }) => roundPublishedAt(round) > facts.now);
  if (early) throw new Error(`the seed of tick ${early.tick} is not public yet`);
  const [opening, last] = [facts.closed[0], facts.closed.at(-1)];
  const before = previous?.admitted ?? "";
  return {
    room: room.id,
    source: room.source,
    seq: previous === undefined ? 0 : previous.seq + 1,
    // Two nodes' clocks may differ a little; the documents' never go back.
    at: Math.max(facts.now, previous?.at ?? 0),
    opensAt: room.opensAt,
    closesAt: room.closesAt,
    admitted: facts.admitted > before ? facts.admitted : before,
    places: facts.places,
    opening: opening && { tickets: opening.tickets, root: opening.root },
    log: last && { tick: last.tick, tickets: facts.closed.reduce((sum, one) => sum + one.tickets, 0), head: last.head },
    seeds: [...facts.seeds.slice(0, 1), ...facts.seeds.slice(1).slice(-LATER_SEEDS)],
    previous: previous === undefined ? "" : hashOf(previous),
  };
}

/** What is signed and hashed: one text for one document. */
export function statusText({ room, source, seq, at, opensAt, closesAt, admitted, places, ...rest }: Status): string {
  const { opening, log, seeds, previous } = rest;
  return JSON.stringify({
    v: 1,
    room,
    source,
    seq,
    at,
    opens_at: opensAt,
    closes_at: closesAt,
    admitted,
    places,
    opening: opening && [opening.tickets, opening.root],
    log: log && [log.tick, log.tickets, log.head],
    seeds: seeds.map(({ tick, round, seed }) => [tick, round, seed]),
    poll: POLL_TABLE.map(({ upTo, seconds }) => [upTo === Infinity ? null : upTo, seconds]),
    previous,
  });
}

/** Whether a document would tell nothing that the one before did not. */
export function saysTheSame(before: Status, next: Status): boolean {
  const { seq, at, previous } = before;
  return statusText(before) === statusText({ ...next, seq, at, previous });
}

/** The document as it is served, with a signature over everything before it. */
export function signedStatus(text: string, signature: string): string {
  return `${text.slice(0, -1)},"signature":"${signature}"}`;
}

/** A published document, read back: what an auditor, a page or a bench has of it. Its signature is judged elsewhere. */
export function parseStatus(text: string): Status {
  const read = JSON.parse(text) as Published;
  return {
    room: read.room,
    source: read.source,
    seq: read.seq,
    at: read.at,
    opensAt: read.opens_at,
    closesAt: read.closes_at,
    admitted: read.admitted,
    places: read.places,
    opening: read.opening && { tickets: read.opening[0], root: read.opening[1] },
    log: read.log && { tick: read.log[0], tickets: read.log[1], head: read.log[2] },
    seeds: read.seeds.map(([tick, round, seed]) => ({ tick, round, seed })),
    previous: read.previous,
  };
}

type Published = Pick<Status, "room" | "source" | "seq" | "at" | "admitted" | "places" | "previous"> & {
  readonly opens_at: number;
  readonly closes_at: number;
  readonly opening?: readonly [number, HashText];
  readonly log?: readonly [number, number, HashText];
  readonly seeds: readonly (readonly [number, number, Seed])[];
};

export function hashOf(status: Status): HashText {
  return toHex(sha256(utf8(statusText(status)))) as HashText;
}

/** `rank` is undefined while its seed is unknown. Whoever came in an earlier tick than the line has reached needs none. */
export function isAdmitted(admitted: Rank | "", tick: number, rank: Rank | undefined): boolean {
  if (admitted === "") return false;
  return tick < tickOfRank(admitted) || (rank !== undefined && rank <= admitted);
}

/**
 * Where a ticket stands and when its page looks again; `chance` (0 to 1) is the page's own, for the
 * jitter. A script reckons it from the document, and for a page without one the server does.
 */
export function standingOf(
  room: Room,
  status: Status,
  ticket: { readonly tick: number; readonly loggedIn: number; readonly rank: Rank | undefined },
  now: number,
  chance: number,
): Standing {
  if (now >= room.closesAt) return { state: "over" };
  if (now >= room.opensAt && isAdmitted(status.admitted, ticket.tick, ticket.rank)) return { state: "admitted" };
  const later = (seconds: number): number => Math.round(seconds * (1 + JITTER * chance));
  if (ticket.rank !== undefined) {
    return { state: "waiting", pollSeconds: later(intervalFor(distanceTo(status, ticket.rank))) };
  }
  const drawnInS = (roundPublishedAt(seedRound(room, ticket.loggedIn)) - now) / 1000;
  const state = now < room.opensAt ? "before" : "drawing";
  // A round that is late is asked for less and less often: as long again as it is overdue.
  const seconds = Math.min(SLOWEST_S, Math.max(STATUS_MAX_AGE_S, Math.ceil(Math.abs(drawnInS))));
  return { state, pollSeconds: later(seconds) };
}

/** How likely somebody who waits is to find a place: in three words, for a number would be a position. */
export type Chance = "likely" | "possible" | "unlikely";
/** Of the parties before hers, as parts of the places there were. Half of those let in book (the first guess of `conversionOf`). */
const LIKELY_UP_TO = 1;
const POSSIBLE_UP_TO = 2;

export function chanceOf(status: Status, rank: Rank, places: number): Chance {
  const before = distanceTo({ ...status, admitted: "" }, rank);
  if (before <= places * LIKELY_UP_TO) return "likely";
  return before <= places * POSSIBLE_UP_TO ? "possible" : "unlikely";
}

function intervalFor(distance: number): number {
  return POLL_TABLE.find(({ upTo }) => distance <= upTo)!.seconds;
}

/** About how many tickets are let in before this one. Never shown: people are told a chance, not a position (hardening 6). */
export function distanceTo(status: Status, rank: Rank): number {
  const { opening, log } = status;
  if (opening === undefined || log === undefined) return 0;
  const perLaterTick = log.tick === 0 ? 0 : (log.tickets - opening.tickets) / log.tick;
  const ticketsBefore = (at: Rank): number => {
    const tick = tickOfRank(at);
    if (tick === 0) return shareOfRank(at) * opening.tickets;
    return opening.tickets + (tick - 1 + shareOfRank(at)) * perLaterTick;
  };
  return Math.max(0, ticketsBefore(rank) - (status.admitted === "" ? 0 : ticketsBefore(status.admitted)));
}
