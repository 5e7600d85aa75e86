import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { seatDisplaced } from "#modules/allocation/index.ts";
import { can } from "#modules/people/index.ts";
import {
  dropKept,
  endDay,
  insertCut,
  listPlacesOf,
  listSessionsOf,
  lockPlacesOf,
  moveDay,
  orRefused,
  placeOf,
  PlanRefused,
  suspendDay,
  takeSpecialDay,
  withdrawPlaces,
  type CutId,
  type CutReason,
  type MoveWish,
  type Place,
  type PlanRefusal,
  type SessionPlace,
  type SpecialDay,
  type SpecialDayId,
  type SpecialSessionRow,
} from "#modules/schedules/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { systemContext, transaction, type Context, type Tx } from "#platform/context.ts";
import { dayKey } from "#platform/keyring/index.ts";
import { faultFields } from "#platform/log.ts";
import { insertEvents } from "#platform/outbox.ts";
import { newId } from "#platform/random.ts";
import { bookingEvent } from "../events.ts";
import { countInside } from "../queries/inside.ts";
import { eraseAfterVisit } from "../rules/party.ts";
import { lockBookingsOf, moveWithDay, type BookingOfDay, type MovedWithDay } from "../store/day-moves.ts";
import { listOverrun, overrunProposals } from "../store/proposals.ts";
import { settleParties } from "./cut-parties.ts";

type Refusal = PlanRefusal | { readonly code: "not_allowed"; readonly about?: undefined };

export interface DayChanged {
  readonly day: SpecialDay;
  /** People of bookings who are told. */
  readonly told: number;
}
type Changed = Promise<Outcome<DayChanged, Refusal>>;

/**
 * Suspends a published day without a reason: all places and folios stay, nobody is served there until it has a day again,
 * and everybody is told so by her own channel. Of nobody is it a change or an absence.
 */
export function suspendSpecialDay(ctx: Context, officeId: OfficeId, id: SpecialDayId): Changed {
  return changing(ctx, officeId, id, "plan.suspend", async (tx, place, day) => {
    if (day.state === "suspended") return { day, told: 0 };
    if (day.state !== "published") throw new PlanRefused({ code: "wrong_state" });
    const held = await closeDoors(tx, ctx, place, day);
    const suspended = await suspendDay(tx, day);
    return { day: suspended, told: await tell(tx, ctx, "booking.day_suspended", suspended, held.bookings) };
  });
}

/**
 * Moves a day to another date, hour or venue, or opens a suspended one where it was. Sessions, places and appointments
 * shift by as much in one transaction; everybody keeps her folio, and is told. Refused while somebody has an appointment
 * of the same visit in another session: she would have to come twice.
 */
export function moveSpecialDay(ctx: Context, officeId: OfficeId, id: SpecialDayId, wish: MoveWish): Changed {
  return changing(ctx, officeId, id, "plan.move", async (tx, place, day) => {
    if (day.state !== "published" && day.state !== "suspended") throw new PlanRefused({ code: "wrong_state" });
    if (day.state === "published" && isThere(day, wish)) return { day, told: 0 };
    const { sessions, bookings } = await closeDoors(tx, ctx, place, day);
    const divided = bookings.filter((one) => one.isMixed);
    if (divided.length > 0)
      throw new PlanRefused({ code: "visits_divided", about: { families: String(divided.length) } });
    const { day: moved, shifts } = await moveDay(tx, place, day, sessions, wish);
    const eraseAfter = eraseAfterVisit(wish.localDate);
    const sealed = await sealAnew(ctx, moved, eraseAfter, bookings);
    await moveWithDay(tx, officeId, sealed, { localDate: wish.localDate, eraseAfter, now: ctx.now }, shifts);
    return { day: moved, told: await tell(tx, ctx, "booking.day_moved", moved, bookings) };
  });
}

/** Ends a day. A draft just goes; of a published one everybody is asked about another place, and nobody is cancelled. */
export function cancelSpecialDay(ctx: Context, officeId: OfficeId, id: SpecialDayId): Changed {
  return changing(ctx, officeId, id, "plan.cancel", async (tx, place, day) => {
    if (day.state === "cancelled") return { day, told: 0 };
    if (day.state === "draft") return { day: await endDay(tx, place, day), told: 0 };
    // Whoever was told to keep her folio has no day to be missed on: it is given one first.
    if (day.localDate <= place.today)
      throw new PlanRefused({ code: "in_the_past", about: { localDate: day.localDate } });
    const { places, bookings } = await closeDoors(tx, ctx, place, day);
    const left = places.filter(
      (one) => !one.isCut && !["used", "withdrawn", "committed", "assigned"].includes(one.state),
    );
    const ended = await endDay(tx, place, day);
    await take(tx, ctx, day, "venue", left);
    return { day: ended, told: bookings.reduce((sum, one) => sum + one.people, 0) };
  });
}

