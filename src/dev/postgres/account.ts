import { execFile } from "node:child_process";
import { chmod, chown, mkdir, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** The system account PostgreSQL runs under. Without ids: the account of this process. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root, and initdb needs an account that stands in the passwd file. */
export async function serverAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const line = (await readFile("/etc/passwd", "utf8")).split("\n").find((entry) => entry.startsWith("nobody:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  if (uid === undefined || gid === undefined) {
    throw new Error("PostgreSQL cannot run as root, and this system has no account called nobody.");
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/** A minimal environment: settings (PGDATA, PGOPTIONS, DATABASE_URL) and secrets of the caller stay out. */
export function serverEnvironment(): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
}

export function runAs(
  account: Account,
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly input?: string },
): Promise<{ readonly failed: boolean; readonly errors: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      args,
      { ...account, cwd: options.cwd, env: serverEnvironment() },
      (error, _stdout, stderr) => {
        resolve({ failed: error !== null, errors: stderr.trim() || (error?.message ?? "") });
      },
    );
    // A program that ends before it reads its input breaks the pipe; its exit code tells the rest.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.input ?? "");
  });
}

/** A directory the account can enter and this process alone can write. */
export async function makeShared(directory: string, account: Account): Promise<void> {
  await mkdir(directory, { recursive: true, mode: account.uid === undefined ? 0o700 : 0o755 });
  if (account.uid !== undefined) await chmod(directory, 0o711);
}

/** A directory that belongs to the account alone, as PostgreSQL demands of its data. */
export async function makeOwned(directory: string, account: Account): Promise<void> {
  await mkdir(directory, { mode: 0o700 });
  await giveTo(directory, account);
}

export async function giveTo(path: string, account: Account): Promise<void> {
  if (account.uid !== undefined && account.gid !== undefined) await chown(path, account.uid, account.gid);
}

/** The first directory on the way to `path` that the account cannot enter. */
export async function closedParent(path: string, account: Account): Promise<string | undefined> {
  if (account.uid === undefined) return undefined;
  for (let at = path; ; at = dirname(at)) {
    const { mode, uid } = await stat(at);
    const open = uid === account.uid ? mode & 0o100 : mode & 0o001;
    if (open === 0) return at;
    if (at === dirname(at)) return undefined;
  }
}
