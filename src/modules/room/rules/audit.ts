import { ringLeaf, rootOf, ticketLeaf } from "./log.ts";
import { rankOf } from "./rank.ts";
import { hashOf, isAdmitted } from "./status.ts";
import { roundPublishedAt, seedRound } from "./ticks.ts";
import type { ClosedTick, DrawnSeed, HashText, Room, Status, Ticket } from "../types.ts";

export type StatusFault =
  | "number_missing"
  | "chain_broken"
  | "threshold_fell"
  | "count_fell"
  | "opening_changed"
  | "another_source"
  | "another_round"
  | "seed_too_early"
  | "seed_changed"
  /** A tick whose count and root came out only when its round could be known: after an outage, or to put somebody in. */
  | "closed_too_late";

/** Faults of a room's published documents, in their order; anybody who kept two of them can show one. */
export function auditStatuses(
  room: Room,
  documents: readonly Status[],
): { readonly seq: number; readonly fault: StatusFault }[] {
  const seeds = new Map<number, string>();
  return documents.flatMap((document, i) => {
    const before = documents[i - 1];
    const faults: StatusFault[] = before === undefined ? [] : faultsAfter(before, document);
    if (document.source !== room.source) faults.push("another_source");
    for (const drawn of document.seeds) {
      if (drawn.round !== seedRound(room, drawn.tick)) faults.push("another_round");
      else if (roundPublishedAt(drawn.round) > document.at) faults.push("seed_too_early");
      if (!seeds.has(drawn.tick) && closedAt(documents, drawn.tick) > roundPublishedAt(drawn.round))
        faults.push("closed_too_late");
      if ((seeds.get(drawn.tick) ?? drawn.seed) !== drawn.seed) faults.push("seed_changed");
      seeds.set(drawn.tick, drawn.seed);
    }
    return faults.map((fault) => ({ seq: document.seq, fault }));
  });
}

/** When a tick's count was first published; never, when no document has it. */
function closedAt(documents: readonly Status[], tick: number): number {
  return documents.find(({ log }) => log !== undefined && log.tick >= tick)?.at ?? Infinity;
}

function faultsAfter(before: Status, document: Status): StatusFault[] {
  const faults: StatusFault[] = [];
  if (document.seq !== before.seq + 1 || document.at < before.at) faults.push("number_missing");
  if (document.previous !== hashOf(before)) faults.push("chain_broken");
  if (document.admitted < before.admitted) faults.push("threshold_fell");
  const [was, is] = [before.log, document.log];
  if (was && (!is || is.tick < was.tick || is.tickets < was.tickets)) faults.push("count_fell");
  if (was && is && is.tick === was.tick && (is.head !== was.head || is.tickets !== was.tickets))
    faults.push("chain_broken");
  const [opened, opens] = [before.opening, document.opening];
  if (opened && (opened.root !== opens?.root || opened.tickets !== opens.tickets)) faults.push("opening_changed");
  return faults;
}

/** A hold that was given, as the auditors get it after the room. */
export interface TurnTaken {
  readonly ticket: Ticket;
  /** UTC, milliseconds. */
  readonly at: number;
}

export interface RoomRecord {
  readonly closed: readonly ClosedTick[];
  /** The leaves of each tick, in any order: auditors have them, the public has the roots. */
  readonly leaves: readonly { readonly tick: number; readonly leaves: readonly HashText[] }[];
  readonly seeds: readonly DrawnSeed[];
  readonly documents: readonly Status[];
  readonly turns: readonly TurnTaken[];
}

export type TurnFault =
  | { readonly fault: "leaves_differ"; readonly tick: number }
  | { readonly fault: "log_differs"; readonly seq: number }
  | { readonly fault: "not_in_log" | "ring_not_in_log" | "before_its_turn" | "taken_twice"; readonly ticket: string };

/**
 * Names whoever was served out of turn. A ticket that was made afterwards with the real signing key is in
 * no tick's leaves; one slipped into them afterwards makes that tick's root another than the published one.
 */
export function auditTurns(record: RoomRecord): TurnFault[] {
  const leaves = new Map(record.leaves.map((one) => [one.tick, new Set(one.leaves)]));
  const seeds = new Map(record.seeds.map((one) => [one.tick, one.seed]));
  const differing = record.closed.filter(({ tick, root }) => root !== rootOf([...(leaves.get(tick) ?? [])]));
  const seen = new Set<string>();
  const ofTurns = record.turns.flatMap(({ ticket, at }): TurnFault[] => {
    const faults: ("not_in_log" | "ring_not_in_log" | "before_its_turn" | "taken_twice")[] = [];
    if (!leaves.get(ticket.loggedIn)?.has(ticketLeaf(ticket))) faults.push("not_in_log");
    if (ticket.tick !== ticket.loggedIn && !leaves.get(ticket.tick)?.has(ringLeaf(ticket.ring ?? "")))
      faults.push("ring_not_in_log");
    const seed = seeds.get(ticket.loggedIn);
    const threshold = record.documents.findLast((one) => one.at <= at)?.admitted ?? "";
    if (!isAdmitted(threshold, ticket.tick, seed && rankOf(seed, ticket))) faults.push("before_its_turn");
    if (seen.has(ticket.id)) faults.push("taken_twice");
    seen.add(ticket.id);
    return faults.map((fault) => ({ fault, ticket: ticket.id }));
  });
  const chained = record.documents.filter(({ log }) => log && log.head !== record.closed[log.tick]?.head);
  return [
    ...differing.map(({ tick }): TurnFault => ({ fault: "leaves_differ", tick })),
    ...chained.map(({ seq }): TurnFault => ({ fault: "log_differs", seq })),
    ...ofTurns,
  ];
}
