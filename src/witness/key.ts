import { link, open, readFile, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { fromHex, toHex } from "#kernel/digest.ts";
import { syncFolder } from "./memory.ts";

const SECRET_BYTES = 32;

/**
 * The witness's secret, 32 bytes, from its file; made at the first start and readable by this account alone.
 * Throws when the file is something else or others may read it.
 */
export async function readKey(path: string, randomBytes: (count: number) => Uint8Array): Promise<Uint8Array> {
  const found = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (found === undefined) {
    await make(path, randomBytes(SECRET_BYTES), `${path}.${toHex(randomBytes(8))}`);
    return readKey(path, randomBytes);
  }
  if (((await stat(path)).mode & 0o077) !== 0)
    throw new Error(`${path}: others may read it. Take that away: chmod 600`);
  if (!/^[0-9a-f]{64}\n$/.test(found)) throw new Error(`${path}: this is no key. Bring the file back from a copy.`);
  return fromHex(found.trim());
}

/** Whole or not at all, and never over another: a second key would be a second witness under one name. */
async function make(path: string, secret: Uint8Array, aside: string): Promise<void> {
  const file = await open(aside, "wx", 0o600);
  try {
    await file.writeFile(`${toHex(secret)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await link(aside, path).catch((error: NodeJS.ErrnoException) => {
    // Another start was first; its key is the key.
    if (error.code !== "EEXIST") throw error;
  });
  await rm(aside, { force: true });
  await syncFolder(dirname(path));
}
