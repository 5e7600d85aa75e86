import type { OfficeId } from "#kernel/ids.ts";
import { getNetwork, type Office } from "#modules/offices/index.ts";
import {
  commitPlaces,
  freeAssigned,
  leaveCommitted,
  leaveOver,
  leavePlaces,
  listDrawSteps,
  listNear,
  lockPlanned,
  planFreed,
  uncommitPlaces,
  type DrawPlace,
  type NearCell,
} from "#modules/schedules/index.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { faultFields } from "#platform/log.ts";
import { firstStartOf, isAskedIn, planShort, SHORT_ANSWER_MS } from "../rules/short.ts";
import { drawnAt } from "../rules/sites.ts";
import { listCallable, listOfficesOf, passOver, prolongAnswers, takeAnswered } from "../store/callable.ts";
import { setDraw, takeDraw } from "../store/draws.ts";
import type { Draw, DrawId, Hours } from "../types.ts";
import { seatDisplaced } from "./displaced.ts";
import { openDraws, stepsByGroup } from "./open-draw.ts";
import { NO_APP } from "./read-book.ts";
import { announceDraw } from "./seat.ts";

/**
 * Opens the hour's short draw, where something came back so late that no daily draw will have it and somebody may be
 * asked. Otherwise there is no draw and no paper of it, and what nobody can be asked for is left to the next release tick.
 */
export async function openShortDraw(ctx: Context): Promise<DrawId | undefined> {
  const hours = planShort(ctx.now);
  if (ctx.now >= hours.locksAt) return undefined;
  const { offices } = await getNetwork(ctx);
  const isWanted = await transaction(ctx, "worker", async (tx) => {
    const near = await nearAt(tx, offices, hours);
    if (near.length === 0) return false;
    const steps = stepsByGroup(await listDrawSteps(tx, ctx.now));
    const asked = await listCallable(tx, { ...hours, id: null, steps }, near, NO_APP, 1);
    if (asked.length > 0) return true;
    for (const officeId of officesAmong(near)) {
      await planFreed(tx, officeId, reachOf(hours));
      await leaveOver(tx, officeId, reachOf(hours));
    }
    return false;
  });
  return isWanted ? openDraws(ctx, [{ kind: "short", hours }]) : undefined;
}

function nearAt(tx: Tx, offices: readonly Office[], hours: Hours): Promise<NearCell[]> {
  const awake = offices.filter(({ zone }) => isAskedIn(zone, hours)).map(({ id }) => id);
  return listNear(tx, awake, reachOf(hours));
}

function reachOf(hours: Hours) {
  return { from: firstStartOf(hours), to: hours.horizonTo };
}

function officesAmong(near: readonly NearCell[]): OfficeId[] {
  return [...new Set(near.map((one) => one.officeId))];
}

/** Offices at which this draw has something. */
export async function officesNear(tx: Tx, offices: readonly Office[], draw: Draw): Promise<OfficeId[]> {
  return officesAmong(await nearAt(tx, offices, draw));
}

/** Commits what is near at one office. What is of a length that no draw gives is left over; what is at another site waits for its turn. */
export async function commitNear(tx: Tx, officeId: OfficeId, draw: Draw): Promise<DrawPlace[]> {
  const { from, to } = reachOf(draw);
  await planFreed(tx, officeId, { from, to });
  const planned = await lockPlanned(tx, officeId, draw.horizonFrom, to);
  const near = planned.filter((place) => place.startsAt >= from.getTime());
  const isGiven = (place: DrawPlace): boolean => draw.steps[place.serviceGroup] === place.stepMinutes;
  const places = drawnAt(draw, near.filter(isGiven));
  await commitPlaces(tx, officeId, draw.id, places);
  await leavePlaces(
    tx,
    officeId,
    near.filter((place) => !isGiven(place)),
  );
  return places;
}

/**
 * After the round: the offers, and two hours for each from when it is made. What nobody wanted waits for the next release
 * tick from the result on; what nobody answered for goes into the next short draw. Here silence is no yes: a place of
 * tomorrow is not given to somebody who may not have read of it. Whoever was silent stands as before.
 */
export async function finishShort(ctx: Context, draw: Draw): Promise<void> {
  const until = new Date(ctx.now.getTime() + SHORT_ANSWER_MS);
  await transaction(ctx, "worker", (tx) => prolongAnswers(tx, draw.id, until));
  await announceDraw(ctx, draw);
  // Before the rest goes: whoever lost a place to a cut stands first. The end of the run tries again, and holds up nobody.
  await seatDisplaced(ctx, { drawId: draw.id }).catch((fault: unknown) =>
    ctx.log.warn("households of a short draw whose place was cut could not be seated", faultFields(fault)),
  );
  await transaction(ctx, "worker", async (tx) => {
    if (await takeDraw(tx, draw.id, "drawn")) await leaveUnwanted(tx, draw.id);
  });
  await transaction(ctx, "worker", async (tx) => {
    if (!(await takeAnswered(tx, draw.id, ctx.now))) return;
    await freeAssigned(tx, await passOver(tx, draw.id, ctx.now));
    await setDraw(tx, draw.id, "settled");
  });
}

/** Takes back what was not given. Where somebody was drawn and cannot have her place, it is drawn again; the rest had nobody who wanted it. */
export async function leaveUnwanted(tx: Tx, drawId: DrawId): Promise<void> {
  for (const { officeId, wasWanted } of await listOfficesOf(tx, drawId))
    await (wasWanted ? uncommitPlaces(tx, officeId, drawId) : leaveCommitted(tx, officeId, drawId));
}
