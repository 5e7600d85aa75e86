import type { BookingId, SessionId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { insertAudit } from "#platform/audit.ts";
import type { Context } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { dayNews } from "../events.ts";
import { listParties, listSessions, type PartyToday, type SessionToday } from "../queries/the-day.ts";
import { isToTell, paceDay, TOLD_FROM_MINUTES, type PacedDay, type PacedParty } from "../rules/pacing.ts";
import { openServices } from "../rules/suspension.ts";
import { endAbsences, insertAbsences, lockDay, saveHours, type AbsentCounter, type HourRow } from "../store/the-day.ts";
import { notifyOffices } from "../store/visits.ts";
import { inHall } from "./office.ts";

export type AbsenceRefusal =
  | { readonly code: "not_allowed" }
  | { readonly code: "unknown_counter" }
  /** Somebody else noted another absence first. */
  | { readonly code: "changed_meanwhile" };

/** A session of today: who is not there, and how long the office has to stay. */
export interface SessionPaced extends SessionToday {
  readonly endsLastAt: Date;
  readonly overMinutes: number;
  /** Parties that would be done too late are offered another day, from this hour on. */
  readonly cut: { readonly from: Date; readonly parties: number } | null;
}

export interface DayPaced {
  readonly sessions: readonly SessionPaced[];
  /** Parties whose hour is another one than their appointment's. */
  readonly later: number;
  /** Parties that are told their new hour. */
  readonly told: number;
}

/** Who is here today as it stands, with what follows. */
export function getPacing(ctx: Context): Promise<Outcome<DayPaced, AbsenceRefusal>> {
  return inHall(ctx, "edit_schedule", async ({ tx, officeId, today }) => {
    const sessions = await listSessions(tx, officeId, today);
    return accept(planOf(ctx, sessions, await listParties(tx, officeId, today)).view);
  });
}

/** What would follow if nobody worked at these counters. Changes nothing. */
export function previewAbsences(
  ctx: Context,
  absent: readonly AbsentCounter[],
): Promise<Outcome<DayPaced, AbsenceRefusal>> {
  return inHall(ctx, "edit_schedule", async ({ tx, officeId, today }) => {
    const sessions = await listSessions(tx, officeId, today);
    if (!absent.every((one) => exists(sessions, one))) return refuse({ code: "unknown_counter" });
    return accept(planOf(ctx, withAbsent(sessions, absent), await listParties(tx, officeId, today)).view);
  });
}

/**
 * Notes at which counters nobody works today, all of them; whoever is not named is there. Each party gets its expected
 * hour; who has hours to go and must come later (or at her own hour again) is told, once for each change. No appointment
 * changes and nothing is cancelled. `known`: the absences that were on the screen.
 */
export function setAbsences(
  ctx: Context,
  input: { absent: readonly AbsentCounter[]; known: readonly AbsentCounter[] },
): Promise<Outcome<DayPaced, AbsenceRefusal>> {
  return inHall(ctx, "edit_schedule", async ({ tx, officeId, today }): Promise<Outcome<DayPaced, AbsenceRefusal>> => {
    await lockDay(tx, officeId);
    const sessions = await listSessions(tx, officeId, today);
    if (!input.absent.every((one) => exists(sessions, one))) return refuse({ code: "unknown_counter" });
    const noted = sessions.flatMap((one) => one.absent.map((counter) => ({ sessionId: one.id, counter })));
    if (!isSame(noted, input.known)) return refuse({ code: "changed_meanwhile" });
    await insertAbsences(tx, officeId, today, without(unique(input.absent), noted), ctx.now);
    await endAbsences(tx, officeId, without(noted, input.absent), ctx.now);
    const { view, hours, toTell } = planOf(
      ctx,
      withAbsent(sessions, input.absent),
      await listParties(tx, officeId, today),
    );
    await saveHours(tx, officeId, today, hours);
    await insertEvents(
      tx,
      toTell.map((party) => dayNews("visits.hour_changed", officeId, party, ctx.now)),
    );
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "day.pace", officeId, count: toTell.length }]);
    await notifyOffices(tx, [{ officeId }]);
    return accept(view);
  });
}

interface Plan {
  readonly view: DayPaced;
  readonly hours: readonly HourRow[];
  readonly toTell: readonly PartyToday[];
}

