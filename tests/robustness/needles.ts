import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Shorter ones would be found by chance in megabytes of random bytes. */
const LEAST_BYTES = 8;

/** Every shape in which bytes of a text could lie about: spellings, encodings, escapes. */
export function formsOf(text: string): Buffer[] {
  const bare = text.normalize("NFD").replace(/\p{M}/gu, "");
  const spellings = new Set([
    text,
    text.toLowerCase(),
    text.toUpperCase(),
    text.normalize("NFD"),
    bare,
    bare.toUpperCase(),
    text.replace(/[\s()-]/g, ""),
    text.normalize("NFD").toUpperCase(),
  ]);
  const forms = [...spellings].flatMap((spelling) => {
    const utf8 = Buffer.from(spelling);
    const hex = utf8.toString("hex");
    const swapped = Buffer.from(spelling, "utf16le").swap16();
    const latin1 = /^[\0-ÿ]*$/.test(spelling) ? [Buffer.from(spelling, "latin1")] : [];
    const escaped = [...spelling]
      .map((letter) =>
        letter < "\x80"
          ? letter
          : [...Array(letter.length).keys()]
              .map((i) => `\\u${letter.charCodeAt(i).toString(16).padStart(4, "0")}`)
              .join(""),
      )
      .join("");
    const texts = [
      hex,
      hex.toUpperCase(),
      encodeURIComponent(spelling),
      new URLSearchParams({ x: spelling }).toString().slice(2),
      escaped,
      ...base64Of(utf8),
    ];
    return [utf8, Buffer.from(spelling, "utf16le"), swapped, ...latin1, ...texts.map((one) => Buffer.from(one))];
  });
  const unique = new Map(forms.map((form) => [form.toString("latin1"), form]));
  return [...unique.values()].filter((form) => form.length >= LEAST_BYTES);
}

/** The part that does not depend on the neighbours, for each of the three ways in which the text may fall on groups of three bytes. */
function base64Of(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const from = Math.ceil((offset * 8) / 6);
    const inner = whole.slice(from, Math.floor(((offset + bytes.length) * 8) / 6));
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

export interface Hunt {
  /** Texts of which any form stands in these bytes. */
  in(bytes: Buffer | string): string[];
}

/** Looks for many texts at once: only where four bytes in a row begin some form is anything compared. */
export function huntFor(texts: readonly string[]): Hunt {
  const byStart = new Map<number, { text: string; form: Buffer }[]>();
  for (const text of texts) {
    for (const form of formsOf(text)) {
      const start = form.readUInt32LE(0);
      const known = byStart.get(start);
      if (known) known.push({ text, form });
      else byStart.set(start, [{ text, form }]);
    }
  }
  const begins = new Uint8Array(65_536);
  for (const start of byStart.keys()) begins[start & 0xffff] = 1;
  return {
    in(given) {
      const bytes = typeof given === "string" ? Buffer.from(given) : given;
      const found = new Set<string>();
      for (let at = 0, end = bytes.length - 1; at < end - 2; at++) {
        const start = bytes[at]! | (bytes[at + 1]! << 8);
        if (begins[start] === 0) continue;
        for (const { text, form } of byStart.get(bytes.readUInt32LE(at)) ?? []) {
          if (bytes.compare(form, 0, form.length, at, Math.min(at + form.length, bytes.length)) === 0) found.add(text);
        }
      }
      return [...found];
    },
  };
}

/** Every file below a folder, with what was found in it; a file that goes away meanwhile holds nothing. */
export async function huntInFiles(folder: string, hunt: Hunt): Promise<{ path: string; found: string[] }[]> {
  const hits: { path: string; found: string[] }[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const found = hunt.in(await readFile(path).catch(() => Buffer.alloc(0)));
    if (found.length > 0) hits.push({ path: path.slice(folder.length + 1), found });
  }
  return hits;
}
