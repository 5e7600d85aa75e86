/** What a module's files may be called (docs: CONTRIBUTING.md). A file that grows too long becomes a folder of its name. */
const VOCABULARY = [
  "index",
  "types",
  "rules",
  "policy",
  "events",
  "schema",
  "commands",
  "queries",
  "store",
  "jobs",
] as const;
const MAY_BECOME_A_FOLDER = VOCABULARY.filter((name) => name !== "index");
const TEST_FILE = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.test\.tsx?$/;
const CONTRACT_FILE = /^[a-z0-9-]+\.contract\.ts$/;
const KEBAB_CASE_FILE = /^[a-z0-9]+(-[a-z0-9]+)*\.ts$/;

/** Problems of one file's place in its module; `path` begins at the module: `booking/commands/hold-places.ts`. */
export function vocabularyProblems(path: string): string[] {
  const [module = "", first = "", ...deeper] = path.split("/");
  if (deeper.length === 0) {
    const known =
      first === "README.md" ||
      first === `${module}.fixtures.ts` ||
      TEST_FILE.test(first) ||
      CONTRACT_FILE.test(first) ||
      VOCABULARY.some((name) => first === `${name}.ts`);
    return known
      ? []
      : [`${path}: a module's files are README.md, ${VOCABULARY.join(".ts, ")}.ts, its tests and fixtures`];
  }
  if (!MAY_BECOME_A_FOLDER.some((name) => name === first)) {
    return [`${path}: only a file of the vocabulary may become a folder (${MAY_BECOME_A_FOLDER.join(", ")})`];
  }
  const [file = "", ...tooDeep] = deeper;
  if (tooDeep.length > 0) return [`${path}: folders in a module have no folders of their own`];
  return KEBAB_CASE_FILE.test(file) || TEST_FILE.test(file) ? [] : [`${path}: file names are kebab-case .ts`];
}
