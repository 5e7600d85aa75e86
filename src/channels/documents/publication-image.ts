import { renderAsync } from "@resvg/resvg-js";
import { BOLD, FAMILY, REGULAR, sizeThatFits, wrap } from "./fonts.ts";
import { palettePng } from "./palette-png.ts";
import { qrDrawing } from "./qr-code.ts";
import { COLOURS, MARK } from "./slip-drawing.ts";

/** What a publication shows in its square. */
export interface PublicationView {
  /** Name of the service, in the band. */
  readonly service: string;
  readonly headline: string;
  readonly when: string;
  /** The same in lines of their own, where day and hours are not to be torn apart. */
  readonly whenLines?: readonly string[] | undefined;
  /** Name and address of where it is, larger than the rest. */
  readonly place?: readonly string[] | undefined;
  readonly lines: readonly string[];
  readonly free: string;
  /** `citas.example.org` and the telephone, below. */
  readonly host: string;
  readonly phone: string;
  /** That the facts are invented. */
  readonly demo: string | undefined;
  /** What the code opens. */
  readonly address: string;
  /** What changed since it was first told: before everything else. */
  readonly correction?: { readonly title: string; readonly lines: readonly string[] } | undefined;
  /** Which version this is, and of which day. */
  readonly stamp?: string | undefined;
}

/** Pixels: the square that social networks and messengers show uncut. */
const SIDE = 1080;
const MARGIN = 64;
const INNER = SIDE - 2 * MARGIN;
const BAND = 132;
const FOOT_TOP = 800;
const QR_SIDE = 216;
/** Sizes that are tried for what is announced, from the largest down, as parts of it. */
const BODY_SIZES = 20;
const BODY_STEP = 0.03;
/** From the top of a line to its baseline, as a part of the size. */
const ASCENT = 0.95;
const LEADING = 1.24;

/** A square picture to share: when, for what, that it is free, and the official address with its code. */
export async function renderPublicationImage(view: PublicationView): Promise<Buffer> {
  const image = await renderAsync(publicationSvg(view), {
    font: { loadSystemFonts: false, fontFiles: [REGULAR, BOLD], defaultFontFamily: FAMILY },
  });
  return palettePng(image.pixels, image.width, image.height, Object.values(COLOURS));
}

