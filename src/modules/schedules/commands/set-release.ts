import type { OfficeId } from "#kernel/ids.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { blockedSteps, poolOf } from "../rules/pools.ts";
import { stepsOf } from "../rules/sessions.ts";
import { listOfficeZones } from "../queries/calendars.ts";
import { listSessionsToPlan, planPlaces, writeRelease, type PlannedPlace } from "../store/releases.ts";
import { tryLockHorizon } from "../store/sessions.ts";
import type { Release } from "../types.ts";

/** `changeRelease` in a transaction of its own. */
export function setRelease(ctx: Context, release: Release): Promise<number> {
  return transaction(ctx, "worker", (tx) => changeRelease(tx, release));
}

/**
 * Decides how an office gives out the places of a service group. Turned to draws, what is open from that day on is
 * planned at once. Turned back, nothing is planned any more; what is planned stays, for a draw may have promised it:
 * `openPlanned` opens it when none has. Returns how many places changed. Throws when another run fills that office's
 * calendar at the moment: the caller tries again.
 */
export async function changeRelease(tx: Tx, release: Release): Promise<number> {
  const { officeId, regime, drawsFrom } = release;
  if (!(await tryLockHorizon(tx, officeId))) throw new CalendarBusy("the office's calendar is being filled");
  await writeRelease(tx, release);
  if (regime === "immediate") return 0;
  const office = (await listOfficeZones(tx, drawsFrom)).find((one) => one.id === officeId);
  return office === undefined ? 0 : planOffice(tx, officeId, office.zone);
}

/** Another run fills that office's calendar. */
export class CalendarBusy extends Error {}

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
