import { localDateAt } from "#kernel/time.ts";
import { transaction } from "#platform/context.ts";
import { every, type Task } from "#platform/timetable.ts";
import { forgetPersonal } from "./store/ledger.ts";

/** 11:45 UTC: when yesterday is over in every zone. */
const FORGOTTEN_AT_UTC_MINUTE = 11 * 60 + 45;

/** What the timetable runs: receipts and discounts are forgotten when the bookings are. */
export const issuingTasks: readonly Task[] = [
  {
    name: "issuing.forget_personal",
    dueAt: every(24 * 60, FORGOTTEN_AT_UTC_MINUTE),
    run: (ctx) => transaction(ctx, "worker", (tx) => forgetPersonal(tx, localDateAt(ctx.now, "UTC"))),
  },
];
