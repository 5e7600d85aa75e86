import { readFileSync } from "node:fs";
import type pg from "pg";

/** Clock ticks of Linux's process table in a second. */
const TICKS = 100;
/** Fields of /proc/PID/stat after the name of the program: time in the program and in the system for it. */
const [IN_PROGRAM, IN_SYSTEM] = [11, 12];

type Ask = <Row extends pg.QueryResultRow>(text: string) => Promise<Row[]>;

/**
 * Seconds of the processor that the server has spent for one database up to now, over the connections that are open.
 * Others may work on the same machine: these seconds depend less on them than those of the clock.
 */
export async function serverSeconds(ask: Ask): Promise<number> {
  const backends = await ask<{ pid: number }>("select pid from pg_stat_activity where datname = current_database()");
  return backends.reduce((sum, { pid }) => sum + secondsOf(pid), 0);
}

/** Seconds of the processor that a process has spent up to now. */
export function secondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[IN_PROGRAM]) + Number(fields[IN_SYSTEM])) / TICKS;
}

/** The same of this process. */
export function ownSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
