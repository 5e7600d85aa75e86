import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { getOpenDraw, listDrawLines, openNextDraw, type DrawId } from "#modules/allocation/index.ts";
import { systemContext } from "#platform/context.ts";
import { copyReference } from "./support/copy.ts";
import { fillDraw, releaseByDraw } from "./support/crowd.ts";
import { DRAW_TIMES, runSteps, type Steps, type Taken, type What } from "./support/draw-steps.ts";
import { print } from "./support/figures.ts";
import { openWorld, servicesOf, type World } from "./support/world.ts";

const BENCH = "draw";
/** 1 for figures that count; less for a first look. */
const SCALE = Number(process.env["BENCH_SCALE"] ?? 1);
const HOUSEHOLDS = Math.round(1_000_000 * SCALE);
/** A draw whose published files are written out and checked. */
const CHECKED = Math.round(100_000 * SCALE);
/** The same for the verifier that is written to be read, and searches every wish from its first day. */
const CHECKED_PLAINLY = Math.round(10_000 * SCALE);
const exec = promisify(execFile);
/** Exit code by which a verifier says that all is right but the round was the operator's own, as here. */
const NOT_PUBLICLY_VERIFIABLE = 3;

function alone(figure: string, value: number, unit: string, aim: string | null = null): void {
  print({ bench: BENCH, figure, value, unit, reference: null, aim });
}

/** A world of its own with a draw that so many households stand in. */
async function withDraw(households: number, work: (world: World, drawId: DrawId) => Promise<void>): Promise<void> {
  const world = await openWorld();
  try {
    await releaseByDraw(world);
    const services = { ...servicesOf(world), clock: { now: () => DRAW_TIMES.open } };
    const ctx = systemContext(services, "bench");
    await openNextDraw(ctx, "weekly");
    const draw = await getOpenDraw(ctx);
    await Promise.all([services.database.close(), services.keyring.close()]);
    await fillDraw(world, draw!, households);
    await work(world, draw!.id);
  } finally {
    await world.close();
  }
}

/** Steps in a process of their own, so that its memory is theirs. */
async function inOwnProcess(world: World, drawId: DrawId, what: What): Promise<Steps> {
  const child = fork(fileURLToPath(import.meta.url), ["child", world.url, drawId, what]);
  process.once("exit", () => child.kill("SIGKILL"));
  const told = once(child, "message") as Promise<[Steps]>;
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the draw's process ended with ${code}`);
  });
  const [steps] = await Promise.race([told, ended]);
  ended.catch(() => undefined);
  return steps;
}

async function million(): Promise<void> {
  await withDraw(HOUSEHOLDS, async (world, drawId) => {
    alone("households", HOUSEHOLDS, "");
    const [places] = await world.ask<{ count: number }>(
      "select count(*)::int from schedules.places where state = 'planned'",
    );
    alone("places", places!.count, "");
    const steps = await inOwnProcess(world, drawId, "draw");
    const copied = await copyReference(world, drawId);
    const { lock, draw } = steps.taken as Record<"lock" | "draw", Taken>;
    const versus = (figure: string, value: number, reference: number, aim: string | null = null): void =>
      print({ bench: BENCH, figure, value, unit: "s", reference, aim });
    const lockSeconds = lock.seconds - steps.placesSeconds;
    versus("lock, places apart, against COPY of what it reads", lockSeconds, copied.lock.seconds);
    versus("draw, against COPY of what it reads and writes", draw.seconds, copied.draw.seconds);
    const copySeconds = copied.lock.seconds + copied.draw.seconds;
    versus("lock and draw, places apart, against COPY", lockSeconds + draw.seconds, copySeconds, "<= 3");
    const processor = [lock, draw].reduce((sum, one) => sum + one.own + one.server, 0);
    versus("the same in seconds of the processor, places and all", processor, copied.lock.server + copied.draw.server);
    alone("lock, processor: the process", lock.own, "s");
    alone("lock, processor: the server", lock.server, "s");
    alone("draw, processor: the process", draw.own, "s");
    alone("draw, processor: the server", draw.server, "s");
    alone("committing the places", steps.placesSeconds, "s");
    alone("peak memory of the process, lock and draw", steps.peakMb, "MB", "<= 600");
    alone("longest statement", steps.longestStatement, "s", "<= 15, its limit");
    alone("longest wait inside a transaction", steps.longestIdle, "s", "<= 10, its limit");
    alone("longest that nobody else in the process had a turn", steps.longestStall, "s");
    const phases = await inOwnProcess(world, drawId, "phases");
    for (const [name, { own }] of Object.entries(phases.taken)) alone(`phase by itself, processor: ${name}`, own, "s");
  });
}

type Verifier = "verify.js" | "verify.py";
const COMMANDS: Readonly<Record<Verifier, readonly string[]>> = {
  "verify.js": [process.execPath, "dist/verify.js", "--json"],
  "verify.py": ["python3", "verify/verify.py"],
};

async function checked(households: number, by: Verifier): Promise<void> {
  await withDraw(households, async (world, drawId) => {
    const { taken } = await inOwnProcess(world, drawId, "draw and seats");
    alone(`seats of the winners of ${households}, and everybody told`, taken["seats"]!.seconds, "s");
    const services = servicesOf(world);
    const folder = await mkdtemp(join(tmpdir(), "ventanilla-bench-"));
    try {
      const ctx = systemContext(services, "bench");
      const files: string[] = [];
      const began = performance.now();
      for (const file of ["documents", "replay"] as const) {
        files.push(join(folder, `${file}.jsonl`));
        const lines = async function* () {
          for await (const line of listDrawLines(ctx, drawId, file)) yield `${line}\n`;
        };
        await pipeline(Readable.from(lines()), createWriteStream(files.at(-1)!));
      }
      alone(`published files of ${households} households written`, (performance.now() - began) / 1000, "s");
      const seconds = await verdictOf([...COMMANDS[by], ...files]);
      if (seconds !== undefined) alone(`checked from them by ${by}`, seconds, "s");
    } finally {
      await rm(folder, { recursive: true });
      await Promise.all([services.database.close(), services.keyring.close()]);
    }
  });
}

/** Seconds until the verifier's right answer; undefined where there is no such program. */
async function verdictOf([command, ...args]: readonly string[]): Promise<number | undefined> {
  const began = performance.now();
  const failed = await exec(command!, args).then(
    () => ({ code: 0, stdout: "" }),
    (error: unknown) => error as { code: number | string; stdout: string },
  );
  if (failed.code === "ENOENT") return undefined;
  if (failed.code !== NOT_PUBLICLY_VERIFIABLE || !/"faults": ?\[\]/.test(failed.stdout))
    throw new Error(`${command} found something wrong: ${failed.stdout.slice(0, 500)}`);
  return (performance.now() - began) / 1000;
}

if (process.argv[2] === "child") {
  const [url, drawId, what] = process.argv.slice(3) as [string, DrawId, What];
  process.send!(await runSteps(url, drawId, what));
  process.disconnect();
} else {
  await million();
  await checked(CHECKED, "verify.js");
  await checked(CHECKED_PLAINLY, "verify.py");
}
