import { encodeQR } from "qr";

/** White modules around a code, without which cameras do not find it (ISO/IEC 18004). */
const QUIET = 4;

export interface QrDrawing {
  /** Modules of one side, the quiet zone included. */
  readonly side: number;
  /** The dark modules as an SVG path in modules. */
  readonly path: string;
}

/** Draws a code that survives a crumpled print-out: a quarter of it may be unreadable. */
export function qrDrawing(text: string): QrDrawing {
  const modules = encodeQR(text, "raw", { ecc: "quartile", border: QUIET });
  // Each run from where the last one began: small numbers that repeat pack into half of what absolute ones take.
  let path = "M0 0";
  let [atX, atY] = [0, 0];
  modules.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      const width = x + 1 - from;
      path += `m${from - atX} ${y - atY}h${width}v1h-${width}z`;
      [atX, atY] = [from, y];
    }
  });
  return { side: modules.length, path };
}
