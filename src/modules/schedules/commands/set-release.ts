import type { OfficeId } from "#kernel/ids.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { blockedSteps, poolOf } from "../rules/pools.ts";
import { stepsOf } from "../rules/sessions.ts";
import { listOfficeZones } from "../queries/calendars.ts";
import { listSessionsToPlan, openPlanned, planPlaces, writeRelease, type PlannedPlace } from "../store/releases.ts";
import { tryLockHorizon } from "../store/sessions.ts";
import type { Release } from "../types.ts";

/**
 * Decides how an office gives out the places of a service group. Turned to draws, what is open from that day on is
 * planned at once; turned back, what was planned is open to all. Returns how many places changed. Throws when
 * another run fills that office's calendar at the moment: the caller tries again.
 */
export function setRelease(ctx: Context, release: Release): Promise<number> {
  const { officeId, serviceGroup, regime } = release;
  return transaction(ctx, "worker", async (tx) => {
    if (!(await tryLockHorizon(tx, officeId))) throw new Error("the office's calendar is being filled");
    await writeRelease(tx, release);
    if (regime === "immediate") return openPlanned(tx, officeId, serviceGroup);
    const office = (await listOfficeZones(tx, release.drawsFrom)).find((one) => one.id === officeId);
    return office === undefined ? 0 : planOffice(tx, officeId, office.zone);
  });
}

/** Plans the open places of an office's groups that are drawn. */
export async function planOffice(tx: Tx, officeId: OfficeId, zone: string): Promise<number> {
  const sessions = await listSessionsToPlan(tx, officeId);
  const places = sessions.flatMap((session): PlannedPlace[] => {
    const steps = blockedSteps(stepsOf(session, zone));
    const blocks = 1 + Math.max(-1, ...steps.map((step) => step.block ?? -1));
    return Array.from({ length: session.counters }, (_, i) => i + 1).flatMap((counter) =>
      steps.map(({ startsAt, block }) => ({
        sessionId: session.id,
        startsAt,
        counter,
        pool: poolOf(block, counter, blocks),
      })),
    );
  });
  return planPlaces(tx, officeId, places);
}
