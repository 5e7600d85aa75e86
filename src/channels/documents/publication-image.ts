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
  readonly lines: readonly string[];
  readonly free: string;
  /** `citas.example.org` and the telephone, below. */
  readonly host: string;
  readonly phone: string;
  /** That the facts are invented. */
  readonly demo: string | undefined;
  /** What the code opens. */
  readonly address: string;
}

/** Pixels: the square that social networks and messengers show uncut. */
const SIDE = 1080;
const MARGIN = 64;
const INNER = SIDE - 2 * MARGIN;
const BAND = 132;
const FOOT_TOP = 800;
const QR_SIDE = 216;
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
  const textWidth = INNER - QR_SIDE - 40;
  const parts = [
    `<rect width="${SIDE}" height="${SIDE}" fill="${COLOURS.paper}"/>`,
    `<rect width="${SIDE}" height="${BAND}" fill="${COLOURS.band}"/>`,
    `<rect y="${BAND}" width="${SIDE}" height="10" fill="${COLOURS.thread}"/>`,
    `<g transform="translate(${MARGIN} 26) scale(2)">${MARK.map(({ path, fill }) => `<path d="${path}" fill="${fill}"/>`).join("")}</g>`,
    text(view.service, MARGIN + 110, 82, 40, { bold: true, fill: COLOURS.onBand }),
    ...body(view),
    `<rect y="${FOOT_TOP}" width="${SIDE}" height="${SIDE - FOOT_TOP}" fill="${COLOURS.sheet}"/>`,
    `<path transform="translate(${SIDE - MARGIN - QR_SIDE} ${qrTop}) scale(${QR_SIDE / qr.side})" d="${qr.path}" shape-rendering="crispEdges"/>`,
    ...column(
      MARGIN,
      FOOT_TOP + 40,
      [
        { words: view.free, sizes: [52, 46, 40], bold: true, fill: COLOURS.thread, gap: 14 },
        { words: view.host, sizes: [40, 34, 28, 24], bold: true, gap: 6 },
        { words: view.phone, sizes: [34, 30], gap: 6 },
        ...(view.demo === undefined ? [] : [{ words: view.demo, sizes: [24], fill: COLOURS.inkSoft }]),
      ],
      textWidth,
    ).parts,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" font-family="${FAMILY}" fill="${COLOURS.ink}">${parts.join("")}</svg>`;
}

/** As large as everything fits: the sizes come down together until it does. */
function body(view: PublicationView): string[] {
  const room = FOOT_TOP - BAND - 60;
  const attempts = [1, 0.9, 0.8, 0.72, 0.64, 0.56].map((scale) => {
    const scaled = (sizes: readonly number[]) => sizes.map((size) => Math.round(size * scale));
    return column(MARGIN, BAND + 46, [
      { words: view.headline, sizes: scaled([76, 68, 60]), bold: true, gap: 18 },
      { words: view.when, sizes: scaled([54, 50, 46]), bold: true, fill: COLOURS.band, gap: 22 },
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
