import { build } from "esbuild";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const SIGTERM_CODE = 143;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ventanilla-signals-"));
  await build({
    entryPoints: [fileURLToPath(new URL("./signals.ts", import.meta.url))],
    outfile: join(folder, "signals.mjs"),
    platform: "node",
    format: "esm",
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a process that works until it is told to end, sends it these signals, and gives what it ended with. */
async function ended(stop: string, signals: readonly NodeJS.Signals[]): Promise<{ code: number | null; said: string }> {
  const program = `
    import { stopOnSignals } from ${JSON.stringify(join(folder, "signals.mjs"))};
    ${stop}
    setInterval(() => undefined, 1000);
    process.stdout.write("works\\n");`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8");
  const begun = once(child.stdout, "data");
  child.stdout.on("data", (text: string) => (said += text));
  await begun;
  const exit = once(child, "exit");
  for (const signal of signals) child.kill(signal);
  const [code] = (await exit) as [number | null];
  return { code, said };
}

const CLOSE = `async () => void process.stdout.write("closed\\n")`;

test("a server that is told to end closes, and has not failed", async () => {
  expect(await ended(`stopOnSignals(${CLOSE});`, ["SIGTERM"])).toEqual({ code: 0, said: "works\nclosed\n" });
});

test("work that was not done when it was told to end closes too, and does not pass for done", async () => {
  expect(await ended(`stopOnSignals(${CLOSE}, () => false);`, ["SIGTERM"])).toEqual({
    code: SIGTERM_CODE,
    said: "works\nclosed\n",
  });
  expect((await ended(`stopOnSignals(${CLOSE}, () => true);`, ["SIGTERM"])).code).toBe(0);
});

test("a close that fails is a failure, and one that never ends is not waited for twice", async () => {
  expect((await ended(`stopOnSignals(() => Promise.reject(new Error("no")));`, ["SIGTERM"])).code).toBe(1);
  const never = `stopOnSignals(() => new Promise(() => undefined));`;
  expect((await ended(never, ["SIGTERM", "SIGINT"])).code).toBe(1);
});
