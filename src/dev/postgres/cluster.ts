import { randomBytes, randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { giveTo, makeOwned, runAs, type Account } from "./account.ts";
import { exists, type Binaries } from "./binaries.ts";
import type { ClusterDirectory } from "./directory.ts";
import { withLock } from "./lock.ts";
import { instanceComment, type Credentials } from "./postmaster.ts";

/** Systems without that locale get its rules from PostgreSQL itself, so that accents still sort and fold. */
const LOCALES = [
  ["--locale=C.UTF-8"],
  ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
] as const;

/** An initialised cluster nobody has used: copying it takes a fraction of initdb's time. */
async function template(root: string, binaries: Binaries, account: Account): Promise<string> {
  const target = join(root, `template-${binaries.version}`);
  if (await exists(target)) return target;
  await withLock(`${target}.lock`, async () => {
    if (await exists(target)) return;
    const fresh = `${target}.new`;
    const throwaway = `${target}.password`;
    // initdb wants a password for this kind of login; every copy replaces it before its first start.
    await writeFile(throwaway, randomBytes(24).toString("hex"), { mode: 0o600 });
    await giveTo(throwaway, account);
    const common = ["-D", fresh, "-U", "postgres", "--encoding=UTF8", "--auth=scram-sha-256", `--pwfile=${throwaway}`];
    let errors = "";
    for (const locale of LOCALES) {
      await rm(fresh, { recursive: true, force: true });
      await makeOwned(fresh, account);
      const result = await runAs(account, binaries.initdb, [...common, ...locale], { cwd: fresh });
      if (!result.failed) {
        await rm(throwaway);
        await rename(fresh, target);
        return;
      }
      errors = result.errors;
    }
    throw new Error(`PostgreSQL could not initialise its data: ${errors}`);
  });
  return target;
}

/**
 * Makes the data directory when it is missing. It appears in one step, complete with its own password and instance
 * id, so an interrupted start leaves nothing half made.
 */
export async function prepareCluster(
  root: string,
  directory: ClusterDirectory,
  binaries: Binaries,
  account: Account,
  durable: boolean,
): Promise<void> {
  if (await exists(directory.data)) return checkVersion(directory, binaries);
  const source = await template(root, binaries, account);
  const fresh = `${directory.data}.new`;
  await rm(fresh, { recursive: true, force: true });
  await makeOwned(fresh, account);
  const step = async (program: string, args: readonly string[], input?: string) => {
    const result = await runAs(account, program, args, { cwd: fresh, ...(input === undefined ? {} : { input }) });
    // A single-user server reports a refused statement and still ends well.
    if (result.failed || /\b(ERROR|FATAL|PANIC):/.test(result.errors)) {
      throw new Error(`PostgreSQL could not prepare ${directory.data}: ${result.errors}`);
    }
  };
  // As a program of that account, so that the files belong to it; it is also faster than copying file by file here.
  await step("cp", ["-pR", `${source}/.`, fresh]);
  const password = randomBytes(24).toString("hex");
  const instance = randomUUID();
  await step(
    binaries.postgres,
    ["--single", "-F", "-D", fresh, "postgres"],
    `alter role postgres password '${password}'\ncomment on database postgres is '${instanceComment(instance)}'\n`,
  );
  if (durable) await step(binaries.initdb, ["--sync-only", "-D", fresh]);
  await writeFile(directory.password, password, { mode: 0o600 });
  await writeFile(directory.instance, instance, { mode: 0o600 });
  await rename(fresh, directory.data);
}

async function checkVersion(directory: ClusterDirectory, binaries: Binaries): Promise<void> {
  const major = (await readFile(join(directory.data, "PG_VERSION"), "utf8")).trim();
  if (major === binaries.major) return;
  throw new Error(
    `${directory.data} was made by PostgreSQL ${major}, and PostgreSQL ${binaries.major} is installed. ` +
      "Dump it with the old version, or remove that directory.",
  );
}

export async function readCredentials(directory: ClusterDirectory): Promise<Credentials> {
  return {
    password: await readFile(directory.password, "utf8"),
    instance: await readFile(directory.instance, "utf8"),
  };
}
