import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { TODAY } from "#tests/support/application.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, expectFocus, expectHeading, link, textBox } from "./steps.ts";

const stage = openStage();
/** A Saturday far enough ahead that its places are open to all. */
const SATURDAY = "2026-12-12";
const NEXT_SATURDAY = "2026-12-19";
/** One black point: the least picture there is. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

test("a consul plans a mobile consulate from nothing to published", async () => {
  const page = await aVisitor(stage, { viewport: { width: 1280, height: 900 } });
  await signInByButton(page, stage.app, "Titular");
  await link(page, "Calendario").click();
  await expectHeading(page, "Calendario");
  await button(page, /^Documentación 10:15 a /).waitFor();
  await walkByKeys(page);
  await button(page, "Lugares y equipos").click();
  await page.getByText("Todavía no hay lugares").waitFor();
  await textBox(page, "Nombre").fill("Equipo móvil 1");
  await button(page, "Agregar a la lista").click();
  await page.getByRole("row", { name: "Equipo móvil 1 Equipo Fresno Sin salidas" }).waitFor();

  await button(page, "Nueva jornada").click();
  await expectHeading(page, "Nueva jornada");
  await page.getByLabel("Día", { exact: true }).fill(SATURDAY);
  await addVenue(page, "Salón San José", "Selma");
  await fillHours(page);
  await page.getByText("Descansos, reservas y estaciones").click();
  await page.getByRole("group", { name: "Descanso de cada ventanilla" }).getByLabel("Minutos").fill("30");
  await page.getByLabel("Entre las").fill("11:00");
  await page.getByLabel("y las", { exact: true }).fill("13:00");
  await page.getByRole("checkbox", { name: /^Equipo: Equipo móvil 1/ }).check();
  await button(page, "Ver qué da").click();
  // Twenty quarters of an hour at four counters, less two for each counter's rest.
  await page.getByRole("row", { name: "Documentación 72 72 0 0 0" }).waitFor();
  await page.getByText("A quien los pida, al publicarse.").waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await button(page, "Guardar como borrador").click();
  await page.getByText("Quedó como borrador. Solo su oficina lo ve.").waitFor();
  await button(page, /^Consulado móvil Borrador Salón San José, Selma/).click();
  await button(page, "Publicar").click();
  await page.getByText("Al publicar, todos ven el día y el lugar.").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await button(page, "Sí, publicar").click();
  await page.getByText("Publicada.", { exact: true }).waitFor();
  await button(page, /^Consulado móvil Publicada Salón San José, Selma .* 0 de 72 con cita$/).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("table", { name: "Por ventanilla" }).getByRole("row").nth(4).waitFor();
  const address = await link(dialog, "Ver la página pública").getAttribute("href");
  await button(dialog, "Cerrar").click();

  // Suspended without a reason, and given another day.
  await button(page, /^Consulado móvil Publicada/).click();
  await button(page, "Suspender").click();
  await page.getByText("El motivo no se publica.").waitFor();
  await button(page, "Sí, suspender y avisar").click();
  await button(page, /^Consulado móvil Suspendida/).click();
  await button(page, "Cambiar de día o de lugar").click();
  await page.getByLabel("Nuevo día").fill(NEXT_SATURDAY);
  await page.getByLabel("Abre a las").fill("10:00");
  await button(page, "Cambiar y avisar").click();
  await page.getByText("La jornada cambió.").waitFor();
  await page.getByLabel("Semana siguiente").click();
  await button(page, /^Consulado móvil Publicada .* Documentación, 10:00 a 15:00 0 de 72 con cita$/).waitFor();

  // The same kit in another town on the same day: refused with the town, and the form keeps what was typed.
  await button(page, "Nueva jornada").click();
  await page.getByLabel("Día", { exact: true }).fill(NEXT_SATURDAY);
  await addVenue(page, "Biblioteca del Valle", "Madera");
  await fillHours(page);
  await page.getByRole("checkbox", { name: "Equipo: Equipo móvil 1 ese día está en Selma" }).check();
  await button(page, "Ver qué da").click();
  await page.getByText(/^Equipo móvil 1 está en Selma el sábado, 19 de diciembre\./).waitFor();
  expect(await page.getByLabel("Abre").inputValue()).toBe("09:00");
  expect(await faultsOf(page)).toEqual([]);

  stage.app.services.clock.advance(MINUTE_MS);
  await page.goto(`${stage.app.origin}${address}`);
  await page.getByText("100 Calle Inventada").first().waitFor();
  await page.getByText("Salón San José").first().waitFor();
});

/** A week down and back to today, and a month's day into its week, without a mouse. */
async function walkByKeys(page: Page): Promise<void> {
  const day = (date: string) => page.locator(`[data-day="${date}"]`);
  await day(TODAY).focus();
  await page.keyboard.press("ArrowDown");
  await expectFocus(day("2026-11-30"));
  await page.keyboard.press("ArrowRight");
  await expectFocus(day("2026-12-01"));
  await page.keyboard.press("t");
  await expectFocus(day(TODAY));
  await button(page, "Mes").click();
  await day(TODAY).focus();
  await page.keyboard.press("PageDown");
  await expectFocus(day("2026-12-23"));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /^Del 21 de diciembre/ }).waitFor();
}

async function addVenue(page: Page, name: string, city: string): Promise<void> {
  await button(page, "Nuevo lugar").click();
  const dialog = page.getByRole("dialog");
  await textBox(dialog, "Nombre").fill(name);
  await textBox(dialog, "Calle y número").fill("100 Calle Inventada");
  await textBox(dialog, "Ciudad").fill(city);
  await textBox(dialog, "Estado o provincia").fill("CA");
  await textBox(dialog, "Latitud").fill("36.57081");
  await textBox(dialog, "Longitud").fill("-119.61208");
  await textBox(dialog, "Entrada").fill("Puerta del estacionamiento, con rampa.");
  await dialog
    .getByLabel("Fotografía de la entrada")
    .setInputFiles({ name: "entrada.png", mimeType: "image/png", buffer: PICTURE });
  await button(dialog, "Guardar el lugar").click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("option", { name: `${name}, ${city}`, selected: true }).waitFor({ state: "attached" });
}

async function fillHours(page: Page): Promise<void> {
  await page.getByLabel("Abre").fill("09:00");
  await page.getByLabel("Cierra").fill("14:00");
  await page.getByLabel("Ventanillas", { exact: true }).fill("4");
  await page.getByLabel("Minutos por lugar").fill("15");
}
