import { fork, type ChildProcess } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import fastifyStatic from "@fastify/static";
import { createHttpServer } from "#platform/http/index.ts";
import { silentLog } from "#platform/log.ts";
import { systemContext } from "#platform/context.ts";
import { fillHorizon } from "#modules/schedules/index.ts";
import { load, type LoadResult } from "./support/load.ts";
import { median, print, quantile } from "./support/figures.ts";
import { openWorld, servicesOf, startServer, type World } from "./support/world.ts";

const BENCH = "availability";
const ROUNDS = 3;
const SECONDS = 6;
const CONNECTIONS = 32;
const LIST_LENGTH = 2_000;

/** Which office each request asks for: a fixed list in which the few large ones are asked for most. */
function zipf(offices: readonly string[]): string[] {
  const weights = offices.map((_, rank) => 1 / (rank + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return offices.flatMap((office, rank) =>
    Array.from({ length: Math.max(1, Math.round((LIST_LENGTH * weights[rank]!) / total)) }, () => office),
  );
}

function source(paths: readonly string[]): () => Buffer {
  const requests = paths.map((path) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept-encoding: br\r\n\r\n`),
  );
  let next = 0;
  // 7919 is prime: every office turns up all over the run.
  return () => requests[(next = (next + 7919) % requests.length)]!;
}

async function bench(world: World): Promise<void> {
  const services = servicesOf(world);
  await fillHorizon(systemContext(services, "bench"));
  const server = await startServer(world);
  const offices = (await world.ask<{ id: string }>("select id from offices.offices order by id")).map((row) => row.id);
  const folder = mkdtempSync(join(tmpdir(), "ventanilla-bench-"));
  for (const office of offices) {
    const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1/offices/${office}/availability`, {
      headers: { "accept-encoding": "br" },
    });
    const body = await answer.text();
    writeFileSync(join(folder, `${office}.json`), body);
    writeFileSync(join(folder, `${office}.json.br`), brotliCompressSync(body));
  }
  const files = await startFiles(folder);
  const list = zipf(offices);
  const run = (port: number, paths: readonly string[]): Promise<LoadResult> =>
    load({ port, connections: CONNECTIONS, warmUpSeconds: 2, seconds: SECONDS, next: source(paths) });
  const [ours, theirs, latencies]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < ROUNDS; i++) {
    const subject = await run(
      server.port,
      list.map((office) => `/api/v1/offices/${office}/availability`),
    );
    if (subject.statuses.size !== 1 || !subject.statuses.has(200)) throw new Error("an answer was not 200");
    ours.push(subject.statuses.get(200)! / SECONDS);
    latencies.push(quantile(subject.latencies, 0.99));
    theirs.push(
      (
        await run(
          files.port,
          list.map((office) => `/files/${office}.json`),
        )
      ).statuses.get(200)! / SECONDS,
    );
  }
  print({
    bench: BENCH,
    figure: "availability of an office",
    value: median(ours),
    unit: "answers/s",
    reference: median(theirs),
    aim: ">= 0.8 of the static file",
  });
  print({ bench: BENCH, figure: "p99", value: median(latencies), unit: "ms", reference: null, aim: null });
  print({
    bench: BENCH,
    figure: "booked place gone from it",
    value: await secondsUntilGone(world, server.port),
    unit: "s",
    reference: null,
    aim: "<= 61, the full minute and its building",
  });
  files.process.kill();
  await server.stop();
  await services.database.close();
  await services.keyring.close();
}

/** Takes the only place of a day and waits until the public picture says none. */
async function secondsUntilGone(world: World, port: number): Promise<number> {
  const [place] = await world.ask<{ office_id: string; local_date: string; band: string }>(
    `select p.office_id, to_char(s.local_date, 'YYYY-MM-DD') as local_date, p.band from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
     where s.service_group = 'fe_publica' and s.local_date > current_date + 7 order by s.local_date limit 1`,
  );
  const level = async (): Promise<unknown> => {
    const answer = (await (
      await fetch(`http://127.0.0.1:${port}/api/v1/offices/${place!.office_id}/availability`)
    ).json()) as { groups: Record<string, { days: Record<string, Record<string, string>> }> };
    return answer.groups["fe_publica"]?.days[place!.local_date]?.[place!.band];
  };
  const began = performance.now();
  await world.ask(
    `update schedules.places p set state = 'booked', holder = gen_random_uuid() from schedules.sessions s
     where s.office_id = p.office_id and s.id = p.session_id and p.office_id = $1 and s.local_date = $2 and s.service_group = 'fe_publica' and p.band = $3`,
    [place!.office_id, place!.local_date, place!.band],
  );
  while ((await level()) !== "none") {
    if (performance.now() - began > 130_000) throw new Error("the place never went");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return (performance.now() - began) / 1000;
}

/** The static file under the same hooks, in a process of its own. */
function startFiles(folder: string): Promise<{ port: number; process: ChildProcess }> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ["files", folder]);
    child.on("message", (port) => resolve({ port: port as number, process: child }));
    child.on("exit", (code) => reject(new Error(`the file server ended with ${code}`)));
    process.once("exit", () => child.kill("SIGKILL"));
  });
}

if (process.argv[2] === "files") {
  const app = createHttpServer({ log: silentLog, publicOrigin: "http://127.0.0.1" });
  await app.register(fastifyStatic, { root: process.argv[3]!, prefix: "/files/", preCompressed: true });
  await app.listen({ host: "127.0.0.1", port: 0 });
  process.send!((app.server.address() as { port: number }).port);
} else {
  const world = await openWorld();
  try {
    await bench(world);
  } finally {
    await world.close();
  }
}
