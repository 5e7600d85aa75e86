import { QUICKNET as CHAIN } from "#kernel/quicknet.ts";
import type { Digest } from "../types.ts";

export { isRoundOfQuicknet, roundAt, timeOfRound } from "#kernel/quicknet.ts";

/** The only chain that a draw may name, as its opening notice writes it. */
export const QUICKNET = { ...CHAIN, chain: CHAIN.chain as Digest };
