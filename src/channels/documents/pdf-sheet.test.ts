import { expect, it } from "vitest";
import { renderPdfSheet, type SheetView } from "./pdf-sheet.ts";
import { readPdf } from "./read-pdf.fixtures.ts";

const PARTIES = 60;
const view: SheetView = {
  language: "es",
  officeName: "Fresno",
  dateText: "jueves, 3 de diciembre de 2026",
  printedText: "2 dic, 17:45",
  printedAt: new Date("2026-12-03T01:45:00Z"),
  parties: Array.from({ length: PARTIES }, (_, i) => ({
    time: `${String(8 + Math.floor(i / 10)).padStart(2, "0")}:15`,
    expected: i % 10 === 0 ? "12:40" : "",
    mayReturn: i % 20 === 0,
    code: `B${String(i).padStart(3, "0")}`,
    lines: Array.from({ length: 1 + (i % 3) }, (_, n) => ({
      initials: "Ñ. Ꞌ. D.",
      service:
        n === 0 ? "Matrícula consular" : "Pasaporte para personas de tres a diecisiete años · Acta de nacimiento y más",
      counter: String(1 + (i % 4)),
    })),
  })),
};

it("has every party once with hour, code, another hour where it has one, initials, a box for each outcome and a ticket, on numbered pages", async () => {
  const { all: pages } = readPdf(await renderPdfSheet(view));
  expect(pages.length).toBeGreaterThan(3);
  const text = pages.map((page) => page.text).join("\n");
  for (const { time, code } of view.parties) {
    // Once in the list, once on the ticket.
    expect(text.split(code)).toHaveLength(3);
    expect(text).toContain(time);
  }
  expect(text.split("se espera 12:40")).toHaveLength((2 * PARTIES) / 10 + 1);
  expect(text.split("puede volver otro día")).toHaveLength(PARTIES / 20 + 1);
  const lines = view.parties.flatMap((party) => party.lines).length;
  expect(text.split("Ñ. Ꞌ. D.")).toHaveLength(lines + 1);
  pages.forEach((page, i) => {
    expect(page.text).toContain(`Página ${i + 1} de ${pages.length}`);
    expect(page.text).toContain("jueves, 3 de diciembre de 2026");
    expect(page.text).toContain("E: entregado. P: falta papel. R: rechazado. N: no vino.");
    expect(page.glyphs).not.toContain(0);
  });
});

it("says so when nobody comes, and keeps what it shows out of its particulars", async () => {
  const { all: pages, raw } = readPdf(await renderPdfSheet({ ...view, language: "en", parties: [] }));
  expect(pages).toHaveLength(1);
  expect(pages[0]!.text).toContain("Nobody has an appointment on this day.");
  expect(raw).not.toMatch(/Fresno/);
});
