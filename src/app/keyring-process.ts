import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Config } from "#platform/config.ts";
import type { Log } from "#platform/log.ts";

const READY_MS = 10_000;
const LOOK_MS = 20;
/** A keyring that dies is begun anew after this; calls of the server wait meanwhile. */
const AGAIN_MS = 200;

type Settings = Pick<
  Config,
  "DATABASE_URL" | "DATABASE_ROLE_SECRET" | "KEYRING_DATABASE_URL" | "KEYRING_ROOT_KEY" | "LOG_LEVEL"
>;

export interface KeyringProcess {
  /** For `KEYRING_SOCKET`. */
  readonly socket: string;
  /** Of the process that runs now; another after it died. */
  pid(): number | undefined;
  /** Says a line to it, once it reads, and first of all to each that comes after it; the last one said stands. An installation's keyring reads none. */
  tell(line: string): void;
  close(): Promise<void>;
}

/**
 * Runs a built program of the keyring beside this process, begins it anew when it dies, and ends it with this one. Its socket lies
 * in a folder that only this user may enter.
 */
export async function keepKeyring(program: string, settings: Settings, log: Log): Promise<KeyringProcess> {
  const folder = await mkdtemp(join(tmpdir(), "ventanilla-keyring-"));
  const socket = join(folder, "keyring.sock");
  const { DATABASE_URL, DATABASE_ROLE_SECRET, KEYRING_DATABASE_URL, KEYRING_ROOT_KEY, LOG_LEVEL } = settings;
  const env = {
    DATABASE_URL,
    DATABASE_ROLE_SECRET,
    KEYRING_DATABASE_URL,
    KEYRING_ROOT_KEY,
    LOG_LEVEL,
    KEYRING_SOCKET: socket,
  };
  let closing = false;
  let child: ChildProcess;
  let told: string | undefined;
  const say = (): void => {
    // One that is dying takes nothing more; the next is told when it starts.
    if (told !== undefined && child.stdin?.writable) child.stdin.write(`${told}\n`);
  };
  const start = (): void => {
    child = spawn(process.execPath, [program, "--with-parent"], {
      stdio: ["pipe", "inherit", "inherit"],
      // An interrupt at the keyboard reaches a whole group; the keyring is needed until the server has closed.
      detached: true,
      env,
    });
    child.on("error", () => undefined);
    child.stdin?.on("error", () => undefined);
    say();
    child.once("exit", () => {
      if (closing) return;
      log.error("the keyring ended and is begun anew", { code: "keyring_ended" });
      setTimeout(() => !closing && start(), AGAIN_MS);
    });
  };
  start();
  const end = performance.now() + READY_MS;
  while (!(await isThere(socket))) {
    if (performance.now() > end) throw new Error("the keyring did not start");
    await wait(LOOK_MS);
  }
  return {
    socket,
    pid: () => child.pid,
    tell(line) {
      told = line;
      say();
    },
    async close() {
      closing = true;
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, "exit");
        child.kill("SIGTERM");
        await gone;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
