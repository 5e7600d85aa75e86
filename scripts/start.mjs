// `npm start`: everything that a fresh clone needs, then the development server in this same process,
// so that signals and the exit code are its own and no second process can be left behind.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { main, Plain, root, setup } from "./setup.mjs";

const WATCH_NPM_MS = 1_000;

await main(async () => {
  await setup();
  const entry = join(root, "dist/dev.js");
  if (!existsSync(entry)) throw new Plain("The build made no dist/dev.js, so there is nothing to start.");
  process.setSourceMapsEnabled(true);
  if (process.env.npm_lifecycle_event) stopWithNpm();
  await import(pathToFileURL(entry).href);
  return process.exitCode;
});

/** A killed npm cannot pass its signal on, so the server watches for its end. */
function stopWithNpm() {
  const npm = npmProcess();
  const watch = setInterval(() => {
    if (isAlive(npm)) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, WATCH_NPM_MS);
  watch.unref();
}

/** npm is our parent, or the parent of the shell that it started us with. Only Linux tells of the second case. */
function npmProcess() {
  try {
    const [, shell, , parent] = /^\d+ \((.*)\) (\S+) (\d+)/.exec(readFileSync(`/proc/${process.ppid}/stat`, "utf8"));
    return ["sh", "dash", "bash"].includes(shell) ? Number(parent) : process.ppid;
  } catch {
    return process.ppid;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== "ESRCH";
  }
}
