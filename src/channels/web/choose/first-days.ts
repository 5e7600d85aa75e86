import type { DayOffer } from "#modules/schedules/index.ts";

/**
 * The days to try, the likeliest first for so many people. Levels count places and not who fits together:
 * several people are sent to days with plenty, and to days with few only when there are no others.
 * A day that was just seen to be empty for them is left out, and the days after it come before those before it.
 */
export function daysToTry(days: readonly DayOffer[], people: number, empty?: string): DayOffer[] {
  const open = days.filter((day) => day.level !== "none" && day.date !== empty);
  const later = open.filter((day) => empty === undefined || day.date > empty);
  const left = later.length > 0 ? later : open;
  const plenty = people > 1 ? left.filter((day) => day.level === "some") : left;
  return plenty.length > 0 ? plenty : left;
}

/** What the first of those days is called: it is not always the very first with a place. */
export function firstDayKey(
  { level }: DayOffer,
  people: number,
  empty?: string,
): "firstOther" | "firstPlenty" | "firstFree" {
  if (empty !== undefined) return "firstOther";
  return people > 1 && level === "some" ? "firstPlenty" : "firstFree";
}
