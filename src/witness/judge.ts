import { sha256, toHex, utf8 } from "#kernel/digest.ts";
import { cosignatureLine, cosignedText, isNoteSignedBy, type Signer } from "#kernel/notes.ts";
import { readSubmission, type Submission } from "./checkpoint.ts";
import type { Cosigned, Memory } from "./memory.ts";

export interface Witness {
  readonly signer: Signer;
  /** 64 bytes by RFC 8032. */
  readonly sign: (text: string) => Uint8Array;
  /** Whose draws it cosigns. */
  readonly operators: readonly Signer[];
  readonly memory: Memory;
  /** Its own clock, in whole seconds since 1970. */
  readonly now: () => number;
}

export interface Answer {
  readonly status: 200 | 400 | 403 | 409 | 422;
  readonly type: "text/plain; charset=utf-8" | "text/x.tlog.size";
  readonly body: string;
}

/**
 * Answers one submission by https://c2sp.org/tlog-witness, for origins of one size: the first checkpoint of an origin
 * is cosigned for ever, and asked for again it gets the very same line with the time of its first sight. Throws
 * `CannotRemember` when it could not be written down; then it was not cosigned.
 */
export async function judge(witness: Witness, text: string): Promise<Answer> {
  const submitted = readSubmission(text);
  if (!submitted) return plain(400, "malformed");
  const { old, proof, note, origin, operator } = submitted;
  const trusted = witness.operators.some((one) => one.name === operator && isNoteSignedBy(note, one));
  // There is no list of origins, because each draw is one: it is the operator who is unknown.
  if (!trusted) return plain(403, "not signed by an operator whom this witness knows");

  const known = witness.memory.of(origin);
  if (old !== (known?.size ?? 0)) return sizeOf(known);
  if (!known && proof.length > 0) return plain(422, "nothing comes before size 0");
  const kept = known ?? (await witness.memory.keep(origin, () => cosigned(witness, submitted)));
  if (kept.text !== hashOf(note.text)) return sizeOf(kept);
  return proof.length > 0 ? plain(422, "nothing comes between equal sizes") : plain(200, kept.line);
}

function cosigned({ signer, sign, now }: Witness, { origin, size, note }: Submission): Cosigned {
  const time = now();
  const line = cosignatureLine(signer, time, sign(cosignedText(note.text, time)));
  return { origin, size, text: hashOf(note.text), line };
}

function hashOf(text: string): string {
  return toHex(sha256(utf8(text)));
}

function plain(status: Answer["status"], words: string): Answer {
  return { status, type: "text/plain; charset=utf-8", body: words.endsWith("\n") ? words : `${words}\n` };
}

/** A conflict tells what is known, so that a sender whose answer was lost can ask again. */
function sizeOf(known: Cosigned | undefined): Answer {
  return { status: 409, type: "text/x.tlog.size", body: `${known?.size ?? 0}\n` };
}
