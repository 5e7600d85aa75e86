import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SMALLEST_COUNT } from "./draws.ts";
import type { Told } from "./small-counts.ts";
import { suppress, type ToldTable } from "./suppress.ts";

/** Small counts, none and large ones, as offices have them. */
const count = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 4_000 }));
const tables = fc
  .record({ rows: fc.integer({ min: 1, max: 7 }), columns: fc.integer({ min: 1, max: 5 }) })
  .chain(({ rows, columns }) =>
    fc.array(fc.array(count, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  );

const square = ({ cells, rowSums, columnSums, total }: ToldTable): Told[][] => [
  ...cells.map((row, r) => [...row, rowSums[r]!]),
  [...columnSums, total],
];
const wholeOf = (counts: readonly (readonly number[])[]): number[][] => {
  const rows = counts.map((row) => [...row, row.reduce((a, b) => a + b, 0)]);
  return [...rows, rows[0]!.map((_, c) => rows.reduce((sum, row) => sum + row[c]!, 0))];
};

/**
 * What linear algebra finds out: Gauss over the equations of all rows and columns, in whole numbers of a field that is large
 * enough to make chance agreement next to impossible. Hidden cells that have one value only.
 */
function computable(told: readonly (readonly Told[])[]): string[] {
  const P = 1_000_003n;
  const names = told.flatMap((row, r) => row.flatMap((one, c) => (one === null ? [`${r},${c}`] : [])));
  const at = new Map(names.map((name, i) => [name, i]));
  const [height, width] = [told.length, told[0]!.length];
  const lines = [
    ...told.map((row, r) => row.map((_, c) => [r, c, c === width - 1 ? -1 : 1] as const)),
    ...Array.from({ length: width }, (_, c) => told.map((_, r) => [r, c, r === height - 1 ? -1 : 1] as const)),
  ];
  const matrix = lines.map((line) => {
    const row = Array<bigint>(names.length).fill(0n);
    for (const [r, c, sign] of line) if (told[r]![c] === null) row[at.get(`${r},${c}`)!] = sign === 1 ? 1n : P - 1n;
    return row;
  });
  const inverse = (value: bigint): bigint => {
    let [power, base, result] = [P - 2n, value % P, 1n];
    for (; power > 0n; power >>= 1n, base = (base * base) % P) if (power & 1n) result = (result * base) % P;
    return result;
  };
  let top = 0;
  for (let column = 0; column < names.length && top < matrix.length; column++) {
    const pivot = matrix.findIndex((row, i) => i >= top && row[column] !== 0n);
    if (pivot < 0) continue;
    [matrix[top], matrix[pivot]] = [matrix[pivot]!, matrix[top]!];
    const scale = inverse(matrix[top]![column]!);
    matrix[top] = matrix[top]!.map((value) => (value * scale) % P);
    for (const [i, row] of matrix.entries()) {
      const factor = row[column]!;
      if (i === top || factor === 0n) continue;
      matrix[i] = row.map((value, c) => (((value - factor * matrix[top]![c]!) % P) + P) % P);
    }
    top++;
  }
  return matrix.flatMap((row) => {
    const found = row.flatMap((value, i) => (value === 0n ? [] : [i]));
    return found.length === 1 ? [names[found[0]!]!] : [];
  });
}

describe("counts that leave the house", () => {
  it("tell no count from 1 to 9, every other that is told is right, and none is told as none", () => {
    fc.assert(
      fc.property(tables, (counts) => {
        const told = square(suppress(counts)).flat();
        for (const [i, one] of wholeOf(counts).flat().entries()) {
          if (one > 0 && one < SMALLEST_COUNT) expect(told[i]).toBeNull();
          else if (told[i] !== null || one === 0) expect(told[i]).toBe(one);
        }
      }),
    );
  });

  it("let nobody compute what is left out from the sums", () => {
    fc.assert(
      fc.property(tables, (counts) => {
        expect(computable(square(suppress(counts)))).toEqual([]);
      }),
    );
  });

  it("fit a second table besides the true one, without a count below none, whichever hidden cell is asked about", () => {
    fc.assert(
      fc.property(tables, (counts) => {
        const whole = wholeOf(counts);
        for (const [r, row] of square(suppress(counts)).entries())
          for (const [c, one] of row.entries()) if (one === null) expect(whole[r]![c]).toBeGreaterThan(0);
      }),
    );
  });

  it("are computed where only the small ones are left out: the negative control", () => {
    const counts = [
      [3, 40, 50],
      [60, 70, 80],
    ];
    const careless = wholeOf(counts).map((row) =>
      row.map((one): Told => (one > 0 && one < SMALLEST_COUNT ? null : one)),
    );
    expect(computable(careless)).toEqual(["0,0"]);
    const told = suppress(counts);
    expect(computable(square(told))).toEqual([]);
    expect(told.cells).toEqual([
      [null, null, 50],
      [null, null, 80],
    ]);
    expect([told.rowSums, told.columnSums, told.total]).toEqual([[93, 210], [63, 110, 130], 303]);
  });

  it("leave a table alone that has no small count", () => {
    expect(
      suppress([
        [10, 0],
        [25, 11],
      ]),
    ).toEqual({
      cells: [
        [10, 0],
        [25, 11],
      ],
      rowSums: [10, 36],
      columnSums: [35, 11],
      total: 46,
    });
  });
});