/** The drawing before it becomes pixels. */
export function publicationSvg(view: PublicationView): string {
  const qr = qrDrawing(view.address);
  const qrTop = FOOT_TOP + 32;
  const alert = correctionBox(view);
  const textWidth = INNER - QR_SIDE - 40;
  const parts = [
    `<rect width="${SIDE}" height="${SIDE}" fill="${COLOURS.paper}"/>`,
    `<rect width="${SIDE}" height="${BAND}" fill="${COLOURS.band}"/>`,
    `<rect y="${BAND}" width="${SIDE}" height="10" fill="${COLOURS.thread}"/>`,
    `<g transform="translate(${MARGIN} 26) scale(2)">${MARK.map(({ path, fill }) => `<path d="${path}" fill="${fill}"/>`).join("")}</g>`,
    text(view.service, MARGIN + 110, 82, 40, { bold: true, fill: COLOURS.onBand }),
    ...alert.parts,
    ...body(view, BAND + 10 + alert.height),
    `<rect y="${FOOT_TOP}" width="${SIDE}" height="${SIDE - FOOT_TOP}" fill="${COLOURS.sheet}"/>`,
    `<path transform="translate(${SIDE - MARGIN - QR_SIDE} ${qrTop}) scale(${QR_SIDE / qr.side})" d="${qr.path}" shape-rendering="crispEdges"/>`,
    ...column(
      MARGIN,
      FOOT_TOP + (view.stamp === undefined ? 40 : 22),
      [
        { words: view.free, sizes: [52, 46, 40], bold: true, fill: COLOURS.thread, gap: 14 },
        { words: view.host, sizes: [40, 34, 28, 24], bold: true, gap: 6 },
        { words: view.phone, sizes: [34, 30], gap: 6 },
        ...(view.demo === undefined ? [] : [{ words: view.demo, sizes: [24], fill: COLOURS.inkSoft }]),
      ],
      textWidth,
    ).parts,
    ...(view.stamp === undefined ? [] : [text(view.stamp, MARGIN, SIDE - 20, 22, { fill: COLOURS.inkSoft })]),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" font-family="${FAMILY}" fill="${COLOURS.ink}">${parts.join("")}</svg>`;
}

/** The word and what it was and is, in the colour that nobody overlooks. */
function correctionBox({ correction }: PublicationView): { readonly parts: string[]; readonly height: number } {
  if (correction === undefined) return { parts: [], height: 0 };
  const top = BAND + 10;
  const { parts, height } = column(MARGIN, top + 18, [
    { words: correction.title, sizes: [44], bold: true, fill: COLOURS.onBand, gap: 4 },
    ...correction.lines.map((words) => ({ words, sizes: [30, 27, 24], fill: COLOURS.onBand, gap: 2 })),
  ]);
  const tall = Math.ceil(height) + 34;
  return {
    parts: [`<rect y="${top}" width="${SIDE}" height="${tall}" fill="${COLOURS.thread}"/>`, ...parts],
    height: tall,
  };
}

/** As large as everything fits: the sizes come down together until it does. */
function body(view: PublicationView, from: number): string[] {
  const room = FOOT_TOP - from - 50;
  // Below a correction there is less room: fewer lines in larger type.
  const { whenLines = [view.when] } = view;
  const { place = [] } =
    view.correction && view.place?.length ? { place: [view.place[0]!, view.place.slice(1).join(", ")] } : view;
  const attempts = Array.from({ length: BODY_SIZES }, (_, i) => 1 - i * BODY_STEP).map((scale) => {
    const scaled = (sizes: readonly number[]) => sizes.map((size) => Math.round(size * scale));
    return column(MARGIN, from + 36, [
      { words: view.headline, sizes: scaled([76, 68, 60]), bold: true, gap: 18 },
      ...whenLines.map((words, i) => ({
        words,
        sizes: scaled([54, 50, 46]),
        bold: true,
        fill: COLOURS.band,
        gap: i < whenLines.length - 1 ? 0 : 22,
      })),
      ...place.map((words, i) => ({ words, sizes: scaled([44]), bold: i === 0, gap: i < place.length - 1 ? 0 : 20 })),
      ...view.lines.map((words) => ({ words, sizes: scaled([38]), gap: 8 })),
    ]);
  });
  return (attempts.find(({ height }) => height <= room) ?? attempts.at(-1)!).parts;
}

interface Paragraph {
  readonly words: string;
  /** The largest at which it needs two lines at most. */
  readonly sizes: readonly number[];
  readonly bold?: boolean;
  readonly fill?: string;
  readonly gap?: number;
}

function column(
  x: number,
  from: number,
  paragraphs: readonly Paragraph[],
  width = INNER,
): { readonly parts: string[]; readonly height: number } {
  const parts: string[] = [];
  let top = from;
  for (const { words, sizes, bold = false, fill, gap = 0 } of paragraphs) {
    const font = bold ? BOLD : REGULAR;
    const size = sizeThatFits(words, width, 2, sizes, font);
    for (const line of wrap(words, width, size, font)) {
      parts.push(text(line, x, Math.round(top + size * ASCENT), size, { bold, fill }));
      top += size * LEADING;
    }
    top += gap;
  }
  return { parts, height: top - from };
}

function text(
  words: string,
  x: number,
  y: number,
  size: number,
  { bold = false, fill }: { readonly bold?: boolean; readonly fill?: string | undefined },
): string {
  const escaped = words.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<text x="${x}" y="${y}" font-size="${size}"${bold ? ' font-weight="bold"' : ""}${fill ? ` fill="${fill}"` : ""}>${escaped}</text>`;
}
