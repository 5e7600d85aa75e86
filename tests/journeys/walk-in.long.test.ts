import { mkdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { MORNING } from "#tests/support/application.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf, misfitsOf, NARROW } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, codeSentTo, link, radio, textBox } from "./steps.ts";

const DESK = { viewport: { width: 1280, height: 800 } };
/** Where somebody who looks at the pages finds their pictures; without it none is taken. */
const SHOTS = process.env["VENTANILLA_SHOTS"];

const stage = openStage();
beforeEach(() => stage.app.services.clock.set(MORNING));

async function looksWell(page: Page, name: string): Promise<void> {
  if (SHOTS !== undefined) {
    mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
  }
  expect([...(await faultsOf(page)), ...(await misfitsOf(page, "main"))]).toEqual([]);
}

async function fillIn(page: Page, surname: string): Promise<void> {
  await page.getByLabel("Nombre o nombres").fill("Ficticia");
  await page.getByLabel("Primer apellido").fill(surname);
  await page.getByLabel("Fecha de nacimiento").fill("1990-05-17");
  await page.getByLabel("Dónde nació").selectOption("OC");
  await page.getByLabel("A qué viene").selectOption("matricula-consular");
}

test("a desk gives a date to whoever reads out the code that her telephone received, and with a wrong one to nobody", async () => {
  const page = await aVisitor(stage, DESK);
  await signInByButton(page, stage.app, "Ventanilla");
  await page.goto(`${stage.app.origin}/consola/sin-cita`);
  await fillIn(page, "Inventada Encino");
  await button(page, "Ver otras fechas").click();
  await page.getByRole("status", { name: "Otra fecha" }).getByRole("button").first().click();
  const asked = page.getByRole("dialog", { name: "Muestre que está aquí" });
  await looksWell(page, "presence-1280");
  await radio(asked, "No tiene ninguno: una segunda persona lo confirma").check();
  await asked.getByText("No tener teléfono no es motivo para negar la cita.").waitFor();
  await radio(asked, "Con un código a su teléfono o correo").check();
  await textBox(asked, "Teléfono o correo").fill("encino@example.org");
  await button(asked, "Mandar el código").click();
  const code = await codeSentTo(stage.app, "encino@example.org");
  await textBox(asked, "Código que le lee").fill(code === "000000" ? "000001" : "000000");
  await button(asked, "Dar la cita").click();
  await asked.getByText("Ese código no es. Pídale que lo lea otra vez.").waitFor();
  await page.setViewportSize(NARROW);
  await looksWell(page, "presence-320");
  await textBox(asked, "Código que le lee").fill(code);
  await button(asked, "Dar la cita").click();
  await page
    .getByRole("status", { name: "Su cita" })
    .getByText(/^Venga el/)
    .waitFor();
});

test("a family without an appointment leaves the desk with a turn on paper, and a person without one knows today's order", async () => {
  for (const [size, screen] of [
    ["1280", DESK],
    ["320", { viewport: NARROW }],
  ] as const) {
    const page = await aVisitor(stage, screen);
    await signInByButton(page, stage.app, "Ventanilla");
    await page.goto(`${stage.app.origin}/consola/sin-cita`);
    await page.getByRole("heading", { name: "Sin cita", level: 1 }).waitFor();
    await fillIn(page, `Inventada ${size === "320" ? "Mora" : "Roble"}`);
    await looksWell(page, `walk-in-form-${size}`);
    await button(page, "Dar un turno de hoy").click();
    const slip = page.getByRole("status", { name: "Su turno de hoy" });
    await slip.getByText("No se puede vender ni pasar a otra persona.").waitFor();
    await slip.getByText(/^Folio .* PIN \d+/).waitFor();
    await looksWell(page, `walk-in-slip-${size}`);
    await button(page, "Entregado").click();
    expect(await page.getByLabel("Primer apellido").inputValue()).toBe("");

    await page.goto(`${stage.app.origin}/oficinas/fresno`);
    await link(page, /^Sin cita: el orden/).click();
    await page.getByRole("heading", { name: /Sin cita hoy/ }).waitFor();
    await looksWell(page, `walk-in-today-${size}`);
  }
});
