import { getNetwork } from "#modules/offices/index.ts";
import { freeAssigned, listDrawSteps, uncommitPlaces } from "#modules/schedules/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { cosign } from "#platform/witnesses.ts";
import { planCycle, planDaily, planDemo, cycleMonday, hurried } from "../rules/cycle.ts";
import {
  hurryDraw,
  insertCosignature,
  isHeavyStepDue,
  listCosignatures,
  listDocuments,
  listDraws,
  setDraw,
  takeDraw,
  widenSteps,
} from "../store/draws.ts";
import { passOver } from "../store/callable.ts";
import type { Draw, DrawId } from "../types.ts";
import { seatDisplaced } from "./displaced.ts";
import { enterStanding } from "./enter.ts";
import { lockDraw } from "./lock-draw.ts";
import { openDraws, stepsByGroup } from "./open-draw.ts";
import { runDraw } from "./run-draw.ts";
import { announceDraw } from "./seat.ts";
import { finishShort } from "./short-draw.ts";

/**
 * Opens the week's draw, or in a demonstration the next one, when none is open. One that is open learns of groups that
 * are drawn since: of a day at short notice, for which people may ask from its first minute on.
 */
export async function openNextDraw(ctx: Context, kind: "weekly" | "demo"): Promise<DrawId | undefined> {
  const { first, second } = kind === "demo" ? planDemo(ctx.now) : planCycle(cycleMonday(ctx.now));
  await transaction(ctx, "worker", async (tx) => widenSteps(tx, stepsByGroup(await listDrawSteps(tx, ctx.now))));
  const isTime = first.opensAt <= ctx.now && ctx.now < first.locksAt;
  if (!isTime) return undefined;
  const draw = await openDraws(ctx, [
    { kind, hours: first },
    { kind: "second", hours: second },
  ]);
  if (draw !== undefined) await enterStanding(ctx);
  return draw;
}

/** Opens the daily draw of what comes back within ten days. */
export function openDailyDraw(ctx: Context): Promise<DrawId | undefined> {
  return openDraws(ctx, [{ kind: "daily", hours: planDaily(ctx.now) }]);
}

/** Whether `advanceDraws` would take long and much memory now. */
export function isHeavyDue(ctx: Context): Promise<boolean> {
  return ctx.database.reading("worker", (tx) => isHeavyStepDue(tx, ctx.now));
}

/**
 * Does whatever is due of every draw. Each step is taken once over all nodes, and each may be stopped anywhere: the
 * next run goes on from the rows. A draw that fails holds up no other; the first fault is thrown at the end. Whoever lost
 * a place to a cut is given another last, when every draw has told its own.
 */
export async function advanceDraws(ctx: Context): Promise<void> {
  const under = await transaction(ctx, "worker", (tx) => listDraws(tx, { states: ["open", "locked", "drawn"] }));
  const faults: unknown[] = [];
  for (const draw of under.reverse()) {
    const first = under.find((one) => one.id === draw.follows);
    await advance(ctx, draw, first).catch((fault: unknown) => faults.push(fault));
  }
  await seatDisplaced(ctx).catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw faults[0];
}

async function advance(ctx: Context, draw: Draw, first: Draw | undefined): Promise<void> {
  const mayLock = draw.follows === null || first?.state === "drawn";
  if (draw.state === "open" && draw.locksAt <= ctx.now && mayLock && (await lockDraw(ctx, draw)))
    await witness(ctx, draw);
  if (draw.state === "locked") {
    await witness(ctx, draw);
    await runDraw(ctx, draw);
  }
  if (draw.state === "drawn") {
    if (draw.kind === "short") return finishShort(ctx, draw);
    await announceDraw(ctx, draw);
    const isLast = draw.follows !== null || draw.kind === "daily";
    if (isLast && draw.answersBy <= ctx.now) await settle(ctx, draw);
  }
}

/**
 * Asks the witnesses whose cosignature is missing, all at once. A witness answers a repeated question with what it
 * signed first, so that an answer lost on the way is recovered even after the round.
 */
async function witness(ctx: Context, draw: Draw): Promise<void> {
  const [known, [line]] = await Promise.all([
    ctx.database.reading("worker", (tx) => listCosignatures(tx, draw.id)),
    ctx.database.reading("worker", (tx) => listDocuments(tx, draw.id, ["manifest"])),
  ]);
  const missing = ctx.witnesses.filter(({ name }) => !known.some((one) => one.witness === name));
  if (missing.length === 0) return;
  const { note } = JSON.parse(line!.line) as { note: string };
  await Promise.all(
    missing.map(async (one) => {
      const [cosignature] = await cosign(note, [one], ctx);
      if (cosignature === undefined) return;
      await transaction(ctx, "worker", (tx) => insertCosignature(tx, draw.id, one.name, cosignature));
    }),
  );
}

/** After the last round: what is left of both goes back to the calendar, and so does what nobody wanted at a venue. */
async function settle(ctx: Context, draw: Draw): Promise<void> {
  const { offices } = await getNetwork(ctx);
  await transaction(ctx, "worker", async (tx) => {
    if (!(await takeDraw(tx, draw.id, "drawn"))) return;
    await freeAssigned(tx, await passOver(tx, draw.id, ctx.now));
    for (const drawId of [draw.id, draw.follows])
      if (drawId !== null) for (const { id } of offices) await uncommitPlaces(tx, id, drawId);
    await setDraw(tx, draw.id, "settled");
  });
}

/** Closes the demonstration that is open: its steps follow within seconds. Undefined when none is open. */
export async function hurryDemo(ctx: Context): Promise<DrawId | undefined> {
  return transaction(ctx, "worker", async (tx) => {
    const open = await listDraws(tx, { states: ["open"] });
    const first = open.find((draw) => draw.kind === "demo");
    const second = open.find((draw) => draw.follows === first?.id);
    if (!first || !second || !(await takeDraw(tx, first.id, "open"))) return undefined;
    const hours = hurried(ctx.now);
    await hurryDraw(tx, first.id, hours.first);
    await hurryDraw(tx, second.id, hours.second);
    return first.id;
  });
}
