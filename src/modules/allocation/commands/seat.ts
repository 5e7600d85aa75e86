import type { OfficeId } from "#kernel/ids.ts";
import { assignPlaces, BANDS, lockCommitted, type Assigned } from "#modules/schedules/index.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { allocationEvent } from "../events.ts";
import { piecesOf, seatParties } from "../rules/seats.ts";
import {
  answerFilings,
  listOfficesToSeat,
  listWinners,
  markWaiting,
  offerRequests,
  type Winner,
} from "../store/winners.ts";
import type { Draw } from "../types.ts";

/** Households told in one transaction. */
const BATCH = 1_000;

/**
 * Gives the winners of a draw their counters and minutes, office by office, and tells everybody. Each office is one
 * transaction, so it may stop anywhere and begin again.
 */
export async function announceDraw(ctx: Context, draw: Draw): Promise<void> {
  const offices = await transaction(ctx, "worker", (tx) => listOfficesToSeat(tx, draw.id));
  for (const officeId of offices) await transaction(ctx, "worker", (tx) => seatOffice(ctx, tx, draw, officeId));
  for (;;) {
    const told = await transaction(ctx, "worker", async (tx) => {
      const waiting = await markWaiting(tx, draw.id, BATCH, ctx.now);
      await insertEvents(
        tx,
        waiting.map((request) => allocationEvent("allocation.waiting", request, ctx.now)),
      );
      return waiting.length;
    });
    if (told < BATCH) return;
  }
}

async function seatOffice(ctx: Context, tx: Tx, draw: Draw, officeId: OfficeId): Promise<void> {
  const winners = await listWinners(tx, draw.id, officeId);
  const places = await lockCommitted(tx, officeId, draw.id);
  const seating = new Map<string, readonly Assigned[]>();
  for (const localDate of new Set(winners.map((one) => one.localDate))) {
    const pieces = piecesOf(places.filter((place) => place.localDate === localDate));
    const day = winners.filter((one) => one.localDate === localDate && mayHave(one));
    for (const [id, seats] of seatParties(pieces, day.map(partyOf))) seating.set(id, seats);
  }
  await assignPlaces(
    tx,
    officeId,
    draw.id,
    [...seating].flatMap(([holder, seats]) => stepsOf(seats).map((step) => ({ ...step, holder }))),
  );
  const served = winners.filter(mayHave);
  await offerRequests(
    tx,
    served.map((one) => one.requestId),
    officeId,
    ctx.now,
  );
  await answerFilings(
    tx,
    draw.id,
    winners.map((one) => ({
      requestId: one.requestId,
      answer: mayHave(one) ? "offered" : one.live ? "declined" : "not_live",
      seating: seating.get(one.requestId) ?? null,
    })),
    ctx.now,
  );
  await insertEvents(tx, [
    ...served.map((one) => allocationEvent("allocation.offered", askerOf(one), ctx.now)),
    ...winners.filter(isUnproven).map((one) => allocationEvent("allocation.identity", askerOf(one), ctx.now)),
  ]);
}

/** A request that was withdrawn after the lock, or whose leaf is not live, leaves its places to the second round. */
function mayHave({ state, live }: Winner): boolean {
  return live && state === "standing";
}

/** Drawn, but another leaf of one of its people is the one that can be booked. */
function isUnproven({ state, live }: Winner): boolean {
  return !live && state === "standing";
}

function askerOf({ requestId, contactId }: Winner) {
  return { id: requestId, contactId };
}

function partyOf({ requestId, needs, seats }: Winner) {
  return { id: requestId, needs, bandOf: new Map(seats.map(({ group, band }) => [group, BANDS[band]!])) };
}

/** Every place of a seating, step by step. */
function stepsOf(seats: readonly Assigned[]) {
  return seats.flatMap(({ sessionId, counter, startsAt, steps, stepMinutes }) =>
    Array.from({ length: steps }, (_, i) => ({ sessionId, counter, startsAt: startsAt + i * stepMinutes * MINUTE_MS })),
  );
}
