/** Charts for the report: plain SVG with the colours of the reader's own theme, light or dark. */
export const WIDTH = 760;

const STYLE = `
:root { --paper: #ffffff; --ink: #1f2933; --soft: #5f6b7a; --line: #d5dbe3; --a: #1f6fb2; --b: #c05a12; --c: #2f7d4f; --d: #7d4f9e; --e: #98a2b0; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14191f; --ink: #e8edf2; --soft: #a3afbd; --line: #39434f; --a: #6fb1ea; --b: #f0a163; --c: #7fcb9b; --d: #c39be0; --e: #69737f; }
}
text { font: 13px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--ink); }
.title { font-size: 16px; font-weight: 600; }
.soft { fill: var(--soft); font-size: 12px; }
.end { text-anchor: end; }
.middle { text-anchor: middle; }
.grid { stroke: var(--line); stroke-width: 1; }
.limit { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 4; }
.a { fill: var(--a); } .b { fill: var(--b); } .c { fill: var(--c); } .d { fill: var(--d); } .e { fill: var(--e); }
.la { stroke: var(--a); } .lb { stroke: var(--b); } .lc { stroke: var(--c); } .ld { stroke: var(--d); } .le { stroke: var(--e); }
.path { fill: none; stroke-width: 2.5; }
.hollow { fill: var(--paper); stroke-width: 2.5; }
`.trim();

export type Hue = "a" | "b" | "c" | "d" | "e";
export const HUES: readonly Hue[] = ["a", "b", "c", "d", "e"];

export function document(title: string, note: string, height: number, body: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(`${title}. ${note}`)}">`,
    `<style>${STYLE}</style>`,
    `<rect width="${WIDTH}" height="${height}" fill="var(--paper)"/>`,
    text(16, 26, title, "title"),
    text(16, 46, note, "soft"),
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

export function text(x: number, y: number, content: string, kind = ""): string {
  return `<text x="${round(x)}" y="${round(y)}"${kind === "" ? "" : ` class="${kind}"`}>${escaped(content)}</text>`;
}

export function bar(x: number, y: number, width: number, height: number, hue: Hue): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(width, 0))}" height="${round(height)}" class="${hue}"/>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${kind}"/>`;
}

export function dot(x: number, y: number, hue: Hue, hollow = false): string {
  const kind = hollow ? `hollow l${hue}` : hue;
  return `<circle cx="${round(x)}" cy="${round(y)}" r="5.5" class="${kind}"/>`;
}

export function path(points: readonly (readonly [number, number])[], hue: Hue): string {
  return `<polyline points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(" ")}" class="path l${hue}"/>`;
}

/** Coloured names, one after the other. */
export function legend(x: number, y: number, names: readonly string[]): string {
  let at = x;
  return names
    .map((name, index) => {
      const entry = [bar(at, y - 10, 12, 12, HUES[index]!), text(at + 18, y, name, "soft")].join("");
      at += 34 + name.length * 6.6;
      return entry;
    })
    .join("\n");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(content: string): string {
  return content.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
