import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
  type KeyObject,
} from "node:crypto";
import { SHARE_REF_BYTES, type Share } from "./shares.ts";

/** Layout of a sealed blob: format, key id, in the second format the name of its share, nonce, ciphertext, tag. */
const FORMAT = 1;
const SHARED_FORMAT = 2;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SHARE_AT = 1 + KEY_ID_BYTES;

/**
 * Seals under a key of the record's own, derived from the day's key and the row's id; so a nonce can
 * repeat only within one row, and no key ever nears its limit of messages.
 */
export function sealBox(key: Buffer, keyId: Buffer, field: string, row: string, plain: string, shared?: Share): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", recordKey(key, row, shared?.share), nonce);
  cipher.setAAD(Buffer.from(`${field}\0${row}`));
  const header = shared ? [Buffer.of(SHARED_FORMAT), keyId, shared.ref, nonce] : [Buffer.of(FORMAT), keyId, nonce];
  return Buffer.concat([...header, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** Undefined when the blob was made for another field or row, was changed, or its share is not there any more. */
export function openBox(key: Buffer, field: string, row: string, sealed: Buffer, share?: Buffer): string | undefined {
  const isShared = sealed[0] === SHARED_FORMAT;
  const nonceAt = SHARE_AT + (isShared ? SHARE_REF_BYTES : 0);
  const textAt = nonceAt + NONCE_BYTES;
  if (sealed.length < textAt + TAG_BYTES || !(isShared || sealed[0] === FORMAT) || isShared !== (share !== undefined))
    return undefined;
  const decipher = createDecipheriv("aes-256-gcm", knownRecordKey(key, row, share), sealed.subarray(nonceAt, textAt));
  decipher.setAAD(Buffer.from(`${field}\0${row}`));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    // Taken as bytes and turned into text once: the stream's own decoder costs more than the deciphering.
    const plain = decipher.update(sealed.subarray(textAt, -TAG_BYTES));
    decipher.final();
    return plain.toString("utf8");
  } catch {
    return undefined;
  }
}

/** The name of the share that a blob needs, in hex; undefined where it needs none. */
export function shareRefOf(sealed: Buffer): string | undefined {
  return sealed[0] === SHARED_FORMAT ? sealed.toString("hex", SHARE_AT, SHARE_AT + SHARE_REF_BYTES) : undefined;
}

export function keyIdOf(sealed: Buffer): string {
  return sealed.subarray(1, 1 + KEY_ID_BYTES).toString("hex");
}

/** Records whose keys are remembered, in each of two generations: the lists of a busy day over the whole network. */
const MOST_REMEMBERED = 8_192;
interface Known {
  readonly from: Buffer;
  readonly share: Buffer | undefined;
  readonly key: KeyObject;
}
/** Keys of records that were opened of late, for a day's list is opened again and again. `from` is the day's key itself. */
let lately = new Map<string, Known>();
let before: typeof lately = new Map();

/** To be called when a key is destroyed: what derives from it goes too. */
export function forgetRecordKeys(): void {
  lately = new Map();
  before = new Map();
}

function knownRecordKey(from: Buffer, row: string, share: Buffer | undefined): KeyObject {
  const fits = (one: Known | undefined): one is Known =>
    one?.from === from && (one.share === share || (one.share !== undefined && share?.equals(one.share) === true));
  let known = lately.get(row);
  if (fits(known)) return known.key;
  known = before.get(row);
  if (!fits(known)) known = { from, share, key: createSecretKey(recordKey(from, row, share)) };
  if (lately.size >= MOST_REMEMBERED) {
    before = lately;
    lately = new Map();
  }
  lately.set(row, known);
  return known.key;
}

function recordKey(key: Buffer, row: string, share: Buffer | undefined): Buffer {
  const hmac = createHmac("sha256", key).update(`record ${row}`);
  return (share ? hmac.update("\0share ").update(share) : hmac).digest();
}
