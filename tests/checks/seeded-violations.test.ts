import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cruise, type ICruiseOptions, type IFlattenedRuleSet } from "dependency-cruiser";
import { check, getFileInfo, resolveConfig } from "prettier";
import { afterEach, describe, expect, it } from "vitest";
import { vocabularyProblems } from "./module-files.ts";
import { sqlProblems } from "./module-sql.ts";
import { root, textOf } from "./repository.ts";
import { type Files, plant, seed, seedOutside, uproot } from "./seeds.ts";
import { longDoors, longFiles, looseVersions, machineMentions, missingParts, oddNames, upwardCalls } from "./tree.ts";

const seeds: string[] = [];
afterEach(() => seeds.splice(0).forEach(uproot));

describe("boundaries", () => {
  it("let the clean tree pass", async () => {
    expect(await brokenBoundaries({})).toEqual([]);
  });

  // prettier-ignore
  it.each<[rule: string, violation: string, files: Files]>([
    ["kernel-stands-alone", "kernel imports platform", { "src/kernel/time.ts": 'import "#platform/clock.ts";' }],
    ["kernel-stands-alone", "kernel reads a file", { "src/kernel/time.ts": 'import "node:fs";' }],
    ["platform-knows-no-domain", "platform imports a module", { "src/platform/jobs.ts": 'import "#modules/offices/index.ts";' }],
    ["modules-know-no-channel", "a module imports a channel", { "src/modules/offices/commands.ts": 'import "#channels/common/links.ts";' }],
    ["ui-knows-no-domain", "ui imports a module", { "src/ui/office.tsx": 'import "#modules/offices/index.ts";' }],
    ["client-is-browser-only", "client imports a module", { "src/client/search.ts": 'import "#modules/offices/index.ts";' }],
    ["client-is-browser-only", "client imports ui", { "src/client/search.ts": 'import "#ui/card.tsx";' }],
    ["console-is-a-client", "console imports a module", { "src/console/find.tsx": 'import "#modules/offices/index.ts";' }],
    ["console-is-a-client", "console borrows a module's type", { "src/console/find.tsx": 'import type { Office } from "#modules/offices/index.ts";\nexport type Found = Office;' }],
    ["console-borrows-only-types", "console runs the API's code", { "src/console/find.tsx": 'import "#channels/api/types.ts";' }],
    ["channels-do-not-mix", "web imports whatsapp", { "src/channels/web/chat.ts": 'import "#channels/whatsapp/reply.ts";' }],
    ["channels-do-not-mix", "the common folder imports a channel", { "src/channels/common/menu.ts": 'import "#channels/whatsapp/reply.ts";' }],
    ["only-app-wires", "a channel imports app", { "src/channels/web/page.ts": 'import "#app/main.ts";' }],
    ["nothing-ships-dev", "app imports dev", { "src/app/worker.ts": 'import "#dev/main.ts";' }],
    ["use-the-door", "a channel enters past the door", { "src/channels/web/page.ts": 'import "#modules/offices/queries.ts";' }],
    ["use-the-door", "a channel borrows a type past the door", { "src/channels/web/page.ts": 'import type { Office } from "#modules/offices/types.ts";\nexport type Shown = Office;' }],
    ["use-the-door-between-modules", "a module enters another past its door", { "src/modules/schedules/jobs.ts": 'import "#modules/offices/queries.ts";' }],
    ["not-your-own-door", "a file imports its own module's door", { "src/modules/offices/jobs.ts": 'import "./index.ts";' }],
    ["offices-calls-only-its-map", "offices borrows a type from allocation", { "src/modules/offices/policy.ts": 'import type { drawOrder } from "#modules/allocation/index.ts";\nexport type Draw = typeof drawOrder;' }],
    ["analytics-calls-only-its-map", "analytics calls offices", { "src/modules/analytics/commands.ts": 'import "#modules/offices/index.ts";' }],
    ["rules-stay-pure", "rules import the store", { "src/modules/allocation/store.ts": "export const ranks = 1;", "src/modules/allocation/rules.ts": 'import "./store.ts";' }],
    ["rules-stay-pure", "rules import node:crypto", { "src/modules/allocation/rules.ts": 'import "node:crypto";' }],
    ["rules-stay-pure", "rules import zod", { "src/modules/allocation/rules.ts": 'import "zod";' }],
    ["rules-stay-pure", "a file of a rules folder imports platform", { "src/modules/allocation/rules/draw.ts": 'import "#platform/clock.ts";' }],
    ["rules-stay-pure", "policy imports commands", { "src/modules/allocation/policy.ts": 'import "./commands.ts";' }],
    ["rules-borrow-only-types", "rules call another module", { "src/modules/allocation/rules.ts": 'import "#modules/schedules/index.ts";' }],
    ["only-stores-touch-sql", "a command imports platform/db", { "src/modules/allocation/commands.ts": 'import { sql } from "#platform/db/index.ts";\nexport const query = sql`select 1`;' }],
    ["only-stores-touch-sql", "a channel imports platform/db", { "src/channels/web/page.ts": 'import "#platform/db/index.ts";' }],
    ["only-platform-knows-the-driver", "a store imports pg", { "src/modules/offices/store.ts": 'import "pg";' }],
    ["verify-reads-only-the-draw", "the verifier calls the service", { "src/verify/verify.ts": 'import "#modules/offices/index.ts";' }],
    ["verify-runs-in-a-browser", "the verifier's page reads a file", { "src/verify/verify.ts": 'import "node:fs";' }],
    ["a-witness-stands-alone", "the witness borrows the service's clock", { "src/witness/service.ts": 'import "#platform/clock.ts";' }],
    ["fixtures-are-for-tests", "shipped code imports fixtures", { "src/modules/offices/commands.ts": 'import "./offices.fixtures.ts";' }],
    ["fixtures-are-for-tests", "shipped code imports test support", { "src/app/worker.ts": 'import "#tests/support/world.ts";' }],
    ["no-cycles", "two files need each other", { "src/channels/web/a.ts": 'import "./b.ts";\nexport const a = 1;', "src/channels/web/b.ts": 'import "./a.ts";\nexport const b = 1;' }],
    ["imports-resolve", "an import leads nowhere", { "src/app/worker.ts": 'import "#modules/offices/gone.ts";' }],
  ])("%s: %s", async (rule, _violation, files) => {
    expect(await brokenBoundaries(files)).toEqual([rule]);
  });
});

