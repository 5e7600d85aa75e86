import type { OfficeId } from "#kernel/ids.ts";
import { assignPlaces, BANDS, lockCommitted, passAssigned, stepsOf, type Assigned } from "#modules/schedules/index.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { allocationEvent } from "../events.ts";
import { whoFits } from "../rules/displaced.ts";
import { piecesOf, seatParties } from "../rules/seats.ts";
import { takeDraw } from "../store/draws.ts";
import { insertDisplaced, settleDisplaced } from "../store/displaced.ts";
import {
  answerFilings,
  listOfficesToSeat,
  listWinners,
  markWaiting,
  offerRequests,
  type Winner,
} from "../store/winners.ts";
import { endKept, endMoved, listExchanging } from "../store/upgrades.ts";
import type { Draw } from "../types.ts";

/** Households told in one transaction. */
const BATCH = 1_000;

/**
 * Gives the winners of a draw their counters and minutes, office by office, and tells everybody. Each office is one
 * transaction, so it may stop anywhere and begin again.
 */
export async function announceDraw(ctx: Context, draw: Draw): Promise<void> {
  if (draw.follows !== null) await transaction(ctx, "worker", (tx) => exchangePlaces(ctx, tx, draw));
  const offices = await transaction(ctx, "worker", (tx) => listOfficesToSeat(tx, draw.id));
  for (const officeId of offices) await transaction(ctx, "worker", (tx) => seatOffice(ctx, tx, draw, officeId));
  for (;;) {
    const told = await transaction(ctx, "worker", async (tx) => {
      const waiting = await markWaiting(tx, draw.id, BATCH, ctx.now);
      await insertEvents(
        tx,
        // Nobody is told of a draw that nobody was told of before: there may be one each hour.
        draw.kind === "short" ? [] : waiting.map((request) => allocationEvent("allocation.waiting", request, ctx.now)),
      );
      return waiting.length;
    });
    if (told < BATCH) break;
  }
}

/**
 * Before anybody is seated: who was drawn for a better-ranked place gives hers back, for those to whom the draw gave it,
 * and is a winner like any other; who was not keeps what she has.
 */
async function exchangePlaces(ctx: Context, tx: Tx, draw: Draw): Promise<void> {
  if (!(await takeDraw(tx, draw.id, "drawn"))) return;
  const exchanging = await listExchanging(tx, draw.id);
  const idsOf = (wanted: boolean) => exchanging.filter(({ moved }) => moved === wanted).map(({ id }) => id);
  await passAssigned(tx, idsOf(true), draw.id);
  await endMoved(tx, draw, idsOf(true), ctx.now);
  await endKept(tx, draw.id, idsOf(false), ctx.now);
}

async function seatOffice(ctx: Context, tx: Tx, draw: Draw, officeId: OfficeId): Promise<void> {
  // The draw's row first, as whoever gives up an offer does.
  if (!(await takeDraw(tx, draw.id, "drawn"))) return;
  const winners = await listWinners(tx, draw.id, officeId);
  const places = await lockCommitted(tx, officeId, draw.id);
  const seating = new Map<string, readonly Assigned[]>();
  for (const localDate of new Set(winners.map((one) => one.localDate))) {
    const pieces = piecesOf(places.filter((place) => place.localDate === localDate));
    const day = winners.filter((one) => one.localDate === localDate && mayHave(one));
    const fitting = whoFits(pieces, day.map(partyOf), draw.steps);
    for (const [id, seats] of seatParties(pieces, fitting)) seating.set(id, seats);
  }
  await assignPlaces(
    tx,
    officeId,
    draw.id,
    [...seating].flatMap(([holder, seats]) => stepsOf(seats).map((step) => ({ ...step, holder }))),
  );
  const served = winners.filter((one) => mayHave(one) && seating.has(one.requestId));
  // The draw gave them a place that their office cut after the lock: they stand first, and are told no wrong hour.
  const displaced = winners.filter((one) => mayHave(one) && !seating.has(one.requestId));
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
      answer: seating.has(one.requestId) ? "offered" : mayHave(one) ? "displaced" : one.live ? "declined" : "not_live",
      seating: seating.get(one.requestId) ?? null,
    })),
    ctx.now,
  );
  await insertDisplaced(
    tx,
    draw.id,
    displaced.map((one) => ({ ...one, officeId })),
    ctx.now,
  );
  await settleDisplaced(
    tx,
    served.map((one) => one.requestId),
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

function partyOf({ requestId, position, needs, seats }: Winner) {
  return { id: requestId, position, needs, bandOf: new Map(seats.map(({ group, band }) => [group, BANDS[band]!])) };
}
