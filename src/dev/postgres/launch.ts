import { readFile, rename } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import type { ClusterDirectory, Purpose } from "./directory.ts";
import { findPostmaster, recognise, type Credentials } from "./postmaster.ts";
import { waitUntil } from "./processes.ts";
import { asArguments, serverSettings, type Settings } from "./settings.ts";
import { spawnWatched, type WatchedServer } from "./watcher.ts";

export interface LaunchedServer {
  readonly watched: WatchedServer;
  readonly pid: number;
  readonly port: number;
}

/** Recovery after a crash comes before the first answer. */
const START_MS = 60_000;
/** Another program may take the free port before PostgreSQL does. */
const PORT_ATTEMPTS = 3;
const LOG_LINES_SHOWN = 3;

export async function launchServer(
  directory: ClusterDirectory,
  purpose: Purpose,
  binaries: Binaries,
  account: Account,
  credentials: Credentials,
  settings: Settings,
): Promise<LaunchedServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = settings["port"] === undefined ? await freePort() : Number(settings["port"]);
    const all = serverSettings(directory, purpose, port, settings);
    // One earlier run is kept, so that the log of a crash survives the restart and the files stay few.
    await rename(directory.log, `${directory.log}.1`).catch(() => undefined);
    const args = ["-D", directory.data, ...asArguments(all)];
    const watched = spawnWatched(account, binaries.postgres, args, directory.data, directory.log);
    const pid = await readyProcess(directory, port, watched);
    if (pid !== undefined && (await recognise(directory.data, port, credentials)) === "ours") {
      return { watched, pid, port };
    }
    await watched.stop();
    const log = await lastLines(directory.log);
    if (attempt === PORT_ATTEMPTS || !/could not (bind|create any TCP)/.test(log)) {
      throw new Error(`PostgreSQL did not start. The end of ${directory.log} says: ${log}`);
    }
  }
}

async function readyProcess(
  directory: ClusterDirectory,
  port: number,
  watched: WatchedServer,
): Promise<number | undefined> {
  let pid: number | undefined;
  await waitUntil(async () => {
    const found = await findPostmaster(directory.data);
    if (found.state === "live" && found.ready && found.port === port) pid = found.pid;
    return pid !== undefined || watched.hasEnded();
  }, START_MS);
  return pid;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function lastLines(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text.trim().split("\n").slice(-LOG_LINES_SHOWN).join(" | ") || "nothing";
}
