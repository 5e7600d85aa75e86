import { describe, expect, it } from "vitest";
import { aConfirmation, NAMES } from "./documents.fixtures.ts";
import { renderPdfSlip } from "./pdf-slip.ts";
import { readPdf } from "./read-pdf.fixtures.ts";

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
