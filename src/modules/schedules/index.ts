export { fillHorizon, HORIZON_WEEKS } from "./commands/fill-horizon.ts";
export { expireHolds, reopenFreed } from "./commands/release-places.ts";
export { seedTemplates } from "./commands/seed-templates.ts";
export { scheduleTasks } from "./jobs.ts";
export { buildSnapshot, startSnapshot, type LiveSnapshot } from "./queries/snapshot.ts";
export { listTimes, type TimeOffer } from "./queries/times.ts";
export { nextReleaseTick, RELEASE_TICKS } from "./rules/release.ts";
export { listDays, MIN_LEAD_HOURS, type DayFilters, type DayOffer } from "./rules/snapshot.ts";
export { BANDS, LEVELS } from "./types.ts";
export type {
  Arrangement,
  Assigned,
  Availability,
  Band,
  DayLevels,
  GroupAvailability,
  Level,
  LockedPlace,
  Need,
  OfficeAvailability,
  OpenPlace,
  Snapshot,
  SnapshotDocument,
} from "./types.ts";
export { arrange } from "./rules/arrange.ts";
export { planWindows, placesByParty } from "./rules/windows.ts";
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
