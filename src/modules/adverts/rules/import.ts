/** Exports that are read: a table, or objects (a list of them, or one on a line). */
export const IMPORT_FORMATS = ["csv", "json"] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** Rows of one import; a longer export is cut by whoever made it. */
export const MOST_ROWS = 20_000;
/** Longest row in characters: a post with its link, many times over. */
export const MOST_ROW_CHARACTERS = 20_000;

/** A row as it came, or why it cannot be read. Rows count from 1; the head of a table is none. */
export type RawRow =
  | { readonly row: number; readonly fields: Readonly<Record<string, string>> }
  | { readonly row: number; readonly error: "unreadable" | "too_long" };

/** Takes text piece by piece and gives whole rows; `end` gives what is left. It holds one row at a time. */
export interface RowReader {
  push(text: string): RawRow[];
  end(): RawRow[];
}

export function rowReader(format: ImportFormat): RowReader {
  return format === "csv" ? csvReader() : jsonReader();
}

/** RFC 4180: fields between quotes may hold commas, lines and doubled quotes. The first row names the columns. */
function csvReader(): RowReader {
  let cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  /** A quote inside quotes: its twin or the end, which the next character says. */
  let maybeEnd = false;
  let isTooLong = false;
  let length = 0;
  let head: string[] | undefined;
  let row = 0;
  let isFirstCharacter = true;

  function endRow(into: RawRow[]): void {
    const isEmpty = cells.length === 0 && cell.trim() === "";
    cells.push(cell);
    if (!isEmpty && head === undefined) head = cells.map((one) => one.trim().toLowerCase());
    else if (!isEmpty) {
      row += 1;
      const names = head!;
      if (isTooLong) into.push({ row, error: "too_long" });
      else if (cells.length !== names.length) into.push({ row, error: "unreadable" });
      else into.push({ row, fields: Object.fromEntries(names.map((name, i) => [name, cells[i]!])) });
    }
    cells = [];
    cell = "";
    length = 0;
    isTooLong = false;
  }
  function take(character: string, into: RawRow[]): void {
    if (isFirstCharacter) {
      isFirstCharacter = false;
      if (character === "\uFEFF") return;
    }
    length += 1;
    if (length > MOST_ROW_CHARACTERS) isTooLong = true;
    if (maybeEnd) {
      maybeEnd = false;
      if (character === '"') return void (cell += isTooLong ? "" : '"');
      isQuoted = false;
    }
    if (isQuoted) {
      if (character === '"') maybeEnd = true;
      else if (!isTooLong) cell += character;
    } else if (character === '"' && cell === "") isQuoted = true;
    else if (character === ",") {
      // A row of nothing but commas is as long as any other.
      if (!isTooLong) cells.push(cell);
      cell = "";
    } else if (character === "\n") endRow(into);
    else if (character !== "\r" && !isTooLong) cell += character;
  }
  return {
    push(text) {
      const into: RawRow[] = [];
      for (const character of text) take(character, into);
      return into;
    },
    end() {
      const into: RawRow[] = [];
      if (isQuoted && !maybeEnd) return [{ row: row + 1, error: "unreadable" }];
      if (cells.length > 0 || cell !== "") endRow(into);
      return into;
    },
  };
}

/** Objects wherever they stand: one on a line, or in a list. What stands between them is passed over. */
function jsonReader(): RowReader {
  let depth = 0;
  let isText = false;
  let isEscaped = false;
  let object = "";
  let isTooLong = false;
  let row = 0;

  function take(character: string, into: RawRow[]): void {
    if (depth === 0) {
      if (character !== "{") return;
      [depth, object, isTooLong] = [1, "{", false];
      return;
    }
    if (object.length >= MOST_ROW_CHARACTERS) isTooLong = true;
    else object += character;
    if (isText) {
      if (isEscaped) isEscaped = false;
      else if (character === "\\") isEscaped = true;
      else if (character === '"') isText = false;
      return;
    }
    if (character === '"') isText = true;
    else if (character === "{") depth += 1;
    else if (character === "}" && --depth === 0) {
      row += 1;
      into.push(isTooLong ? { row, error: "too_long" } : parsed(row, object));
      object = "";
    }
  }
  return {
    push(text) {
      const into: RawRow[] = [];
      for (const character of text) take(character, into);
      return into;
    },
    end: () => (depth === 0 ? [] : [{ row: row + 1, error: "unreadable" }]),
  };
}

function parsed(row: number, text: string): RawRow {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { row, error: "unreadable" };
  }
  const fields = Object.entries(value as object).flatMap(([name, one]) =>
    typeof one === "string" ? [[name.toLowerCase(), one] as const] : [],
  );
  return { row, fields: Object.fromEntries(fields) };
}
