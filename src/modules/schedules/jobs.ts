import { every, type Task } from "#platform/timetable.ts";
import { fillHorizon } from "./commands/fill-horizon.ts";
import { rememberTold } from "./commands/remember-told.ts";
import { expireHolds, reopenFreed, type OpenRooms } from "./commands/release-places.ts";
import { lastReleaseTick } from "./rules/release.ts";

/** Hourly, because midnight comes to the zones one after another. */
const FILL_EVERY_MINUTES = 60;

export function scheduleTasks(openRooms: OpenRooms): readonly Task[] {
  return [
    { name: "schedules.expire_holds", dueAt: every(1), run: expireHolds },
    { name: "schedules.reopen_freed", dueAt: lastReleaseTick, run: (ctx) => reopenFreed(ctx, openRooms) },
    { name: "schedules.remember_told", dueAt: every(1), run: rememberTold },
    { name: "schedules.fill_horizon", dueAt: every(FILL_EVERY_MINUTES, 5), run: (ctx) => fillHorizon(ctx) },
  ];
}
