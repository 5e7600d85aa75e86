import { BOLD, REGULAR, sizeThatFits } from "./fonts.ts";
import { drawMark, HEIGHT, renderPdf, WIDTH } from "./pdf-page.ts";
import { qrDrawing } from "./qr-code.ts";
import { COLOURS } from "./slip-drawing.ts";
import type { ConfirmationView } from "./view.ts";
import { SLIP_WORDS } from "./words.ts";

const MARGIN = 48;
const INNER = WIDTH - 2 * MARGIN;
const BAND = 58;
const FOOT = 62;
const QR_SIDE = 150;
/** Room for an amount from-to with the year of its tariff. */
const AMOUNT_WIDTH = 200;
/** Tried from the largest; at the last the list of papers is cut short rather than the type made smaller. */
const SCALES = [1.15, 1.05, 0.97, 0.9, 0.83, 0.77, 0.71];

/** The confirmation on one page, complete and in the largest type that fits. Names people: it is made only for whoever proved who she is. */
export async function renderPdfSlip(view: ConfirmationView): Promise<Buffer> {
  const words = SLIP_WORDS[view.language];
  const { calendarTitle: title, service: author } = words;
  return renderPdf({ language: view.language, title, author, at: view.issuedAt }, (doc) => {
    paintFrame(doc, view);
    const { view: fitted, scale } = fitToPage(doc, view);
    paintBody(doc, fitted, scale, true);
  });
}

function fitToPage(doc: PDFKit.PDFDocument, view: ConfirmationView): { view: ConfirmationView; scale: number } {
  const most = HEIGHT - FOOT - 8;
  const scale = SCALES.find((one) => paintBody(doc, view, one, false) <= most);
  if (scale !== undefined) return { view, scale };
  const smallest = SCALES.at(-1)!;
  for (let kept = view.bring.length - 1; kept > 0; kept--) {
    const bring = [...view.bring.slice(0, kept), SLIP_WORDS[view.language].andMore(view.bring.length - kept)];
    const shorter = { ...view, bring };
    if (paintBody(doc, shorter, smallest, false) <= most) return { view: shorter, scale: smallest };
  }
  return { view: { ...view, bring: [] }, scale: smallest };
}

function paintFrame(doc: PDFKit.PDFDocument, view: ConfirmationView): void {
  const words = SLIP_WORDS[view.language];
  doc.rect(0, 0, WIDTH, BAND).fill(COLOURS.band);
  doc.rect(0, BAND, WIDTH, 4).fill(COLOURS.thread);
  drawMark(doc, MARGIN, 10, 38);
  doc
    .fillColor(COLOURS.onBand)
    .font(BOLD)
    .fontSize(18)
    .text(words.title, MARGIN + 50, 19, { lineBreak: false });
  doc.font(REGULAR).fontSize(11).text(words.service, MARGIN, 24, { width: INNER, align: "right" });
  const foot = HEIGHT - FOOT;
  doc
    .moveTo(MARGIN, foot)
    .lineTo(WIDTH - MARGIN, foot)
    .lineWidth(0.7)
    .stroke(COLOURS.line);
  doc
    .fillColor(COLOURS.ink)
    .fontSize(10.5)
    .text(words.change, MARGIN, foot + 9, { lineBreak: false, continued: true });
  doc.font(BOLD).text(` ${view.pageUrl}`, { lineBreak: false, link: view.pageUrl });
  doc
    .font(REGULAR)
    .fillColor(COLOURS.inkSoft)
    .text(`${words.opensOnly} ${words.free}`, MARGIN, foot + 24, { width: INNER });
}

/** Paints everything between the band and the foot and returns where it ends; with `paint` false it only measures. */
function paintBody(doc: PDFKit.PDFDocument, view: ConfirmationView, scale: number, paint: boolean): number {
  const words = SLIP_WORDS[view.language];
  const headEnd = Math.max(whenAndWhere(doc, view, paint), codeAndFolio(doc, view, paint));
  const pen = penOn(doc, scale, paint);
  pen.top = headEnd + 14 * scale;
  pen.heading(words.people);
  view.people.forEach((person, i) => {
    pen.text(`${i + 1}. ${person.name}`, MARGIN, INNER, 13, { bold: true, gap: 0 });
    pen.text(person.services.join(" · "), MARGIN + 18 * scale, INNER - 18 * scale, 11.5, {
      colour: COLOURS.inkSoft,
      gap: 5,
    });
  });
  if (view.bring.length > 0) {
    pen.heading(words.bring);
    checklist(pen, view.bring);
  }
  if (view.fees.length > 0) {
    pen.heading(words.fees);
    for (const { label, amount } of view.fees) pen.row(label, amount, 11.5, false);
    if (view.total !== undefined) pen.row(words.total, view.total, 14, true);
    if (view.payment !== undefined) pen.text(view.payment, MARGIN, INNER, 11.5, { gap: 0 });
  }
  return pen.top;
}

