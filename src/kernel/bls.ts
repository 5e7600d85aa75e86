import { bls12_381 } from "@noble/curves/bls12-381.js";
import { fromHex } from "./digest.ts";

/** Signatures in G1, keys in G2, hashing to the curve by RFC 9380: the suite of drand's quicknet. */
const SUITE = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/** Whether that key (96 bytes, hex) signed the message (signature 48 bytes, hex); false for anything malformed. */
export function isBlsSignedBy(keyHex: string, message: Uint8Array, signatureHex: string): boolean {
  if (!/^[0-9a-f]{192}$/.test(keyHex) || !/^[0-9a-f]{96}$/.test(signatureHex)) return false;
  try {
    const { shortSignatures } = bls12_381;
    return shortSignatures.verify(fromHex(signatureHex), shortSignatures.hash(message, SUITE), fromHex(keyHex));
  } catch {
    // The key or the signature is no point of its group.
    return false;
  }
}
