import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { print } from "./support/figures.ts";

const BENCH = "start";
/** A name that only a filled database can answer with. */
const OFFICE_PAGE = "/oficinas/fresno";
const OFFICE_WORD = "Fresno";
const PATIENCE_MS = 240_000;

/** Seconds from the command to the first page with a real office on it. */
async function secondsToFirstPage(
  folder: string,
): Promise<{ seconds: number; log: string; stop: () => Promise<void> }> {
  const began = performance.now();
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: folder,
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (log += chunk.toString()));
  for (;;) {
    const origin = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(log)?.[0];
    const page =
      origin &&
      (await fetch(origin + OFFICE_PAGE).then(
        (answer) => (answer.ok ? answer.text() : ""),
        () => "",
      ));
    if (page && page.includes(OFFICE_WORD)) break;
    if (child.exitCode !== null || performance.now() - began > PATIENCE_MS)
      throw new Error(`it did not start: ${log.slice(-2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { seconds: (performance.now() - began) / 1000, log, stop: () => stopped(child) };
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), "ventanilla-start-")));
const clone = join(folder, "clone");
try {
  execFileSync("git", ["clone", "-q", "--depth", "1", `file://${process.cwd()}`, clone]);
  const began = performance.now();
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: clone, stdio: "ignore" });
  const installSeconds = (performance.now() - began) / 1000;
  print({ bench: BENCH, figure: "install", value: installSeconds, unit: "s", reference: null, aim: null });
  const cold = await secondsToFirstPage(clone);
  print({
    bench: BENCH,
    figure: "cold start after the install, as the setup sees a fresh clone",
    value: cold.seconds,
    unit: "s",
    reference: installSeconds,
    aim: null,
  });
  await cold.stop();
  const warm = await secondsToFirstPage(clone);
  print({ bench: BENCH, figure: "warm start", value: warm.seconds, unit: "s", reference: cold.seconds, aim: "<= 5 s" });
  await warm.stop();
} finally {
  rmSync(folder, { recursive: true, force: true });
  const state = createHash("sha256").update(clone).digest("hex").slice(0, 12);
  for (const root of [
    "/var/lib/ventanilla",
    join(process.env["XDG_STATE_HOME"] ?? join(homedir(), ".local/state"), "ventanilla"),
  ])
    rmSync(join(root, state), { recursive: true, force: true });
}
