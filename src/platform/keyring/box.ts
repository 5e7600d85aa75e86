import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
  type KeyObject,
} from "node:crypto";

/** Layout of a sealed blob: format, key id, nonce, ciphertext, tag. */
const FORMAT = 1;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;

/**
 * Seals under a key of the record's own, derived from the day's key and the row's id; so a nonce can
 * repeat only within one row, and no key ever nears its limit of messages.
 */
export function sealBox(key: Buffer, keyId: Buffer, field: string, row: string, plain: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", recordKey(key, row), nonce);
  cipher.setAAD(Buffer.from(`${field}\0${row}`));
  const header = Buffer.concat([Buffer.of(FORMAT), keyId, nonce]);
  return Buffer.concat([header, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** Undefined when the blob was made for another field or row, or was changed. */
export function openBox(key: Buffer, field: string, row: string, sealed: Buffer): string | undefined {
  if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] !== FORMAT) return undefined;
  const nonce = sealed.subarray(1 + KEY_ID_BYTES, HEADER_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", knownRecordKey(key, row), nonce);
  decipher.setAAD(Buffer.from(`${field}\0${row}`));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    // Taken as bytes and turned into text once: the stream's own decoder costs more than the deciphering.
    const plain = decipher.update(sealed.subarray(HEADER_BYTES, -TAG_BYTES));
    decipher.final();
    return plain.toString("utf8");
  } catch {
    return undefined;
  }
}

export function keyIdOf(sealed: Buffer): string {
  return sealed.subarray(1, 1 + KEY_ID_BYTES).toString("hex");
}

/** Records whose keys are remembered, in each of two generations: the lists of a busy day over the whole network. */
const MOST_REMEMBERED = 8_192;
/** Keys of records that were opened of late, for a day's list is opened again and again. `from` is the day's key itself. */
let lately = new Map<string, { readonly from: Buffer; readonly key: KeyObject }>();
let before: typeof lately = new Map();

/** To be called when a key is destroyed: what derives from it goes too. */
export function forgetRecordKeys(): void {
  lately = new Map();
  before = new Map();
}

function knownRecordKey(from: Buffer, row: string): KeyObject {
  let known = lately.get(row);
  if (known?.from === from) return known.key;
  known = before.get(row);
  if (known?.from !== from) known = { from, key: createSecretKey(recordKey(from, row)) };
  if (lately.size >= MOST_REMEMBERED) {
    before = lately;
    lately = new Map();
  }
  lately.set(row, known);
  return known.key;
}

function recordKey(key: Buffer, row: string): Buffer {
  return createHmac("sha256", key).update(`record ${row}`).digest();
}
