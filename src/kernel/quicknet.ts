import { isBlsSignedBy } from "./bls.ts";
import { fromHex, sha256, toHex } from "./digest.ts";

/**
 * quicknet, the League of Entropy's public beacon (drand): a value every three seconds that nobody knows before.
 * Its key is pinned here: what a server says about the chain is not believed.
 */
export const QUICKNET = {
  /** SHA-256 of the chain's description; the mirrors' addresses contain it. */
  chain: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
  publicKey:
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
  /** Seconds since 1970 of round 1, and seconds from one round to the next. */
  genesis: 1_692_803_367,
  period: 3,
} as const;

/** When that round is published, in seconds since 1970. */
export function timeOfRound(round: number): number {
  return QUICKNET.genesis + (round - 1) * QUICKNET.period;
}

/** The first round published at or after that second. */
export function roundAt(seconds: number): number {
  return Math.max(1, Math.ceil((seconds - QUICKNET.genesis) / QUICKNET.period) + 1);
}

/** A round as it is published: signature (48 bytes) and its SHA-256, both in hex. Null where the operator made the number. */
export interface ClaimedRound {
  readonly round: number | null;
  readonly signature: string | null;
  readonly randomness: string;
}

/** Whether a round is the chain's own: anybody may hand it in, nobody can make one. */
export function isRoundOfQuicknet({ round, signature, randomness }: ClaimedRound): boolean {
  if (round === null || signature === null || !Number.isSafeInteger(round) || round < 1) return false;
  if (!/^[0-9a-f]{96}$/.test(signature) || toHex(sha256(fromHex(signature))) !== randomness) return false;
  const message = new Uint8Array(8);
  new DataView(message.buffer).setBigUint64(0, BigInt(round));
  return isBlsSignedBy(QUICKNET.publicKey, sha256(message), signature);
}
