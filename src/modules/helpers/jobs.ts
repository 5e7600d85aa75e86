import { every, type Task } from "#platform/timetable.ts";
import { countEnded, eraseHelpers, forgetLinks } from "./commands/entries.ts";
import type { ReadEntries } from "./types.ts";

const DAY = 24 * 60;
/** 08:50 UTC, after the score of the night. */
const AT_NIGHT = 8 * 60 + 50;

/** What the timetable runs; bookings are read by whoever knows them. Links are destroyed each hour: thirty days are not thirty-one. */
export function helperTasks(read: ReadEntries): readonly Task[] {
  return [
    { name: "helpers.forget_links", dueAt: every(60, 41), run: forgetLinks },
    { name: "helpers.count_ended", dueAt: every(DAY, AT_NIGHT), run: (ctx) => countEnded(ctx, read) },
    { name: "helpers.erase", dueAt: every(DAY, AT_NIGHT + 10), run: eraseHelpers },
  ];
}
