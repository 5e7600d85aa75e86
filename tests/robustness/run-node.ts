import { spawn } from "node:child_process";
import { once } from "node:events";
import * as esbuild from "esbuild";
import { TEST_ROLE_SECRET, TEST_ROOT_KEY } from "#tests/support/cluster.ts";
import type { NodeOptions } from "./draw-node.ts";

const BUNDLE = "node_modules/.cache/ventanilla-robustness/draw-node.js";
const GIVE_UP_MS = 60_000;

/** Once before `runNode`. */
export async function bundleNode(): Promise<void> {
  await esbuild.build({
    entryPoints: ["tests/robustness/draw-node.ts"],
    outfile: BUNDLE,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
}

/** Runs a node of its own until it has done what is due, or dies. Its statements, or undefined when it was killed. */
export async function runNode(of: Omit<NodeOptions, "roleSecret" | "rootKey">): Promise<number | undefined> {
  const options: NodeOptions = { ...of, roleSecret: TEST_ROLE_SECRET, rootKey: TEST_ROOT_KEY.toString("base64") };
  const child = spawn(process.execPath, [BUNDLE, JSON.stringify(options)], { stdio: ["ignore", "pipe", "inherit"] });
  const giveUp = setTimeout(() => child.kill("SIGTERM"), GIVE_UP_MS);
  let told = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (told += text));
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  clearTimeout(giveUp);
  if (code !== 0 && signal !== "SIGKILL") throw new Error(`a node ended with ${code ?? signal}`);
  return signal === "SIGKILL" ? undefined : Number(told);
}
