import type { OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { ROOM_MINUTES } from "#kernel/limits.ts";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import type { RoomId } from "../types.ts";

/**
 * Freed places that must wait for a tick before there is a room for them: an hour of one counter. For fewer, nearly
 * everybody who waits would wait for nothing; they return to all at the tick. Ours, to be judged by how many came.
 */
export const ROOM_MIN_PLACES = 4;
/** A room is announced no later than so long before it opens: whoever works a morning has a break in it (ours). */
export const ROOM_NOTICE_MS = 3 * HOUR_MS;
const ROOM_MS = ROOM_MINUTES * MINUTE_MS;
/**
 * Over which what is left is given out. The first are let in within minutes, and whoever comes after one that left has
 * her own 8 minutes to choose and the 6 of a hold before the room closes: twice, with a little for the drawing.
 */
export const ROOM_WINDOW_MS = 5 * MINUTE_MS;
/** A room whose first round does not come waits so long: an hour before the next tick at the earliest (six hours lie between). */
export const LONGEST_ROOM_MS = 5 * HOUR_MS;
/** Days for which its log and its turns are kept, for whoever asks how the line went (security 4.2). */
export const ROOM_KEPT_DAYS = 30;

/** What is told at a tick's notice: it says where and when, so that a person can read it. */
export function roomIdOf(officeId: OfficeId, group: ServiceGroup, opensAt: Date): RoomId {
  const hour = opensAt.toISOString().slice(0, 13).replace("T", "-");
  return `${officeId}-${group.replaceAll("_", "-")}-${hour}` as RoomId;
}

/** As `roomIdOf` makes it. */
const ROOM_ID = /^[0-9a-z-]{1,48}-20\d\d-\d\d-\d\d-\d\d$/;
/** The id that an address names; empty for what is none, so that nothing that somebody types there reaches a statement, which may be traced. */
export function roomIdFrom(typed: string | undefined): RoomId {
  return (typed !== undefined && ROOM_ID.test(typed) ? typed : "") as RoomId;
}

/** Until when a room that is announced now for that tick would still give its notice. */
export function mayAnnounce(tick: Date, now: Date): boolean {
  return tick.getTime() - now.getTime() >= ROOM_NOTICE_MS;
}

export function closesAtFirst(opensAt: number): number {
  return opensAt + ROOM_MS;
}

/** When a room closes, UTC milliseconds. While its first round is missing it waits, and then has its half hour all the same. */
export function closesAt(
  room: { opensAt: number; closesAt: number },
  drawnAt: number | undefined,
  now: number,
): number {
  const last = room.opensAt + LONGEST_ROOM_MS;
  if (drawnAt !== undefined) return Math.min(last, Math.max(closesAtFirst(room.opensAt), drawnAt + ROOM_MS));
  return now < closesAtFirst(room.opensAt) ? closesAtFirst(room.opensAt) : last;
}

/** What a room knows of its line, by counts. */
export interface LineCounts {
  /** Tickets in all logs, those of the running tick too. */
  readonly tickets: number;
  /** Tickets of closed ticks from the first on, as far as their seeds are drawn. */
  readonly drawn: number;
  readonly letIn: number;
  /** Let in `CHOOSING_MS` ago or earlier. */
  readonly letInBefore: number;
  readonly turns: number;
  /** Taken since then. */
  readonly turnsSince: number;
  /** Turns whose hold still stands or became a booking. */
  readonly kept: number;
}

/** Let in, and neither holding nor gone. */
export function choosingOf(line: LineCounts): number {
  return Math.max(0, line.letIn - line.letInBefore - line.turnsSince);
}

/** Let in, and no longer choosing. */
export function decidedOf(line: LineCounts): number {
  return Math.max(line.turns, line.letIn - choosingOf(line));
}

/** Whether waiting on would give nobody anything: all have been let in and had their time or their turn, or no place is left or can come back. */
export function isDone(line: LineCounts, places: { readonly open: number; readonly held: number }): boolean {
  if (places.open + places.held === 0) return true;
  return line.letIn >= line.tickets && (line.letInBefore >= line.tickets || line.turns >= line.tickets);
}
