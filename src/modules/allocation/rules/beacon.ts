import { isBlsSignedBy } from "#kernel/bls.ts";
import { fromHex, sha256, toHex } from "#kernel/digest.ts";
import type { Beacon, Digest } from "../types.ts";

/** drand's quicknet, the only chain a draw may name: its key is pinned here, not read from the operator's notice. */
export const QUICKNET = {
  chain: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971" as Digest,
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

/** Whether a round is the chain's own: anybody may hand it in, nobody can make one. */
export function isRoundOfQuicknet({ round, signature, randomness }: Omit<Beacon, "draw">): boolean {
  if (round === null || signature === null || !Number.isSafeInteger(round) || round < 1) return false;
  if (!/^[0-9a-f]{96}$/.test(signature) || toHex(sha256(fromHex(signature))) !== randomness) return false;
  const message = new Uint8Array(8);
  new DataView(message.buffer).setBigUint64(0, BigInt(round));
  return isBlsSignedBy(QUICKNET.publicKey, sha256(message), signature);
}
