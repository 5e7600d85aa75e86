/** Text that needs no quotes inside an array literal. */
const PLAIN = /^[\w.:+\-]+$/;
const NULL_WORD = /^null$/i;

/**
 * The text of a PostgreSQL array. The driver would write the same, one escaped element at a time; for
 * the columns of a batch that was a tenth of the server's work.
 */
export function arrayLiteral(values: readonly unknown[]): string {
  let text = "{";
  for (let i = 0; i < values.length; i++) {
    if (i > 0) text += ",";
    text += element(values[i]);
  }
  return `${text}}`;
}

function element(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (typeof value === "string") return PLAIN.test(value) && !NULL_WORD.test(value) ? value : `"${value.replace(/[\\"]/g, "\\$&")}"`;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (value instanceof Date) return `"${value.toISOString()}"`;
  if (value instanceof Uint8Array) return `"\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}"`;
  throw new Error("arrays hold texts, numbers, booleans, instants and bytes");
}
