import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isMainThread, parentPort } from "node:worker_threads";
import { studyAll } from "./simulator/crew.ts";
import { allErrands, allFigures, rounded } from "./simulator/figures.ts";
import { writeCentre } from "./simulator/centre/write.ts";
import { writeHall } from "./simulator/hall/write.ts";
import { writeIntegrity } from "./simulator/integrity/write.ts";
import { chartsOf } from "./simulator/report/pictures.ts";
import { reportOf } from "./simulator/report/text.ts";
import { study, type Errand } from "./simulator/study.ts";
import { writeYear } from "./simulator/year/write.ts";

/**
 * `npm run simulate`: the seller at his best against every mechanism, written as a report with charts.
 * `npm run simulate -- year`: a year of the whole network by the rules that ship.
 * `npm run simulate -- hall`: days of one office's hall, and the sellers at its door.
 * `npm run simulate -- centre`: a day of the call centre, with the shifts that are proposed for it.
 * `npm run simulate -- integrity`: a year of middlemen and families before the score.
 */
if (isMainThread) await main();
else parentPort!.on("message", (errand: Errand) => parentPort!.postMessage(study(errand)));

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seeds: { type: "string", default: "1,2,3" }, out: { type: "string", default: "docs/simulation" } },
  });
  if (positionals[0] === "year") return writeYear(values.out);
  if (positionals[0] === "hall") return writeHall(values.out);
  if (positionals[0] === "centre") return writeCentre(values.out);
  if (positionals[0] === "integrity") return writeIntegrity(values.out);
  const seeds = values.seeds.split(",").map(Number);
  if (seeds.length < 2 || !seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)) {
    process.stderr.write("Give two or more whole numbers: npm run simulate -- --seeds 1,2,3\n");
    process.exitCode = 1;
    return;
  }
  const errands = allErrands(seeds);
  let done = 0;
  const studies = await studyAll(errands, {
    script: new URL(import.meta.url),
    workers: Math.min(2, availableParallelism()),
    said: ({ scenario: { mode, mechanism, ratio } }) => {
      done += 1;
      process.stderr.write(`${String(done).padStart(3)} of ${errands.length}  ${mode} ${mechanism} ${ratio}\n`);
    },
  });
  const figures = rounded(allFigures(studies, seeds));
  await mkdir(values.out, { recursive: true });
  await writeFile(join(values.out, "report.md"), reportOf(figures));
  await writeFile(join(values.out, "figures.json"), `${JSON.stringify(figures, null, 2)}\n`);
  for (const [name, svg] of chartsOf(figures)) await writeFile(join(values.out, name), svg);
  const broken = figures.thresholds.filter(({ holds }) => !holds);
  for (const { says, detection, because } of broken) {
    process.stderr.write(`Does not hold at detection ${detection}: ${says} (${because}).\n`);
  }
  process.stdout.write(
    `${join(values.out, "report.md")}: ${figures.thresholds.length - broken.length} of ${figures.thresholds.length} thresholds hold.\n`,
  );
  if (broken.length > 0) process.exitCode = 1;
}
