import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson, UnreadableJson } from "./json.ts";

const utf8 = (text: string) => Buffer.from(text, "utf8");
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le");

describe("one document, one reading", () => {
  test.each([
    ["a key twice", utf8('{"a":1,"a":2}')],
    ["a key twice, deep inside", utf8('{"x":[{"y":{"a":1,"b":{},"a":1}}]}')],
    ["a key twice, once written with an escape", utf8('{"a":1,"\\u0061":2}')],
    ["a key that reaches for the prototype", utf8('{"__proto__":{"admin":true}}')],
    ["the same with an escape", utf8('{"\\u005f_proto__":{"admin":true}}')],
    ["constructor", utf8('{"a":{"constructor":{"prototype":{}}}}')],
    ["a byte order mark", utf8('\uFEFF{"a":1}')],
    ["UTF-16", utf16('{"a":1}')],
    ["Latin-1", Buffer.from('{"a":"José"}', "latin1")],
    ["an overlong encoding", Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ["half of a pair as bytes", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ["half of a pair as an escape", utf8('{"a":"\\ud83d"}')],
    ["half of a pair in a key", utf8('{"\\ude00":1}')],
    ["a number that is none", utf8('{"a":1e999}')],
    ["NaN", utf8('{"a":NaN}')],
    ["a comment", utf8('{"a":1 /* two */}')],
    ["a trailing comma", utf8('{"a":1,}')],
    ["single quotes", utf8("{'a':1}")],
    ["two documents", utf8('{"a":1}{"b":2}')],
    ["a control character in a string", utf8('{"a":"\u0000"}')],
    ["nothing", utf8("")],
    ["half a document", utf8('{"a":')],
    ["a well without a bottom", utf8("[".repeat(30_000) + "]".repeat(30_000))],
    ["thirteen levels", utf8('{"a":'.repeat(13) + "1" + "}".repeat(13))],
  ])("refuses %s", (_, body) => {
    expect(() => parseJson(body)).toThrow(UnreadableJson);
  });

  test("says nothing of what it refused", () => {
    const refusal = (() => {
      try {
        return parseJson(utf8('{"secreto":"Ñáñez","secreto":1}'));
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toMatchObject({ statusCode: 400, message: "unreadable JSON" });
  });
});

test("colons, quotes and backslashes inside of strings are text", () => {
  const value = { "a:b": 'c":"d', "\\": "\\\\", '"': [":", { "::": '\\"' }], "😀": "ñ ꞌ ʼ" };
  expect(parseJson(utf8(JSON.stringify(value)))).toEqual(value);
});

test("every document that JSON itself can write and read is read alike, unless it holds what is refused", () => {
  const refused = (text: string) => /__proto__|constructor|prototype/.test(text) || /\\ud[89a-f]/i.test(text);
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!refused(text));
      expect(parseJson(utf8(text))).toEqual(JSON.parse(text));
    }),
    { numRuns: 2_000 },
  );
});

test("whatever bytes arrive, the answer is a value or a refusal", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        parseJson(Buffer.from(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableJson);
      }
    }),
    { numRuns: 2_000 },
  );
});
