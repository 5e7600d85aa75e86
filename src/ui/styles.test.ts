import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";

/** Most compressed bytes of all styles together, as promised to cheap phones. */
const STYLE_BUDGET_BYTES = 10 * 1024;
/** WCAG 2.2 AA: words against what they stand on, and the shape of a control against what is around it. */
const WORDS_CONTRAST = 4.5;
const SHAPES_CONTRAST = 3;

describe("the styles", () => {
  let styles = "";
  beforeAll(async () => {
    const built = await build({
      entryPoints: [fileURLToPath(new URL("styles/main.css", import.meta.url))],
      bundle: true,
      minify: true,
      write: false,
    });
    styles = built.outputFiles[0]!.text;
  });

  it("fit the budget of a cheap phone", () => {
    expect(brotliCompressSync(styles).length).toBeLessThanOrEqual(STYLE_BUDGET_BYTES);
  });

  it("fetch nothing: no font, picture or data address that the content policy would refuse", () => {
    expect(styles).not.toMatch(/url\(|@import|@font-face/);
  });
});

describe("the colours", () => {
  const source = readFileSync(new URL("styles/tokens.css", import.meta.url), "utf8");
  const [light, dark] = source.split("@media").map(colours) as [Map<string, string>, Map<string, string>];
  const themes = { light, dark: new Map([...light, ...dark]) };
  const grounds = ["paper", "sheet"];
  const words: readonly (readonly [string, readonly string[]])[] = [
    ["ink", [...grounds, "agave-wash", "cochineal-wash", "maize-wash", "indigo-wash"]],
    ["ink-soft", [...grounds, "agave-wash"]],
    ["agave", [...grounds, "agave-wash"]],
    ["agave-deep", [...grounds, "agave-wash"]],
    ["cochineal", [...grounds, "cochineal-wash"]],
    ["maize-ink", [...grounds, "maize-wash"]],
    ["indigo", ["indigo-wash"]],
    ["on-band", ["band", "band-deep"]],
    ["on-fill", ["agave", "agave-deep", "cochineal", "cochineal-deep"]],
  ];
  const shapes: readonly (readonly [string, readonly string[]])[] = [
    ["edge", grounds],
    ["focus", [...grounds, "agave-wash"]],
    ["gold", ["band", "band-deep"]],
  ];

  for (const [theme, values] of Object.entries(themes)) {
    const ratio = (front: string, ground: string) => contrast(values.get(front)!, values.get(ground)!);
    it.each(words)(`keep ${theme} words in %s readable`, (front, on) => {
      for (const ground of on)
        expect(ratio(front, ground), `${front} on ${ground}`).toBeGreaterThanOrEqual(WORDS_CONTRAST);
    });
    it.each(shapes)(`keep ${theme} shapes in %s visible`, (front, on) => {
      for (const ground of on)
        expect(ratio(front, ground), `${front} on ${ground}`).toBeGreaterThanOrEqual(SHAPES_CONTRAST);
    });
  }
});

function colours(css: string): Map<string, string> {
  return new Map([...css.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]));
}

/** Contrast of two colours as WCAG 2.2 defines it. */
function contrast(one: string, other: string): number {
  const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