describe("lint and types", () => {
  // prettier-ignore
  it.each<[rule: string, violation: string, path: string, text: string]>([
    ["ventanilla(time-is-passed-in)", "Date.now()", "src/modules/offices/commands.ts", "export const now = Date.now();"],
    ["ventanilla(time-is-passed-in)", "new Date()", "src/channels/web/page.ts", "export const now = new Date();"],
    ["ventanilla(time-is-passed-in)", "Date()", "src/kernel/time.ts", "export const now = Date();"],
    ["ventanilla(chance-is-passed-in)", "Math.random()", "src/kernel/ids.ts", "export const id = Math.random();"],
    ["ventanilla(chance-is-passed-in)", "randomUUID imported", "src/app/main.ts", 'import { randomUUID } from "node:crypto";\nexport const id = randomUUID();'],
    ["ventanilla(chance-is-passed-in)", "crypto.randomUUID()", "src/app/main.ts", "export const id = crypto.randomUUID();"],
    ["ventanilla(config-reads-the-environment)", "process.env", "src/app/main.ts", "export const port = process.env.PORT;"],
    ["ventanilla(rules-do-not-wait)", "await in rules", "src/modules/allocation/rules.ts", "export const order = async (p: Promise<number>) => await p;"],
    ["ventanilla(rules-do-not-wait)", "await in a file of policy/", "src/modules/allocation/policy/may.ts", "export const may = async (p: Promise<number>) => await p;"],
    ["ventanilla(sql-is-tagged)", "a built statement", "src/modules/offices/store.ts", "declare const db: { query(text: string): number };\nexport const find = (id: string) => db.query(`select ${id}`);"],
    ["ventanilla(sql-is-tagged)", "a glued statement", "src/modules/offices/store.ts", 'declare const db: { query(text: string): number };\nexport const find = (id: string) => db.query("select " + id);'],
    ["ventanilla(log-not-console)", "console.log", "src/app/main.ts", 'console.log("started");'],
    ["import(no-default-export)", "export default", "src/kernel/ids.ts", "export default 1;"],
    ["typescript(no-floating-promises)", "a promise nobody waits for", "src/app/main.ts", "export const start = (p: Promise<number>) => {\n  p.then(() => 1);\n};"],
    ["typescript(TS2322)", "an element that may be missing, by the settings of the checkout", "src/kernel/first.ts", "export const first = (all: readonly string[]): string => all[0];"],
  ])("%s: %s", async (rule, _violation, path, text) => {
    expect(await brokenLint({ [path]: text }, [path])).toEqual([rule]);
  });

  it("lets the clean tree pass, with the clock, chance and settings in their places", async () => {
    expect(await brokenLint({}, ["src"])).toEqual([]);
  });
});

