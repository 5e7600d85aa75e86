import type { LocalDate } from "#kernel/ids.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import {
  assignPlaces,
  commitPlaces,
  FREED_DRAWN_DAYS,
  freeAssigned,
  forgetPromise,
  listGivable,
  lockCommitted,
  lockPlanned,
  PROPOSE_WITHIN_DAYS,
  recommitPlaces,
  stepsOf,
  type Arrangement,
  type DrawPlace,
} from "#modules/schedules/index.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { allocationEvent } from "../events.ts";
import {
  listCutOffers,
  listDisplaced,
  type CutOffer,
  type WaitingHousehold,
  type Where,
} from "../queries/displaced.ts";
import { seatElsewhere } from "../rules/displaced.ts";
import { atOffice } from "../rules/sites.ts";
import {
  insertDisplaced,
  lockDisplaced,
  markTold,
  seatFiling,
  settleDisplaced,
  takeOfferBack,
} from "../store/displaced.ts";
import { listDraws, takeDraw } from "../store/draws.ts";
import { lockContact } from "../store/requests.ts";
import { offerRequests } from "../store/winners.ts";
import type { Draw, Option } from "../types.ts";

/**
 * Gives whoever lost a place to a cut another one: of those that the draw left over, else of those that wait for the
 * next draw. As long as the draw's offers can be answered; afterwards the household is told, and stands in the next one.
 * Each step is a transaction of its own, so that it may stop anywhere and begin again; the published papers stay as they
 * are. Of one office or draw alone where that is asked.
 */
export async function seatDisplaced(ctx: Context, where: Where = {}): Promise<void> {
  const cut = await transaction(ctx, "worker", (tx) => listCutOffers(tx, where));
  for (const one of cut) await transaction(ctx, "worker", (tx) => giveUpOffer(ctx, tx, one));
  const waiting = await transaction(ctx, "worker", (tx) => listDisplaced(tx, where, ctx.now));
  for (const drawId of new Set(waiting.map((one) => one.drawId))) {
    const [draw] = await transaction(ctx, "worker", (tx) => listDraws(tx, { id: drawId }));
    const households = waiting.filter((one) => one.drawId === drawId);
    for (const officeId of new Set(households.map((one) => one.officeId)))
      await seatAtOffice(
        ctx,
        draw!,
        households.filter((one) => one.officeId === officeId),
      );
  }
}

async function giveUpOffer(ctx: Context, tx: Tx, { requestId, contactId, drawId, drawState }: CutOffer): Promise<void> {
  if (!(await takeDraw(tx, drawId, drawState))) return;
  await lockContact(tx, contactId);
  const lost = await takeOfferBack(tx, drawId, requestId, ctx.now);
  if (!lost) return;
  // Those of her places that were not cut are the draw's again, and may be hers once more in a moment.
  await (drawState === "drawn" ? recommitPlaces(tx, [requestId]) : freeAssigned(tx, [requestId]));
  await insertDisplaced(tx, drawId, [lost], ctx.now);
}

/** The office's places are read once: of a household for which there is none, and which knows it, no row is taken. */
async function seatAtOffice(ctx: Context, draw: Draw, households: readonly WaitingHousehold[]): Promise<void> {
  const [from, to] = boundsOf(draw, ctx.now);
  const { officeId } = households[0]!;
  let places: readonly DrawPlace[] = isOpen(draw, ctx.now)
    ? await transaction(ctx, "worker", (tx) => listGivable(tx, officeId, draw.id, from, to))
    : [];
  for (const household of households) {
    const seems = seatElsewhere({ ...household, id: household.requestId }, places, draw.steps);
    if (!seems && household.told) continue;
    const seats = await transaction(ctx, "worker", (tx) => seatOne(ctx, tx, draw, household));
    const taken = new Set(stepsOf(seats ?? []).map(keyOf));
    places = places.filter((place) => !taken.has(keyOf(place)));
  }
}

function isOpen(draw: Draw, now: Date): boolean {
  return draw.state === "drawn" && now < draw.answersBy;
}

/** Returns the seats that she was given, if any. The draw, her contact, places, her request: like whoever asks or answers. */
async function seatOne(
  ctx: Context,
  tx: Tx,
  draw: Draw,
  { requestId, contactId, officeId, options }: WaitingHousehold,
): Promise<Arrangement | undefined> {
  if (!(await takeDraw(tx, draw.id, draw.state))) return undefined;
  await lockContact(tx, contactId);
  const [soonest, latest] = boundsOf(draw, ctx.now);
  const [from, to] = daysOf(options, soonest, latest);
  const open = isOpen(draw, ctx.now);
  const leftOver = open ? (await lockCommitted(tx, officeId, draw.id)).filter((one) => one.localDate >= soonest) : [];
  const planned = open ? atOffice(await lockPlanned(tx, officeId, from, to)) : [];
  const household = await lockDisplaced(tx, draw.id, requestId);
  if (!household) {
    await settleDisplaced(tx, [requestId], ctx.now);
    return undefined;
  }
  const party = { ...household, id: requestId };
  const event = { id: requestId, contactId };
  const own = seatElsewhere(party, leftOver, draw.steps);
  const seat = own ?? seatElsewhere(party, planned, draw.steps);
  if (!seat) {
    if (household.told) return undefined;
    await markTold(tx, draw.id, requestId, ctx.now);
    await insertEvents(tx, [allocationEvent("allocation.displaced", event, ctx.now)]);
    return undefined;
  }
  const steps = stepsOf(seat.seats);
  if (!own) {
    await commitPlaces(tx, officeId, draw.id, steps);
    await forgetPromise(tx, officeId, draw.id, steps.length);
  }
  const holder = requestId;
  await assignPlaces(
    tx,
    officeId,
    draw.id,
    steps.map((step) => ({ ...step, holder })),
  );
  await offerRequests(tx, [requestId], officeId, ctx.now);
  await seatFiling(tx, draw.id, requestId, seat, ctx.now);
  await settleDisplaced(tx, [requestId], ctx.now);
  await insertEvents(tx, [allocationEvent("allocation.offered", event, ctx.now)]);
  return seat.seats;
}

/** First and last day on which another place is looked for. */
function boundsOf(draw: Draw, now: Date): [soonest: LocalDate, latest: LocalDate] {
  return [addDays(localDateAt(now, "UTC"), FREED_DRAWN_DAYS), addDays(draw.horizonTo, PROPOSE_WITHIN_DAYS)];
}

/** First and last day of her wishes within those bounds: nothing else is locked. */
function daysOf(options: readonly Option[], soonest: LocalDate, latest: LocalDate): [from: LocalDate, to: LocalDate] {
  const froms = options.map((one) => one.from as LocalDate).sort();
  const tos = options.map((one) => one.to as LocalDate).sort();
  const [from, to] = [froms[0]!, tos.at(-1)!];
  return [from < soonest ? soonest : from, to > latest ? latest : to];
}

function keyOf({ sessionId, startsAt, counter }: Pick<DrawPlace, "sessionId" | "startsAt" | "counter">): string {
  return `${sessionId} ${startsAt} ${counter}`;
}
