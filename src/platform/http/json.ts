/** A body that two parsers could read in two ways, or that reaches for an object's prototype, is no body (security C6, C42). */
export class UnreadableJson extends Error {
  readonly statusCode = 400;
  constructor() {
    super("unreadable JSON");
    this.name = "UnreadableJson";
  }
}

const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);
/** Half of a pair, which no text has and some databases refuse. UTF-8 cannot carry one, but an escape can. */
const LONE_SURROGATE = /\p{Cs}/u;
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** No body of ours nests deeper. */
const MOST_DEPTH = 12;

/** Parses JSON strictly: UTF-8, no byte order mark, no duplicate or forbidden keys, no lone surrogates, bounded depth. */
export function parseJson(body: Buffer): unknown {
  let text: string;
  try {
    text = UTF8.decode(body);
  } catch {
    throw new UnreadableJson();
  }
  if (text.startsWith("\uFEFF")) throw new UnreadableJson();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableJson();
  }
  if (countMembers(text) !== checkedMembers(value, 0)) throw new UnreadableJson();
  return value;
}

/** Members of the parsed value; fewer than colons outside of strings means that a key stood there twice. */
function checkedMembers(value: unknown, depth: number): number {
  if (depth > MOST_DEPTH) throw new UnreadableJson();
  if (typeof value === "string" && LONE_SURROGATE.test(value)) throw new UnreadableJson();
  if (typeof value === "number" && !Number.isFinite(value)) throw new UnreadableJson();
  if (typeof value !== "object" || value === null) return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + checkedMembers(one, depth + 1), 0);
  let members = 0;
  for (const [key, one] of Object.entries(value)) {
    if (FORBIDDEN_KEYS.has(key) || LONE_SURROGATE.test(key)) throw new UnreadableJson();
    members += 1 + checkedMembers(one, depth + 1);
  }
  return members;
}

function countMembers(text: string): number {
  let members = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (inString) {
      if (character === 92) i++;
      else if (character === 34) inString = false;
    } else if (character === 34) inString = true;
    else if (character === 58) members++;
  }
  return members;
}
