export { allocate, drawBook } from "./rules/allocate.ts";
export { isRoundOfQuicknet, QUICKNET, roundAt, timeOfRound } from "./rules/beacon.ts";
export { openBook, type Book } from "./rules/book.ts";
export { publishableCounts } from "./rules/counts.ts";
export {
  documentHash,
  manifestText,
  openingText,
  outcomeHash,
  parsePromise,
  promiseText,
  resultText,
} from "./rules/documents.ts";
export { expectedOf } from "./rules/household.ts";
export { entryProblem, isInsideHorizon, leafHash, supplyHash, type EntryProblem } from "./rules/leaf.ts";
export { documentLine, entryLine } from "./rules/lines.ts";
export { liveLeaves, lotOf, sealedHash, type Filing } from "./rules/live.ts";
export { cosignatureLine, cosignedAt, cosignedText, joinNote, parseNote, signatureLine } from "./rules/notes.ts";
export { DRAW_POLICY } from "./rules/policy.ts";
export { secondRoundEntries, secondRoundSupply, type FirstRound, type Standing } from "./rules/second-round.ts";
export { drawSeed, entryKey } from "./rules/seed.ts";
export { isBroadList, lossesAfter, tierOfMember, tierOfParty } from "./rules/tiers.ts";
export type * from "./types.ts";
