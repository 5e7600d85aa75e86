import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import type { BookingId, SessionId } from "#kernel/ids.ts";
import { LATE_HOURS } from "./suspension.ts";

/** A party hears of a new hour when it is so much later, or earlier again: less is an ordinary wait. Our own number. */
export const TOLD_FROM_MINUTES = 15;
/** Hours before its hour until which a party is told another one: later it may be on its way. Our own number. */
export const TOLD_UNTIL_HOURS = 2;
/**
 * Minutes beyond closing that an office is asked to stay. Who would be done later still is offered another day by a cut,
 * which asks; below it nothing is cut (people.md 17). Our own number: one hour of overtime of two counters.
 */
export const MOST_OVERTIME_MINUTES = 60;

/** A session of the day with the counters at which somebody works. Instants are milliseconds UTC. */
export interface PacedSession {
  readonly id: SessionId;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly counters: number;
}

export interface PacedAppointment {
  readonly sessionId: SessionId;
  /** Which of the party's people: nobody is at two counters at once. */
  readonly ordinal: number;
  readonly startsAt: number;
  readonly minutes: number;
}

export interface PacedParty {
  readonly id: BookingId;
  /** Its own hour, that of its appointment. */
  readonly hour: number;
  /** The hour for which it was told to come last, where that is another one. */
  readonly toldFor?: number | undefined;
  /** It stands in the hall or at a counter. */
  readonly here: boolean;
  /** It is at a counter since then. */
  readonly servedFrom?: number | undefined;
  /** What is still to be done for it. */
  readonly appointments: readonly PacedAppointment[];
}

export interface PacedDay {
  /** When each party is expected to be called. One for which no counter is left has none. */
  readonly hours: ReadonlyMap<BookingId, number>;
  readonly sessions: readonly PacedEnd[];
}

export interface PacedEnd {
  readonly id: SessionId;
  /** When its last party is done; its closing hour when that is later. */
  readonly endsAt: number;
  readonly overMinutes: number;
  /** From this own hour on parties would be done too late; all of them are offered a cut. */
  readonly cutFrom: number | undefined;
  readonly cutParties: number;
}

/**
 * The day with the counters that are left: parties in their order, each at the counter that is free first, never before
 * its own hour. Whoever was told another hour and may be on her way by it is not expected sooner. Pure; n log n.
 */
export function paceDay(sessions: readonly PacedSession[], parties: readonly PacedParty[], now: number): PacedDay {
  const lanes = new Map(
    sessions.map((one) => [one.id, Array.from({ length: one.counters }, () => Math.max(now, one.opensAt))]),
  );
  const hours = new Map<BookingId, number>();
  const ends = new Map<SessionId, number>();
  const lates = new Map<SessionId, PacedParty[]>();
  const limits = new Map(sessions.map((one) => [one.id, one.closesAt + MOST_OVERTIME_MINUTES * MINUTE_MS]));
  const inOrder = parties
    .filter((one) => isAwaited(one, now))
    .sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1));
  for (const party of inOrder) {
    const busy = new Map<number, number>();
    const starts: number[] = [];
    for (const one of party.appointments) {
      const free = lanes.get(one.sessionId);
      if (!free) continue;
      const lane = free.indexOf(Math.min(...free));
      if (lane < 0) {
        keep(lates, one.sessionId, party);
        continue;
      }
      const earliest = party.servedFrom ?? Math.max(now, one.startsAt, party.here ? 0 : earliestOf(party, now));
      const start = Math.max(party.servedFrom === undefined ? free[lane]! : 0, earliest, busy.get(one.ordinal) ?? 0);
      const end = Math.max(now, start + one.minutes * MINUTE_MS);
      free[lane] = end;
      busy.set(one.ordinal, end);
      starts.push(start);
      ends.set(one.sessionId, Math.max(ends.get(one.sessionId) ?? 0, end));
      if (end > limits.get(one.sessionId)!) keep(lates, one.sessionId, party);
    }
    if (starts.length > 0) hours.set(party.id, Math.min(...starts));
  }
  return {
    hours,
    sessions: sessions.map(({ id, closesAt }) => {
      const endsAt = Math.max(closesAt, ends.get(id) ?? 0);
      // An hour is cut whole: of two parties of one hour not one is sent away and the other kept.
      const late = (lates.get(id) ?? []).filter((one) => !one.here);
      const cutFrom = late.length > 0 ? Math.min(...late.map((one) => one.hour)) : undefined;
      const cutParties = inOrder.filter(
        (one) =>
          cutFrom !== undefined &&
          !one.here &&
          one.appointments.some((own) => own.sessionId === id && own.startsAt >= cutFrom),
      ).length;
      return { id, endsAt, overMinutes: Math.round((endsAt - closesAt) / MINUTE_MS), cutFrom, cutParties };
    }),
  };
}

/** Whether a party that was last told (or has) one hour is to be told the new one: far enough away, and far enough ahead. */
export function isToTell(party: Pick<PacedParty, "hour" | "toldFor" | "here">, next: number, now: number): boolean {
  const last = party.toldFor ?? party.hour;
  if (party.here || Math.abs(next - last) < TOLD_FROM_MINUTES * MINUTE_MS) return false;
  return Math.min(last, next) - now >= TOLD_UNTIL_HOURS * HOUR_MS;
}

/** Whoever was told a later hour and can be told nothing any more comes at that hour. */
function earliestOf({ hour, toldFor }: PacedParty, now: number): number {
  if (toldFor === undefined || toldFor <= hour) return hour;
  return hour - now >= TOLD_UNTIL_HOURS * HOUR_MS ? hour : toldFor;
}

/** Who is much too late is not counted on; whenever she comes she is received. */
function isAwaited(party: PacedParty, now: number): boolean {
  return party.here || now - Math.max(party.hour, party.toldFor ?? 0) <= LATE_HOURS * HOUR_MS;
}

function order({ hour, servedFrom }: PacedParty): number {
  return servedFrom === undefined ? hour : 0;
}

function keep(map: Map<SessionId, PacedParty[]>, id: SessionId, party: PacedParty): void {
  const kept = map.get(id);
  if (kept) kept.push(party);
  else map.set(id, [party]);
}
