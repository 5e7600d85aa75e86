import { lineCount } from "./repository.ts";

/** A file past this length becomes a folder of the same name. */
export const MAX_FILE_LINES = 350;
/** A door this long exports what nobody asked for. */
export const MAX_DOOR_LINES = 40;

/** Files by their path in the checkout, as far as a rule reads them. */
export type TextOf = (path: string) => string;

export function modulesOf(paths: readonly string[]): string[] {
  const inside = paths.filter((path) => path.startsWith("src/modules/"));
  return [...new Set(inside.map((path) => path.split("/")[2] ?? ""))];
}

/** The README and the door that a module lacks. */
export function missingParts(paths: readonly string[]): string[] {
  return modulesOf(paths)
    .flatMap((module) => [`src/modules/${module}/README.md`, `src/modules/${module}/index.ts`])
    .filter((path) => !paths.includes(path));
}

export function longDoors(paths: readonly string[], textOf: TextOf): string[] {
  return paths
    .filter((path) => /^src\/modules\/[^/]+\/index\.ts$/.test(path))
    .filter((path) => lineCount(textOf(path)) >= MAX_DOOR_LINES);
}

export function longFiles(paths: readonly string[], textOf: TextOf): string[] {
  return paths.filter((path) => /\.(ts|tsx|css)$/.test(path) && lineCount(textOf(path)) > MAX_FILE_LINES);
}

/** Names with capitals, accents or spaces. */
export function oddNames(paths: readonly string[]): string[] {
  return paths.filter((path) => !/^[a-z0-9./_-]+$/.test(path.replace(/README\.md$/, "")));
}

/** Arrows of the map that lead to a module which does not stand above. */
export function upwardCalls(map: Readonly<Record<string, readonly string[]>>): [module: string, called: string][] {
  const order = Object.keys(map);
  return Object.entries(map).flatMap(([module, mayCall]) =>
    mayCall
      .filter((called) => !order.slice(0, order.indexOf(module)).includes(called))
      .map((called): [string, string] => [module, called]),
  );
}

/** Files that mention a folder which only exists on somebody's machine. */
export function machineMentions(paths: readonly string[], textOf: TextOf, places: readonly string[]): string[] {
  const mentions = new RegExp(`(?<![\\w.:/-])(${places.map(escaped).join("|")})/[\\w.]`);
  return paths.filter((path) => !/\.(png|jpg|ttf|woff2|pdf|gz|br)$/.test(path) && mentions.test(textOf(path)));
}

/** Dependencies whose version is a range, a tag or an address. */
export function looseVersions(packageJson: string): string[] {
  const { dependencies, devDependencies } = JSON.parse(packageJson) as Record<string, Record<string, string>>;
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, version]) => !/^\d/.test(version))
    .map(([name]) => name);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
