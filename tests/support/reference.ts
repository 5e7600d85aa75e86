import { existsSync } from "node:fs";

/** The instant at which every test database was filled: a Monday in Los Angeles and everywhere else. */
export const REFERENCE_NOW = new Date("2026-11-23T18:00:00Z");

export async function loadReferenceIfThere(url: string): Promise<void> {
  if (!existsSync("src/modules/offices/index.ts")) return;
  const { loadReference } = await import("../../src/modules/offices/index.ts");
  await loadReference({ url, directory: "db/reference", invented: true, now: REFERENCE_NOW });
}
