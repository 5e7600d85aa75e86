import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { figuresOf, WORLDS } from "./figures.ts";
import { integrityCharts } from "./pictures.ts";
import { integrityReport } from "./text.ts";

/** Plays the years of middlemen and writes the report. */
export async function writeIntegrity(out: string): Promise<void> {
  const figures = WORLDS.map((world) => figuresOf(world));
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "integrity.json"), `${JSON.stringify(figures, null, 2)}\n`);
  await writeFile(join(out, "integrity.md"), integrityReport(figures));
  for (const [name, svg] of integrityCharts(figures)) await writeFile(join(out, name), svg);
  const { precision, recall } = figures[0]!;
  process.stdout.write(`${join(out, "integrity.md")}: precision ${precision}, recall ${recall}.\n`);
}
