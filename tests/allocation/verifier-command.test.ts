import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../checks/repository.ts";

const PUBLISHED = join(root, "tests/vectors/allocation/published.jsonl");
let folder = "";
let program = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "verify-"));
  program = join(folder, "verify.mjs");
  const entryPoints = [join(root, "src/verify/main.ts")];
  await build({ entryPoints, outfile: program, bundle: true, platform: "node", format: "esm", absWorkingDir: root });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  // Elsewhere than the checkout: the one file must be enough.
  return spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: "utf8" });
}
function changed(from: string, to: string): string {
  const path = join(folder, "changed.jsonl");
  writeFileSync(path, readFileSync(PUBLISHED, "utf8").replace(from, to));
  return path;
}

describe("the command", () => {
  it("verifies a published draw with this one file and Node", () => {
    const { status, stdout, stderr } = run(PUBLISHED);
    expect(stderr).toBe("");
    expect(stdout).toContain("Comprobado: el sorteo se hizo como se anunció.");
    expect(status).toBe(0);
    expect(JSON.parse(run("--json", PUBLISHED).stdout)).toMatchObject({
      verdict: "verified",
      entries: 15,
      households: 1,
    });
  });

  it("names what is wrong and ends with 1", () => {
    const { status, stdout } = run("--lang", "en", changed('"places":', '"places":1'));
    expect(stdout).toContain("✗ The places are not those that were fixed. [changed_supply");
    expect(status).toBe(1);
  });

  it("ends with 2 for what is unproven, 64 for a wrong use and 66 for a missing file", () => {
    const beaconless = readFileSync(PUBLISHED, "utf8").replace(/^.*"kind":"beacon".*\n/m, "");
    const path = join(folder, "beaconless.jsonl");
    writeFileSync(path, beaconless);
    expect(run(path).status).toBe(2);
    expect(run().status).toBe(64);
    expect(run("--lang", "fr", PUBLISHED).status).toBe(64);
    expect(run(join(folder, "gone.jsonl"))).toMatchObject({ status: 66, stdout: "" });
  });
});

it("the checks run in a browser: nothing of Node is in them", async () => {
  const { outputFiles } = await build({
    stdin: {
      contents:
        'export { readPublished } from "./published.ts"; export { verify } from "./verify.ts"; export { WORDS } from "./texts.ts";',
      resolveDir: join(root, "src/verify"),
    },
    bundle: true,
    write: false,
    minify: true,
    platform: "browser",
    format: "esm",
    absWorkingDir: root,
  });
  const [{ text }] = outputFiles as [(typeof outputFiles)[0]];
  expect(text).not.toMatch(/from"node:|require\(|\bprocess\.|\bBuffer\b/);
  // Kilobytes before compression: it must load on a cheap phone.
  expect(text.length / 1024).toBeLessThan(160);
});
