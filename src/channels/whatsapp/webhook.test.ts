import { describe, expect, test } from "vitest";
import { isSigned, signatureOf } from "#channels/common/signature.ts";
import { addressOf, readWebhook } from "./webhook.ts";

const PHONE = "100200300";
const SECRET = "a secret of the test's own";

function webhook(messages: readonly unknown[], phoneId = PHONE, contacts: readonly unknown[] = []): unknown {
  const value = { messaging_product: "whatsapp", metadata: { phone_number_id: phoneId }, contacts, messages };
  return { object: "whatsapp_business_account", entry: [{ id: "1", changes: [{ field: "messages", value }] }] };
}
const text = { id: "wamid.1", from: "15595550100", timestamp: "1795456800", type: "text", text: { body: "Hola" } };
const saidIn = (message: object) => readWebhook(webhook([{ ...text, ...message }]), PHONE).messages[0]?.said;

describe("who writes", () => {
  test.each([
    ["15595550100", undefined, "+15595550100"],
    ["5215512345678", undefined, "+525512345678"],
    ["525512345678", undefined, "+525512345678"],
    ["34600000000", undefined, "wa:34600000000"],
    [undefined, "MX.1234567890", "wa:MX.1234567890"],
    ["abc", undefined, undefined],
    [undefined, "a b", undefined],
    [undefined, undefined, undefined],
  ])("%s or %s is %s", (from, userId, address) => expect(addressOf(from, userId)).toBe(address));

  test("a message without a number is its user's", () => {
    const { from: _, ...message } = text;
    expect(readWebhook(webhook([message], PHONE, [{ user_id: "US.77" }]), PHONE).messages[0]?.address).toBe("wa:US.77");
  });
});

describe("what is said", () => {
  const voice = { type: "audio", audio: { id: "media-1", voice: true } };
  test.each([
    [{}, { kind: "text", text: "Hola" }],
    [
      { type: "interactive", interactive: { button_reply: { id: "7:0" } } },
      { kind: "pick", turn: 7, key: "0" },
    ],
    [
      { type: "interactive", interactive: { list_reply: { id: "12:9" } } },
      { kind: "pick", turn: 12, key: "9" },
    ],
    [
      { type: "interactive", interactive: { list_reply: { id: "__proto__" } } },
      { kind: "media", media: "unknown" },
    ],
    [voice, { kind: "media", media: "audio" }],
    [{ type: "sticker" }, { kind: "media", media: "sticker" }],
    [{ type: "location" }, { kind: "media", media: "location" }],
    [{ type: "contacts" }, { kind: "media", media: "contacts" }],
    [{ type: "reaction" }, { kind: "media", media: "unknown" }],
  ])("%j", (change, said) => expect(saidIn(change)).toEqual(said));

  test("a text is cut where the app itself would, and a voice note keeps its id for whoever listens", () => {
    expect(saidIn({ text: { body: "x".repeat(9_000) } })).toEqual({ kind: "text", text: "x".repeat(4_096) });
    expect(readWebhook(webhook([{ ...text, ...voice }]), PHONE).messages[0]?.mediaId).toBe("media-1");
  });

  test("another's number, another shape and what is broken fail nothing of the rest", () => {
    expect(readWebhook(webhook([text], "999"), PHONE).messages).toEqual([]);
    const broken = [null, 3, {}, { ...text, timestamp: "x" }, { ...text, id: "" }];
    expect(readWebhook(webhook([...broken, text]), PHONE).messages).toHaveLength(1);
    for (const body of [
      undefined,
      null,
      [],
      {},
      { object: "page" },
      { object: "whatsapp_business_account", entry: {} },
    ])
      expect(readWebhook(body, PHONE)).toEqual({ messages: [], deliveries: [], notices: [] });
  });
});

describe("a signature", () => {
  const bytes = Buffer.from('{"a":1}');
  test("holds for exactly its bytes and secret", () => {
    expect(isSigned(SECRET, bytes, signatureOf(SECRET, bytes))).toBe(true);
    expect(isSigned(SECRET, Buffer.from('{"a": 1}'), signatureOf(SECRET, bytes))).toBe(false);
    expect(isSigned(SECRET, bytes, signatureOf("another secret", bytes))).toBe(false);
  });
  test.each([
    undefined,
    "",
    "sha256=",
    "sha256=00",
    `sha1=${"0".repeat(64)}`,
    "0".repeat(64),
    ["sha256=00"],
    `sha256=${"0".repeat(64)}`,
  ])("%s is none", (header) => expect(isSigned(SECRET, bytes, header)).toBe(false));
});
