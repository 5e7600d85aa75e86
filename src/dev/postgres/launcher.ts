import { rm, writeFile } from "node:fs/promises";
import { serverAccount } from "./account.ts";
import { installBinaries } from "./binaries.ts";
import { prepareCluster, readCredentials } from "./cluster.ts";
import { clusterDirectory, stateRoot, type ClusterDirectory, type Purpose } from "./directory.ts";
import { launchServer, type LaunchedServer } from "./launch.ts";
import { withLock } from "./lock.ts";
import { runningServer } from "./occupancy.ts";
import { endPostmaster, findPostmaster, serverUrl } from "./postmaster.ts";
import { processName } from "./processes.ts";

export interface RunningPostgres {
  /** The superuser's, over loopback TCP, with its password: keep it out of logs. */
  readonly url: string;
  readonly dataDirectory: string;
  readonly reused: boolean;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly purpose: Purpose;
  /** A cluster directory of the caller's own, kept when the server stops. */
  readonly directory?: string;
  /** PostgreSQL settings; they win over every default. A reused server keeps the settings it was started with. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
}

/**
 * A PostgreSQL server of this checkout. For `dev` and `bench`, and wherever `directory` is given, a server that already
 * runs there for a living launcher is reused; stop() of the reuser leaves it running, and it ends with its owner. For
 * `test` without `directory` every call gets a new cluster, which is removed by stop(). A launcher that dies, however
 * it dies, takes its server along.
 */
export async function startPostgres(options: StartOptions): Promise<RunningPostgres> {
  if (process.platform === "win32") {
    throw new Error("The built-in PostgreSQL runs on Linux and macOS. Set DATABASE_URL to use another server.");
  }
  const log = options.log ?? (() => undefined);
  const account = await serverAccount();
  const root = await stateRoot(account);
  const binaries = await installBinaries(root);
  const directory = await clusterDirectory(root, account, options.purpose, options.directory);
  try {
    return await withLock(directory.lock, async () => {
      const url = await runningServer(directory);
      if (url !== undefined) {
        log(`PostgreSQL runs already in ${directory.path}`);
        return { url, dataDirectory: directory.data, reused: true, stop: () => Promise.resolve() };
      }
      const durable = options.purpose !== "test" || (options.settings?.["fsync"] ?? "off") !== "off";
      await prepareCluster(root, directory, binaries, account, durable);
      const credentials = await readCredentials(directory);
      const settings = options.settings ?? {};
      const server = await launchServer(directory, options.purpose, binaries, account, credentials, settings);
      await writeFile(directory.owner, await processName(), { mode: 0o600 });
      log(`PostgreSQL ${binaries.version} runs in ${directory.path}`);
      return own(directory, server, serverUrl(server.port, credentials.password), log);
    });
  } catch (error) {
    if (directory.passing) await rm(directory.path, { recursive: true, force: true, maxRetries: 3 });
    throw error;
  }
}

function own(
  directory: ClusterDirectory,
  server: LaunchedServer,
  url: string,
  log: (line: string) => void,
): RunningPostgres {
  let stopping: Promise<void> | undefined;
  void server.watched.ended.then(() => {
    if (stopping === undefined) log(`PostgreSQL ended by itself; its log is ${directory.log}`);
  });
  return {
    url,
    dataDirectory: directory.data,
    reused: false,
    stop: () => (stopping ??= end(directory, server)),
  };
}

async function end(directory: ClusterDirectory, server: LaunchedServer): Promise<void> {
  // Without an owner nobody reuses a server that is going. After a crash another launcher may own the directory.
  const stillOurs = async () => {
    const found = await findPostmaster(directory.data);
    return found.state === "live" && found.pid === server.pid;
  };
  if (await stillOurs()) await rm(directory.owner, { force: true });
  await server.watched.stop();
  // True only when the watcher was killed and could not do it.
  if (await stillOurs()) await endPostmaster(server.pid, directory.data);
  if (directory.passing) await rm(directory.path, { recursive: true, force: true, maxRetries: 3 });
}
