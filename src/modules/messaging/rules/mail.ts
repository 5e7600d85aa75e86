import type { Language, Wording } from "../types.ts";

/** A paragraph of an e-mail. */
export interface Block {
  readonly lines?: readonly string[];
  readonly facts?: readonly (readonly [string, string])[];
  readonly link?: { readonly text: string; readonly url: string };
  readonly strong?: boolean;
  readonly quiet?: boolean;
}

/** The same mail as plain text and as HTML. */
export function mailOf(language: Language, subject: string, blocks: readonly Block[]): Wording {
  return { subject, text: plain(blocks), html: html(language, subject, blocks) };
}

function plain(blocks: readonly Block[]): string {
  const texts = blocks.map(({ lines = [], facts = [], link }) =>
    [...lines, ...facts.map(([label, value]) => `${label}: ${value}`), ...(link ? [link.url] : [])].join("\n"),
  );
  return `${texts.join("\n\n")}\n`;
}

/** No image, no script, no foreign address: nothing in it can tell anybody that it was opened. */
function html(language: Language, title: string, blocks: readonly Block[]): string {
  const body = blocks.map((block) => {
    const style = block.strong ? "font-size:20px;font-weight:bold" : block.quiet ? "color:#5f564a;font-size:14px" : "";
    const lines = (block.lines ?? []).map(escapeHtml).join("<br>");
    const rows = (block.facts ?? []).map(
      ([label, value]) =>
        `<tr><td style="padding:2px 16px 2px 0;color:#5f564a">${escapeHtml(label)}</td><td style="padding:2px 0"><b>${escapeHtml(value)}</b></td></tr>`,
    );
    const link = block.link
      ? `<br><a href="${escapeHtml(block.link.url)}" style="display:inline-block;margin-top:8px;padding:12px 20px;border-radius:6px;background:#0f5c49;color:#fffdf7;font-weight:bold">${escapeHtml(block.link.text)}</a>`
      : "";
    return rows.length > 0
      ? `<table role="presentation" style="border-collapse:collapse">${rows.join("")}</table>`
      : `<p${style && ` style="${style}"`}>${lines}${link}</p>`;
  });
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head><body style="margin:24px;max-width:560px;font-family:sans-serif;font-size:17px;line-height:1.5;color:#26211b">${body.join("")}</body></html>\n`;
}

/** `4, C, D, 7`: a voice reads each by itself. */
export function spelled(characters: string): string {
  return [...characters].join(", ");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
