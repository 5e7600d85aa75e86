export type Cell = string | number | null;

/** A spreadsheet in Mexico expects semicolons, and without this mark it reads accents wrongly. */
const BYTE_ORDER_MARK = "\uFEFF";
/** A cell that begins so would be run as a formula by the program that opens the file. */
const FORMULA = /^[=+\-@\t\r]/;

/** A table as a file for spreadsheets: UTF-8, semicolons, lines that end as RFC 4180 wants; what is not told is empty. */
export function csvOf(heads: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [heads, ...rows].map((cells) => cells.map(fieldOf).join(";"));
  return `${BYTE_ORDER_MARK}${lines.join("\r\n")}\r\n`;
}

function fieldOf(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
