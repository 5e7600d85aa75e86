import type { LocalDate } from "#kernel/ids.ts";
import { transaction, type Context } from "#platform/context.ts";
import { every, type Task } from "#platform/timetable.ts";
import { endUnreached } from "./commands/cases.ts";
import { identify } from "./commands/identify.ts";
import { observe, observeEnded } from "./commands/observe.ts";
import { countAndErase, drawControls, fillQueue } from "./commands/queue.ts";
import { watchAgents } from "./commands/watch.ts";
import { recompute, scoreChanged } from "./commands/score.ts";
import { AT_ONCE, deleteFilingsToErase } from "./store/retention.ts";
import type { ReadObserved, ReadParties } from "./types.ts";

const DAY = 24 * 60;
/** 08:00 UTC: the middle of the night from Los Angeles to New York. */
const AT_NIGHT = 8 * 60;

/** Erases filings whose day has come, with the persons and doubts that nothing else names. Returns how many filings. */
export async function eraseFilings(ctx: Context): Promise<number> {
  const today = ctx.now.toISOString().slice(0, 10) as LocalDate;
  let erased = 0;
  for (;;) {
    const some = await transaction(ctx, "worker", (tx) => deleteFilingsToErase(tx, today));
    erased += some;
    if (some < AT_ONCE) return erased;
  }
}

/** What the timetable runs, none of it waited for; bookings are read by whoever knows them. */
export function integrityTasks(read: ReadParties, readObserved: ReadObserved): readonly Task[] {
  const tasks: Task[] = [
    { name: "integrity.identify", dueAt: every(1), run: (ctx, stopping) => identify(ctx, read, stopping) },
    { name: "integrity.erase", dueAt: every(60, 39), run: eraseFilings },
    { name: "integrity.observe", dueAt: every(1), run: (ctx, stopping) => observe(ctx, readObserved, stopping) },
    { name: "integrity.score_changed", dueAt: every(5, 2), run: scoreChanged },
    { name: "integrity.fill_queue", dueAt: every(15, 7), run: fillQueue },
    { name: "integrity.end_unreached", dueAt: every(15, 11), run: endUnreached },
    { name: "integrity.observe_ended", dueAt: every(DAY, AT_NIGHT - 30), run: observeEnded },
    { name: "integrity.recompute", dueAt: every(DAY, AT_NIGHT), run: recompute },
    { name: "integrity.draw_controls", dueAt: every(DAY, AT_NIGHT + 20), run: drawControls },
    { name: "integrity.watch_agents", dueAt: every(DAY, AT_NIGHT + 50), run: watchAgents },
    { name: "integrity.count_and_erase", dueAt: every(DAY, AT_NIGHT + 40), run: countAndErase },
  ];
  return tasks.map((task) => ({ ...task, long: true }));
}
