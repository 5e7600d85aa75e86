export { allocate } from "./rules/allocate.ts";
export { liveLeaves, type Filing } from "./rules/live.ts";
export { DRAW_POLICY } from "./rules/policy.ts";
export { drawSeed } from "./rules/seed.ts";
export type * from "./types.ts";
