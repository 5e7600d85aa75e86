import { createHash, randomUUID } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { mkdir, readdir, realpath, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { closedParent, makeShared, type Account } from "./account.ts";
import { isRunning, processName } from "./processes.ts";
import { endPostmaster, findPostmaster } from "./postmaster.ts";

export type Purpose = "dev" | "test" | "bench";

/** One cluster and what is kept beside it. */
export interface ClusterDirectory {
  readonly path: string;
  readonly data: string;
  readonly password: string;
  readonly instance: string;
  readonly owner: string;
  readonly log: string;
  readonly lock: string;
  /** Belongs to this process alone and goes when the server stops. */
  readonly passing: boolean;
}

/** Long enough for a test process that was killed to have its server's processes gone. */
const SWEEP_WAIT_MS = 5_000;

export async function stateRoot(account: Account): Promise<string> {
  const home = process.env["XDG_STATE_HOME"] ?? join(homedir(), ".local", "state");
  const root = account.uid === undefined ? join(home, "ventanilla") : "/var/lib/ventanilla";
  await makeShared(root, account);
  return realpath(root);
}

function checkoutPath(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let at = here; at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, "package.json"))) return realpathSync(at);
  }
  return realpathSync(process.cwd());
}

export async function clusterDirectory(
  root: string,
  account: Account,
  purpose: Purpose,
  chosen: string | undefined,
): Promise<ClusterDirectory> {
  if (chosen !== undefined) return openDirectory(resolve(chosen), account, false);
  const checkout = join(root, createHash("sha256").update(checkoutPath()).digest("hex").slice(0, 12));
  await makeShared(checkout, account);
  const place = join(checkout, purpose);
  await makeShared(place, account);
  if (purpose !== "test") return openDirectory(place, account, false);
  await sweep(place);
  return openDirectory(join(place, `${await processName()}-${randomUUID().slice(0, 8)}`), account, true);
}

async function openDirectory(path: string, account: Account, passing: boolean): Promise<ClusterDirectory> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await makeShared(path, account);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`PostgreSQL's directory ${path} cannot be made (${code}). Choose another directory.`, {
      cause: error,
    });
  }
  const closed = await closedParent(path, account);
  if (closed !== undefined) {
    throw new Error(
      `PostgreSQL runs as nobody here and cannot enter ${closed}. Choose another directory, or open that one: chmod o+x ${closed}`,
    );
  }
  // PostgreSQL names its directory by the real path, and the comparisons need the same.
  const real = await realpath(path);
  const inside = (name: string) => join(real, name);
  return {
    path: real,
    data: inside("data"),
    password: inside("password"),
    instance: inside("instance"),
    owner: inside("owner"),
    log: inside("postgres.log"),
    lock: inside("lock"),
    passing,
  };
}

/** Removes what test processes left that were killed together with their watcher. */
async function sweep(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    const [pid, startTime] = name.split("-");
    if (await isRunning(`${pid}-${startTime}`)) continue;
    const data = join(place, name, "data");
    const found = await findPostmaster(data);
    if (found.state === "live") await endPostmaster(found.pid, data, SWEEP_WAIT_MS);
    await rm(join(place, name), { recursive: true, force: true, maxRetries: 3 });
  }
}
