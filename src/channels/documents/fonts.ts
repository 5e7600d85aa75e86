import { createRequire } from "node:module";
import PDFDocument from "pdfkit";

const require = createRequire(import.meta.url);
/** The whole fonts, not a web subset: they have the saltillo and every letter of Mexico's languages. */
export const REGULAR = require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf");
export const BOLD = require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf");
export const FAMILY = "DejaVu Sans";

let ruler: PDFKit.PDFDocument | undefined;

/** Width of a text in points at that size, as PDF and image will set it. */
export function widthOf(text: string, size: number, font: string): number {
  ruler ??= new PDFDocument({ font: REGULAR });
  return ruler.font(font).fontSize(size).widthOfString(text);
}

/** Lines no wider than `width`; a word that is wider by itself stands alone. */
export function wrap(text: string, width: number, size: number, font: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, size, font) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The largest of these sizes at which the text needs no more lines than that; the smallest when none will do. */
export function sizeThatFits(
  text: string,
  width: number,
  mostLines: number,
  sizes: readonly number[],
  font: string,
): number {
  return (
    sizes.find((size) => {
      const lines = wrap(text, width, size, font);
      return lines.length <= mostLines && lines.every((line) => widthOf(line, size, font) <= width);
    }) ?? sizes.at(-1)!
  );
}
