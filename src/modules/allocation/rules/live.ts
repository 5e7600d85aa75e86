import { DIGEST_BYTES, fromHex, hmacSha256, sha256, sha256Writer, toHex, utf8 } from "#kernel/digest.ts";
import type { AppId, Digest } from "../types.ts";
import { compareTexts } from "./leaf.ts";

const LOT = "mc-lot-v1";
/** Apart from an entry's key, which is drawn from the same seed. */
const LIVE = "live";

/** The commitment that goes into the leaf. The salt, 32 random bytes in hex, stays with the operator and, sealed, with auditors. */
export function lotOf(salt: Digest): Digest {
  return toHex(sha256(utf8(LOT), fromHex(salt))) as Digest;
}

/** One filing for one person, as the operator knows it at the lock. */
export interface Filing {
  readonly person: string;
  readonly app: AppId;
  /** Document seen at a counter, or matched by a number that the entry does not contain. */
  readonly level2: boolean;
  readonly salt: Digest;
}

/**
 * Which of several leaves of one person may be booked: that of a contact of level 2, else one by lot. The lot needs
 * the salt, committed before the lock, and the draw's seed, known only after it: neither who filed nor who runs the
 * draw can choose it, and nobody without the salts can tell it from what is published. So k filings have the
 * chance of one.
 */
export function liveLeaves(seed: Digest, filings: Iterable<Filing>): Map<string, AppId> {
  const best = new Map<string, { filing: Filing; lot: string }>();
  for (const filing of filings) {
    const lot = toHex(hmacSha256(fromHex(seed), new Uint8Array([...utf8(LIVE), ...fromHex(filing.salt)])));
    const other = best.get(filing.person);
    if (!other || isBefore(filing, lot, other.filing, other.lot)) best.set(filing.person, { filing, lot });
  }
  return new Map([...best].map(([person, { filing }]) => [person, filing.app]));
}

/** A person behind a leaf as auditors get her, who can tell from it which leaves are one person's, and so which was live. */
export interface SealedFiling extends Omit<Filing, "person"> {
  /** Label of this draw for the name as it was typed. */
  readonly name: Digest;
  /** The same for the CURP; null where none was given. */
  readonly curp: Digest | null;
}

/**
 * Commitment in the manifest to the list that auditors get: leaf, labels, level, salt, a line each in ascending order
 * of leaves, every digest over the one before and the next line. Goes on from `before`.
 */
export function sealedHash(filings: Iterable<SealedFiling>, before: Digest = EMPTY): Digest {
  const write = sha256Writer();
  const encoder = new TextEncoder();
  // The digest before and the next line side by side: two and a half microseconds a person where a million stand behind.
  const buffer = new Uint8Array(LINE_BUFFER_BYTES);
  const line = buffer.subarray(DIGEST_BYTES);
  buffer.set(fromHex(before));
  for (const { name, curp, app, level2, salt } of filings) {
    const curpText = curp === null ? "null" : `"${curp}"`;
    const { written } = encoder.encodeInto(`["${app}","${name}",${curpText},${level2},"${salt}"]`, line);
    write(buffer.subarray(0, DIGEST_BYTES + written), buffer, 0);
  }
  return toHex(buffer.subarray(0, DIGEST_BYTES)) as Digest;
}
const EMPTY = toHex(sha256()) as Digest;
/** More than a digest and a line of three digests, a number and a word. */
const LINE_BUFFER_BYTES = 512;

function isBefore(a: Filing, lotOfA: string, b: Filing, lotOfB: string): boolean {
  if (a.level2 !== b.level2) return a.level2;
  return (compareTexts(lotOfA, lotOfB) || compareTexts(a.app, b.app)) < 0;
}
