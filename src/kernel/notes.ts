import { fromBase64, fromHex, joinBytes, sha256, toBase64, utf8 } from "./digest.ts";
import { isSignedBy } from "./signature.ts";

/** Signed notes as transparency logs use them: https://c2sp.org/signed-note and https://c2sp.org/tlog-cosignature. */
const ED25519 = 0x01;
const COSIGNATURE = 0x04;
const ID_BYTES = 4;
const TIME_BYTES = 8;
/** Em dash and space before the name of who signed. */
const MARK = "\u2014 ";

/** A party that signs: its name as it stands in a signature line, and its Ed25519 key (32 bytes, hex). */
export interface Signer {
  readonly name: string;
  readonly key: string;
}

export interface Note {
  /** With its last line end: exactly what was signed. */
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** Undefined when it is no note: a text, an empty line, signature lines. */
export function parseNote(note: string): Note | undefined {
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n")) return undefined;
  const signatures = [];
  for (const line of note.slice(end + 2, -1).split("\n")) {
    const [name = "", base64 = "", ...more] = line.startsWith(MARK) ? line.slice(MARK.length).split(" ") : [];
    const bytes = fromBase64(base64);
    if (name === "" || !bytes || bytes.length <= ID_BYTES || more.length > 0) return undefined;
    signatures.push({ name, bytes });
  }
  return signatures.length > 0 ? { text: note.slice(0, end + 1), signatures } : undefined;
}

/** A note from its text and its signature lines. */
export function joinNote(text: string, lines: readonly string[]): string {
  return `${text}\n${lines.join("")}`;
}

/** What is to be signed for `signatureLine`: the text itself. */
export function signatureLine(signer: Signer, signature: Uint8Array): string {
  return line(signer, ED25519, signature);
}

export function isNoteSignedBy(note: Note, signer: Signer): boolean {
  return bytesOf(note, signer, ED25519).some((signature) => isSignedBy(signer.key, utf8(note.text), signature));
}

/** What a witness signs: the text it saw and when, in seconds since 1970. */
export function cosignedText(text: string, time: number): string {
  return `cosignature/v1\ntime ${time}\n${text}`;
}

export function cosignatureLine(witness: Signer, time: number, signature: Uint8Array): string {
  const seconds = new Uint8Array(TIME_BYTES);
  new DataView(seconds.buffer).setBigUint64(0, BigInt(time));
  return line(witness, COSIGNATURE, joinBytes(seconds, signature));
}

/** When that witness says it saw the text: the earliest of its valid cosignatures; undefined without one. */
export function cosignedAt(note: Note, witness: Signer): number | undefined {
  const times = bytesOf(note, witness, COSIGNATURE).flatMap((bytes) => {
    if (bytes.length !== TIME_BYTES + 64) return [];
    const time = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
    const signed = utf8(cosignedText(note.text, time));
    return isSignedBy(witness.key, signed, bytes.subarray(TIME_BYTES)) ? [time] : [];
  });
  return times.length > 0 ? Math.min(...times) : undefined;
}

function line(signer: Signer, algorithm: number, bytes: Uint8Array): string {
  return `${MARK}${signer.name} ${toBase64(joinBytes(keyId(signer, algorithm), bytes))}\n`;
}

function bytesOf({ signatures }: Note, signer: Signer, algorithm: number): Uint8Array[] {
  const id = keyId(signer, algorithm);
  return signatures
    .filter(({ name, bytes }) => name === signer.name && id.every((byte, index) => bytes[index] === byte))
    .map(({ bytes }) => bytes.slice(ID_BYTES));
}

function keyId({ name, key }: Signer, algorithm: number): Uint8Array {
  return sha256(utf8(`${name}\n`), Uint8Array.of(algorithm), fromHex(key)).subarray(0, ID_BYTES);
}
