import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "./repository.ts";

// prettier-ignore
/** A little tree that obeys every rule; seeds add one file or change one. */
const CLEAN_TREE: Readonly<Record<string, string>> = {
  "src/kernel/outcome.ts": "export const accept = (value: number): number => value;\n",
  "src/kernel/time.ts": 'import { Temporal } from "temporal-polyfill";\nexport const dayOf = (text: string): number => Temporal.PlainDate.from(text).day;\n',
  "src/platform/clock.ts": "export const systemClock = { now: (): Date => new Date() };\n",
  "src/platform/random.ts": 'import { randomUUID } from "node:crypto";\nexport const newId = (): string => randomUUID();\n',
  "src/platform/config.ts": "export const origin = process.env.PUBLIC_ORIGIN;\n",
  "src/platform/db/index.ts": "export interface Tx {\n  readonly open: true;\n}\nexport const sql = (strings: TemplateStringsArray): string => strings.join();\n",
  "src/modules/offices/index.ts": 'export { findOffice } from "./queries.ts";\nexport type { Office } from "./types.ts";\n',
  "src/modules/offices/types.ts": "export interface Office {\n  readonly id: string;\n}\n",
  "src/modules/offices/offices.fixtures.ts": 'import type { Office } from "./types.ts";\nexport const anOffice = (): Office => ({ id: "a" });\n',
  "src/modules/offices/queries.ts": 'import { sql } from "#platform/db/index.ts";\nexport const findOffice = (): string => sql`select id from offices.offices`;\n',
  "src/modules/schedules/index.ts": 'export type { Place } from "./types.ts";\nexport { freePlaces } from "./commands.ts";\n',
  "src/modules/schedules/types.ts": "export interface Place {\n  readonly id: string;\n}\n",
  "src/modules/schedules/commands.ts": 'import { findOffice } from "#modules/offices/index.ts";\nexport const freePlaces = (): string => findOffice();\n',
  "src/modules/allocation/index.ts": 'export { drawOrder } from "./rules.ts";\n',
  "src/modules/allocation/types.ts": "export type Rank = number;\n",
  "src/modules/allocation/rules.ts": 'import { accept } from "#kernel/outcome.ts";\nimport type { Place } from "#modules/schedules/index.ts";\nimport type { Rank } from "./types.ts";\nexport const drawOrder = (place: Place): Rank => accept(place.id.length);\n',
  "src/modules/allocation/rules.test.ts": 'import { anOffice } from "#modules/offices/offices.fixtures.ts";\nimport { drawOrder } from "./rules.ts";\nexport const drawn = drawOrder(anOffice());\n',
  "src/modules/allocation/commands.ts": 'import type { Tx } from "#platform/db/index.ts";\nexport const draw = (tx: Tx): boolean => tx.open;\n',
  "src/ui/card.tsx": 'import { accept } from "#kernel/outcome.ts";\nexport const Card = () => <p>{accept(1)}</p>;\n',
  "src/client/timer.ts": 'document.title = "Ventanilla";\nexport {};\n',
  "src/channels/common/links.ts": 'export const HOME = "/";\n',
  "src/channels/web/home.ts": 'import { findOffice } from "#modules/offices/index.ts";\nimport { HOME } from "../common/links.ts";\nexport const home = (): string => HOME + findOffice();\n',
  "src/channels/whatsapp/reply.ts": "export const reply = 1;\n",
  "src/channels/api/types.ts": "export interface Today {\n  readonly date: string;\n}\nexport const today: Today = { date: \"\" };\n",
  "src/console/today.tsx": 'import type { Today } from "#channels/api/types.ts";\nimport { Card } from "#ui/card.tsx";\nexport const TodayPage = ({ today }: { today: Today }) => (\n  <Card key={today.date} />\n);\n',
  "src/app/main.ts": 'import { home } from "#channels/web/home.ts";\nexport const page = home();\n',
  "src/dev/main.ts": 'import { page } from "#app/main.ts";\nimport { anOffice } from "#modules/offices/offices.fixtures.ts";\nconsole.log(page, anOffice(), Date.now(), process.env.HOME);\n',
  "tests/support/world.ts": "export const world = 1;\n",
};

export type Files = Readonly<Record<string, string>>;

/**
 * Writes the clean tree with `changes` into a folder of its own inside the checkout, so that packages
 * and settings resolve as they do for the sources, and gives the folder.
 */
export function seed(changes: Files): string {
  const cache = join(root, "node_modules/.cache/ventanilla-seeds");
  mkdirSync(cache, { recursive: true });
  return seedIn(cache, changes);
}

/** The same outside the checkout, for tools that pass over all that is inside a folder of packages. */
export function seedOutside(changes: Files): string {
  const folder = seedIn(tmpdir(), changes);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

function seedIn(parent: string, changes: Files): string {
  const { imports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { imports: unknown };
  return plant(parent, {
    "package.json": JSON.stringify({ name: "seed", type: "module", imports }),
    "tsconfig.json": JSON.stringify({ extends: join(root, "tsconfig.json"), include: ["src", "tests"] }),
    ...CLEAN_TREE,
    ...changes,
  });
}

/** Writes the files into a new folder in `parent` and gives it. */
export function plant(parent: string, files: Files): string {
  const folder = mkdtempSync(join(parent, "seed-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

export function uproot(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