/** At the left of the head: it has room beside the code, whatever follows below. */
function whenAndWhere(doc: PDFKit.PDFDocument, view: ConfirmationView, paint: boolean): number {
  const words = SLIP_WORDS[view.language];
  const width = INNER - QR_SIDE - 24;
  const oneLine = (text: string, most: number): number =>
    sizeThatFits(text, width, 1, [most, most - 2, most - 4, most - 6, most - 8], BOLD);
  const pen = penOn(doc, 1, paint);
  pen.top = BAND + 26;
  const date = capital(view.dateText);
  pen.text(date, MARGIN, width, oneLine(date, 24), { bold: true, gap: 4 });
  pen.text(view.timeText, MARGIN, width, oneLine(view.timeText, 30), { bold: true, colour: COLOURS.band, gap: 14 });
  pen.text(view.office.name, MARGIN, width, 14, { bold: true, gap: 3 });
  const address = view.office.addressLines.length > 0 ? view.office.addressLines : [words.addressComing];
  for (const line of address) pen.text(line, MARGIN, width, 13.5, { gap: 1 });
  if (view.office.note) pen.text(view.office.note, MARGIN, width, 12.5, { bold: true, colour: COLOURS.thread, gap: 2 });
  if (view.office.mapUrl)
    pen.text(words.map, MARGIN, width, 11, { colour: COLOURS.band, link: view.office.mapUrl, gap: 0 });
  return pen.top;
}

/** At the right of the head, always at the same size: a door's camera must read it. */
function codeAndFolio(doc: PDFKit.PDFDocument, view: ConfirmationView, paint: boolean): number {
  const words = SLIP_WORDS[view.language];
  const x = WIDTH - MARGIN - QR_SIDE;
  const y = BAND + 22;
  const qr = qrDrawing(view.verificationUrl);
  if (paint) {
    doc
      .save()
      .translate(x, y)
      .scale(QR_SIDE / qr.side)
      .path(qr.path)
      .fill(COLOURS.ink);
    doc.restore();
    doc
      .font(REGULAR)
      .fontSize(9.5)
      .fillColor(COLOURS.inkSoft)
      .text(words.folio, x, y + QR_SIDE + 2, { width: QR_SIDE, align: "center" });
    doc
      .font(BOLD)
      .fontSize(14)
      .fillColor(COLOURS.ink)
      .text(view.folio, x - 10, y + QR_SIDE + 14, { width: QR_SIDE + 20, align: "center" });
    doc
      .font(REGULAR)
      .fontSize(8.5)
      .fillColor(COLOURS.inkSoft)
      .text(words.showAtDoor, x - 10, y + QR_SIDE + 33, { width: QR_SIDE + 20, align: "center" });
  }
  return y + QR_SIDE + 46;
}

/** Boxes to tick, in two columns when the list is long. */
function checklist(pen: Pen, items: readonly string[]): void {
  const columns = items.length > 4 ? 2 : 1;
  const gutter = 20;
  const width = (INNER - gutter * (columns - 1)) / columns;
  const top = pen.top;
  const perColumn = Math.ceil(items.length / columns);
  let lowest = top;
  for (let column = 0; column < columns; column++) {
    pen.top = top;
    for (const item of items.slice(column * perColumn, (column + 1) * perColumn))
      pen.ticked(item, MARGIN + column * (width + gutter), width, 11.5);
    lowest = Math.max(lowest, pen.top);
  }
  pen.top = lowest;
}

interface TextStyle {
  readonly bold?: boolean;
  readonly colour?: string;
  readonly link?: string;
  readonly align?: "left" | "right";
  /** Room below, in points before scaling. */
  readonly gap: number;
}

interface Pen {
  top: number;
  text(text: string, x: number, width: number, size: number, style: TextStyle): void;
  heading(text: string): void;
  ticked(text: string, x: number, width: number, size: number): void;
  row(label: string, amount: string, size: number, bold: boolean): void;
}

function penOn(doc: PDFKit.PDFDocument, scale: number, paint: boolean): Pen {
  const pen: Pen = {
    top: 0,
    text(text, x, width, size, { bold = false, colour = COLOURS.ink, link, align = "left", gap }) {
      doc.font(bold ? BOLD : REGULAR).fontSize(size * scale);
      const height = doc.heightOfString(text, { width });
      if (paint)
        doc.fillColor(colour).text(text, x, pen.top, { width, align, ...(link ? { link, underline: true } : {}) });
      pen.top += height + gap * scale;
    },
    heading(text) {
      pen.top += 9 * scale;
      if (paint) doc.rect(MARGIN, pen.top + 2.5 * scale, 4 * scale, 11 * scale).fill(COLOURS.maize);
      pen.text(text, MARGIN + 11 * scale, INNER, 13, { bold: true, colour: COLOURS.band, gap: 4 });
    },
    ticked(text, x, width, size) {
      const box = 8.5 * scale;
      if (paint)
        doc
          .rect(x + 0.5, pen.top + 2.2 * scale, box, box)
          .lineWidth(0.9)
          .stroke(COLOURS.inkSoft);
      pen.text(text, x + 16 * scale, width - 16 * scale, size, { gap: 3.5 });
    },
    row(label, amount, size, bold) {
      const top = pen.top;
      pen.text(label, MARGIN, INNER - AMOUNT_WIDTH * scale, size, { bold, gap: 3 });
      const next = pen.top;
      pen.top = top;
      pen.text(amount, WIDTH - MARGIN - AMOUNT_WIDTH * scale, AMOUNT_WIDTH * scale, size, {
        bold: true,
        align: "right",
        gap: 3,
      });
      pen.top = Math.max(next, pen.top);
    },
  };
  return pen;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
