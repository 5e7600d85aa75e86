import { build } from "esbuild";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startPostgres } from "./launcher.ts";
import { anyWorksIn, isAlive, waitUntil, worksIn } from "./processes.ts";

const GONE_WITHIN_MS = 5_000;
const launcher = fileURLToPath(new URL("./launcher.ts", import.meta.url));
const children: ChildProcess[] = [];
let workshop: string;

/** A bundle as the build makes it, in a place from which the installed packages are found. */
beforeAll(async () => {
  const cache = fileURLToPath(new URL("../../../node_modules/.cache/", import.meta.url));
  await mkdir(cache, { recursive: true });
  workshop = await mkdtemp(join(cache, "postgres-launcher-"));
  const outfile = join(workshop, "launcher.mjs");
  await build({
    entryPoints: [launcher],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  await writeFile(
    join(workshop, "child.mjs"),
    `import { startPostgres } from './launcher.mjs';
     const server = await startPostgres({ purpose: 'test' });
     process.stdout.write(server.dataDirectory + '\\n');
     if (process.argv[2] === 'stay') setInterval(() => undefined, 1000);`,
  );
});

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await rm(workshop, { recursive: true, force: true });
});

async function launchInChild(mode: "stay" | "leave"): Promise<{ child: ChildProcess; data: string }> {
  const child = spawn(process.execPath, [join(workshop, "child.mjs"), mode], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const [data] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return { child, data };
}

async function postmasterPid(data: string): Promise<number> {
  return Number.parseInt(await readFile(join(data, "postmaster.pid"), "utf8"), 10);
}

async function isMissing(path: string): Promise<boolean> {
  return stat(path).then(
    () => false,
    () => true,
  );
}

test("kill -9 of the launcher leaves no server, and the next test start removes what it left", async () => {
  const { child, data } = await launchInChild("stay");
  const pid = await postmasterPid(data);
  expect(await worksIn(pid, data)).toBe(true);
  child.kill("SIGKILL");
  expect(await waitUntil(async () => !(await anyWorksIn(data)), GONE_WITHIN_MS)).toBe(true);
  const next = await startPostgres({ purpose: "test" });
  try {
    expect(next.dataDirectory).not.toBe(data);
    expect(await isMissing(dirname(data))).toBe(true);
  } finally {
    await next.stop();
  }
  expect(await isMissing(dirname(next.dataDirectory))).toBe(true);
});

test("a program that forgets to stop its server still ends, and the server with it", async () => {
  const { child, data } = await launchInChild("leave");
  if (child.exitCode === null) await once(child, "exit");
  expect(child.exitCode).toBe(0);
  expect(await waitUntil(async () => !(await anyWorksIn(data)), GONE_WITHIN_MS)).toBe(true);
});

test("a server whose launcher and watcher were both killed is ended before the next one starts", async () => {
  const { child, data } = await launchInChild("stay");
  const pid = await postmasterPid(data);
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const watcher = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  process.kill(watcher, "SIGKILL");
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isAlive(pid)).toBe(true);
  const next = await startPostgres({ purpose: "test", directory: dirname(data) });
  try {
    expect(next.reused).toBe(false);
    expect(await worksIn(pid, data)).toBe(false);
  } finally {
    await next.stop();
    await rm(dirname(data), { recursive: true, force: true });
  }
});
