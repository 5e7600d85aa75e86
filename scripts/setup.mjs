// Makes a checkout ready: packages installed, sources built. Only Node's own modules here,
// because this runs before anything is installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { constants, hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

const NEEDED_NODE = [20, 19];
const installedMark = join(root, "node_modules/.ventanilla-lock");
const builtMark = join(root, "dist/.stamp");
const lockFile = join(root, ".state/setup.lock");
/** Everything that the files in dist/ are made from. */
const BUILD_INPUTS = ["src", "bench", "scripts/build.mjs", "package.json", "package-lock.json", "tsconfig.json"];

/** Progress goes to standard error: standard output belongs to what the command prints. */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/** Installs and builds what is missing or out of date; does nothing when all is fresh. */
export async function setup({ build = true } = {}) {
  refuseOldNode();
  if (isInstalled() && (!build || isBuilt())) return;
  await withLock(async () => {
    if (!isInstalled()) await install();
    if (build && !isBuilt()) await (await import("./build.mjs")).build();
  });
}

/** Runs a program to its end, with this terminal as its own, and gives its exit code: as shells have it where a signal killed it. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 1)));
  });
}

/** Runs the main function of a command; a failure ends it with one sentence, not with a stack. */
export async function main(command) {
  try {
    process.exitCode = (await command()) ?? 0;
  } catch (error) {
    say(error instanceof Plain ? error.message : error.stack);
    process.exitCode = 1;
  }
}

/** A failure whose message says all that a person needs. */
export class Plain extends Error {}

export function sourcesHash() {
  const hash = createHash("sha256");
  for (const path of BUILD_INPUTS.flatMap((input) => filesUnder(input))) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

function filesUnder(path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .filter((name) => !/\.test\.tsx?$/.test(name))
    .flatMap((name) => filesUnder(`${path}/${name}`));
}

/** Holds the checkout's lock while `work` runs, so that two commands at once do not install or build twice. */
export async function withLock(work) {
  mkdirSync(join(root, ".state"), { recursive: true });
  const own = `${lockFile}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, host: hostname() }));
  let waited = false;
  while (!tryLink(own)) {
    if (!waited) say("Another Ventanilla command is preparing this checkout; waiting for it.");
    waited = true;
    if (isAbandoned()) breakLock();
    else await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const beat = setInterval(() => utimesSync(own, new Date(), new Date()), HEARTBEAT_MS);
  const release = () => {
    rmSync(lockFile, { force: true });
    rmSync(own, { force: true });
  };
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off("exit", release);
    release();
  }
}

const HEARTBEAT_MS = 2_000;
/** A holder that has not shown life for this long is gone, whatever its process number says (containers reuse them). */
const ABANDONED_MS = 20_000;

function tryLink(own) {
  try {
    linkSync(own, lockFile);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  }
}

function isAbandoned() {
  try {
    if (Date.now() - statSync(lockFile).mtimeMs > ABANDONED_MS) return true;
    const holder = JSON.parse(readFileSync(lockFile, "utf8"));
    if (holder.host !== hostname()) return false;
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

/** Moves the lock aside before removing it: of several waiters only one can move it. */
function breakLock() {
  const aside = `${lockFile}.abandoned.${process.pid}`;
  try {
    renameSync(lockFile, aside);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  rmSync(aside, { force: true });
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const [neededMajor, neededMinor] = NEEDED_NODE;
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  throw new Plain(
    `Ventanilla needs Node ${NEEDED_NODE.join(".")} or newer and this is ${process.versions.node}. ` +
      "Please install a newer Node (https://nodejs.org) and run the command again.",
  );
}

/** The platform belongs to the mark: a checkout shared with a container holds the other system's binaries. */
function lockfileHash() {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  return hash.update(`${process.platform}-${process.arch}`).digest("hex");
}

function isInstalled() {
  return existsSync(installedMark) && readFileSync(installedMark, "utf8") === lockfileHash();
}

function isBuilt() {
  return existsSync(builtMark) && readFileSync(builtMark, "utf8") === sourcesHash();
}

async function install() {
  say("Installing packages (about half a minute) …");
  const started = Date.now();
  const wanted = lockfileHash();
  // NODE_ENV=production would leave out what the build itself needs.
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const viaNpm = process.env.npm_execpath?.endsWith("npm-cli.js");
  const code = viaNpm
    ? await run(process.execPath, [process.env.npm_execpath, ...args], { stdio: ["ignore", 2, 2] })
    : await run("npm", args, { stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (code !== 0) throw new Plain("Installing the packages failed; the lines above say why. Nothing else was started.");
  writeFileSync(installedMark, wanted);
  say(`Packages are installed (${seconds(started)}).`);
}

export function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

// Not awaited: build.mjs imports this file and would wait for it for ever.
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) void main(() => setup());