describe("module files", () => {
  it.each([
    "booking/helpers.ts",
    "booking/services/confirm.ts",
    "booking/commands/deep/confirm.ts",
    "booking/Rules.ts",
    "booking/visits.fixtures.ts",
  ])("refuse %s", (path) => {
    expect(vocabularyProblems(path)).toHaveLength(1);
  });

  it.each([
    "booking/README.md",
    "booking/rules.ts",
    "booking/commands/confirm.ts",
    "booking/commands/confirm.test.ts",
    "booking/booking.fixtures.ts",
  ])("accept %s", (path) => {
    expect(vocabularyProblems(path)).toEqual([]);
  });
});

describe("SQL of modules", () => {
  const modules = ["offices", "booking"];
  const problems = (file: string, statement: string) =>
    sqlProblems(`src/modules/booking/${file}`, `export const find = (id: string) => ${statement};`, modules);

  it.each<[violation: string, file: string, statement: string]>([
    [
      "a store that reads another module's schema",
      "store.ts",
      "sql`select name from offices.offices where id = ${id}`",
    ],
    [
      "a store that writes the audit log itself",
      "store/claims.ts",
      "sql`insert into audit.entries (id) values (${id})`",
    ],
    ["queries that write", "queries.ts", "sql`delete from booking.holds where id = ${id}`"],
    ["queries that read the platform's tables", "queries.ts", "sql`select 1 from platform.outbox`"],
    ["a command with a statement", "commands.ts", "sql`select 1 from booking.holds`"],
    ["a command with an untagged statement", "commands.ts", '"select id from booking.holds"'],
  ])("refuse %s", (_violation, file, statement) => {
    expect(problems(file, statement)).toHaveLength(1);
  });

  it.each<[manner: string, file: string, statement: string]>([
    ["a store on its own schema", "store.ts", "sql`update booking.holds set at = ${id} where name = 'offices.moved'`"],
    [
      "queries across modules",
      "queries/day-list.ts",
      "sql`select 1 from booking.holds join offices.offices using (id)`",
    ],
    ["words that are not statements", "commands.ts", '"select.office"'],
  ])("accept %s", (_manner, file, statement) => {
    expect(problems(file, statement)).toEqual([]);
  });
});

describe("files of the tree", () => {
  const lines = (count: number) => () => "export {};\n".repeat(count);

  it("are refused past 350 lines", () => {
    const paths = ["src/kernel/time.ts", "src/channels/web/page.tsx", "src/ui/styles.css", "src/kernel/README.md"];
    expect(longFiles(paths, lines(351))).toEqual(paths.slice(0, 3));
    expect(longFiles(paths, lines(350))).toEqual([]);
  });

  it("are refused as a door from 40 lines on", () => {
    const paths = ["src/modules/offices/index.ts", "src/modules/offices/queries/index.ts"];
    expect(longDoors(paths, lines(40))).toEqual(paths.slice(0, 1));
    expect(longDoors(paths, lines(39))).toEqual([]);
  });

  it("are missed when a module has no README or no door", () => {
    const whole = ["src/modules/offices/README.md", "src/modules/offices/index.ts", "src/modules/offices/types.ts"];
    expect(missingParts(whole)).toEqual([]);
    expect(missingParts(whole.slice(1))).toEqual(["src/modules/offices/README.md"]);
    expect(missingParts(whole.slice(2))).toEqual(whole.slice(0, 2));
  });

  it.each(["src/kernel/LocalTime.ts", "src/kernel/días.ts", "src/kernel/local time.ts"])(
    "are not called %s",
    (path) => {
      expect(oddNames([path, "src/kernel/local-time.ts", "src/kernel/README.md"])).toEqual([path]);
    },
  );

  it("name no folder of a machine", () => {
    const found = (text: string) => machineMentions(["docs/run.md"], () => text, ["/disk", "/srv/of.mine"]);
    expect(found("Look into /disk/ventanilla.")).toHaveLength(1);
    expect(found("Look into `/srv/of.mine/ventanilla`.")).toHaveLength(1);
    expect(found("Look into src/disk/list.ts or https://example.org/disk/list.")).toEqual([]);
  });
});

