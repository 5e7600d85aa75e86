import { cosignedAt, joinNote, parseNote, type Signer } from "#kernel/notes.ts";
import type { Services } from "./context.ts";
import { ask, type Answered } from "./http/ask.ts";

/** Somebody outside the operator who keeps one checkpoint for each origin, and where its service is reached. */
export interface WitnessAddress extends Signer {
  /** What `/add-checkpoint` is put after; see https://c2sp.org/tlog-witness. */
  readonly url: string;
}

/** A witness writes one line to disk before it answers. */
const WITNESS_TIMEOUT_MS = 10_000;
/** A cosignature line has about 150 bytes; a witness may have several keys. */
const MAX_ANSWER_BYTES = 16_384;
/** Clocks of different houses differ; a cosignature from further ahead than this many seconds is no sight of anything. */
const CLOCK_TOLERANCE_S = 60;
/** How a witness says which size of that origin it has cosigned already. */
const SIZE_TYPE = "text/x.tlog.size";

export interface CosignOptions extends Pick<Services, "clock" | "log"> {
  readonly timeoutMs?: number;
}

/**
 * Asks all witnesses at once to cosign the operator's note, a checkpoint. Gives the valid lines, one of each witness,
 * in the order of the list. Who is away, slow, or answers anything else is left out and named in the log: whether
 * enough are left is for the caller. May be asked again with the same note; throws when it is no note.
 */
export async function cosign(
  note: string,
  witnesses: readonly WitnessAddress[],
  { clock, log, timeoutMs = WITNESS_TIMEOUT_MS }: CosignOptions,
): Promise<string[]> {
  const parsed = parseNote(note);
  if (!parsed) throw new Error("what is to be cosigned is no note");
  const lines = await Promise.all(
    witnesses.map(async (witness) => {
      const answer = await addCheckpoint(note, parsed.text, witness, timeoutMs);
      const latest = clock.now().getTime() / 1000 + CLOCK_TOLERANCE_S;
      const found = validLine(answer, parsed.text, witness, latest);
      if (found.line === undefined) log.warn(`the witness ${witness.name} was left out`, { code: found.code });
      return found.line;
    }),
  );
  return lines.filter((line) => line !== undefined);
}

async function addCheckpoint(
  note: string,
  text: string,
  { url }: WitnessAddress,
  timeoutMs: number,
): Promise<Answered> {
  const address = `${url.replace(/\/$/, "")}/add-checkpoint`;
  const [, size = ""] = text.split("\n");
  const since = (old: string): Promise<Answered> =>
    ask(address, { method: "POST", body: `old ${old}\n\n${note}`, timeoutMs, maxBytes: MAX_ANSWER_BYTES });
  const answer = await since("0");
  // It has a checkpoint of this origin. When it is ours, an earlier answer was lost on the way: it is given again.
  const known = answer.ok && answer.status === 409 && answer.type.startsWith(SIZE_TYPE) && answer.text === `${size}\n`;
  return known && size !== "0" ? since(size) : answer;
}

/** The first line that this witness made over this text; what it says of itself is checked like a stranger's. */
function validLine(
  answer: Answered,
  text: string,
  witness: Signer,
  latest: number,
): { readonly line: string | undefined; readonly code: string } {
  if (!answer.ok) return { line: undefined, code: answer.code };
  if (answer.status !== 200) return { line: undefined, code: `http_${answer.status}` };
  let code = "no_cosignature";
  for (const line of answer.text.split(/(?<=\n)/)) {
    const parsed = parseNote(joinNote(text, [line]));
    const time = parsed && cosignedAt(parsed, witness);
    if (time === undefined) continue;
    if (time <= latest) return { line, code: "" };
    code = "from_the_future";
  }
  return { line: undefined, code };
}
