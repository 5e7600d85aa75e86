import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface Faults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}
type WithAxe = typeof globalThis & { readonly axe: { run(options: object): Promise<Faults> } };

/** The faults that axe finds on the page as it stands: every rule in light colours; in dark ones what depends on colour. */
export async function faultsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  const note = async (colours: string, { violations }: Faults) => {
    for (const { id, nodes } of violations)
      found.push(
        `${await page.title()} (${new URL(page.url()).pathname}, ${colours}): ${id} ${nodes.map((node) => node.html.slice(0, 120)).join(" ")}`,
      );
  };
  await note(
    "light",
    await new AxeBuilder({ page })
      .setLegacyMode()
      .options({ resultTypes: ["violations"] })
      .withTags(RULES)
      .analyze(),
  );
  await page.emulateMedia({ colorScheme: "dark" });
  // The page holds the checker already; bringing it in again would double the time of the whole file.
  await note(
    "dark",
    await page.evaluate(() =>
      (globalThis as WithAxe).axe.run({
        resultTypes: ["violations"],
        runOnly: ["color-contrast", "link-in-text-block"],
      }),
    ),
  );
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}
