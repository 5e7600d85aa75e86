import { ed25519 } from "@noble/curves/ed25519.js";
import { fromHex } from "./digest.ts";

/** Whether that key (32 bytes, hex) signed the message; false for anything malformed. By RFC 8032, strictly. */
export function isSignedBy(keyHex: string, message: Uint8Array, signature: Uint8Array): boolean {
  if (!/^[0-9a-f]{64}$/.test(keyHex) || signature.length !== 64) return false;
  try {
    return ed25519.verify(signature, message, fromHex(keyHex), { zip215: false });
  } catch {
    // The key or the signature is no point of the curve.
    return false;
  }
}

/** The public half of 32 secret bytes. */
export function publicKeyOf(secret: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(secret);
}

export function signWith(secret: Uint8Array, message: Uint8Array): Uint8Array {
  return ed25519.sign(message, secret);
}
