import fc from "fast-check";
import { expect, it } from "vitest";
import { csvOf } from "./csv.ts";

/** Reads back by the letter of RFC 4180, with semicolons. */
function read(csv: string): string[][] {
  const fields = [...csv.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|((?:(?!\r\n)[^;"])*))(;|\r\n)/g)];
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of fields) {
    rows.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end !== ";") rows.push([]);
  }
  return rows.slice(0, -1);
}

it("is a file that a spreadsheet reads in Spanish, with numbers as numbers and what is hidden empty", () => {
  expect(
    csvOf(
      ["Servicio", "Con cita"],
      [
        ["Fe pública; visas", 12.5],
        ['Las "otras"', null],
      ],
    ),
  ).toBe('\uFEFFServicio;Con cita\r\n"Fe pública; visas";12.5\r\n"Las ""otras""";\r\n');
});

it.each(["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://mal.invalid";"x")'])(
  "%j is no formula",
  (cell) => {
    expect(read(csvOf(["a"], [[cell]]))[1]![0]).toBe(`'${cell}`);
  },
);

it("gives back whatever was put in", () => {
  const cell = fc.string().filter((text) => !/^[=+\-@\t\r]/.test(text));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 5 }), (rows) => {
      expect(read(csvOf(["x", "y"], rows))).toEqual([["x", "y"], ...rows]);
    }),
  );
});
