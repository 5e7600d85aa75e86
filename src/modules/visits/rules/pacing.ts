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
 * The day with the counters that are left: at whatever instant a counter is free, of those who may come by then the one
 * whose hour is first. Nobody before her own hour; whoever was told another hour and may be on her way by it is not
 * expected sooner. No counter waits for somebody while there is another. Pure; appointments squared.
 */
export function paceDay(sessions: readonly PacedSession[], parties: readonly PacedParty[], now: number): PacedDay {
  const lanes = new Map(
    sessions.map((one) => [one.id, Array.from({ length: one.counters }, () => Math.max(now, one.opensAt))]),
  );
  const awaited = parties.filter((one) => isAwaited(one, now));
  const waiting = awaited
    .flatMap((party) => party.appointments.map((own) => ({ party, own, from: comesFrom(party, own, now) })))
    .filter(({ own }) => (lanes.get(own.sessionId)?.length ?? 0) > 0)
    .sort((a, b) => a.from - b.from || a.party.hour - b.party.hour || (a.party.id < b.party.id ? -1 : 1));
  /** Nobody is at two counters at once. */
  const busy = new Map<string, number>();
  const hours = new Map<BookingId, number>();
  const ends = new Map<SessionId, number>();
  const lates = new Map<SessionId, number>();
  const limits = new Map(sessions.map((one) => [one.id, one.closesAt + MOST_OVERTIME_MINUTES * MINUTE_MS]));
  const startOf = ({ party, own, from }: Waiting): number => {
    const free = party.servedFrom === undefined ? Math.min(...lanes.get(own.sessionId)!) : 0;
    return Math.max(from, free, busy.get(personOf(party, own)) ?? 0);
  };
  while (waiting.length > 0) {
    let next = 0;
    let start = Infinity;
    for (const [i, one] of waiting.entries()) {
      // In their order: nobody further on may come before this instant.
      if (one.from >= start) break;
      const from = startOf(one);
      if (from < start) [next, start] = [i, from];
    }
    const [{ party, own }] = waiting.splice(next, 1) as [Waiting];
    const free = lanes.get(own.sessionId)!;
    const lane = free.indexOf(Math.min(...free));
    const end = Math.max(now, start + own.minutes * MINUTE_MS);
    free[lane] = Math.max(free[lane]!, end);
    busy.set(personOf(party, own), end);
    if (!hours.has(party.id)) hours.set(party.id, start);
    ends.set(own.sessionId, Math.max(ends.get(own.sessionId) ?? 0, end));
    if (end > limits.get(own.sessionId)! && !party.here) keepFirst(lates, own);
  }
  // Where nobody works at all, everybody who is not there yet would be done too late.
  for (const { here, appointments } of awaited)
    for (const own of appointments) if (!here && lanes.get(own.sessionId)?.length === 0) keepFirst(lates, own);
  return {
    hours,
    sessions: sessions.map(({ id, closesAt }) => {
      const endsAt = Math.max(closesAt, ends.get(id) ?? 0);
      // An hour is cut whole: of two parties of one hour not one is sent away and the other kept.
      const cutFrom = lates.get(id);
      const cutParties = awaited.filter(
        ({ here, appointments }) =>
          cutFrom !== undefined && !here && appointments.some((own) => own.sessionId === id && own.startsAt >= cutFrom),
      ).length;
      return { id, endsAt, overMinutes: Math.round((endsAt - closesAt) / MINUTE_MS), cutFrom, cutParties };
    }),
  };
}

interface Waiting {
  readonly party: PacedParty;
  readonly own: PacedAppointment;
  readonly from: number;
}

/** The instant before which this appointment of a party cannot begin, whatever is free. */
function comesFrom(party: PacedParty, own: PacedAppointment, now: number): number {
  return party.servedFrom ?? Math.max(now, own.startsAt, party.here ? 0 : earliestOf(party, now));
}

function personOf({ id }: PacedParty, { ordinal }: PacedAppointment): string {
  return `${id} ${ordinal}`;
}

function keepFirst(lates: Map<SessionId, number>, { sessionId, startsAt }: PacedAppointment): void {
  lates.set(sessionId, Math.min(lates.get(sessionId) ?? startsAt, startsAt));
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
