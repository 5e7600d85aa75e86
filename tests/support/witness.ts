import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256, toBase64, toHex, utf8 } from "#kernel/digest.ts";
import { joinNote, signatureLine, type Signer } from "#kernel/notes.ts";

export interface TestSigner extends Signer {
  readonly sign: (text: string) => Uint8Array;
}

/** Whoever signs in a test: the key follows from the name. */
export function aSigner(name: string, secretOf = name): TestSigner {
  const secret = sha256(utf8(`the secret of ${secretOf}`));
  return {
    name,
    key: toHex(ed25519.getPublicKey(secret)),
    sign: (text) => ed25519.sign(utf8(text), secret),
  };
}

/** The base64 of a hash of that word. */
export function aHash(word: string): string {
  return toBase64(sha256(utf8(word)));
}

/** Draws of tests: each number is another one. */
export function aDrawId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** A manifest's checkpoint, as its operator hands it to a witness; `list` stands for what is in it. */
export function aCheckpoint(
  operator: TestSigner,
  { draw = aDrawId(1), size = 3, list = "the list", text = "" } = {},
): string {
  const said =
    text || `${operator.name}/draw/${draw}\n${size}\n${aHash(list)}\nmanifest ${aHash(`manifest of ${list}`)}\n`;
  return joinNote(said, [signatureLine(operator, operator.sign(said))]);
}

/** Hands a note to a witness as any sender would. */
export async function submit(
  url: string,
  note: string,
  old = 0,
): Promise<{ status: number; type: string; text: string }> {
  const answer = await fetch(`${url}/add-checkpoint`, { method: "POST", body: `old ${old}\n\n${note}` });
  return { status: answer.status, type: answer.headers.get("content-type")!, text: await answer.text() };
}
