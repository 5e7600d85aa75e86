import type { LocalDate } from "#kernel/ids.ts";
import type { DigestName, PublicKeyName, SealedField, SignatureName, RotatedDigest, YearlyDigest } from "./fields.ts";

export { openKeyring, type KeyringOptions } from "./keyring.ts";
export { KEYS_A_MINUTE, KeyringBusy, unwrapBrake } from "./brake.ts";
export { connectKeyring } from "./remote.ts";
export { serveKeyring } from "./serve.ts";
export { peerToken } from "./wire.ts";
export { AUDIT_YEARS, dayKey, draftKey, monthKey } from "./names.ts";
export {
  SEALED_FIELDS,
  DIGESTS,
  PUBLIC_KEYS,
  SIGNATURES,
  type PublicKeyName,
  type SealedField,
  type DigestName,
  type RotatedDigest,
  type SignatureName,
} from "./fields.ts";

/** The key under which something is sealed, and when retention destroys it. */
export interface KeyName {
  readonly name: string;
  /** Wraps this one; absent when the root key does. */
  readonly parent?: KeyName;
  readonly destroyAfter: LocalDate | undefined;
}

export interface ToSeal {
  readonly under: KeyName;
  readonly field: SealedField;
  /** Id of the row; a blob copied to another row does not open. */
  readonly row: string;
  readonly plain: string;
}

export interface ToOpen {
  readonly field: SealedField;
  readonly row: string;
  readonly sealed: Uint8Array;
}

/** A keyed digest with the version of the key that made it. */
export interface Digest {
  readonly version: number;
  readonly digest: Buffer;
}

/**
 * The only door to secrets: asynchronous and in batches, so that it may be a process of its own
 * without a change to any caller (decision 0042).
 */
export interface Keyring {
  seal(items: readonly ToSeal[]): Promise<Buffer[]>;
  /** Undefined where the key is destroyed or the blob was tampered with. */
  open(items: readonly ToOpen[]): Promise<(string | undefined)[]>;
  /**
   * For each value its digest under every live version, the one to write first; during a rotation there
   * are two. A yearly digest has one, under the key of the year that it is now.
   */
  digest(name: DigestName, values: readonly string[]): Promise<Digest[][]>;
  /** The digests of each value under the key of every year that is kept: what was written in those years is found again. */
  digestYears(name: YearlyDigest, values: readonly string[]): Promise<Digest[][]>;
  /** A short signature over text that leaves the house and comes back. */
  sign(name: SignatureName, text: string): Promise<string>;
  verify(name: SignatureName, text: string, signature: string): Promise<boolean>;
  /** The public half of an Ed25519 key, 32 bytes in hex. */
  publicKey(name: PublicKeyName): Promise<string>;
  /** A signature that anybody may check with `publicKey`: 64 bytes by RFC 8032. */
  signPublic(name: PublicKeyName, text: string): Promise<Uint8Array>;
  /** Starts a new version of a digest key: written at once, and the old one is written and looked up until `endRotation`. */
  rotate(name: RotatedDigest): Promise<void>;
  endRotation(name: RotatedDigest): Promise<void>;
  /** Destroys shares of keys, named as the blobs name them: what they sealed is unreadable wherever a copy of it lies. Once more is nothing. */
  shred(shares: readonly Uint8Array[]): Promise<number>;
  /** Deletes every key whose day has come and forgets it. Returns how many. */
  destroyDue(on: LocalDate): Promise<number>;
  close(): Promise<void>;
}
