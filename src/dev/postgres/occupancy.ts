import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readCredentials } from "./cluster.ts";
import type { ClusterDirectory } from "./directory.ts";
import { endPostmaster, findPostmaster, recognise, serverUrl } from "./postmaster.ts";
import { anyWorksIn, isRunning, waitUntil } from "./processes.ts";

/** A server on its way down needs this long at most; crash recovery of a development database is shorter. */
const SILENCE_MS = 15_000;
/** Backends notice within moments that their postmaster was killed. */
const ORPHANS_MS = 10_000;
const RETRY_MS = 25;

/**
 * The server that already runs in the directory, when it is ours and its launcher lives. One whose launcher died is
 * ended, because nobody would ever stop it; one that is not ours is refused. Call it under the directory's lock.
 */
export async function runningServer(directory: ClusterDirectory): Promise<string | undefined> {
  const end = performance.now() + SILENCE_MS;
  for (;;) {
    const found = await findPostmaster(directory.data);
    if (found.state !== "live") {
      await clearPidFile(directory, found.state === "stale" && found.numberReused);
      return undefined;
    }
    const ours = await readCredentials(directory).catch(() => undefined);
    if (ours === undefined)
      throw refusal(directory, found.pid, "the password or the instance id kept beside it is missing");
    const answer = found.ready ? await recognise(directory.data, found.port, ours) : "silent";
    if (answer === "stranger") throw refusal(directory, found.pid, "its password or its instance id is another");
    if (answer === "ours") {
      if (await hasOwner(directory)) return serverUrl(found.port, ours.password);
      await endPostmaster(found.pid, directory.data);
    } else if (performance.now() > end) {
      throw refusal(directory, found.pid, "it does not answer");
    }
    await sleep(RETRY_MS);
  }
}

async function hasOwner(directory: ClusterDirectory): Promise<boolean> {
  return isRunning(await readFile(directory.owner, "utf8").catch(() => ""));
}

function refusal(directory: ClusterDirectory, pid: number, reason: string): Error {
  return new Error(
    `A PostgreSQL server (process ${pid}) runs in ${directory.data} and is not this checkout's: ${reason}. ` +
      "Stop that server, or choose another directory.",
  );
}

/**
 * The file of a dead postmaster stays: PostgreSQL checks by it that no backend of the last run still writes. A number
 * that now belongs to another program would stop PostgreSQL from starting, so that file goes, once no backend is left.
 */
async function clearPidFile(directory: ClusterDirectory, numberReused: boolean): Promise<void> {
  if (!(await waitUntil(async () => !(await anyWorksIn(directory.data)), ORPHANS_MS))) {
    throw new Error(`Processes of a server that was killed still work in ${directory.data}.`);
  }
  if (numberReused) await rm(join(directory.data, "postmaster.pid"), { force: true });
}
