import { createHash, createHmac, generateKeyPairSync, sign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64, hmacSha256, hmacWriter, sha256, sha256Writer, toBase64, toHex } from "./digest.ts";
import { isSignedBy } from "./signature.ts";

const bytes = fc.uint8Array({ maxLength: 200 });

describe("digests", () => {
  it("are those of Node, in one call or into a row of many", () => {
    fc.assert(
      fc.property(bytes, bytes, (key, message) => {
        const hash = createHash("sha256").update(key).update(message).digest("hex");
        const mac = createHmac("sha256", key).update(message).digest("hex");
        const out = new Uint8Array(96);
        const [writeHash, writeMac] = [sha256Writer(), hmacWriter(key)];
        // Twice, because the state is used again.
        for (const at of [0, 32]) writeHash(Uint8Array.of(...key, ...message), out, at);
        expect(toHex(sha256(key, message))).toBe(hash);
        expect(toHex(out.subarray(0, 64))).toBe(hash + hash);
        for (const at of [0, 64]) writeMac(message, out, at);
        expect(toHex(hmacSha256(key, message))).toBe(mac);
        expect(toHex(out.subarray(64))).toBe(mac);
      }),
    );
  });

  it("read base64 in one spelling only", () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(fromBase64(toBase64(value))).toEqual(value);
      }),
    );
    for (const text of ["QQ", "QR==", "QQ==\n", "Q Q=", "-_=="]) expect(fromBase64(text)).toBeUndefined();
  });
});

describe("Ed25519", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const key = publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("hex");
  const message = new TextEncoder().encode("a manifest");
  const signature = new Uint8Array(sign(null, message, privateKey));

  it("accepts what Node signed and nothing else", () => {
    expect(isSignedBy(key, message, signature)).toBe(true);
    expect(isSignedBy(key, message.subarray(1), signature)).toBe(false);
    expect(isSignedBy(key, message, signature.with(40, signature[40]! ^ 1))).toBe(false);
    expect(isSignedBy("00".repeat(32), message, signature)).toBe(false);
    expect(isSignedBy("not a key", message, signature)).toBe(false);
  });
});
