import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import type { Account } from "./account.ts";
import { serverEnvironment } from "./account.ts";
import { FAST_STOP_MS } from "./postmaster.ts";

/**
 * The server's parent. It ends the server when its standard input closes, which the kernel does however the launcher
 * dies. Kept as text because the build bundles the launcher and no file of this name stands beside the bundle.
 */
const WATCHER = `
const { spawn } = require('node:child_process');
const { openSync } = require('node:fs');
const { account, program, args, cwd, env, logFile, patienceMs } = JSON.parse(process.argv[1]);
const log = openSync(logFile, 'a', 0o600);
const server = spawn(program, args, { ...account, cwd, env, stdio: ['ignore', log, log] });
let asked = false;
function stop() {
  if (asked) return;
  asked = true;
  server.kill('SIGINT');
  setTimeout(() => server.kill('SIGQUIT'), patienceMs).unref();
}
process.stdin.on('close', stop).on('error', stop).resume();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);
server.on('error', () => process.exit(2));
server.on('exit', (code) => process.exit(code === 0 ? 0 : 1));
`;

export interface WatchedServer {
  /** Resolves when the watcher is gone, and the server with it unless the watcher was killed. */
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  stop(): Promise<void>;
}

export function spawnWatched(
  account: Account,
  program: string,
  args: readonly string[],
  cwd: string,
  logFile: string,
): WatchedServer {
  const order = { account, program, args, cwd, env: serverEnvironment(), logFile, patienceMs: FAST_STOP_MS };
  const watcher = spawn(process.execPath, ["-e", WATCHER, "--", JSON.stringify(order)], {
    cwd,
    env: serverEnvironment(),
    stdio: ["pipe", "ignore", "ignore"],
    // Out of the terminal's group: Ctrl-C goes to the application first, which then closes its connections in order.
    detached: true,
  });
  let over = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      over = true;
      resolve();
    };
    watcher.once("exit", end);
    watcher.once("error", end);
  });
  watcher.stdin.on("error", () => undefined);
  // A program that forgets to stop its server must still be able to end; its end stops the server.
  watcher.unref();
  (watcher.stdin as Socket).unref();
  return {
    ended,
    hasEnded: () => over,
    stop: async () => {
      watcher.ref();
      watcher.stdin.end();
      await ended;
    },
  };
}
