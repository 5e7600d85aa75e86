import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import {
  assignPlaces,
  commitPlaces,
  FREED_DRAWN_DAYS,
  forgetPromise,
  lockCommitted,
  lockPlanned,
  PROPOSE_WITHIN_DAYS,
  recommitPlaces,
  stepsOfArrangement,
} from "#modules/schedules/index.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { allocationEvent } from "../events.ts";
import { listCutOffers } from "../queries/displaced.ts";
import { seatElsewhere } from "../rules/displaced.ts";
import {
  insertDisplaced,
  listDisplaced,
  lockDisplaced,
  markTold,
  seatFiling,
  settleDisplaced,
  takeOfferBack,
} from "../store/displaced.ts";
import { listDraws, takeDraw } from "../store/draws.ts";
import { lockContact } from "../store/requests.ts";
import { offerRequests } from "../store/winners.ts";
import type { Draw, Option, RequestId } from "../types.ts";

type Household = { readonly requestId: RequestId; readonly contactId: ContactId };

/**
 * Gives whoever lost a place to a cut another one: of those that the draw left over, else of those that wait for the
 * next draw. As long as the draw's offers can be answered; afterwards the household stands in the next one. Each step is
 * a transaction of its own, so that it may stop anywhere and begin again; the published papers stay as they are.
 */
export async function seatDisplaced(ctx: Context): Promise<void> {
  const draws = await transaction(ctx, "worker", (tx) => listDraws(tx, { states: ["drawn"] }));
  for (const draw of draws.filter((one) => ctx.now < one.answersBy)) {
    const cut = await transaction(ctx, "worker", (tx) => listCutOffers(tx, draw.id));
    for (const one of cut) await transaction(ctx, "worker", (tx) => giveUpOffer(ctx, tx, draw, one));
    const waiting = await transaction(ctx, "worker", (tx) => listDisplaced(tx, draw.id));
    for (const one of waiting) await transaction(ctx, "worker", (tx) => seatOne(ctx, tx, draw, one));
  }
}

async function giveUpOffer(ctx: Context, tx: Tx, draw: Draw, { requestId, contactId }: Household): Promise<void> {
  if (!(await takeDraw(tx, draw.id, "drawn"))) return;
  await lockContact(tx, contactId);
  const lost = await takeOfferBack(tx, draw.id, requestId, ctx.now);
  if (!lost) return;
  // Those of her places that were not cut are the draw's again, and may be hers once more in a moment.
  await recommitPlaces(tx, [requestId]);
  await insertDisplaced(tx, draw.id, [lost], ctx.now);
}

async function seatOne(ctx: Context, tx: Tx, draw: Draw, { requestId, contactId }: Household): Promise<void> {
  if (!(await takeDraw(tx, draw.id, "drawn"))) return;
  await lockContact(tx, contactId);
  const household = await lockDisplaced(tx, draw.id, requestId);
  if (!household) return settleDisplaced(tx, [requestId], ctx.now);
  const { officeId } = household;
  const soonest = addDays(localDateAt(ctx.now, "UTC"), FREED_DRAWN_DAYS);
  const party = { ...household, id: requestId };
  const leftOver = (await lockCommitted(tx, officeId, draw.id)).filter((one) => one.localDate >= soonest);
  let seat = seatElsewhere(party, leftOver, draw.steps);
  if (!seat) {
    const [from, to] = daysOf(household.options, soonest, addDays(draw.horizonTo, PROPOSE_WITHIN_DAYS));
    seat = seatElsewhere(party, await lockPlanned(tx, officeId, from, to), draw.steps);
    const steps = seat ? stepsOfArrangement(seat.seats) : [];
    await commitPlaces(tx, officeId, draw.id, steps);
    await forgetPromise(tx, officeId, draw.id, steps.length);
  }
  const event = { id: requestId, contactId };
  if (!seat) {
    if (household.told) return;
    await markTold(tx, draw.id, requestId, ctx.now);
    return insertEvents(tx, [allocationEvent("allocation.displaced", event, ctx.now)]);
  }
  const holder = requestId;
  await assignPlaces(
    tx,
    officeId,
    draw.id,
    stepsOfArrangement(seat.seats).map((step) => ({ ...step, holder })),
  );
  await offerRequests(tx, [requestId], officeId, ctx.now);
  await seatFiling(tx, draw.id, requestId, seat, ctx.now);
  await settleDisplaced(tx, [requestId], ctx.now);
  await insertEvents(tx, [allocationEvent("allocation.offered", event, ctx.now)]);
}

/** First and last day of her wishes within those bounds: nothing else is locked. */
function daysOf(options: readonly Option[], soonest: LocalDate, latest: LocalDate): [from: LocalDate, to: LocalDate] {
  const froms = options.map((one) => one.from as LocalDate).sort();
  const tos = options.map((one) => one.to as LocalDate).sort();
  const [from, to] = [froms[0]!, tos.at(-1)!];
  return [from < soonest ? soonest : from, to > latest ? latest : to];
}
