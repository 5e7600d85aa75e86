// Turns the sources into what Node and the browsers run. Nothing runs TypeScript at run time.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import * as esbuild from "esbuild";
import { main, Plain, root, run, say, seconds, sourcesHash, withLock } from "./setup.mjs";

const dist = join(root, "dist");
const publicFolder = join(dist, "public");

const SERVER_ENTRIES = {
  server: "src/app/main.ts",
  dev: "src/dev/main.ts",
  migrate: "src/app/migrate.ts",
  manage: "src/app/manage.ts",
  keyring: "src/app/keyring.ts",
  "dev-keyring": "src/dev/keyring.ts",
  dump: "src/dev/dump.ts",
  "demo-draw": "src/dev/demo-draw/main.ts",
  simulate: "src/dev/simulate.ts",
};
/** Each is one file without packages, so that a stranger can check or witness a draw with it and Node alone. */
const FOR_STRANGERS = { verify: "src/verify/main.ts", witness: "src/witness/main.ts" };
/** Run in workers of the citizen pages; not small, and loaded when somebody asks for them. */
const WORKERS = { verify: "src/verify/worker.ts" };
const STYLES = "src/ui/styles/main.css";
/** Of the screens in halls, which no family loads. */
const HALL_STYLES = "src/ui/styles/hall.css";
/** Of kiosks, the same. */
const KIOSK_STYLES = "src/ui/styles/kiosk.css";
const ICON = "src/ui/icon.svg";
const CONSOLE_CONFIG = "src/console/vite.config.ts";
/** What the oldest phones still in use among families run (Android 8 with an updated Chrome, iOS 14). */
const BROWSERS = ["chrome87", "firefox78", "safari14"];
/** Scripts of the screens in halls, which an office buys: no family's telephone runs them. */
const FOR_SCREENS = /\/hall(-worker)?\.ts$/;
/** Packages may destructure, which esbuild does not rewrite for the first Safari 14. */
const WORKER_BROWSERS = ["chrome87", "firefox78", "safari14.1"];
/** Files below this size gain nothing from compression. */
const WORTH_COMPRESSING_BYTES = 500;

/** React is bundled in its production form: left outside, it would choose the slow development form unless NODE_ENV is set. */
const BUNDLED_PACKAGES = /^(react|react-dom)(\/|$)/;

export async function build({ withConsole = true } = {}) {
  say("Building …");
  const started = Date.now();
  const hash = sourcesHash();
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(publicFolder, { recursive: true });
  // All end before the lock is given back, also when one fails.
  const parts = await Promise.allSettled([
    buildServer(),
    buildForStrangers(),
    buildPublic(),
    withConsole && buildConsole(),
  ]);
  const failed = parts.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
  writeFileSync(join(dist, ".stamp"), withConsole ? hash : `${hash} without the console`);
  say(`Built (${seconds(started)}).`);
}

async function buildServer() {
  const benches = filesIn("bench", /\.bench\.ts$/).map((path) => [`bench/${basename(path, ".ts")}`, path]);
  const entries = [...Object.entries(SERVER_ENTRIES).filter(([, path]) => existsSync(join(root, path))), ...benches];
  await bundle({
    entryPoints: entries.map(([out, path]) => ({ out, in: join(root, path) })),
    outdir: dist,
    platform: "node",
    target: "node20",
    format: "esm",
    sourcemap: true,
    sourcesContent: false,
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    // The bundled React is CommonJS and asks for Node's own modules with require().
    banner: {
      js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
    },
    plugins: [packagesStayOutside],
  });
}

async function buildForStrangers() {
  await bundle({
    entryPoints: Object.entries(FOR_STRANGERS).map(([out, path]) => ({ out, in: join(root, path) })),
    outdir: dist,
    platform: "node",
    target: "node20",
    format: "esm",
    legalComments: "inline",
  });
}

const packagesStayOutside = {
  name: "packages-stay-outside",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./#]/ }, ({ path, kind }) => {
      if (kind === "entry-point" || BUNDLED_PACKAGES.test(path) || /^[A-Za-z]:[\\/]/.test(path)) return undefined;
      return { path, external: true };
    });
  },
};

