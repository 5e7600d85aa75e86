export { advanceDraws, hurryDemo, isHeavyDue, openDailyDraw, openNextDraw } from "./commands/advance.ts";
export { setRegime, type RegimeRefusal, type RegimeWish } from "./commands/set-regime.ts";
export { measureDraws, nextDrawOf } from "./commands/measure.ts";
export { openUndrawn } from "./commands/leftovers.ts";
export { declineOffer, withdrawOffer } from "./commands/answer.ts";
export {
  changeRequest,
  fileRequest,
  withdrawRequest,
  type Filed,
  type FileRefusal,
  type Prepared,
  type Withdrawn,
} from "./commands/file.ts";
export { allocationTasks } from "./jobs.ts";
export { listDrawLines, listPublicDraws, getOpenDraw, householdLines, type PublicDraw } from "./queries/draws.ts";
export { getChance } from "./queries/chance.ts";
export { getWaits, waitAt, type OfficeWait } from "./queries/waits.ts";
export { findRequestToTell, type RequestToTell } from "./queries/messages.ts";
export { getDrawnGroups, getDrawsAhead } from "./queries/calendar.ts";
export { findPublishedDraw, type PublishedDraw } from "./queries/published.ts";
export { getDrawMonitor, listRegimes, type DrawMonitor, type RegimeRow } from "./queries/monitor.ts";
export { listRequests, type RequestInDraw, type RequestRow } from "./queries/requests.ts";
export { allocate } from "./rules/allocate.ts";
export type { Chance } from "./rules/chance.ts";
export type { DrawAhead } from "./rules/ahead.ts";
export { DRAW_ZONE } from "./rules/cycle.ts";
export { liveLeaves, type Filing } from "./rules/live.ts";
export { DRAWABLE_GROUPS, REGIME_REASONS } from "./rules/regime.ts";
export { DRAW_POLICY } from "./rules/policy.ts";
export { drawSeed } from "./rules/seed.ts";
export { CEILING_WEEKS, isPastCeiling, SERVED_IN_HUNDRED, type Wait } from "./rules/waits.ts";
export { tierOfParty } from "./rules/tiers.ts";
export { MOST_OFFICES, optionsOf, type Wish } from "./rules/wishes.ts";
export { confirmOffers, listOffersToBook, reopenOffers, type Confirmation, type OfferToBook } from "./store/offers.ts";
export { OVER_KEPT_DAYS } from "./commands/retention.ts";
export { type PersonKey } from "./store/requests.ts";
export { listRequestsToRekey, repeatKeys } from "./store/retention.ts";
export type * from "./types.ts";
