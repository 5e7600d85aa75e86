import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { aConfirmation, NAMES } from "./documents.fixtures.ts";
import { renderPdfSlip } from "./pdf-slip.ts";

interface Page {
  /** Glyph ids of the embedded fonts, in the order of painting. */
  readonly glyphs: readonly number[];
  readonly text: string;
}

/** Reads back what is painted: glyphs from the page's content, and their letters from the fonts' ToUnicode tables. */
function readPdf(pdf: Buffer): { pages: number; page: Page; raw: string } {
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
  const contents = /\/Contents (\d+) 0 R/.exec(pages[0]!)![1]!;
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
  return { pages: pages.length, page: { glyphs, text }, raw };
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

const withNames = (names: readonly string[]) =>
  aConfirmation({ people: names.map((name) => ({ name, services: ["Pasaporte"] })) });

describe("the PDF slip", () => {
  it("prints every letter of the names of Mexico and its languages", async () => {
    const everyLetter =
      "ÁÉÍÓÚÜÑáéíóúüñ Ꞌꞌ ʼ’' Ññ Ää Ëë Ïï Öö Ŋŋ Ɇɇ Ɨɨ Ʉʉ Łł Čč Šš Žž Ēē Āā Īī Ōō Ūū X̱x̱ A̱a̱ E̱e̱ I̱i̱ U̱u̱ N̰n̰ G̱ Ꜣꜣ ƚ";
    const { page } = readPdf(await renderPdfSlip(withNames([...NAMES.slice(0, 4), everyLetter])));
    expect(page.glyphs.length).toBeGreaterThan(300);
    expect(page.glyphs).not.toContain(0);
    for (const name of [...NAMES.slice(0, 4), everyLetter]) {
      for (const word of name.normalize("NFC").split(" ")) expect(page.text.normalize("NFC")).toContain(word);
    }
  });

  it("would be caught leaving a letter out", async () => {
    const { page } = readPdf(await renderPdfSlip(withNames(["漢字"])));
    expect(page.glyphs).toContain(0);
  });

  it("holds folio, day, hour, place, papers, costs and how to change, on one page", async () => {
    const view = aConfirmation();
    const { pages, page } = readPdf(await renderPdfSlip(view));
    expect(pages).toBe(1);
    const flat = page.text.replace(/\s/g, "").toLowerCase();
    const facts = [
      view.folio,
      view.dateText,
      view.timeText,
      view.office.name,
      ...view.office.addressLines,
      ...view.bring,
      ...view.fees.flatMap((fee) => [fee.label, fee.amount]),
      view.total!,
      view.payment!,
      view.pageUrl,
    ];
    for (const fact of facts) expect(flat).toContain(fact.replace(/\s/g, "").toLowerCase());
  });

  it("stays on one page for five people with long lists, and says what it left out", async () => {
    const bring = Array.from(
      { length: 30 },
      (_, i) => `Papel número ${i + 1}: original y una copia de cada lado, legible y sin tachaduras.`,
    );
    const people = NAMES.map((name) => ({
      name,
      services: ["Pasaporte para adulto", "Matrícula consular", "Credencial para votar"],
    }));
    const fees = Array.from({ length: 8 }, (_, i) => ({ label: `Costo ${i}`, amount: "10 USD" }));
    const { pages, page } = readPdf(await renderPdfSlip(aConfirmation({ bring, people, fees })));
    expect(pages).toBe(1);
    expect(page.text).toMatch(/Y \d+ más: vea la lista completa/);
    expect(page.text).toContain("730, costo de 2026");
    for (const name of NAMES) expect(page.text.normalize("NFC")).toContain(name.normalize("NFC").split(" ")[0]);
  });

  it("names nobody in its title or other particulars", async () => {
    const { raw } = readPdf(await renderPdfSlip(aConfirmation()));
    expect(raw).toContain("/Title");
    expect(raw).not.toMatch(/Citlali|Fresno|7K3M/);
  });
});
