/**
 * JSON with one spelling (RFC 8785) for the values we commit to: text, whole numbers that every language
 * reads alike, true, false, null, lists and plain objects. Anything else is refused, so that nothing
 * is signed that another program would write differently.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return canonicalText(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new NotCanonical("a number that is not whole");
    return String(value);
  }
  if (Array.isArray(value)) {
    // `map` would leave the holes of a sparse list out of the check.
    return `[${Array.from(value, canonicalJson).join(",")}]`;
  }
  if (typeof value !== "object" || !isPlain(value)) throw new NotCanonical(`a ${typeof value}`);
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${canonicalText(name)}:${canonicalJson(field)}`);
  return `{${fields.join(",")}}`;
}

export class NotCanonical extends Error {
  constructor(what: string) {
    super(`Not a value of canonical JSON: ${what}.`);
  }
}

function canonicalText(text: string): string {
  if (/\p{Cs}/u.test(text)) throw new NotCanonical("half of a surrogate pair");
  return JSON.stringify(text);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.getOwnPropertySymbols(value).length === 0;
}
