import { isRoundOfQuicknet } from "#kernel/quicknet.ts";
import type { BeaconRound } from "./index.ts";

/**
 * The round that somebody hands in, when it is quicknet's own: a mirror, an auditor, a stranger with a form.
 * Who brings it does not matter. Undefined for anything else.
 */
export function acceptRound(given: unknown): (BeaconRound & { readonly signature: string }) | undefined {
  const { round, signature, randomness } = (given ?? {}) as Partial<Record<keyof BeaconRound, unknown>>;
  if (typeof round !== "number" || typeof signature !== "string" || typeof randomness !== "string") return undefined;
  return isRoundOfQuicknet({ round, signature, randomness }) ? { round, signature, randomness } : undefined;
}

export function demandRoundNumber(round: number): void {
  if (!Number.isSafeInteger(round) || round < 1) throw new RangeError("rounds are counted from 1");
}
