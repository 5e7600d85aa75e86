import { createPrivateKey, sign, type KeyObject } from "node:crypto";
import { toHex } from "#kernel/digest.ts";
import { publicKeyOf } from "#kernel/signature.ts";

/** RFC 8410: what stands before the 32 secret bytes of an Ed25519 key in PKCS #8. */
const PKCS8_START = Buffer.from("302e020100300506032b657004220420", "hex");

interface Ed25519Signer {
  readonly publicKey: string;
  sign(message: Uint8Array): Uint8Array;
}

/** Making a key of its bytes costs ten times the signature: a draw signs a promise for every household. */
const known = new WeakMap<Uint8Array, Ed25519Signer>();

/** Signs as RFC 8032 says, in native code. */
export function signerOf(secret: Uint8Array): Ed25519Signer {
  let signer = known.get(secret);
  if (!signer) {
    const key: KeyObject = createPrivateKey({
      key: Buffer.concat([PKCS8_START, secret]),
      format: "der",
      type: "pkcs8",
    });
    signer = { publicKey: toHex(publicKeyOf(secret)), sign: (message) => sign(null, message, key) };
    known.set(secret, signer);
  }
  return signer;
}
