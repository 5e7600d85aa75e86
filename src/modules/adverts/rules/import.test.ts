import { describe, expect, test } from "vitest";
import { MOST_ROW_CHARACTERS, rowReader, type ImportFormat, type RawRow } from "./import.ts";

/** The same text in pieces of that size: where a piece ends must not matter. */
function read(format: ImportFormat, text: string, size: number): RawRow[] {
  const reader = rowReader(format);
  const rows: RawRow[] = [];
  for (let at = 0; at < text.length; at += size) rows.push(...reader.push(text.slice(at, at + size)));
  return [...rows, ...reader.end()];
}

const CSV =
  '\uFEFFLink,Words\r\nhttps://ejemplo.mx/1,"Citas, hoy\n""ya"""\r\n\r\n=HYPERLINK("x"),"=1+1"\n,,\nultima,fila';
const JSON_LIST =
  '[{"link":"https://ejemplo.mx/1","words":"llaves { y } \\" dentro","n":5},\n {"words":"dos","mas":{"x":"}"}}, {"words": }]';

describe.each([1, 2, 7, 1_000])("in pieces of %i characters", (size) => {
  test("a table gives its rows: quotes, commas and lines inside a field are kept, formulas are text, short rows are told", () => {
    expect(read("csv", CSV, size)).toEqual([
      { row: 1, fields: { link: "https://ejemplo.mx/1", words: 'Citas, hoy\n"ya"' } },
      { row: 2, fields: { link: '=HYPERLINK("x")', words: "=1+1" } },
      { row: 3, error: "unreadable" },
      { row: 4, fields: { link: "ultima", words: "fila" } },
    ]);
  });

  test("objects in a list or on lines give their texts; what cannot be read is told by its row", () => {
    expect(read("json", JSON_LIST, size)).toEqual([
      { row: 1, fields: { link: "https://ejemplo.mx/1", words: 'llaves { y } " dentro' } },
      { row: 2, fields: { words: "dos" } },
      { row: 3, error: "unreadable" },
    ]);
    expect(read("json", '{"words":"a"}\n{"words":"b"}\n{"wor', size)).toEqual([
      { row: 1, fields: { words: "a" } },
      { row: 2, fields: { words: "b" } },
      { row: 3, error: "unreadable" },
    ]);
  });
});

test("a row that never ends is refused and not kept in memory; the next one is read", () => {
  const long = "x".repeat(5 * MOST_ROW_CHARACTERS);
  expect(read("csv", `words\n${long}\nok\n`, 65_536)).toEqual([
    { row: 1, error: "too_long" },
    { row: 2, fields: { words: "ok" } },
  ]);
  expect(read("csv", `words\n"${long}`, 65_536)).toEqual([{ row: 1, error: "unreadable" }]);
  expect(read("json", `{"words":"${long}"}{"words":"ok"}`, 65_536)).toEqual([
    { row: 1, error: "too_long" },
    { row: 2, fields: { words: "ok" } },
  ]);
});
