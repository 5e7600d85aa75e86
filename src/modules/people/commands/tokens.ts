import { createHash } from "node:crypto";
import { randomBytes } from "#platform/random.ts";
import type { Services } from "#platform/context.ts";

const TOKEN_BYTES = 32;

/** A secret to give away and what is kept of it: nobody who reads the table can use it. */
export function newToken(): { token: string; tokenDigest: Buffer } {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  return { token, tokenDigest: digestOf(token) };
}

export function digestOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** What is made once for each database and shared by every request on it. */
export function perDatabase<Made>(
  make: (database: Services["database"]) => Made,
): (database: Services["database"]) => Made {
  const made = new WeakMap<Services["database"], Made>();
  return (database) => {
    let one = made.get(database);
    if (one === undefined) made.set(database, (one = make(database)));
    return one;
  };
}
