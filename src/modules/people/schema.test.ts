import { describe, expect, it } from "vitest";
import { parseAddress, parseDigits } from "./schema.ts";

describe("an e-mail address", () => {
  it.each([
    [" Maria.Prueba@Example.ORG ", "Maria.Prueba@example.org", "email:maria.prueba@example.org", "M•••@example.org"],
    [
      "jose+citas@correo.example.mx",
      "jose+citas@correo.example.mx",
      "email:jose+citas@correo.example.mx",
      "j•••@correo.example.mx",
    ],
    [
      "ana@münchen.example",
      "ana@xn--mnchen-3ya.example",
      "email:ana@xn--mnchen-3ya.example",
      "a•••@xn--mnchen-3ya.example",
    ],
  ])("%s", (typed, address, key, masked) => {
    expect(parseAddress("email", typed)).toEqual({ address, key, keyKind: "email", masked });
  });

  it.each([
    "",
    "ana",
    "@example.org",
    "ana@",
    "ana@example",
    "a b@example.org",
    "-f@example.org",
    "ana@example.org\r\nBcc: x@example.org",
    "ana@\u202eexample.org",
    `${"a".repeat(65)}@example.org`,
    `ana@${"a.".repeat(150)}org`,
    '"<script>"@example.org',
  ])("refuses %j", (typed) => {
    expect(parseAddress("email", typed)).toBeUndefined();
  });
});

describe("a telephone number", () => {
  it.each([
    ["(202) 555-0143", "+12025550143"],
    ["+1 416 555 0123", "+14165550123"],
    ["+52 55 5555 0100", "+525555550100"],
    ["+521 55 5555 0100", "+525555550100"],
    ["5215555550100", "+525555550100"],
    ["011 52 1 55 5555 0100", "+525555550100"],
  ])("%s", (typed, address) => {
    const parsed = parseAddress("sms", typed);
    expect(parsed).toEqual({ address, key: `phone:${address}`, keyKind: "phone", masked: `•••• ${address.slice(-4)}` });
    expect(parseAddress("voice", typed)).toEqual(parsed);
  });

  it.each([
    "",
    "12",
    "no tengo",
    "+44 20 7946 0958",
    "+1 876 555 0123",
    "1-900-555-0100",
    "800 555 0100",
    "312 555 0199 ext 5",
    "1".repeat(60),
    "202\u0000555 0143",
  ])("refuses %j", (typed) => {
    expect(parseAddress("sms", typed)).toBeUndefined();
  });
});

it("reads digits as people type them", () => {
  expect(parseDigits(" 123 456 ", 6)).toBe("123456");
  expect(parseDigits("123-456", 6)).toBe("123456");
  for (const typed of ["12345", "1234567", "12345a", "", "١٢٣٤٥٦"]) expect(parseDigits(typed, 6)).toBeUndefined();
});
