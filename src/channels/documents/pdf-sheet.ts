import { BOLD, REGULAR, sizeThatFits, widthOf } from "./fonts.ts";
import { HEIGHT, renderPdf, WIDTH } from "./pdf-page.ts";
import { SHEET_WORDS } from "./sheet-words.ts";

/** One day of an office on paper, without a name: what staff and families call each other by when there is no system. */
export interface SheetView {
  readonly language: "es" | "en";
  readonly officeName: string;
  readonly dateText: string;
  readonly printedText: string;
  readonly printedAt: Date;
  readonly parties: readonly {
    readonly time: string;
    /** Empty where it is expected at its own hour. */
    readonly expected: string;
    /** It may come back another day without an appointment. */
    readonly mayReturn: boolean;
    /** The end of the folio, as the list on the screen shows it. */
    readonly code: string;
    /** One for each service of each person; whose it is stands at the first. */
    readonly lines: readonly {
      readonly initials: string;
      readonly service: string;
      /** Empty where no counter is planned. */
      readonly counter: string;
    }[];
  }[];
}

/** Points. Black on white: ink is short and copiers are old. */
const MARGIN = 30;
const HEAD = 88;
const FOOT = 46;
const INK = "#000000";
const SOFT = "#444444";
const RULE = "#999999";
/** Where each column of the list begins, and where the scissors go. */
const COLUMNS = [MARGIN, 76, 134, 192, 356, 386] as const;
const CUT = 492;
/** Below the boxes there is room to write which paper is missing, or why. */
const LINE = 30;
const REASON = 24;
/** A ticket that is torn off must be held by a hand. */
const LEAST_PARTY = 46;
const BOX = 11;
const BOX_STEP = 25;

/** The list of a day with a box for each outcome and tickets to tear off, as many pages as it takes. */
export async function renderPdfSheet(view: SheetView): Promise<Buffer> {
  const words = SHEET_WORDS[view.language];
  return renderPdf({ language: view.language, title: words.title, at: view.printedAt, manyPages: true }, (doc) => {
    paintParties(doc, view);
    const { count } = doc.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      doc.switchToPage(page);
      write(doc, words.page(page + 1, count), MARGIN, HEIGHT - FOOT + 24, 8, { colour: SOFT });
    }
  });
}

function paintParties(doc: PDFKit.PDFDocument, view: SheetView): void {
  newPage(doc, view);
  let top = HEAD;
  if (view.parties.length === 0) write(doc, SHEET_WORDS[view.language].nobody, MARGIN, top + 10, 12, {});
  for (const party of view.parties) {
    const height = Math.max(LEAST_PARTY, party.lines.length * LINE + 8);
    if (top + height > HEIGHT - FOOT) {
      newPage(doc, view);
      top = HEAD;
    }
    paintParty(doc, view, party, top, height);
    top += height;
  }
}

function newPage(doc: PDFKit.PDFDocument, view: SheetView): void {
  const words = SHEET_WORDS[view.language];
  doc.addPage();
  write(doc, `${words.title} · ${view.officeName}`, MARGIN, 24, 14, { bold: true });
  write(doc, view.dateText, MARGIN, 43, 12, {});
  write(doc, words.printed(view.printedText), CUT - 110, 46, 8, {
    colour: SOFT,
    width: WIDTH - MARGIN - CUT + 110,
    right: true,
  });
  words.columns.forEach((name, i) => write(doc, name, COLUMNS[i]!, 70, 8, { colour: SOFT }));
  write(doc, words.ticket, CUT + 10, 70, 8, { colour: SOFT });
  rule(doc, MARGIN, HEAD - 4, WIDTH - MARGIN);
  write(doc, words.legend, MARGIN, HEIGHT - FOOT + 4, 8, {});
  write(doc, words.rules, MARGIN, HEIGHT - FOOT + 14, 8, { colour: SOFT });
}

function paintParty(
  doc: PDFKit.PDFDocument,
  { language }: SheetView,
  { time, expected, mayReturn, code, lines }: SheetView["parties"][number],
  top: number,
  height: number,
): void {
  const { letters, later, back } = SHEET_WORDS[language];
  write(doc, time, COLUMNS[0], top + 6, 11, { bold: true });
  write(doc, code, COLUMNS[1], top + 6, 11, { bold: true });
  const notes = [expected === "" ? "" : later(expected), mayReturn ? back : ""].filter((one) => one !== "");
  notes.forEach((note, i) => write(doc, note, COLUMNS[0], top + 21 + i * 10, 7.5, {}));
  lines.forEach(({ initials, service, counter }, i) => {
    const y = top + 6 + i * LINE;
    const room = COLUMNS[4] - COLUMNS[3] - 6;
    const size = sizeThatFits(service, room, 1, [9.5, 8.5, 7.5, 6.5], REGULAR);
    write(doc, initials, COLUMNS[2], y, 10, {});
    write(doc, shortened(service, room, size), COLUMNS[3], y + 1, size, {});
    write(doc, counter, COLUMNS[4], y, 10, {});
    rule(doc, COLUMNS[5], y + REASON, CUT - 8);
    letters.forEach((letter, n) => {
      const x = COLUMNS[5] + n * BOX_STEP;
      doc.rect(x, y, BOX, BOX).lineWidth(0.8).stroke(INK);
      write(doc, letter, x + BOX + 2, y + 1, 8, {});
    });
  });
  write(doc, code, CUT + 10, top + 5, 20, { bold: true });
  write(doc, expected === "" ? time : later(expected), CUT + 10, top + 29, 10, {});
  doc
    .moveTo(CUT, top)
    .lineTo(CUT, top + height)
    .lineWidth(0.7)
    .dash(3, { space: 3 })
    .stroke(INK)
    .undash();
  rule(doc, MARGIN, top + height, WIDTH - MARGIN);
}

/** The beginning of a text that is too long even in small type; the whole stands on the screen. */
function shortened(text: string, room: number, size: number): string {
  let shown = text;
  while (shown.length > 1 && widthOf(shown, size, REGULAR) > room) shown = `${shown.replace(/…$/, "").slice(0, -1)}…`;
  return shown;
}

function rule(doc: PDFKit.PDFDocument, from: number, y: number, to: number): void {
  doc.moveTo(from, y).lineTo(to, y).lineWidth(0.5).stroke(RULE);
}

interface Style {
  readonly bold?: boolean;
  readonly colour?: string;
  readonly width?: number;
  readonly right?: boolean;
}

function write(
  doc: PDFKit.PDFDocument,
  text: string,
  x: number,
  y: number,
  size: number,
  { bold = false, colour = INK, width, right = false }: Style,
): void {
  doc
    .font(bold ? BOLD : REGULAR)
    .fontSize(size)
    .fillColor(colour);
  doc.text(
    text,
    x,
    y,
    width === undefined ? { lineBreak: false } : { width, align: right ? "right" : "left", lineBreak: false },
  );
}
