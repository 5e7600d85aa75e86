import { constants, open } from "node:fs/promises";
import { dirname } from "node:path";

/** That this origin's checkpoint was cosigned, and with which line. */
export interface Cosigned {
  readonly origin: string;
  readonly size: number;
  /** SHA-256 of the checkpoint's text, in hex. */
  readonly text: string;
  /** The cosignature line that was, or may have been, given away. */
  readonly line: string;
}

export interface Memory {
  of(origin: string): Cosigned | undefined;
  /** What is kept of that origin: what was kept before, else what `make` gives now. It is on disk when this resolves. */
  keep(origin: string, make: () => Cosigned): Promise<Cosigned>;
  close(): Promise<void>;
}

/** The memory can no longer promise to remember: it takes nothing new until the program is started again. */
export class CannotRemember extends Error {}

/**
 * The file in which a witness writes each cosignature before it gives it away: one JSON object a line, only ever
 * appended to. A first cosignature survives a kill at any instant. Throws when a line is damaged, or when there is no
 * file and none may be made: a witness that forgot something must not go on.
 */
export async function openMemory(path: string, { mayMake = true } = {}): Promise<Memory> {
  const { O_RDWR, O_APPEND, O_CREAT } = constants;
  const file = await open(path, O_RDWR | O_APPEND | (mayMake ? O_CREAT : 0), 0o600).catch(
    (error: NodeJS.ErrnoException) => {
      throw error.code === "ENOENT" && !mayMake ? new Error(`${path}: this memory is gone. ${START_ANEW}`) : error;
    },
  );
  const before = await file.readFile();
  let length = before.length;
  const kept = read(before.toString("utf8"), path);
  let broken = false;
  let last: Promise<unknown> = Promise.resolve();

  /** Two programs on one file would be two memories: whoever sees bytes that it did not write stops. */
  async function append(text: string): Promise<void> {
    if (broken) throw new CannotRemember("an earlier write failed");
    const bytes = Buffer.from(text);
    try {
      await demandLength(length);
      await file.appendFile(bytes);
      await file.sync();
      await demandLength(length + bytes.length);
    } catch (error) {
      broken = true;
      throw error instanceof CannotRemember ? error : new CannotRemember((error as NodeJS.ErrnoException).code);
    }
    length += bytes.length;
  }
  async function demandLength(expected: number): Promise<void> {
    const { size } = await file.stat();
    if (size !== expected) throw new CannotRemember("another program writes to this file");
  }

  // A kill in the middle of a write leaves half a line. Nobody was answered with it.
  if (before.length > 0 && before.at(-1) !== NEWLINE) await append("\n");
  // What a killed program wrote may not be on the disk yet, nor the file's name in its folder.
  await file.sync();
  await syncFolder(dirname(path));

  return {
    of: (origin) => kept.get(origin),
    keep(origin, make) {
      const turn = last.then(async () => {
        const known = kept.get(origin);
        if (known) return known;
        const made = make();
        await append(`${JSON.stringify(made)}\n`);
        kept.set(origin, made);
        return made;
      });
      last = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      await last;
      await file.close();
    },
  };
}

const NEWLINE = 0x0a;
const START_ANEW = "A key without it could sign a second list. Take a new folder and a new name.";

/** The first line of an origin counts: a later one was written by a program that then saw it was not alone. */
function read(text: string, path: string): Map<string, Cosigned> {
  const kept = new Map<string, Cosigned>();
  text.split("\n").forEach((line, index) => {
    // Half a line never has the end of its object.
    if (!line.endsWith("}")) return;
    const one = parse(line);
    if (!one) throw new Error(`${path}: line ${index + 1} is damaged. ${START_ANEW}`);
    if (!kept.has(one.origin)) kept.set(one.origin, one);
  });
  return kept;
}

function parse(line: string): Cosigned | undefined {
  try {
    const one = JSON.parse(line) as Partial<Record<keyof Cosigned, unknown>>;
    const sound =
      typeof one.origin === "string" &&
      Number.isSafeInteger(one.size) &&
      typeof one.text === "string" &&
      typeof one.line === "string";
    return sound ? (one as Cosigned) : undefined;
  } catch {
    return undefined;
  }
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
