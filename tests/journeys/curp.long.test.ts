import { expect, test } from "vitest";
import { ROSA } from "./family.ts";
import { faultsOf, misfitsOf, NARROW } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, expectHeading, fillDate, link, radio, textBox } from "./steps.ts";

const stage = openStage();
/** Of nobody: born three years before Rosa, and of another name. */
const ANOTHERS = "HEGG560427MVZRRL04";

test.each([
  { how: "with script", javaScriptEnabled: true },
  { how: "without script", javaScriptEnabled: false },
])("a CURP of another date is asked about once, $how, and a box lets her go on", async ({ javaScriptEnabled }) => {
  const page = await aVisitor(stage, { javaScriptEnabled, viewport: NARROW });
  await link(page, "Sacar una cita").first().click();
  await button(page, "Empezar").click();
  await radio(page, /^1 persona/).check();
  await button(page, "Continuar").click();
  await textBox(page, "Nombre o nombres").fill(ROSA.given);
  await textBox(page, "Primer apellido").fill(ROSA.first);
  await textBox(page, "Segundo apellido").fill(ROSA.second);
  await fillDate(page.getByRole("group", { name: "Fecha de nacimiento" }), ROSA.born);
  await page.getByRole("combobox", { name: "¿Dónde nació?" }).selectOption(ROSA.bornIn);
  await radio(page, ROSA.sex).check();
  expect(await page.getByRole("checkbox").count()).toBe(0);
  await textBox(page, "CURP").fill(ANOTHERS);
  await button(page, "Guardar y continuar").click();

  const told = link(page, /La CURP dice otra fecha de nacimiento/);
  expect(await told.getAttribute("href")).toBe("#seguro");
  expect(await textBox(page, "CURP").inputValue()).toBe(ANOTHERS);
  expect(await misfitsOf(page)).toEqual([]);
  if (javaScriptEnabled) expect(await faultsOf(page)).toEqual([]);
  await page.getByRole("checkbox", { name: /Sí, así están en mis papeles/ }).check();
  await button(page, "Guardar y continuar").click();
  await expectHeading(page, `¿Qué trámites necesita ${ROSA.given}?`);
});
