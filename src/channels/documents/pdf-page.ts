import PDFDocument from "pdfkit";
import { REGULAR } from "./fonts.ts";
import { MARK, MARK_SIDE } from "./slip-drawing.ts";

/** Points: US letter, the paper of the printers that people and offices have. */
export const WIDTH = 612;
export const HEIGHT = 792;

/**
 * Makes a paper in letter size: `draw` fills it page by page, and what it left is returned when it is whole. The same
 * instant makes the same bytes.
 */
export async function renderPdf(
  about: {
    readonly language: "es" | "en";
    readonly title: string;
    readonly author?: string;
    readonly at: Date;
    /** No page is there before the first is added, and all stay open until the end. */
    readonly manyPages?: boolean;
  },
  draw: (doc: PDFKit.PDFDocument) => void,
): Promise<Buffer> {
  const { language, title, author, at, manyPages = false } = about;
  const doc = new PDFDocument({
    size: "LETTER",
    margin: 0,
    font: REGULAR,
    lang: language,
    displayTitle: true,
    ...(manyPages ? { bufferPages: true, autoFirstPage: false } : {}),
    info: { Title: title, ...(author === undefined ? {} : { Author: author }), CreationDate: at, ModDate: at },
  });
  const parts: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on("data", (part: Buffer) => parts.push(part));
    doc.on("end", () => resolve(Buffer.concat(parts)));
    doc.on("error", reject);
  });
  draw(doc);
  doc.end();
  return done;
}

/** The service's own sign, `side` points wide. */
export function drawMark(doc: PDFKit.PDFDocument, x: number, y: number, side: number): void {
  doc
    .save()
    .translate(x, y)
    .scale(side / MARK_SIDE);
  for (const { path, fill } of MARK) doc.path(path).fill(fill);
  doc.restore();
}
