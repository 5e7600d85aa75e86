import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { figuresOf, SAMPLE_LENGTH, SAMPLE_OFFICES, SEED, YEAR_LENGTH, type YearFile } from "./figures.ts";
import { yearCharts } from "./pictures.ts";
import { yearReport } from "./text.ts";

const MEGABYTE = 1_000_000;

/** Plays the year of the whole network and writes its report. Throws when something did not hold. */
export async function writeYear(out: string): Promise<void> {
  const sample = figuresOf(SEED, SAMPLE_LENGTH, SAMPLE_OFFICES);
  const before = process.cpuUsage();
  let megabytes = 0;
  const year = figuresOf(SEED, YEAR_LENGTH, undefined, (on) => {
    megabytes = Math.max(megabytes, process.memoryUsage().rss / MEGABYTE);
    if (on.endsWith("-01")) process.stderr.write(`${on}\n`);
  });
  const { user, system } = process.cpuUsage(before);
  const effort = { cpuSeconds: Math.round((user + system) / 1_000_000), megabytes: Math.round(megabytes) };
  const file: YearFile = { year, effort, sample };
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "year.json"), `${JSON.stringify(file, null, 2)}\n`);
  await writeFile(join(out, "year.md"), yearReport(file));
  for (const [name, svg] of yearCharts(year)) await writeFile(join(out, name), svg);
  process.stdout.write(`${join(out, "year.md")}: ${effort.cpuSeconds} seconds of one core, ${effort.megabytes} MB.\n`);
}
