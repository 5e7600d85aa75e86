import type { Choice, Prompt } from "#modules/conversations/index.ts";

/** Limits of the Cloud API, in letters and rows. */
const MOST = { text: 4_096, body: 1_024, buttons: 3, button: 20, rows: 10, row: 24, detail: 72, list: 20 } as const;

export type Sayable =
  | { readonly type: "text"; readonly text: { readonly body: string; readonly preview_url: false } }
  | { readonly type: "interactive"; readonly interactive: Readonly<Record<string, unknown>> };

/** A question as the app shows it: buttons for three answers, a list for ten, and words with numbers for what fits in neither. */
export function renderWhatsapp({ text, choices, turn, labels }: Prompt): Sayable {
  if (choices.length === 0) return plainText(text);
  if (text.length > MOST.body || choices.length > MOST.rows)
    return plainText([text, ...choices.map(numbered), labels.reply].join("\n"));
  const body = { text: text === "" ? labels.reply : text };
  if (choices.length <= MOST.buttons && choices.every(({ title }) => title.length <= MOST.button)) {
    const buttons = choices.map(({ key, title }) => ({ type: "reply", reply: { id: `${turn}:${key}`, title } }));
    return { type: "interactive", interactive: { type: "button", body, action: { buttons } } };
  }
  const rows = choices.map((one) => ({ id: `${turn}:${one.key}`, ...rowOf(one) }));
  const action = { button: cut(labels.choose, MOST.list), sections: [{ rows }] };
  return { type: "interactive", interactive: { type: "list", body, action } };
}

function rowOf({ title, detail }: Choice): { title: string; description?: string } {
  const whole = title.length <= MOST.row;
  // What a row cannot hold stands whole below it.
  const below = whole ? detail : title;
  return { title: cut(title, MOST.row), ...(below === undefined ? {} : { description: cut(below, MOST.detail) }) };
}

function numbered({ key, title }: Choice): string {
  return key === "0" ? title : `${key} ${title}`;
}

function plainText(text: string): Sayable {
  return { type: "text", text: { body: cut(text, MOST.text), preview_url: false } };
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
