import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { Encrypter } from "age-encryption";
import { listDrawLines, listPublicDraws, type DrawId } from "#modules/allocation/index.ts";
import type { Context } from "#platform/context.ts";
import { readPublished } from "../verify/published.ts";
import { verify } from "../verify/verify.ts";

/** What auditors get of a draw: its papers, its rows, and which leaves are one person's. */
const FILES = ["documents", "replay", "filings"] as const;

/**
 * Writes `draw-ID.jsonl.age` into a folder: everything of a draw, readable by the holders of the given keys alone, and
 * never in the clear on a disk. The list of people is whole for a day after the result; one that is not whole is
 * taken away again. Returns its path.
 */
export async function sealForAuditors(
  ctx: Context,
  drawId: DrawId,
  folder: string,
  keys: readonly string[],
): Promise<string> {
  if (keys.length === 0) throw new Error("set AUDITORS: nobody could read it");
  const draw = (await listPublicDraws(ctx)).find((one) => one.id === drawId);
  if (draw?.state !== "drawn" && draw?.state !== "settled") throw new Error("a draw of which there is no result");
  const path = join(folder, `draw-${drawId}.jsonl.age`);
  const encrypter = new Encrypter();
  for (const key of keys) encrypter.addRecipient(key);
  const reader = readPublished();
  const lines = Readable.toWeb(Readable.from(linesOf(ctx, drawId, (line) => reader.line(line))));
  try {
    const sealed = await encrypter.encrypt(lines as unknown as globalThis.ReadableStream<Uint8Array>);
    const to = createWriteStream(path, { flags: "wx", mode: 0o600 });
    await pipeline(Readable.fromWeb(sealed as unknown as ReadableStream), to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") await rm(path, { force: true });
    throw error;
  }
  const found = reader.end();
  const { faults, entries } = verify(found);
  const isWhole = found.sealed !== undefined || entries === 0;
  // Whatever else is wrong with a draw is what auditors are for.
  if (isWhole && !faults.some(({ code }) => code === "changed_filings")) return path;
  await rm(path);
  throw new Error("not written: it is not the list that was fixed at the lock, some of its people are erased");
}

async function* linesOf(ctx: Context, drawId: DrawId, read: (line: string) => void): AsyncGenerator<Uint8Array> {
  for (const file of FILES)
    for await (const line of listDrawLines(ctx, drawId, file)) {
      read(line);
      yield Buffer.from(`${line}\n`);
    }
}
