import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { centreFigures } from "./figures.ts";
import { centreCharts } from "./pictures.ts";
import { centreReport } from "./text.ts";

const SEED = 1;

/** Plays a day of the call centre under each roster, and writes the report. */
export async function writeCentre(out: string): Promise<void> {
  const figures = centreFigures(SEED);
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "centre.md"), centreReport(figures));
  for (const [name, svg] of centreCharts(figures)) await writeFile(join(out, name), svg);
  process.stdout.write(`${join(out, "centre.md")}: ${figures.days.length} days of the call centre.\n`);
}
