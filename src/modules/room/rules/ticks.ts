import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { roundAt, timeOfRound } from "#kernel/quicknet.ts";
import { HOUR_MS, SECOND_MS } from "#kernel/time.ts";
import type { Arrival, Room, RoomRefusal } from "../types.ts";

/** Joining begins a day before, so that nobody's shift or bedtime decides (hardening 5). */
export const JOIN_LEAD_MS = 24 * HOUR_MS;
/** Arrivals after the opening are gathered so long and then shuffled: a fast line is worth nothing inside it (fairness 4.2.2). */
export const TICK_MS = 10_000;
/** From the opening to the round that orders those who came before: time for witnesses to see count and root (hardening 5). */
export const OPENING_SEED_MS = 30_000;
/** From the end of a later tick to its round: one life of the status document, so that the root is out before the seed is. */
export const LATE_SEED_MS = 5_000;

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
  return roundAt((tickEndsAt(room, tick) + (tick === 0 ? OPENING_SEED_MS : LATE_SEED_MS)) / SECOND_MS);
}

export function roundPublishedAt(round: number): number {
  return timeOfRound(round) * SECOND_MS;
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
