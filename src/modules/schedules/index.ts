export { fillHorizon, HORIZON_WEEKS } from "./commands/fill-horizon.ts";
export { rememberTold } from "./commands/remember-told.ts";
export { expireHolds, FREED_DRAWN_DAYS, reopenFreed, shortFromAt } from "./commands/release-places.ts";
export { seedTemplates } from "./commands/seed-templates.ts";
export { CalendarBusy, changeRelease, setRelease } from "./commands/set-release.ts";
export { scheduleTasks } from "./jobs.ts";
export { listSessionsOfDay, type SessionOfDay } from "./queries/day.ts";
export { getDrawn } from "./queries/drawn.ts";
export { countDrawPlaces, getReleaseCalendar } from "./queries/release-calendar.ts";
export type { ReleaseCalendar, SpecialSession } from "./queries/release-calendar.ts";
export * from "./queries/public-days.ts";
export { buildSnapshot, startSnapshot, type LiveSnapshot } from "./queries/snapshot.ts";
export { listRoomDays, listTimes, type TimeOffer } from "./queries/times.ts";
export { drawnShare, type DrawnDays, type DrawnGroups } from "./rules/drawn.ts";
export { lastReleaseTick, nextReleaseTick, RELEASE_TICKS } from "./rules/release.ts";
export { levelOf, listDays, MIN_LEAD_HOURS, type DayFilters, type DayOffer } from "./rules/snapshot.ts";
export { counters, localTime, planLayout } from "./schema.ts";
export * from "./types.ts";
export { listDrawSteps, listReleases, openLeftovers, openPlanned } from "./store/releases.ts";
export * from "./store/draws.ts";
export { leaveCommitted, leaveOver, listNear, planFreed, type NearCell } from "./store/short.ts";
export { arrange, arrangeKept, stepsOf } from "./rules/arrange.ts";
export { endRoomPlaces } from "./store/rooms.ts";
export { planWindows, placesByParty } from "./rules/windows.ts";
export * from "./store/closings.ts";
export * from "./store/cuts.ts";
export * from "./rules/cuts.ts";
export {
  placeStore,
  extendHold,
  freePlaces,
  freePlacesOf,
  reclaimPlaces,
  releaseHolds,
  usePlaces,
  type PlaceStore,
} from "./store/places.ts";
