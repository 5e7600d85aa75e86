import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import { closeBookings, endOpenBookings, lockParty } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { visitServed } from "../events.ts";
import { listPastOpen, listPastUnsettled, listToSettle } from "../queries/due.ts";
import { UNDO_SECONDS } from "../rules/visit.ts";
import { forgetDoorDays } from "../store/door.ts";
import { eraseDayRows, forgetReceipts } from "../store/the-day.ts";
import { endVisitsOf, lockUnsettled, settleVisit } from "../store/visits.ts";
import type { Visit } from "../types.ts";
import { sweep } from "./sweep.ts";

/** Visits of one sweep, and bookings of one transaction: bounded work, bounded locks. */
const BATCH = 500;

/**
 * Makes outcomes final that can no longer be taken back: the people may book again, what others filed
 * for those who were served lapses, and it is announced. One transaction for each visit. Returns how many.
 */
export async function settleOutcomes(ctx: Context): Promise<number> {
  const doneBefore = new Date(ctx.now.getTime() - UNDO_SECONDS * 1_000);
  const due = await transaction(ctx, "worker", (tx) => listToSettle(tx, doneBefore, BATCH));
  return sweep(due, (one) =>
    settleOne(ctx, one.officeId, one.id, (visit) => visit.state === "done" && visit.doneAt! <= doneBefore),
  );
}

/**
 * Closes days that are over. Whoever has no visit did not come; whoever stood in the hall and of whom
 * nothing was recorded was not served. Nobody stays bound to an appointment that has passed, but for as long as she may
 * come back for it (people.md 12); then she was not served, and never counts as not come.
 */
export async function closePast(ctx: Context): Promise<number> {
  const { offices } = await getNetwork(ctx);
  const days = new Map<OfficeId, LocalDate>(offices.map((one) => [one.id, localDateAt(ctx.now, one.zone)]));
  let closed = 0;
  for (let ended = BATCH; ended > 0; closed += ended) ended = await closeBatch(ctx, days);
  const unsettled = await transaction(ctx, "worker", async (tx) => {
    await forgetReceipts(tx, days);
    await forgetDoorDays(tx, days);
    await eraseDayRows(tx, days);
    return listPastUnsettled(tx, days, ctx.now, BATCH);
  });
  return closed + (await sweep(unsettled, (one) => settleOne(ctx, one.officeId, one.id, () => true)));
}

function closeBatch(ctx: Context, days: ReadonlyMap<OfficeId, LocalDate>): Promise<number> {
  return transaction(ctx, "worker", async (tx) => {
    const open = await listPastOpen(tx, days, ctx.now, BATCH);
    if (open.length === 0) return 0;
    const ended = new Set(
      await endOpenBookings(
        tx,
        new Map(open.map((one) => [one.bookingId, one.came ? "unserved" : "missed"])),
        ctx.now,
        new Set(open.flatMap((one) => one.served)),
      ),
    );
    await closeBookings(ctx, tx, [...ended]);
    await endVisitsOf(
      tx,
      open.filter((one) => ended.has(one.bookingId)),
      ctx.now,
    );
    return ended.size;
  });
}

function settleOne(
  ctx: Context,
  officeId: OfficeId,
  id: Visit["id"],
  isDue: (visit: Visit) => boolean,
): Promise<boolean> {
  return transaction(ctx, "worker", async (tx) => {
    const visit = await lockUnsettled(tx, officeId, id);
    if (!visit || !isDue(visit)) return false;
    const party = await lockParty(tx, officeId, visit.bookingId);
    if (party?.state === "active") return false;
    // What moved to another office is closed there.
    if (party) await closeBookings(ctx, tx, [visit.bookingId]);
    await settleVisit(tx, officeId, id, ctx.now);
    if (party?.appointments.some((one) => one.state === "served"))
      await insertEvents(tx, [visitServed(visit, party.contactId, ctx.now)]);
    return true;
  });
}
