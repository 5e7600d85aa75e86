import { fromBase64 } from "#kernel/digest.ts";
import { isUuid } from "#kernel/ids.ts";
import { parseNote, type Note } from "#kernel/notes.ts";

/** What somebody asks a witness to cosign: the body of https://c2sp.org/tlog-witness#add-checkpoint. */
export interface Submission {
  /** The size that the sender believes this witness has cosigned of the origin. */
  readonly old: number;
  /** Hashes between old and new size. A draw has one size for ever, so a good sender has none. */
  readonly proof: readonly string[];
  readonly note: Note;
  readonly origin: string;
  /** The name of the operator whose draw it is. */
  readonly operator: string;
  /** Entries in the draw. */
  readonly size: number;
}

const OLD = /^old (0|[1-9][0-9]{0,15})$/;
const SIZE = /^(?:0|[1-9][0-9]{0,15})$/;
/** Whose draw it is, and which. */
const ORIGIN = /^([^\s+]+)\/draw\/([^/\s]+)$/;
const MANIFEST = "manifest ";
/** By the protocol: a tree of 2^63 entries needs no more. */
const MOST_PROOF_LINES = 63;
const HASH_BYTES = 32;

/** Undefined when the text is anything but that (docs/verify.md has the lines of a manifest). */
export function readSubmission(text: string): Submission | undefined {
  const end = text.indexOf("\n\n");
  if (end < 0) return undefined;
  const [first = "", ...proof] = text.slice(0, end).split("\n");
  const old = OLD.exec(first)?.[1];
  const note = parseNote(text.slice(end + 2));
  if (old === undefined || !note || proof.length > MOST_PROOF_LINES || !proof.every(isHash)) return undefined;

  const [origin = "", size = "", root = "", manifest = "", ...more] = note.text.split("\n");
  const [, operator, draw] = ORIGIN.exec(origin) ?? [];
  if (operator === undefined || !isUuid(draw!) || !SIZE.test(size) || !isHash(root)) return undefined;
  if (!manifest.startsWith(MANIFEST) || !isHash(manifest.slice(MANIFEST.length))) return undefined;
  // After the last line end comes nothing.
  if (more.length !== 1 || more[0] !== "") return undefined;
  if (!Number.isSafeInteger(Number(size)) || Number(old) > Number(size)) return undefined;
  return { old: Number(old), proof, note, origin, operator, size: Number(size) };
}

function isHash(text: string): boolean {
  return fromBase64(text)?.length === HASH_BYTES;
}
