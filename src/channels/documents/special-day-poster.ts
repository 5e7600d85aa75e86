import { BOLD, REGULAR, sizeThatFits } from "./fonts.ts";
import { drawMark, HEIGHT, renderPdf, WIDTH } from "./pdf-page.ts";
import { qrDrawing } from "./qr-code.ts";
import { COLOURS } from "./slip-drawing.ts";
import type { SpecialDayWords } from "./special-day.ts";
import { SPECIAL_DAY_WORDS } from "./special-day-words.ts";

const MARGIN = 48;
const INNER = WIDTH - 2 * MARGIN;
const BAND = 76;
const FOOT_TOP = 556;
const QR_SIDE = 168;
/** Tried from the largest: a poster is read from the other side of a shop. */
const SCALES = [1, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.45];

/** A poster of a special day on one sheet: what, when, where, for whom, that it is free, and the code of the official page. */
export async function renderSpecialDayPoster(
  words: SpecialDayWords,
  language: "es" | "en",
  now: Date,
): Promise<Buffer> {
  const { headline: title, service: author } = words;
  return renderPdf({ language, title, author, at: now }, (doc) => {
    band(doc, words);
    const from = BAND + 6 + correctionBox(doc, words);
    const scale = SCALES.find((one) => body(doc, words, from, one, false) <= FOOT_TOP - 12) ?? SCALES.at(-1)!;
    body(doc, words, from, scale, true);
    foot(doc, words, SPECIAL_DAY_WORDS[language].scan);
  });
}

function band(doc: PDFKit.PDFDocument, { service }: SpecialDayWords): void {
  doc.rect(0, 0, WIDTH, BAND).fill(COLOURS.band);
  doc.rect(0, BAND, WIDTH, 6).fill(COLOURS.thread);
  drawMark(doc, MARGIN, 14, 48);
  doc
    .fillColor(COLOURS.onBand)
    .font(BOLD)
    .fontSize(24)
    .text(service, MARGIN + 64, 25, { lineBreak: false });
}

/** Returns its height. */
function correctionBox(doc: PDFKit.PDFDocument, { correction }: SpecialDayWords): number {
  if (correction === undefined) return 0;
  const text = correction.lines.join("\n");
  const size = sizeThatFits(text, INNER, 3, [17, 15, 13], REGULAR);
  const height = 44 + doc.font(REGULAR).fontSize(size).heightOfString(text, { width: INNER });
  doc.rect(0, BAND + 6, WIDTH, height).fill(COLOURS.thread);
  doc
    .fillColor(COLOURS.onBand)
    .font(BOLD)
    .fontSize(22)
    .text(correction.title, MARGIN, BAND + 14, { lineBreak: false });
  doc
    .font(REGULAR)
    .fontSize(size)
    .text(text, MARGIN, BAND + 42, { width: INNER });
  return height;
}

/** Paints what is announced and returns where it ends; with `paint` false it only measures. */
function body(doc: PDFKit.PDFDocument, words: SpecialDayWords, from: number, scale: number, paint: boolean): number {
  let top = from + 26 * scale;
  const add = (text: string, size: number, gap: number, font = REGULAR, colour: string = COLOURS.ink): void => {
    doc.font(font).fontSize(size * scale);
    const height = doc.heightOfString(text, { width: INNER });
    if (paint) doc.fillColor(colour).text(text, MARGIN, top, { width: INNER });
    top += height + gap * scale;
  };
  add(words.headline, 46, 12, BOLD);
  words.whenLines.forEach((line, i) => add(line, 32, i < words.whenLines.length - 1 ? 0 : 16, BOLD, COLOURS.band));
  words.place.forEach((line, i) => add(line, 26, i < words.place.length - 1 ? 0 : 14, i === 0 ? BOLD : REGULAR));
  for (const line of words.lines) add(line, 23, 7);
  return top;
}

function foot(doc: PDFKit.PDFDocument, words: SpecialDayWords, scan: string): void {
  const top = FOOT_TOP + 18;
  const x = WIDTH - MARGIN - QR_SIDE;
  const width = INNER - QR_SIDE - 22;
  const qr = qrDrawing(words.address);
  doc.rect(0, FOOT_TOP, WIDTH, HEIGHT - FOOT_TOP).fill(COLOURS.paper);
  doc.rect(x, top, QR_SIDE, QR_SIDE).fill(COLOURS.sheet);
  doc
    .save()
    .translate(x, top)
    .scale(QR_SIDE / qr.side)
    .path(qr.path)
    .fill(COLOURS.ink);
  doc.restore();
  doc
    .font(REGULAR)
    .fontSize(9)
    .fillColor(COLOURS.inkSoft)
    .text(scan, x - 20, top + QR_SIDE + 4, { width: QR_SIDE + 40, align: "center" });
  let y = top;
  const add = (
    text: string,
    sizes: readonly number[],
    gap: number,
    font = REGULAR,
    colour: string = COLOURS.ink,
  ): void => {
    const size = sizeThatFits(text, width, 1, sizes, font);
    doc.font(font).fontSize(size).fillColor(colour).text(text, MARGIN, y, { width });
    y += doc.heightOfString(text, { width }) + gap;
  };
  add(words.free, [30, 27, 24, 21], 4, BOLD, COLOURS.thread);
  add(words.noPay, [15, 13.5, 12], 12);
  add(words.host, [22, 19, 16, 13, 11], 3, BOLD);
  add(words.phone, [19, 17], 10);
  if (words.demo !== undefined) add(words.demo, [12], 4, REGULAR, COLOURS.inkSoft);
  doc
    .font(REGULAR)
    .fontSize(9.5)
    .fillColor(COLOURS.inkSoft)
    .text(words.stamp, MARGIN, HEIGHT - 24, { lineBreak: false });
}
