import { createHash, createHmac, generateKeyPairSync, hash as hashAtOnce, sign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOBLE_WRITERS, nodeWriters } from "./digest-writers.ts";
import { fromBase64, hmacSha256, sha256, toBase64, toHex } from "./digest.ts";
import { isSignedBy } from "./signature.ts";

const bytes = fc.uint8Array({ maxLength: 200 });

describe("digests", () => {
  it("are those of Node in one call", () => {
    fc.assert(
      fc.property(bytes, bytes, (key, message) => {
        expect(toHex(sha256(key, message))).toBe(createHash("sha256").update(key).update(message).digest("hex"));
        expect(toHex(hmacSha256(key, message))).toBe(createHmac("sha256", key).update(message).digest("hex"));
      }),
    );
  });

  it.each([
    ["everywhere", NOBLE_WRITERS],
    ["in Node", nodeWriters(hashAtOnce)],
  ])("are those of Node into a row of many, %s", (_, writers) => {
    const text = fc.string({ unit: "grapheme", maxLength: 200 });
    fc.assert(
      fc.property(bytes, fc.array(fc.oneof(bytes, text), { maxLength: 4 }), (key, messages) => {
        const out = new Uint8Array(32 * messages.length);
        // With one writer, because its state is used again.
        for (const message of messages)
          if (typeof message === "string")
            expect(writers.hex(message)).toBe(createHash("sha256").update(message).digest("hex"));
        for (const [write, expected] of [
          [writers.sha256(), (one: Uint8Array | string) => createHash("sha256").update(one)],
          [writers.hmac(key), (one: Uint8Array | string) => createHmac("sha256", key).update(one)],
        ] as const) {
          messages.forEach((message, row) => write(message, out, row * 32));
          expect(toHex(out)).toBe(messages.map((message) => expected(message).digest("hex")).join(""));
        }
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
