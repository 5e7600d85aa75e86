import { scryptAsync } from "@noble/hashes/scrypt.js";

/**
 * What a guess of the PIN costs (docs/decisions/0032-offline.md): 64 MiB and about half a second on a tablet. Memory is
 * what keeps a thief from trying many at once.
 */
const SCRYPT = { N: 2 ** 16, r: 8, p: 1, dkLen: 32 };
const SALT_BYTES = 16;
const IV_BYTES = 12;

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

export function newSalt(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(SALT_BYTES));
}

/** The key of a PIN. From here on nothing can read it out of the browser, the page's own code included. */
export async function keyOf(pin: string, salt: Uint8Array): Promise<CryptoKey> {
  const raw = await scryptAsync(new TextEncoder().encode(pin.normalize("NFKC")), salt, SCRYPT);
  const bytes = new Uint8Array(raw);
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  raw.fill(0);
  bytes.fill(0);
  return key;
}

export async function seal(key: CryptoKey, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const data = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv },
    key,
    new TextEncoder().encode(JSON.stringify(value)),
  );
  return { iv, data };
}

/** Undefined when the key is another one, or the text was changed. */
export async function unseal<T>(key: CryptoKey, { iv, data }: Sealed): Promise<T | undefined> {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data).catch(() => undefined);
  return plain && (JSON.parse(new TextDecoder().decode(plain)) as T);
}
