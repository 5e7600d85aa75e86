import { addDays } from "#kernel/time.ts";
import { changeRelease, listReleases, type Release } from "#modules/schedules/index.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { countImmediate, listAlikeEntries, listCommitted, type GroupDemand } from "../queries/demand.ts";
import { cycleMonday, planCycle } from "../rules/cycle.ts";
import {
  askedPlaces,
  decideRegime,
  DRAWABLE_GROUPS,
  DRAWS_TOGETHER,
  ratioOf,
  regimeKey,
  type Demand,
} from "../rules/regime.ts";
import { insertMeasures, listMeasures, listUnmeasured, lockMeasuring, type Measure } from "../store/measures.ts";
import type { DrawId, Hours } from "../types.ts";

/** The first draw that is not open yet: what is decided now holds from its first day on. */
export function nextDrawOf(now: Date): Hours {
  return planCycle(addDays(cycleMonday(now), 7)).first;
}

/**
 * Measures every office and service group once after each first draw, and decides between draw and immediate
 * booking. All in one transaction: a crash, or a calendar that is being filled, leaves it to the next run. Returns
 * how many were turned.
 */
export async function measureDraws(ctx: Context): Promise<number> {
  let turned = 0;
  for (const drawId of await transaction(ctx, "worker", listUnmeasured)) {
    turned += await transaction(ctx, "worker", async (tx) => {
      await lockMeasuring(tx);
      const isLeft = (await listUnmeasured(tx)).includes(drawId);
      return isLeft ? measureAfter(ctx, tx, drawId) : 0;
    });
  }
  return turned;
}

async function measureAfter(ctx: Context, tx: Tx, drawId: DrawId): Promise<number> {
  const next = nextDrawOf(ctx.now);
  const releases = new Map((await listReleases(tx)).map((one) => [regimeKey(one.officeId, one.serviceGroup), one]));
  const known = await listMeasures(tx, DRAWS_TOGETHER);
  const drawn = await drawnDemand(tx, drawId);
  const immediate = (await countImmediate(tx, next.horizonFrom, next.horizonTo)).filter(
    ({ officeId, serviceGroup }) =>
      DRAWABLE_GROUPS.some((group) => group === serviceGroup) &&
      releases.get(regimeKey(officeId, serviceGroup))?.regime !== "draw",
  );
  const measures: Measure[] = [];
  let turned = 0;
  for (const demand of [...drawn, ...immediate]) {
    const { officeId, serviceGroup, asked, places } = demand;
    const release = releases.get(regimeKey(officeId, serviceGroup));
    const regime = release?.regime ?? "immediate";
    const own = known.filter((one) => one.officeId === officeId && one.serviceGroup === serviceGroup);
    const former = sinceTurned(own, release);
    const ratio = ratioOf(regime === "draw" ? together(demand, former) : [demand]);
    const byHand = release !== undefined && release.decidedBy !== "measure";
    const decided = decideRegime({ regime, byHand, ratio, before: former[0]?.ratio ?? null });
    const fixed = { officeId, serviceGroup, measuredAt: ctx.now, drawId, regime, asked, places, ratio };
    measures.push({ ...fixed, decision: decided.regime, reason: decided.reason, staffId: null });
    if (decided.regime === regime) continue;
    turned += 1;
    await changeRelease(tx, {
      officeId,
      serviceGroup,
      regime: decided.regime,
      drawsFrom: next.horizonFrom,
      demand: ratio,
      decidedAt: ctx.now,
      decidedBy: "measure",
    });
  }
  await insertMeasures(tx, measures);
  return turned;
}

/** What a draw was asked for and what it had, where it had anything. */
async function drawnDemand(tx: Tx, drawId: DrawId): Promise<GroupDemand[]> {
  const committed = await listCommitted(tx, drawId);
  const had = new Set(committed.map((one) => regimeKey(one.officeId, one.serviceGroup)));
  const asked = askedPlaces(await listAlikeEntries(tx, drawId), (office, group) => had.has(regimeKey(office, group)));
  return committed.map((one) => ({ ...one, asked: asked.get(regimeKey(one.officeId, one.serviceGroup)) ?? 0 }));
}

/** Draws measured since the office draws, the latest first: what was before says nothing of the draw. */
function sinceTurned(former: readonly Measure[], release: Release | undefined): Measure[] {
  return former.filter(
    (one) =>
      one.drawId !== null && one.regime === "draw" && release?.regime === "draw" && one.measuredAt >= release.decidedAt,
  );
}

function together(demand: Demand, former: readonly Measure[]): Demand[] {
  const earlier = former.slice(0, DRAWS_TOGETHER - 1);
  return [demand, ...earlier.map((one) => ({ asked: one.asked ?? 0, places: one.places ?? 0 }))];
}
