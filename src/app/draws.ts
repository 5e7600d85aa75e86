import { spawn } from "node:child_process";
import { once } from "node:events";
import { advanceDraws, isHeavyDue } from "#modules/allocation/index.ts";
import type { Task } from "#platform/timetable.ts";

/**
 * Draws in a process of their own: a million households are half a minute of one processor and several hundred
 * megabytes, and whoever books meanwhile must not notice. `program` is the built `manage.js`, which has this
 * installation's settings from the environment. A process that dies is a step that is taken again.
 */
export function drawsAside(program: string): Task["run"] {
  return async (ctx) => {
    if (!(await isHeavyDue(ctx))) return advanceDraws(ctx);
    const child = spawn(process.execPath, [program, "draws"], { stdio: ["ignore", "ignore", "inherit"] });
    const [code] = (await once(child, "exit")) as [number | null];
    if (code !== 0) throw new Error("the process of the draws ended early");
    return undefined;
  };
}
