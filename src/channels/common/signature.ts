import { createHmac, timingSafeEqual } from "node:crypto";

const HEX_SHA256 = /^sha256=([0-9a-f]{64})$/;

/** Whether `sha256=…` is the HMAC of exactly these bytes under that secret. Takes as long for any wrong one. */
export function isSigned(secret: string, bytes: Uint8Array, header: unknown): boolean {
  const given = typeof header === "string" ? HEX_SHA256.exec(header)?.[1] : undefined;
  const right = createHmac("sha256", secret).update(bytes).digest();
  return (
    timingSafeEqual(right, given === undefined ? Buffer.alloc(right.length) : Buffer.from(given, "hex")) &&
    given !== undefined
  );
}

/** The header by which `isSigned` knows those bytes. */
export function signatureOf(secret: string, bytes: Uint8Array): string {
  return `sha256=${createHmac("sha256", secret).update(bytes).digest("hex")}`;
}

/** Compares two secrets of any length without telling where they differ. */
export function isSameSecret(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHmac("sha256", "compare").update(text).digest());
  return timingSafeEqual(left!, right!);
}
