import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { isRunning, processName, waitUntil } from "./processes.ts";

/** A cold machine may need most of a minute for initdb. */
const LOCK_WAIT_MS = 60_000;

/** One process (and one caller inside it) at a time; a lock left by a dead process is taken over. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  // Written aside and linked, so that a lock never exists without its owner's name in it.
  const mine = `${path}.${randomUUID()}`;
  await writeFile(mine, await processName(), { mode: 0o600 });
  try {
    const held = await waitUntil(
      async () => (await take(mine, path)) || ((await release(path)) && take(mine, path)),
      LOCK_WAIT_MS,
    );
    if (!held) throw new Error(`Another process holds ${path} for more than ${LOCK_WAIT_MS / 1000} seconds.`);
    try {
      return await work();
    } finally {
      await rm(path, { force: true });
    }
  } finally {
    await rm(mine, { force: true });
  }
}

async function take(mine: string, path: string): Promise<boolean> {
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function release(path: string): Promise<boolean> {
  const owner = await readFile(path, "utf8").catch(() => "");
  if (owner === "" || (await isRunning(owner))) return false;
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return false;
  }
  // Two may see the same dead owner: the slower one can catch the faster one's new lock, and puts it back.
  if ((await readFile(aside, "utf8")) !== owner) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
  return true;
}
