import type { Page } from "playwright-core";
import type { TestApplication } from "#tests/support/application.ts";
import { button, expectHeading } from "./steps.ts";

/** Opens the console by a button of the demonstration. */
export async function signInByButton(page: Page, app: TestApplication, role: string): Promise<void> {
  await page.goto(`${app.origin}/consola/`);
  await expectHeading(page, "Consola de la oficina");
  await button(page, new RegExp(`^${role}`)).click();
  await page.getByRole("navigation", { name: "Secciones" }).waitFor();
}
