import { DAY_MS, HOUR_MS, localDateAt } from "#kernel/time.ts";
import { advertTasks } from "#modules/adverts/index.ts";
import { allocationTasks } from "#modules/allocation/index.ts";
import { bookingTasks, listObserved, listParties } from "#modules/booking/index.ts";
import { conversationTasks, type Talking } from "#modules/conversations/index.ts";
import { emergencyTasks } from "#modules/emergencies/index.ts";
import { helperTasks, withHelpers } from "#modules/helpers/index.ts";
import { integrityTasks, type ReadObserved } from "#modules/integrity/index.ts";
import { issuingTasks } from "#modules/issuing/index.ts";
import { messagingTasks, type MessageSender } from "#modules/messaging/index.ts";
import { peopleTasks } from "#modules/people/index.ts";
import { openDue, roomTasks } from "#modules/room/index.ts";
import { scheduleTasks } from "#modules/schedules/index.ts";
import { visitTasks } from "#modules/visits/index.ts";
import { chainHash, linkAudit } from "#platform/audit.ts";
import { signHead } from "#platform/audit-heads.ts";
import { transaction } from "#platform/context.ts";
import { deleteOutcomesBefore, IDEMPOTENCY_HOURS } from "#platform/idempotency.ts";
import { forgetLimits } from "#platform/limits/index.ts";
import { deleteEventsDoneBefore } from "#platform/outbox.ts";
import { forgetShreds, shredDue, SHREDS_KEPT_DAYS } from "#platform/shreds.ts";
import { deleteRunsBefore, every, type Task } from "#platform/timetable.ts";

/** Days for which a dispatched event is kept, to see what happened when somebody asks. */
const EVENTS_KEPT_DAYS = 7;
const RUNS_KEPT_DAYS = 30;

/** Which draws open by themselves, and what does their work each minute. */
export interface DrawWork {
  readonly kind: "weekly" | "demo";
  readonly advance?: Task["run"];
}

/** What the score may know of bookings, with whom they were made. */
const listWithHelpers: ReadObserved = async (ctx, tx, ids) => withHelpers(tx, await listObserved(ctx, tx, ids));

/** All scheduled work. Each line is due at known instants and runs once over all nodes. */
export function timetable(senders: readonly MessageSender[], talking: Talking, draws: DrawWork): Task[] {
  return [
    ...scheduleTasks(openDue),
    ...roomTasks,
    ...allocationTasks(draws.kind, draws.advance),
    ...bookingTasks,
    ...integrityTasks(listParties, listWithHelpers),
    ...helperTasks(listObserved),
    ...messagingTasks(senders),
    ...conversationTasks(talking),
    ...peopleTasks,
    ...visitTasks,
    ...emergencyTasks,
    ...issuingTasks,
    ...advertTasks,
    { name: "audit.link", dueAt: every(1), run: (ctx) => transaction(ctx, "worker", (tx) => linkAudit(tx, chainHash)) },
    { name: "audit.head", dueAt: every(60, 5), run: (ctx) => transaction(ctx, "worker", (tx) => signHead(ctx, tx)) },
    {
      name: "keyring.destroy_due",
      dueAt: every(24 * 60, 7 * 60),
      run: (ctx) => ctx.keyring.destroyDue(localDateAt(ctx.now, "UTC")),
    },
    { name: "keyring.shred", dueAt: every(1), run: shredDue },
    {
      name: "platform.forget",
      dueAt: every(60, 20),
      run: (ctx) =>
        transaction(ctx, "worker", async (tx) => {
          await deleteOutcomesBefore(tx, new Date(ctx.now.getTime() - IDEMPOTENCY_HOURS * HOUR_MS));
          await deleteEventsDoneBefore(tx, new Date(ctx.now.getTime() - EVENTS_KEPT_DAYS * DAY_MS));
          await forgetLimits(tx, ctx.now);
          await forgetShreds(tx, new Date(ctx.now.getTime() - SHREDS_KEPT_DAYS * DAY_MS));
          await deleteRunsBefore(tx, new Date(ctx.now.getTime() - RUNS_KEPT_DAYS * DAY_MS));
        }),
    },
  ];
}