describe("the map and the package", () => {
  it("refuse an arrow that leads upward or to the module itself", () => {
    expect(upwardCalls({ offices: [], booking: ["offices"] })).toEqual([]);
    expect(upwardCalls({ offices: ["booking"], booking: ["booking"] })).toEqual([
      ["offices", "booking"],
      ["booking", "booking"],
    ]);
  });

  it.each(["^1.2.3", "~1.2.3", ">=1", "latest", "*", "github:someone/thing"])("refuse the version %s", (version) => {
    const described = (versions: object) => JSON.stringify({ dependencies: { zod: "4.6.7" }, ...versions });
    expect(looseVersions(described({ devDependencies: { knip: version } }))).toEqual(["knip"]);
    expect(looseVersions(described({ dependencies: { zod: version } }))).toEqual(["zod"]);
    expect(looseVersions(described({}))).toEqual([]);
  });
});

describe("format", () => {
  const filepath = join(root, "src/kernel/time.ts");
  const isFormatted = async (text: string) => check(text, { ...(await resolveConfig(filepath)), filepath });

  it("refuses other quotes, other indents and lines of more than 120 characters", async () => {
    const list = (length: number) => `export const list = [${'"a", '.repeat(30)}"${"b".repeat(length)}"];\n`;
    expect(await isFormatted('export const a = "a";\n')).toBe(true);
    expect(await isFormatted("export const a = 'a';\n")).toBe(false);
    expect(await isFormatted("export function a() {\n    return 1;\n}\n")).toBe(false);
    expect(await isFormatted(list(1))).toBe(false);
  });

  it("leaves no source out", async () => {
    const { ignored } = await getFileInfo(filepath, { ignorePath: join(root, ".prettierignore") });
    expect(ignored).toBe(false);
  });
});

describe("unused code", () => {
  it("is refused, a file as well as an export", async () => {
    // Outside node_modules, where knip looks at nothing.
    const folder = plant(tmpdir(), {
      "package.json": JSON.stringify({ name: "seed", type: "module" }),
      "knip.json": textOf("knip.json"),
      "src/app/main.ts": 'import { used } from "../kernel/used.ts";\nused();\n',
      "src/kernel/used.ts": "export const used = (): number => 1;\nexport const idle = 2;\n",
      "src/kernel/lone.ts": "export const lone = 3;\n",
    });
    seeds.push(folder);
    const output = await outputOf("knip/bin/knip.js", ["--no-progress", "--reporter", "json"], folder);
    const { files, issues } = JSON.parse(output) as { files: string[]; issues: { exports: { name: string }[] }[] };
    expect(files).toEqual(["src/kernel/lone.ts"]);
    expect(issues.flatMap((issue) => issue.exports.map(({ name }) => name))).toEqual(["idle"]);
  });
});

/** What a tool of the checkout prints about `folder`, whether it refuses it or not. */
function outputOf(tool: string, args: readonly string[], folder: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, "node_modules", tool), ...args], { cwd: folder }, (_error, stdout) =>
      resolve(stdout),
    );
  });
}

async function brokenBoundaries(files: Files): Promise<string[]> {
  const folder = seed(files);
  seeds.push(folder);
  const config = createRequire(import.meta.url)("../../.dependency-cruiser.cjs") as IFlattenedRuleSet & {
    options: ICruiseOptions;
  };
  const { output } = await cruise(["src"], {
    ...config.options,
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden: config.forbidden },
  });
  if (typeof output === "string") throw new Error("dependency-cruiser gave a text instead of its findings");
  expect(output.summary.totalCruised).toBeGreaterThan(20);
  return [...new Set(output.summary.violations.map(({ rule }) => rule.name))];
}

/** The linter with the settings of the checkout, as if the seeded tree were the checkout. */
async function brokenLint(files: Files, paths: readonly string[]): Promise<string[]> {
  const settings = JSON.parse(textOf(".oxlintrc.json")) as { jsPlugins: string[] };
  const jsPlugins = settings.jsPlugins.map((path) => join(root, path));
  const folder = seedOutside({ ...files, ".oxlintrc.json": JSON.stringify({ ...settings, jsPlugins }) });
  seeds.push(folder);
  const output = await outputOf("oxlint/bin/oxlint", ["--format", "json", ...paths], folder);
  const found = JSON.parse(output) as { number_of_files: number; diagnostics: { code: string }[] };
  expect(found.number_of_files).toBeGreaterThan(0);
  return [...new Set(found.diagnostics.map(({ code }) => code))];
}
