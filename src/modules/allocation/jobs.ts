import { every, type Task } from "#platform/timetable.ts";
import { advanceDraws, openNextDraw } from "./commands/advance.ts";

/** `kind` is what this installation opens by itself: the week's draw, or one demonstration after another. */
export function allocationTasks(kind: "weekly" | "demo"): Task[] {
  return [
    { name: "allocation.open", dueAt: every(1), run: (ctx) => openNextDraw(ctx, kind) },
    { name: "allocation.advance", dueAt: every(1), run: advanceDraws },
  ];
}
