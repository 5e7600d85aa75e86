import { homedir, tmpdir } from "node:os";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { vocabularyProblems } from "./checks/module-files.ts";
import { sqlProblems } from "./checks/module-sql.ts";
import { filesUnder, moduleMap, root, textOf } from "./checks/repository.ts";
import {
  longDoors,
  longFiles,
  looseVersions,
  machineMentions,
  MAX_DOOR_LINES,
  MAX_FILE_LINES,
  missingParts,
  modulesOf,
  oddNames,
  upwardCalls,
} from "./checks/tree.ts";

/** Files allowed to be longer. The list only shrinks. */
const LONGER_FILES: readonly string[] = [];

const source = filesUnder("src");
const code = source.filter((path) => /\.(ts|tsx)$/.test(path));
const isTest = (path: string): boolean => /\.(test|fixtures|contract)\.tsx?$/.test(path);

describe("modules", () => {
  it("are on the map", () => {
    expect(modulesOf(source).length).toBeGreaterThan(3);
    expect(modulesOf(source).filter((module) => !(module in moduleMap))).toEqual([]);
  });

  it("call only modules above them on the map", () => {
    expect(upwardCalls(moduleMap)).toEqual([]);
  });

  it("have a README and a door", () => {
    expect(missingParts(source)).toEqual([]);
  });

  it(`have doors of fewer than ${MAX_DOOR_LINES} lines`, () => {
    expect(longDoors(source, textOf)).toEqual([]);
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
    const long = longFiles(source, textOf);
    expect(long.filter((path) => !LONGER_FILES.includes(path))).toEqual([]);
    expect(LONGER_FILES.filter((path) => !long.includes(path))).toEqual([]);
  });

  it("have names in kebab-case without accents", () => {
    expect(oddNames(source)).toEqual([]);
  });

  it("mention no folder of the machine they were written on", () => {
    const checkout = dirname(root.replace(/\/$/, ""));
    const places = [checkout, homedir(), "/home", "/Users"].filter((place) => place.length > 1 && place !== tmpdir());
    expect(machineMentions(filesUnder(""), textOf, places)).toEqual([]);
  });
});

describe("the package", () => {
  it("is Ventanilla under Apache-2.0", () => {
    const description = JSON.parse(textOf("package.json")) as object;
    expect(description).toMatchObject({ name: "ventanilla", license: "Apache-2.0", type: "module" });
    expect(textOf("LICENSE")).toContain("Version 2.0, January 2004");
  });

  it("pins every version", () => {
    expect(looseVersions(textOf("package.json"))).toEqual([]);
  });
});

describe("tests", () => {
  it("that put another module in place of ours are those that vitest.config.ts runs apart", () => {
    const replacing = [...code, ...filesUnder("tests")].filter((path) => /^vi\.(do)?[mM]ock\(/m.test(textOf(path)));
    const apart = /const REPLACING = \[([^\]]*)\]/.exec(textOf("vitest.config.ts"))![1]!;
    expect(replacing.length).toBeGreaterThan(0);
    expect(replacing.filter((path) => !apart.includes(`"${path}"`))).toEqual([]);
  });
});