const forPages = { outdir: publicFolder, write: false, minify: true, format: "iife", legalComments: "none" };

/** Styles, scripts and the icon of the citizen pages, named by their content so that they may be cached for ever. */
async function buildPublic() {
  const manifest = {};
  const scripts = filesIn("src/client", /^(?!.*\.(test|d)\.ts$).*\.ts$/);
  const entry = (path) => ({ out: basename(path, ".ts"), in: join(root, path) });
  const entryPoints = scripts.filter((path) => !FOR_SCREENS.test(path)).map(entry);
  if (existsSync(join(root, STYLES))) entryPoints.push({ out: "site", in: join(root, STYLES) });
  if (existsSync(join(root, HALL_STYLES))) entryPoints.push({ out: "hall", in: join(root, HALL_STYLES) });
  if (existsSync(join(root, KIOSK_STYLES))) entryPoints.push({ out: "kiosk", in: join(root, KIOSK_STYLES) });
  const workers = Object.entries(WORKERS).map(([out, path]) => ({ out, in: join(root, path) }));
  workers.push(...scripts.filter((path) => FOR_SCREENS.test(path)).map(entry));
  const parts = await Promise.all([
    bundle({ ...forPages, entryPoints, target: BROWSERS }),
    bundle({ ...forPages, entryPoints: workers, target: WORKER_BROWSERS }),
  ]);
  const files = parts
    .flatMap(({ outputFiles }) => outputFiles)
    .map(({ path, contents }) => ({ name: basename(path), contents }));
  if (existsSync(join(root, ICON))) files.push({ name: "icon.svg", contents: readFileSync(join(root, ICON)) });
  for (const { name, contents } of files) {
    const digest = createHash("sha256").update(contents).digest("hex").slice(0, 10);
    const hashed = name.replace(/(\.[^.]+)$/, `.${digest}$1`);
    manifest[name] = hashed;
    writeFileSync(join(publicFolder, hashed), contents);
  }
  await compressFolder(publicFolder, constants.BROTLI_MAX_QUALITY);
  writeFileSync(join(publicFolder, "manifest.json"), JSON.stringify(manifest, null, 2));
}

/** The staff console is Vite's, in a process of its own: it uses the second core meanwhile. */
async function buildConsole() {
  if (!existsSync(join(root, CONSOLE_CONFIG))) return;
  const folder = join(dist, "console");
  const vite = join(root, "node_modules/vite/bin/vite.js");
  const code = await run(
    process.execPath,
    [vite, "build", "--config", join(root, CONSOLE_CONFIG), "--outDir", folder, "--emptyOutDir", "--logLevel", "warn"],
    { cwd: join(root, "src/console"), stdio: ["ignore", 2, 2] },
  );
  if (code !== 0) throw new Plain("The console could not be built; the lines above say where.");
  // The highest quality takes seconds for a few per cent on files of this size.
  if (existsSync(join(folder, "assets"))) await compressFolder(join(folder, "assets"), 9);
}

async function compressFolder(folder, brotliQuality) {
  const texts = readdirSync(folder).filter((name) => [".css", ".js", ".svg"].includes(extname(name)));
  await Promise.all(
    texts.map(async (name) => {
      const path = join(folder, name);
      const contents = readFileSync(path);
      if (contents.length < WORTH_COMPRESSING_BYTES) return;
      const params = { [constants.BROTLI_PARAM_QUALITY]: brotliQuality };
      writeFileSync(`${path}.br`, await promisify(brotliCompress)(contents, { params }));
      writeFileSync(`${path}.gz`, await promisify(gzip)(contents, { level: 9 }));
    }),
  );
}

async function bundle(options) {
  if (options.entryPoints.length === 0) return { outputFiles: [] };
  try {
    return await esbuild.build({ absWorkingDir: root, bundle: true, logLevel: "warning", ...options });
  } catch {
    throw new Plain("The build failed; the lines above say where.");
  }
}

function filesIn(folder, pattern) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => `${folder}/${name}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main(() => withLock(() => build({ withConsole: !process.argv.includes("--no-console") })));
}
