import { crc32, deflateSync } from "node:zlib";

/** Colours of the palette; soft edges take the nearest. */
const COLOURS = 32;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const INDEXED_COLOUR = 3;

/**
 * Writes RGBA pixels without transparency as a PNG with a palette: a third of the size of true colour.
 * The colours to keep (`#rrggbb`) are exact however small their share.
 */
export function palettePng(pixels: Uint8Array, width: number, height: number, keep: readonly string[]): Buffer {
  const colours = new Map<number, number>();
  const packed = new Uint32Array(width * height);
  for (let i = 0; i < packed.length; i++) {
    const colour = (pixels[4 * i]! << 16) | (pixels[4 * i + 1]! << 8) | pixels[4 * i + 2]!;
    packed[i] = colour;
    colours.set(colour, (colours.get(colour) ?? 0) + 1);
  }
  const commonest = [...colours].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
  const palette = [...new Set([...keep.map((colour) => Number.parseInt(colour.slice(1), 16)), ...commonest])].slice(
    0,
    COLOURS,
  );
  const indexOf = new Map([...colours.keys()].map((colour) => [colour, nearest(palette, colour)]));
  // Each row begins with the number of its filter; 0 is none, the best for drawings.
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indexOf.get(packed[y * width + x]!)!;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, INDEXED_COLOUR, 0, 0, 0], 8);
  const entries = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", entries),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  let least = Infinity;
  palette.forEach((one, i) => {
    const distance =
      ((one >> 16) - (colour >> 16)) ** 2 +
      (((one >> 8) & 255) - ((colour >> 8) & 255)) ** 2 +
      ((one & 255) - (colour & 255)) ** 2;
    if (distance < least) [best, least] = [i, distance];
  });
  return best;
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
