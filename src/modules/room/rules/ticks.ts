import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { QUICKNET as CHAIN } from "#kernel/quicknet.ts";
import { HOUR_MS } from "#kernel/time.ts";
import type { Arrival, Beacon, Room, RoomRefusal } from "../types.ts";

/** Joining begins a day before, so that nobody's shift or bedtime decides (hardening 5). */
export const JOIN_LEAD_MS = 24 * HOUR_MS;
/** Arrivals after the opening are gathered so long and then shuffled: a fast line is worth nothing inside it (fairness 4.2.2). */
export const TICK_MS = 10_000;
/** From the opening to the round that orders those who came before: time for witnesses to see count and root (hardening 5). */
export const OPENING_SEED_MS = 30_000;
/** From the end of a later tick to its round: one life of the status document, so that the root is out before the seed is. */
export const LATE_SEED_MS = 5_000;

const SECOND_MS = 1_000;
/** The League of Entropy's network, in the room's milliseconds. */
export const QUICKNET: Beacon = {
  source: "quicknet",
  genesisAt: CHAIN.genesis * SECOND_MS,
  periodMs: CHAIN.period * SECOND_MS,
};

/** 0 before the opening; 1 for its first ten seconds, and so on. */
export function tickAt(room: Room, at: number): number {
  return at < room.opensAt ? 0 : 1 + Math.floor((at - room.opensAt) / TICK_MS);
}

/** The instant from which nobody can come into that tick any more. */
export function tickEndsAt(room: Room, tick: number): number {
  return room.opensAt + tick * TICK_MS;
}

/** The last tick that is over at that instant; -1 before the opening. */
export function lastTickBefore(room: Room, at: number): number {
  return Math.max(-1, Math.floor((at - room.opensAt) / TICK_MS));
}

/** The round whose value orders that tick: fixed by the notice of the opening, unknown to everybody while the tick runs. */
export function seedRound(room: Room, tick: number): number {
  return roundFrom(room.beacon, tickEndsAt(room, tick) + (tick === 0 ? OPENING_SEED_MS : LATE_SEED_MS));
}

export function roundPublishedAt(beacon: Beacon, round: number): number {
  return beacon.genesisAt + (round - 1) * beacon.periodMs;
}

/** The first round that is published at that instant or later. */
function roundFrom(beacon: Beacon, at: number): number {
  return 1 + Math.max(0, Math.ceil((at - beacon.genesisAt) / beacon.periodMs));
}

/** Which tick an arrival belongs to, and in which tick's log it is written. */
export function arrive(room: Room, arrival: Arrival): Outcome<{ tick: number; loggedIn: number }, RoomRefusal> {
  const since = arrival.ring?.at ?? arrival.at;
  if (since > arrival.at) throw new Error("a call was answered before it rang");
  if (arrival.at >= room.closesAt) return refuse({ code: "room_over" });
  const from = room.opensAt - JOIN_LEAD_MS;
  if (since < from) return refuse({ code: "room_not_open", from: new Date(from) });
  return accept({ tick: tickAt(room, since), loggedIn: tickAt(room, arrival.at) });
}
