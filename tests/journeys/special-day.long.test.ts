import { expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { aSpecialDay, VENUE } from "#tests/support/special-days.ts";
import { readPdf } from "../../src/channels/documents/read-pdf.fixtures.ts";
import { signInByButton } from "./console-steps.ts";
import { ROSA } from "./family.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { answerFromStart, aVisitor, button, chooseHour, expectHeading, link, textBox, verifyByEmail } from "./steps.ts";

const stage = openStage();
const ADDRESS = "rosa.reno@ejemplo.invalid";

test("somebody in Reno finds a mobile consulate by her postal code, books there without script, and is told its street to the end", async () => {
  const { services, origin } = stage.app;
  await aSpecialDay(services);
  services.clock.advance(MINUTE_MS);
  const page = await aVisitor(stage, { javaScriptEnabled: false });
  await page.goto(`${origin}/jornadas`);
  await textBox(page, "Su código postal o ciudad").fill("89501");
  await button(page, "Buscar").click();
  await page.getByRole("heading", { level: 1, name: /^Los más cercanos a Reno/ }).waitFor();
  const first = page.locator(".card").first();
  expect(await first.innerText()).toMatch(/Consulado móvil en Reno[\s\S]*5 de diciembre[\s\S]*1010 Calle Ficticia/);
  await link(first, "Consulado móvil en Reno").click();
  await expectHeading(page, "Consulado móvil en Reno");
  expect(await page.getByRole("main").innerText()).toContain("No es en el edificio del consulado.");
  // Drawn here, and said for whoever sees no picture.
  await page.getByRole("img", { name: /^A \d+ millas? \(\d+ km\) al \w+ de Reno$/ }).waitFor();

  await expect
    .poll(async () => (await page.reload(), link(page, "Sacar cita en esta jornada").count()), { timeout: 10_000 })
    .toBe(1);
  await link(page, "Sacar cita en esta jornada").click();
  await answerFromStart(page, [ROSA]);
  await link(page, "Elegir lugar y día").click();
  await button(page, /^Elegir esta jornada/).click();
  await verifyByEmail(page, stage.app, ADDRESS);
  await chooseHour(page);
  expect(await page.getByRole("main").innerText()).toContain(VENUE.street);
  await button(page, "Confirmar la cita").click();
  await expectHeading(page, "Su cita está lista");
  const done = await page.getByRole("main").innerText();
  for (const told of [VENUE.name, VENUE.street, "Reno, NV", "No es en el edificio del consulado.", VENUE.wayIn])
    expect(done).toContain(told);
  const { text } = await stage.app.message(ADDRESS, "confirmed");
  expect(text).toContain("Lugar: Salón de Ejemplo, 1010 Calle Ficticia, Reno, NV");
  expect(text).toContain("No es en el edificio del consulado.");
  expect(text).not.toContain("Fresno");
  await page.context().close();
});

test("its page and what is sent out about it are for everybody's eyes", async () => {
  const page = await aVisitor(stage);
  await page.goto(`${stage.app.origin}/jornadas`);
  await link(page, "Consulado móvil en Reno").click();
  expect(await faultsOf(page)).toEqual([]);
  await link(page, /^Para difundir/).click();
  await expectHeading(page, "Para difundir: Consulado móvil en Reno");
  expect(await faultsOf(page)).toEqual([]);
  await page.context().close();
});

test("the supervisor has its four forms in the console, from the calendar", async () => {
  const page = await aVisitor(stage, { viewport: { width: 1280, height: 800 } });
  await signInByButton(page, stage.app, "Supervisión");
  await link(page, "Calendario").click();
  await link(page, "Difusión").click();
  await expectHeading(page, "Difusión");
  expect(await textBox(page, "Guion de radio").inputValue()).toContain("mil diez Calle Ficticia");
  const poster = await page.request.get(
    new URL((await link(page, "Abrir el cartel (PDF)").getAttribute("href"))!, stage.app.origin).toString(),
  );
  expect(readPdf(await poster.body()).page.text).toContain("Consulado móvil en Reno");
  expect(await faultsOf(page)).toEqual([]);
  await page.context().close();
});
