import { createHash } from "node:crypto";

/** A statement with its values apart: the text is fixed at compile time, so nothing typed by anybody can become SQL. */
export interface Sql {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

const prepared = new WeakMap<TemplateStringsArray, { name: string; text: string }>();

/** Tags a statement. Values become parameters; the text is prepared once per connection under a name of its own. */
export function sql(strings: TemplateStringsArray, ...values: unknown[]): Sql {
  let statement = prepared.get(strings);
  if (!statement) {
    const text = strings.reduce((whole, part, i) => `${whole}$${i}${part}`);
    statement = { name: createHash("sha256").update(text).digest("base64url").slice(0, 24), text };
    prepared.set(strings, statement);
  }
  return { name: statement.name, text: statement.text, values };
}
