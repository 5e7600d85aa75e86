import { every, type Task } from "#platform/timetable.ts";
import { eraseDrafts } from "./commands/draft.ts";

export const bookingTasks: readonly Task[] = [{ name: "booking.erase-drafts", dueAt: every(60, 23), run: eraseDrafts }];
