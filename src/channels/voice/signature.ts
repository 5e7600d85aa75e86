import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * The signature of a call by TwiML's rules: HMAC-SHA1 of the whole address and then every parameter, name and value, in the order
 * of their names; in base64.
 */
export function callSignature(secret: string, url: string, params: Readonly<Record<string, string>>): string {
  const text = Object.keys(params)
    .sort()
    .reduce((whole, name) => `${whole}${name}${params[name]}`, url);
  return createHmac("sha1", secret).update(text, "utf8").digest("base64");
}

/** Whether a call was signed by whoever knows the secret. Takes as long for any wrong one. */
export function isCallSigned(
  secret: string,
  url: string,
  params: Readonly<Record<string, string>>,
  header: unknown,
): boolean {
  const right = Buffer.from(callSignature(secret, url, params));
  const given = Buffer.from(typeof header === "string" ? header : "");
  return given.length === right.length && timingSafeEqual(given, right);
}
