import { isRoundOfQuicknet } from "#kernel/quicknet.ts";
import { fromHex, sha256, toHex } from "#kernel/digest.ts";
import type { Beacon, BeaconRound } from "./index.ts";

/**
 * The round that somebody hands in, when it is quicknet's own: a mirror, an auditor, a stranger with a form.
 * Who brings it does not matter. Undefined for anything else.
 */
export function acceptRound(given: unknown): (BeaconRound & { readonly signature: string }) | undefined {
  const { round, signature, randomness } = (given ?? {}) as Partial<Record<keyof BeaconRound, unknown>>;
  if (typeof round !== "number" || typeof signature !== "string" || typeof randomness !== "string") return undefined;
  return isRoundOfQuicknet({ round, signature, randomness }) ? { round, signature, randomness } : undefined;
}

/** One round that somebody brought, as a beacon that knows no other; undefined when it is not quicknet's. */
export function broughtBeacon(round: number, signature: string): Beacon | undefined {
  const randomness = /^[0-9a-f]{96}$/.test(signature) ? toHex(sha256(fromHex(signature))) : "";
  const accepted = acceptRound({ round, signature, randomness });
  return (
    accepted && {
      source: "drand",
      fetchRound: (wanted) => Promise.resolve(wanted === accepted.round ? accepted : undefined),
    }
  );
}

export function demandRoundNumber(round: number): void {
  if (!Number.isSafeInteger(round) || round < 1) throw new RangeError("rounds are counted from 1");
}
