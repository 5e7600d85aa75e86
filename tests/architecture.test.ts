import { homedir, tmpdir } from "node:os";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { vocabularyProblems } from "./checks/module-files.ts";
import { sqlProblems } from "./checks/module-sql.ts";
import { filesUnder, lineCount, moduleMap, root, textOf } from "./checks/repository.ts";

/** A file past this length becomes a folder of the same name. */
const MAX_FILE_LINES = 350;
/** A door this long exports what nobody asked for. */
const MAX_DOOR_LINES = 40;
/** Files allowed to be longer. The list only shrinks. */
const LONGER_FILES: readonly string[] = [];

const source = filesUnder("src");
const code = source.filter((path) => /\.(ts|tsx)$/.test(path));
const isTest = (path: string): boolean => /\.(test|fixtures|contract)\.tsx?$/.test(path);
const modules = [...new Set(filesUnder("src/modules").map((path) => path.split("/")[2] ?? ""))];

describe("modules", () => {
  it("are on the map", () => {
    expect(modules.filter((module) => !(module in moduleMap))).toEqual([]);
  });

  it("call only modules above them on the map", () => {
    const order = Object.keys(moduleMap);
    const upward = Object.entries(moduleMap).flatMap(([module, mayCall]) =>
      mayCall
        .filter((called) => !order.slice(0, order.indexOf(module)).includes(called))
        .map((called) => [module, called]),
    );
    expect(upward).toEqual([]);
  });

  it("have a README and a door", () => {
    const missing = modules
      .flatMap((module) => [`src/modules/${module}/README.md`, `src/modules/${module}/index.ts`])
      .filter((path) => !source.includes(path));
    expect(missing).toEqual([]);
  });

  it(`have doors of fewer than ${MAX_DOOR_LINES} lines`, () => {
    const long = modules
      .map((module) => `src/modules/${module}/index.ts`)
      .filter((path) => source.includes(path) && lineCount(textOf(path)) >= MAX_DOOR_LINES);
    expect(long).toEqual([]);
  });

  it("name their files by the closed vocabulary", () => {
    const problems = filesUnder("src/modules").flatMap((path) => vocabularyProblems(path.slice("src/modules/".length)));
    expect(problems).toEqual([]);
  });
});

describe("SQL", () => {
  it("stands in stores and queries, and a store names only its own schema", () => {
    const above = code.filter((path) => /^src\/(app|channels|modules)\//.test(path) && !isTest(path));
    expect(above.flatMap((path) => sqlProblems(path, textOf(path), Object.keys(moduleMap)))).toEqual([]);
  });
});

describe("files", () => {
  it(`are no longer than ${MAX_FILE_LINES} lines`, () => {
    const long = source.filter((path) => /\.(ts|tsx|css)$/.test(path) && lineCount(textOf(path)) > MAX_FILE_LINES);
    expect(long.filter((path) => !LONGER_FILES.includes(path))).toEqual([]);
    expect(LONGER_FILES.filter((path) => !long.includes(path))).toEqual([]);
  });

  it("have names in kebab-case without accents", () => {
    const odd = source.filter((path) => !/^[a-z0-9./_-]+$/.test(path.replace(/README\.md$/, "")));
    expect(odd).toEqual([]);
  });

  it("mention no folder of the machine they were written on", () => {
    const checkout = dirname(root.replace(/\/$/, ""));
    const places = [checkout, homedir(), "/home", "/Users"].filter((place) => place.length > 1 && place !== tmpdir());
    const mentions = new RegExp(`(?<![\\w.:/-])(${places.map(escaped).join("|")})/[\\w.]`);
    const texts = filesUnder("").filter((path) => !/\.(png|jpg|ttf|woff2|pdf|gz|br)$/.test(path));
    expect(texts.filter((path) => path !== "tests/architecture.test.ts" && mentions.test(textOf(path)))).toEqual([]);
  });
});

describe("the package", () => {
  const description = JSON.parse(textOf("package.json")) as { name: string; license: string; type: string };

  it("is Ventanilla under Apache-2.0", () => {
    expect(description).toMatchObject({ name: "ventanilla", license: "Apache-2.0", type: "module" });
    expect(textOf("LICENSE")).toContain("Version 2.0, January 2004");
  });

  it("pins every version", () => {
    const { dependencies, devDependencies } = JSON.parse(textOf("package.json")) as Record<
      string,
      Record<string, string>
    >;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d/.test(version));
    expect(loose).toEqual([]);
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