/** One change of one day, by whoever may; households that lose a draw's place are seated elsewhere afterwards. */
async function changing(
  ctx: Context,
  officeId: OfficeId,
  id: SpecialDayId,
  action: string,
  work: (tx: Tx, place: Place, day: SpecialDay) => Promise<DayChanged>,
): Changed {
  if (!can(ctx.actor, "edit_schedule", officeId)) return refuse({ code: "not_allowed" });
  const place = await placeOf(ctx, officeId);
  const done = await orRefused(
    transaction(ctx, "console", async (tx) => {
      const changed = await work(tx, place, await takeSpecialDay(tx, officeId, id));
      await insertAudit(tx, [{ ...ctx, at: ctx.now, action, officeId, count: changed.told }]);
      return changed;
    }),
  );
  if (!done.ok) return done;
  // By itself: the next minute's run would do the same, and the change stands whatever becomes of this.
  await seatDisplaced(systemContext(ctx, "plan"), { officeId }).catch((fault: unknown) =>
    ctx.log.warn("households of a special day could not be seated at once", faultFields(fault)),
  );
  return accept(done.value);
}

function isThere(day: SpecialDay, wish: MoveWish): boolean {
  const first = day.sessions.map((one) => one.opens).sort()[0];
  return (
    wish.localDate === day.localDate && (wish.opens ?? first) === first && (wish.venueId ?? day.venueId) === day.venueId
  );
}

interface Held {
  readonly sessions: readonly SpecialSessionRow[];
  readonly places: readonly SessionPlace[];
  readonly bookings: readonly BookingOfDay[];
}

/**
 * Nobody comes in from here on: what is kept for somebody who has not confirmed, or whom it was proposed to, is free
 * again, and what a draw was promised or gave is taken like by any cut, for its papers name this day. A day that has begun
 * is left to those who came.
 */
async function closeDoors(tx: Tx, ctx: Context, { today }: Place, day: SpecialDay): Promise<Held> {
  const { officeId } = day;
  // Bookings before places, like whoever moves one; who came in between is waited for by her places.
  const sessions = await listSessionsOf(tx, officeId, day.id);
  const ids = sessions.map((one) => one.id);
  await lockBookingsOf(tx, officeId, ids);
  await lockPlacesOf(tx, officeId, ids);
  const places = await listPlacesOf(tx, officeId, ids);
  const bookings = await lockBookingsOf(tx, officeId, ids);
  const ahead = day.state === "suspended" || today <= day.localDate;
  if (!ahead) throw new PlanRefused({ code: "in_the_past", about: { localDate: day.localDate } });
  const parties = bookings.map((one) => one.id);
  if (places.some((one) => one.state === "used") || (await countInside(tx, officeId, parties)) > 0)
    throw new PlanRefused({ code: "day_has_begun" });
  const heldBy = places.flatMap((one) => (one.state === "held" && one.holder !== null ? [one.holder] : []));
  const proposed = await listOverrun(tx, officeId, { bookingIds: [], heldBy });
  await overrunProposals(
    tx,
    proposed.map((one) => one.id),
    ctx.now,
  );
  await dropKept(tx, [...new Set(heldBy)]);
  const drawn = places.filter((one) => !one.isCut && (one.state === "committed" || one.state === "assigned"));
  await take(tx, ctx, day, "other", drawn);
  const isFree = new Set(heldBy);
  return {
    sessions,
    bookings,
    places: places.map((one) =>
      one.holder !== null && isFree.has(one.holder) ? { ...one, state: "open", holder: null } : one,
    ),
  };
}

/** Cuts places of a day and settles whoever had them. */
async function take(
  tx: Tx,
  ctx: Context,
  { officeId, localDate }: SpecialDay,
  reason: CutReason,
  places: readonly SessionPlace[],
): Promise<void> {
  if (places.length === 0) return;
  const id = newId<CutId>();
  // The day's own command says what becomes of its sessions.
  await insertCut(tx, { id, officeId, localDate, reason, places: places.length, madeAt: ctx.now });
  await withdrawPlaces(tx, id, places);
  await settleParties(tx, ctx, { officeId, localDate, id }, places);
}

/** Under the key of the new day: with the old one's all of it would be erased too soon. */
async function sealAnew(
  ctx: Context,
  { officeId, localDate }: SpecialDay,
  eraseAfter: LocalDate,
  bookings: readonly BookingOfDay[],
): Promise<MovedWithDay[]> {
  const under = dayKey(officeId, localDate, eraseAfter);
  const rows = bookings.flatMap((one) => [
    { field: "booking.booking" as const, row: one.id, sealed: one.sealed },
    ...one.applicants.map((person) => ({
      field: "booking.applicant" as const,
      row: person.id,
      sealed: Buffer.from(person.sealed, "base64"),
    })),
  ]);
  const opened = await ctx.keyring.open(rows);
  const sealed = await ctx.keyring.seal(
    rows.map(({ field, row }, i) => {
      const plain = opened[i];
      if (plain === undefined) throw new Error("a booking that stands cannot be opened");
      return { under, field, row, plain };
    }),
  );
  const byRow = new Map(rows.map(({ row }, i) => [row, sealed[i]!]));
  return bookings.map(({ id, applicants }) => ({
    id,
    sealed: byRow.get(id)!,
    applicants: applicants.map((one) => ({ id: one.id, sealed: byRow.get(one.id)! })),
  }));
}

async function tell(
  tx: Tx,
  ctx: Context,
  name: "booking.day_suspended" | "booking.day_moved",
  { officeId, localDate }: SpecialDay,
  bookings: readonly BookingOfDay[],
): Promise<number> {
  await insertEvents(
    tx,
    bookings.map(({ id, contactId }) => bookingEvent(name, { id, contactId, officeId, localDate }, ctx.now)),
  );
  return bookings.reduce((sum, one) => sum + one.people, 0);
}
