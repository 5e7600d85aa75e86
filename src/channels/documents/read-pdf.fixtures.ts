import { inflateSync } from "node:zlib";

interface Page {
  /** Glyph ids of the embedded fonts, in the order of painting. */
  readonly glyphs: readonly number[];
  readonly text: string;
}

/** Reads back what is painted: glyphs from the page's content, and their letters from the fonts' ToUnicode tables. */
export function readPdf(pdf: Buffer): { pages: number; page: Page; all: readonly Page[]; raw: string } {
  const raw = pdf.toString("latin1");
  const objects = new Map(
    [...raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map((one) => [one[1]!, one[2]!]),
  );
  const stream = (body: string): string => {
    const bytes = Buffer.from(/stream\n([\s\S]*)\nendstream/.exec(body)![1]!, "latin1");
    return (body.includes("/FlateDecode") ? inflateSync(bytes) : bytes).toString("latin1");
  };
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\b(?!s)/.test(body));
  const fonts = new Map<string, Map<number, string>>();
  for (const body of objects.values()) {
    for (const [, name, id] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id!) ?? "")?.[1];
      if (table) fonts.set(name!, toUnicode(stream(objects.get(table)!)));
    }
  }
  const all = pages.map((page): Page => {
    const contents = /\/Contents (\d+) 0 R/.exec(page)![1]!;
    const glyphs: number[] = [];
    let text = "";
    let font = new Map<number, string>();
    for (const [, name, hex] of stream(objects.get(contents)!).matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-f]+)>/g)) {
      if (name) font = fonts.get(name) ?? new Map();
      for (const id of (hex ?? "").match(/.{4}/g) ?? []) {
        glyphs.push(Number.parseInt(id, 16));
        text += font.get(Number.parseInt(id, 16)) ?? "\uFFFD";
      }
    }
    return { glyphs, text };
  });
  return { pages: all.length, page: all[0]!, all, raw };
}

function toUnicode(cmap: string): Map<number, string> {
  const letters = new Map<number, string>();
  for (const [, first, list] of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    [...list!.matchAll(/<([0-9a-f ]*)>/g)].forEach((one, i) => {
      const units = one[1]!.replace(/ /g, "").match(/.{4}/g) ?? [];
      letters.set(
        Number.parseInt(first!, 16) + i,
        String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))),
      );
    });
  }
  return letters;
}
