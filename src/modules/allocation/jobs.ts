import { lastReleaseTick } from "#modules/schedules/index.ts";
import { every, type Task } from "#platform/timetable.ts";
import { advanceDraws, openNextDraw } from "./commands/advance.ts";
import { openUndrawn } from "./commands/leftovers.ts";
import { measureDraws } from "./commands/measure.ts";

/** `kind` is what this installation opens by itself: the week's draw, or one demonstration after another. */
export function allocationTasks(kind: "weekly" | "demo"): Task[] {
  return [
    { name: "allocation.open", dueAt: every(1), run: (ctx) => openNextDraw(ctx, kind) },
    { name: "allocation.advance", dueAt: every(1), run: advanceDraws },
    { name: "allocation.measure", dueAt: every(1), run: measureDraws },
    { name: "allocation.open_undrawn", dueAt: lastReleaseTick, run: openUndrawn },
  ];
}
