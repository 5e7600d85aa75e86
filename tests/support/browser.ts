import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium, type Browser, type LaunchOptions } from "playwright-core";

/** Chromium without a window, a GPU, or a line to anybody's servers. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--font-render-hinting=none",
];
const INSTALLED_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const LAUNCH_MS = 30_000;

/** One headless browser: the one from npm, or else one that is installed on this machine. It may get further arguments, for a camera of its own. */
export async function openBrowser(further: readonly string[] = []): Promise<Browser> {
  const reasons: string[] = [];
  for (const candidate of [fromNpm, installed]) {
    try {
      const found = await candidate();
      if (found)
        return await chromium.launch({
          args: [...ARGUMENTS, ...further],
          headless: true,
          timeout: LAUNCH_MS,
          ...found,
        });
    } catch (error) {
      reasons.push((error as Error).message.split("\n")[0]!);
    }
  }
  throw new Error(
    `The journeys need a browser and none starts here (${reasons.join("; ") || "none found"}). Install Chromium so that one of these names is on the PATH: ${INSTALLED_NAMES.join(", ")}.`,
  );
}

/** The package holds Chromium for x64 Linux, with the libraries and a typeface that a bare system lacks. */
async function fromNpm(): Promise<LaunchOptions | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const directory = await unpacked();
  const executablePath = join(directory, "chromium");
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  if (lacksLibraries(executablePath))
    env["LD_LIBRARY_PATH"] = [join(directory, "al2023/lib"), env["LD_LIBRARY_PATH"]].filter(Boolean).join(":");
  if (!existsSync("/etc/fonts/fonts.conf")) env["FONTCONFIG_FILE"] = join(directory, "fonts.conf");
  return { executablePath, env };
}

async function installed(): Promise<LaunchOptions | undefined> {
  const folders = (process.env["PATH"] ?? "").split(":").filter((folder) => folder !== "");
  const executablePath = INSTALLED_NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) =>
    existsSync(path),
  );
  return executablePath === undefined ? undefined : { executablePath };
}

/** Unpacks the package once for each of its versions. It unpacks only in a process that looks like a bare cloud function. */
async function unpacked(): Promise<string> {
  const home = fileURLToPath(new URL("../../node_modules/", import.meta.url));
  const own = join(home, "@sparticuz/chromium");
  const { version } = JSON.parse(readFileSync(join(own, "package.json"), "utf8")) as { version: string };
  const directory = join(home, ".cache/ventanilla", `chromium-${version}`);
  if (existsSync(directory)) return directory;
  mkdirSync(dirname(directory), { recursive: true });
  const aside = mkdtempSync(`${directory}.`);
  const entry = pathToFileURL(join(own, "build/esm/index.js")).href;
  const script = `const { default: chromium } = await import(${JSON.stringify(entry)}); await chromium.executablePath();`;
  const env = { ...process.env, TMPDIR: aside, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" };
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], { env });
  writeFileSync(
    join(aside, "fonts.conf"),
    fontSettings([join(directory, "fonts"), resolve(home, "dejavu-fonts-ttf/ttf")]),
  );
  try {
    renameSync(aside, directory);
  } catch (error) {
    // Another test process was faster; what it unpacked is the same.
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(directory)) throw error;
  }
  return directory;
}

function lacksLibraries(executable: string): boolean {
  try {
    return execFileSync("ldd", [executable], { encoding: "utf8" }).includes("not found");
  } catch {
    return true;
  }
}

function fontSettings(folders: readonly string[]): string {
  const lines = folders.map((folder) => `  <dir>${folder}</dir>`).join("\n");
  return `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n${lines}\n  <cachedir prefix="xdg">fontconfig</cachedir>\n</fontconfig>\n`;
}
