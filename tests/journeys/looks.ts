import { AxeBuilder } from "@axe-core/playwright";
import type { CDPSession, Page } from "playwright-core";

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

/** The narrowest screen that counts (WCAG 1.4.10), in CSS pixels. */
export const NARROW = { width: 320, height: 640 };
/** Twice the size that browsers begin with (WCAG 1.4.4). */
const LARGE_TEXT = 32;
const USUAL_TEXT = 16;

/** What does not fit the window of the page, or of this part of it, with text as it is and with text of twice the size. */
export async function misfitsOf(page: Page, part = "body"): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page);
  const found: string[] = [];
  for (const size of [USUAL_TEXT, LARGE_TEXT]) {
    await setTextSize(devtools, size);
    for (const misfit of await misfits(page, size, part))
      found.push(`${new URL(page.url()).pathname}, ${(100 * size) / USUAL_TEXT} %: ${misfit}`);
  }
  await setTextSize(devtools, USUAL_TEXT);
  await devtools.detach();
  return found;
}

function setTextSize(devtools: CDPSession, standard: number): Promise<unknown> {
  return devtools.send("Page.setFontSizes", { fontSizes: { standard, fixed: standard } });
}

/** What sticks out to the right, or is cut off inside its box. Of large text a table may scroll in a frame of its own, which the keyboard reaches. */
function misfits(page: Page, size: number, part: string): Promise<string[]> {
  return page.evaluate(
    ({ tablesScroll, root }) => {
      const width = document.documentElement.clientWidth;
      const name = (element: Element) =>
        `${element.tagName.toLowerCase()}.${element.className} "${(element.textContent ?? "").trim().slice(0, 40)}"`;
      const all = [...document.querySelectorAll(`${root}, ${root} *`)].filter(
        (element) =>
          element.checkVisibility() &&
          element.closest(".vh, .skip") === null &&
          !(tablesScroll && element.parentElement?.closest("section[tabindex='0']")),
      );
      const scrolls =
        root === "body" && document.documentElement.scrollWidth > width
          ? [`the page is ${document.documentElement.scrollWidth} wide in ${width}`]
          : [];
      const out = all.filter((element) => element.getBoundingClientRect().right > width + 1);
      const cut = all.filter(
        (element) => getComputedStyle(element).overflowX === "hidden" && element.scrollWidth > element.clientWidth + 1,
      );
      return [
        ...scrolls,
        ...out.map((element) => `sticks out: ${name(element)}`),
        ...cut.map((element) => `is cut: ${name(element)}`),
      ];
    },
    { tablesScroll: size > USUAL_TEXT, root: part },
  );
}

/** Whether what has the focus shows it; the box of a radio may be drawn by its label. */
export function seesTheFocus(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const focused = document.activeElement!;
    const drawn = [focused, focused.nextElementSibling, focused.closest("label")].filter((one) => one !== null);
    return (
      focused === document.body ||
      drawn.some((one) => getComputedStyle(one).outlineStyle !== "none" || getComputedStyle(one).boxShadow !== "none")
    );
  });
}

type WithStops = typeof globalThis & { stops: Element[] };

/** What Tab does not reach of all that can be used, and where the focus cannot be seen. */
export async function unreachableOf(page: Page): Promise<string[]> {
  const count = await page.evaluate(() => {
    const usable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const dialog = document.querySelector("dialog[open]");
    const all = [...(dialog ?? document).querySelectorAll<HTMLElement>(usable)].filter(
      (one) => one.checkVisibility() && !one.matches(":disabled, [tabindex='-1']") && !one.closest("noscript"),
    );
    // Of the radios of one name Tab stops at one.
    const named = new Map(all.map((one) => [one.matches("[type=radio]") ? one.getAttribute("name") : one, one]));
    return ((globalThis as WithStops).stops = [...named.values()]).length;
  });
  const left = new Set(Array.from({ length: count }, (_, i) => i));
  const found: string[] = [];
  for (let presses = 0; presses < 2 * count + 10 && left.size > 0; presses++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const same = (one: Element) =>
        one === document.activeElement ||
        (one.matches("[type=radio]") && one.getAttribute("name") === document.activeElement!.getAttribute("name"));
      return (globalThis as WithStops).stops.findIndex(same);
    });
    if (left.delete(at) && !(await seesTheFocus(page))) found.push(`unseen: ${await describe(page, at)}`);
  }
  for (const at of left) found.push(`not reached: ${await describe(page, at)}`);
  return found.map((one) => `${new URL(page.url()).pathname}, ${one}`);
}

function describe(page: Page, at: number): Promise<string> {
  return page.evaluate((i) => (globalThis as WithStops).stops[i]!.outerHTML.slice(0, 120), at);
}

/** A node of the accessibility tree, as much of it as is looked at. */
interface Heard {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value: unknown } }[];
}

/** Roles that a person acts on or must be told of: each needs a name of its own. */
const NAMED =
  /^(button|link|textbox|combobox|listbox|checkbox|radio|image|img|dialog|alertdialog|navigation|tab|spinbutton|searchbox)$/;

/** What a reader of the screen cannot say: nodes without a name, and a page without its landmarks. Read from the browser's accessibility tree. */
export async function unheardOf(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = (await devtools.send("Accessibility.getFullAXTree")) as unknown as { nodes: readonly Heard[] };
  await devtools.detach();
  const said = nodes.filter((one) => !one.ignored);
  const roleOf = (one: Heard): string => one.role?.value ?? "";
  const found = said
    .filter((one) => NAMED.test(roleOf(one)) && (one.name?.value ?? "").trim() === "")
    .map((one) => `a ${roleOf(one)} without a name`);
  const count = (role: string, level?: number): number =>
    said.filter(
      (one) =>
        roleOf(one) === role &&
        (level === undefined || one.properties?.some(({ name, value }) => name === "level" && value.value === level)),
    ).length;
  if (count("main") !== 1) found.push(`${count("main")} main parts`);
  if (count("heading", 1) !== 1) found.push(`${count("heading", 1)} first headings`);
  if ((await page.title()).trim() === "") found.push("no title");
  return found.map((one) => `${new URL(page.url()).pathname}: ${one}`);
}
