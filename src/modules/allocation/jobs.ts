import { lastReleaseTick } from "#modules/schedules/index.ts";
import { every, type Task } from "#platform/timetable.ts";
import { advanceDraws, openDailyDraw, openNextDraw } from "./commands/advance.ts";
import { openShortDraw } from "./commands/short-draw.ts";
import { countWaits } from "./commands/count-waits.ts";
import { enterStanding } from "./commands/enter.ts";
import { eraseRequests } from "./commands/retention.ts";
import { openUndrawn } from "./commands/leftovers.ts";
import { measureDraws } from "./commands/measure.ts";

/**
 * `kind` is what this installation opens by itself: the week's draw, or one demonstration after another. `advance` may
 * do the work of draws elsewhere than in the server's own process.
 */
export function allocationTasks(kind: "weekly" | "demo", advance: Task["run"] = advanceDraws): Task[] {
  return [
    { name: "allocation.open", dueAt: every(1), run: (ctx) => openNextDraw(ctx, kind) },
    { name: "allocation.open_daily", dueAt: every(1), run: openDailyDraw },
    { name: "allocation.open_short", dueAt: every(60), run: openShortDraw },
    { name: "allocation.enter", dueAt: every(10), run: enterStanding },
    { name: "allocation.advance", dueAt: every(1), run: advance },
    { name: "allocation.measure", dueAt: every(1), run: measureDraws },
    { name: "allocation.count_waits", dueAt: every(1), run: countWaits, long: true },
    { name: "allocation.erase_requests", dueAt: every(60, 47), run: eraseRequests },
    { name: "allocation.open_undrawn", dueAt: lastReleaseTick, run: openUndrawn },
  ];
}
