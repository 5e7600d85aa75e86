import { readdir, readFile, readlink } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 10;

export async function waitUntil(done: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!(await done())) {
    if (performance.now() > end) return false;
    await sleep(POLL_MS);
  }
  return true;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/**
 * Names one run of one process: numbers are reused, so the start time (proc(5), field 22 of stat) goes along.
 * Systems without /proc have only the number.
 */
export async function processName(pid: number = process.pid): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The command stands in parentheses and may hold spaces; field 3 is the first after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // A dead process whose parent has not collected it, as in containers without an init.
  if (fields[0] === "Z") return `${pid}-dead`;
  return `${pid}-${fields[19] ?? "0"}`;
}

export async function isRunning(name: string): Promise<boolean> {
  const pid = Number.parseInt(name, 10);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && (await processName(pid)) === name;
}

/** Whether the process works in that directory (PostgreSQL's do, in their data); undefined where /proc is missing. */
export async function worksIn(pid: number, directory: string): Promise<boolean | undefined> {
  if (process.platform !== "linux") return undefined;
  // Unreadable means another account's process, and PostgreSQL runs only on data of its own account.
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => "");
  return cwd === directory;
}

export async function anyWorksIn(directory: string): Promise<boolean> {
  if (process.platform !== "linux") return false;
  const pids = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
  const found = await Promise.all(pids.map((pid) => worksIn(Number(pid), directory)));
  return found.includes(true);
}
