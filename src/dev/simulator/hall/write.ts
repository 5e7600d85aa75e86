import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hallFigures } from "./figures.ts";
import { hallCharts } from "./pictures.ts";
import { hallReport } from "./text.ts";

/** Plays the days of the hall and the sellers at its door, and writes the report. */
export async function writeHall(out: string): Promise<void> {
  const figures = hallFigures();
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "hall.json"), `${JSON.stringify(figures, null, 2)}\n`);
  await writeFile(join(out, "hall.md"), hallReport(figures));
  for (const [name, svg] of hallCharts(figures)) await writeFile(join(out, name), svg);
  process.stdout.write(`${join(out, "hall.md")}: ${figures.cells.length} halls of ${figures.days} days.\n`);
}
