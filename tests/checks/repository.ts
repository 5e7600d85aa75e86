import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

const MADE_BY_TOOLS = new Set(["node_modules", "dist", "coverage", ".git", ".state", "package-lock.json"]);

/** Which modules each module may call: module-map.cjs, which dependency-cruiser reads too. */
export const moduleMap = createRequire(import.meta.url)("../../module-map.cjs") as Readonly<
  Record<string, readonly string[]>
>;

/** Paths of all files in a folder of the checkout, relative to the checkout, without what tools make. */
export function filesUnder(folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => !MADE_BY_TOOLS.has(name))
    .sort()
    .flatMap((name) => {
      const inside = folder === "" ? name : `${folder}/${name}`;
      return statSync(join(root, inside)).isDirectory() ? filesUnder(inside) : [inside];
    });
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

export function lineCount(text: string): number {
  return text.trimEnd().split("\n").length;
}
