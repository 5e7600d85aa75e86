import { scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { Overloaded } from "#platform/coalesce.ts";
import { randomBytes } from "#platform/random.ts";

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number }, Buffer>(scrypt);

/** OWASP's smallest memory (16 MiB) with the work of its other settings: two at once leave the server its 400 MB. */
const COST = { N: 2 ** 14, r: 8, p: 5 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Hashes under way and waiting: more would let whoever sends PINs take the processor from everybody. */
const MOST_AT_ONCE = 2;
const MOST_WAITING = 32;

/** Stands in for a card that does not exist, so that the time taken is the same. No PIN has this hash. */
export const NO_PIN = write(Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES));

const hashing = atMost(MOST_AT_ONCE, MOST_WAITING);

export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return write(salt, await hashing(() => derive(pin, salt, HASH_BYTES, COST)));
}

export async function isPin(pin: string, stored: string): Promise<boolean> {
  const [, N, r, p, salt = "", hash = ""] = stored.split("$");
  const right = Buffer.from(hash, "base64url");
  const given = await hashing(() =>
    derive(pin, Buffer.from(salt, "base64url"), HASH_BYTES, { N: Number(N), r: Number(r), p: Number(p) }),
  );
  return timingSafeEqual(given, right);
}

function write(salt: Buffer, hash: Buffer): string {
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** Runs so much work at once and lets so much wait; `Overloaded` is thrown to whoever comes after. */
export function atMost(atOnce: number, mostWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let underWay = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (underWay < atOnce) underWay += 1;
    else if (waiting.length < mostWaiting) await new Promise<void>((resume) => waiting.push(resume));
    else throw new Overloaded();
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else underWay -= 1;
    }
  };
}
