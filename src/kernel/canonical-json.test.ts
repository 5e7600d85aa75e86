import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, NotCanonical } from "./canonical-json.ts";

describe("canonical JSON", () => {
  it("writes names in the order of their code units and text as RFC 8785 does", () => {
    const value = { "\u20ac": 1, "\r": [true, null, -7], "1": { b: "", a: '\u0000\u001f\b"\\/ñ\u2028' }, "\u00f6": 2 };
    expect(canonicalJson(value)).toBe(
      '{"\\r":[true,null,-7],"1":{"a":"\\u0000\\u001f\\b\\"\\\\/ñ\u2028","b":""},"ö":2,"€":1}',
    );
  });

  it("is the same whatever the order of the fields, and reads back as the value", () => {
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.string({ unit: "grapheme" }).filter((text) => !/\p{Cs}/u.test(text)),
        fc.maxSafeInteger().map((number) => number + 0),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.string({ maxLength: 3 }), tie("value"), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(value);
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  it.each([
    [1.5],
    [-0],
    [Number.NaN],
    [2 ** 53],
    [10n],
    [undefined],
    ["\ud800"],
    [{ "\udc00": 1 }],
    // A hole in a list.
    [new Array(1)],
    [{ a: undefined }],
    [new Date(0)],
    [new Map()],
    [() => 1],
    [Symbol("s")],
    [{ [Symbol("s")]: 1 }],
  ])("refuses %p", (value) => {
    expect(() => canonicalJson(value)).toThrow(NotCanonical);
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, field]) => [name, reversed(field)]),
  );
}
