import { renderAsync } from "@resvg/resvg-js";
import { BOLD, FAMILY, REGULAR, sizeThatFits, widthOf, wrap } from "./fonts.ts";
import { palettePng } from "./palette-png.ts";
import { qrDrawing } from "./qr-code.ts";
import { COLOURS, MARK } from "./slip-drawing.ts";
import { initialsOfName, type ConfirmationView } from "./view.ts";
import { SLIP_WORDS } from "./words.ts";

/** Pixels: fills a small phone's screen. */
const WIDTH = 720;
const HEIGHT = 1080;
const MARGIN = 48;
const INNER = WIDTH - 2 * MARGIN;
const BAND = 120;
const QR_SIDE = 330;
const QR_TOP = 640;
/** From the top of a line to its baseline, as a part of the size. */
const ASCENT = 0.95;
const LEADING = 1.22;

/**
 * The slip as a picture that stays in the phone's gallery and needs no data: date, hour, place, folio
 * and code in large type. Initials only, and neither office nor papers are named.
 */
export async function renderSlipImage(view: ConfirmationView): Promise<Buffer> {
  const image = await renderAsync(slipSvg(view), {
    font: { loadSystemFonts: false, fontFiles: [REGULAR, BOLD], defaultFontFamily: FAMILY },
  });
  return palettePng(image.pixels, image.width, image.height, Object.values(COLOURS));
}

/** The drawing before it becomes pixels. */
export function slipSvg(view: ConfirmationView): string {
  const words = SLIP_WORDS[view.language];
  const qr = qrDrawing(view.verificationUrl);
  const parts = [
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${COLOURS.paper}"/>`,
    `<rect width="${WIDTH}" height="${BAND}" fill="${COLOURS.band}"/>`,
    `<rect y="${BAND}" width="${WIDTH}" height="8" fill="${COLOURS.thread}"/>`,
    `<g transform="translate(${MARGIN} 24) scale(1.8)">${MARK.map(({ path, fill }) => `<path d="${path}" fill="${fill}"/>`).join("")}</g>`,
    line(words.title, MARGIN + 100, 76, 44, { bold: true, fill: COLOURS.onBand }),
    ...whenAndWhere(view),
    `<rect x="${MARGIN}" y="${QR_TOP}" width="${QR_SIDE}" height="${QR_SIDE}" rx="10" fill="${COLOURS.sheet}"/>`,
    `<path transform="translate(${MARGIN} ${QR_TOP}) scale(${QR_SIDE / qr.side})" d="${qr.path}" shape-rendering="crispEdges"/>`,
    ...folioAndPeople(view, words.folio),
    line(words.showAtDoor, MARGIN, 1018, 28, {}),
    line(new URL(view.pageUrl).host, MARGIN, 1054, 24, { fill: COLOURS.inkSoft }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="${FAMILY}" fill="${COLOURS.ink}">${parts.join("")}</svg>`;
}

function whenAndWhere(view: ConfirmationView): string[] {
  const { city, addressLines } = view.office;
  const date = capital(view.dateText);
  const address = addressLines.length > 0 ? addressLines : [SLIP_WORDS[view.language].addressComing];
  // Below a venue stands one line more, and the code is where it is.
  const sizes = view.office.note ? [28, 24] : [32, 28, 24];
  const addressSize = sizeThatFits(address.join(" "), INNER, 3, sizes, REGULAR);
  const parts: string[] = [];
  let top = BAND + 36;
  const add = (text: string, size: number, gap: number, style: Style = {}): void => {
    for (const one of wrap(text, INNER, size, style.bold ? BOLD : REGULAR)) {
      parts.push(line(one, MARGIN, Math.round(top + size * ASCENT), size, style));
      top += size * LEADING;
    }
    top += gap;
  };
  add(date, sizeThatFits(date, INNER, 2, [48, 44, 40], BOLD), 14, { bold: true });
  add(view.timeText, sizeThatFits(view.timeText, INNER, 1, [72, 64, 56, 48, 40], BOLD), 26, {
    bold: true,
    fill: COLOURS.band,
  });
  add(city, sizeThatFits(city, INNER, 1, [44, 38, 32], BOLD), 4, { bold: true });
  for (const text of address) add(text, addressSize, 0);
  if (view.office.note) add(view.office.note, 24, 0, { bold: true, fill: COLOURS.thread });
  return parts;
}

function folioAndPeople(view: ConfirmationView, label: string): string[] {
  const x = MARGIN + QR_SIDE + 30;
  const width = WIDTH - x - MARGIN;
  const groups = view.folio.split("-");
  const size = Math.min(...groups.map((group) => sizeThatFits(`${group}-`, width, 1, [52, 46, 40], BOLD)));
  return [
    line(label, x, QR_TOP + 30, 28, { fill: COLOURS.inkSoft }),
    ...groups.map((group, i) =>
      line(i < groups.length - 1 ? `${group}-` : group, x, QR_TOP + 84 + i * 54, size, { bold: true }),
    ),
    ...view.people
      .slice(0, 5)
      .map((person, i) => line(initialsOfName(person.name), x, QR_TOP + 226 + i * 26, 22, { fill: COLOURS.inkSoft })),
  ];
}

interface Style {
  readonly bold?: boolean;
  readonly fill?: string;
}

function line(text: string, x: number, y: number, size: number, { bold = false, fill }: Style): string {
  const width = widthOf(text, size, bold ? BOLD : REGULAR);
  const room = WIDTH - MARGIN - x;
  // Only a single word can be too wide: it is drawn closer together rather than cut.
  const squeezed = width > room ? ` textLength="${room}" lengthAdjust="spacingAndGlyphs"` : "";
  return `<text x="${x}" y="${y}" font-size="${size}"${bold ? ' font-weight="bold"' : ""}${fill ? ` fill="${fill}"` : ""}${squeezed}>${escaped(text)}</text>`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