function planOf(ctx: Context, sessions: readonly SessionToday[], parties: readonly PartyToday[]): Plan {
  const now = ctx.now.getTime();
  // Whoever is asked for another day takes no time of this one, unless she is there.
  const expected = parties.filter((one) => !one.displaced || isInHall(one));
  const paced = new Map(expected.map((one) => [one.bookingId, pacedOf(one)]));
  const day = paceDay(
    sessions.map((one) => ({
      id: one.id,
      opensAt: one.startsAt.getTime(),
      closesAt: one.endsAt.getTime(),
      counters: one.counters - one.absent.length,
    })),
    [...paced.values()],
    now,
  );
  const hours: HourRow[] = [];
  const toTell: PartyToday[] = [];
  for (const party of expected) {
    const next = day.hours.get(party.bookingId);
    // Whoever stands in the hall keeps the hour by which it is listed.
    if (next === undefined || isInHall(party)) continue;
    // Whoever was told to stay at home hears her hour with the news that she may come.
    const tells = !party.right?.toldNewsAt && isToTell(paced.get(party.bookingId)!, next, now);
    // An ordinary wait is no other hour, nor is it that somebody is late.
    const isOther = next - Math.max(now, party.startsAt.getTime()) >= TOLD_FROM_MINUTES * MINUTE_MS;
    if (!isOther && !party.expectedAt) continue;
    hours.push({
      bookingId: party.bookingId,
      expectedAt: new Date(next),
      toldFor: tells ? new Date(next) : party.toldFor,
    });
    if (tells) toTell.push(party);
  }
  const later = hours.filter((one) => one.expectedAt > hourOf(expected, one.bookingId)).length;
  return { view: viewOf(day, sessions, { later, told: toTell.length }), hours, toTell };
}

function viewOf(
  day: PacedDay,
  sessions: readonly SessionToday[],
  counts: { readonly later: number; readonly told: number },
): DayPaced {
  const ends = new Map(day.sessions.map((one) => [one.id, one]));
  return {
    ...counts,
    sessions: sessions.map((session) => {
      const { endsAt, overMinutes, cutFrom, cutParties } = ends.get(session.id)!;
      const cut = cutFrom === undefined ? null : { from: new Date(cutFrom), parties: cutParties };
      return { ...session, endsLastAt: new Date(endsAt), overMinutes, cut };
    }),
  };
}

function isInHall({ visit }: PartyToday): boolean {
  return visit === "waiting" || visit === "called" || visit === "serving";
}

function hourOf(parties: readonly PartyToday[], id: BookingId): Date {
  return parties.find((one) => one.bookingId === id)!.startsAt;
}

function pacedOf({ bookingId, startsAt, visit, calledAt, servedAt, toldFor, appointments }: PartyToday): PacedParty {
  const atCounter = visit === "serving" ? (servedAt ?? calledAt) : visit === "called" ? calledAt : null;
  return {
    id: bookingId,
    hour: startsAt.getTime(),
    toldFor: toldFor?.getTime(),
    here: visit === "waiting" || atCounter !== null,
    servedFrom: atCounter?.getTime(),
    appointments: appointments
      .filter((one) => openServices([one]).length > 0)
      .map(({ sessionId, ordinal, startsAt: own, minutes }) => ({ sessionId, ordinal, startsAt: own, minutes })),
  };
}

const keyOf = ({ sessionId, counter }: AbsentCounter): string => `${sessionId} ${counter}`;

function unique(list: readonly AbsentCounter[]): AbsentCounter[] {
  return [...new Map(list.map((one) => [keyOf(one), one])).values()];
}

function without(list: readonly AbsentCounter[], others: readonly AbsentCounter[]): AbsentCounter[] {
  const gone = new Set(others.map(keyOf));
  return list.filter((one) => !gone.has(keyOf(one)));
}

function isSame(one: readonly AbsentCounter[], other: readonly AbsentCounter[]): boolean {
  return without(one, other).length === 0 && without(other, one).length === 0;
}

function exists(sessions: readonly SessionToday[], { sessionId, counter }: AbsentCounter): boolean {
  return sessions.some((one) => one.id === sessionId && counter >= 1 && counter <= one.counters);
}

function withAbsent(sessions: readonly SessionToday[], absent: readonly AbsentCounter[]): SessionToday[] {
  const of = (id: SessionId) => unique(absent.filter((one) => one.sessionId === id)).map((one) => one.counter);
  return sessions.map((one) => ({ ...one, absent: of(one.id).sort((a, b) => a - b) }));
}
