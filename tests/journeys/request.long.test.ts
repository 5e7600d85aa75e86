import type { Page } from "playwright-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { aDrawWorld, goOnBeside, HOURS } from "#tests/support/draw-world.ts";
import { MORNING } from "#tests/support/application.ts";
import { JUAN, ROSA, type Person } from "./family.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import {
  answerWhoAndWhat,
  aVisitor,
  button,
  expectHeading,
  FOLIO,
  folioOn,
  link,
  textBox,
  verifyByEmail,
} from "./steps.ts";

const stage = openStage();
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };
let faults: string[] = [];
let checker: Page;

beforeAll(async () => {
  await aDrawWorld(stage.app.services);
});
afterEach(() => {
  stage.app.services.clock.set(MORNING);
  expect(faults).toEqual([]);
  faults = [];
});

/** The page on a narrow telephone and on a desk; nothing of it may be wider than the screen. */
async function look(page: Page): Promise<void> {
  // The checker is a script: it looks at the same page in a browser that runs one.
  await checker.context().clearCookies();
  await checker.context().addCookies(await page.context().cookies());
  await checker.goto(page.url());
  for (const size of [DESK, PHONE]) {
    await checker.setViewportSize(size);
    faults.push(...(await faultsOf(checker)));
    const wide = await checker.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) faults.push(`${page.url()} is ${wide} px wider than ${size.width}`);
  }
  // The same in English, whose sentences break elsewhere.
  const { origin, pathname, search } = new URL(page.url());
  const answer = await checker.goto(`${origin}/en${pathname}${search}`);
  if (answer!.status() !== 200) faults.push(`/en${pathname} answers ${answer!.status()}`);
  faults.push(...(await faultsOf(checker)));
}

/** From the first page to the receipt, on a telephone without script. Gives back the number. */
async function asks(page: Page, person: Person, address: string, onlySaturdays: boolean): Promise<string> {
  await answerWhoAndWhat(page, [person]);
  await link(page, "Elegir lugar y día").click();
  await textBox(page, "Su código postal o ciudad").fill("93701");
  await button(page, "Buscar").click();
  await button(page, "Elegir Fresno").click();
  await expectHeading(page, "Aquí se reparten los lugares");
  expect(await page.getByRole("main").innerText()).toContain("Pedir primero o al final da lo mismo.");
  await look(page);
  await button(page, "Pedir un lugar").click();
  // Only Fresno draws: the first question has one answer, and may be looked at.
  await expectHeading(page, "¿Qué días puede ir?");
  await look(page);
  if (onlySaturdays)
    for (const day of ["Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Domingo"])
      await page.getByRole("checkbox", { name: day }).uncheck();
  await button(page, "Guardar y continuar").click();
  await expectHeading(page, "¿Desde cuándo y hasta cuándo?");
  await look(page);
  await button(page, "Guardar y continuar").click();
  await expectHeading(page, "¿Alguien no debe esperar?");
  await look(page);
  await button(page, "Continuar").click();
  await expectHeading(page, "¿Cómo le avisamos?");
  await verifyByEmail(page, stage.app, address);
  await expectHeading(page, "Revise su solicitud");
  await look(page);
  await link(page, "Cambiar los consulados").click();
  await expectHeading(page, "¿A cuáles consulados puede ir?");
  await look(page);
  await button(page, "Guardar y continuar").click();
  await expectHeading(page, "Revise su solicitud");
  await page.getByRole("checkbox", { name: /quiero que quede confirmado/ }).uncheck();
  await button(page, "Enviar mi solicitud").click();
  await expectHeading(page, "Listo: recibimos su solicitud");
  await look(page);
  return folioOn(page);
}

/** By the link of a message, days later and on another telephone: the code, then the number. */
async function opens(page: Page, text: string, address: string, number: string): Promise<void> {
  const [messageLink] = /http:\S+\/s\/\S+/.exec(text)!;
  await page.goto(messageLink);
  await expectHeading(page, "Su cita");
  stage.app.services.clock.advance(MINUTE_MS);
  await verifyByEmail(page, stage.app, address);
  await expectHeading(page, "Sus citas");
  await textBox(page, "Folio").fill(number.toLowerCase());
  await button(page, "Abrir la cita").click();
  await expectHeading(page, "Su solicitud");
}

/** What is held of a request: who has seen it, and erasing it with its number. */
async function ownData(page: Page, number: string): Promise<void> {
  await link(page, "Quién ha visto mi solicitud").click();
  await expectHeading(page, "Quién ha visto su solicitud");
  await look(page);
  await link(page, "Volver a la solicitud").click();
  await link(page, "Borrar mi solicitud").click();
  await expectHeading(page, "Borrar su solicitud");
  await look(page);
  await button(page, "Borrar la solicitud").click();
  await page.getByText("Ese no es el número de esta solicitud").first().waitFor();
  await look(page);
  await textBox(page, "Para confirmar").fill(number);
  await button(page, "Borrar la solicitud").click();
  await expectHeading(page, "Listo: sus datos se borraron");
}

test("one family is given a place and accepts by the link; another is not, and sees when the next result comes", async () => {
  const { app } = stage;
  checker = await aVisitor(stage);
  const first = await aVisitor(stage, { javaScriptEnabled: false, viewport: PHONE });
  const number = await asks(first, ROSA, "rosa@ejemplo.invalid", false);
  const filed = await app.message("rosa@ejemplo.invalid", "request_filed");
  expect(filed.text).toContain(number.slice(-4));
  for (const secret of [ROSA.given, ROSA.first, "Matrícula", number]) expect(filed.text).not.toContain(secret);

  app.services.clock.advance(MINUTE_MS);
  const second = await aVisitor(stage, { javaScriptEnabled: false, viewport: PHONE });
  // Places are on a Monday alone.
  const other = await asks(second, { ...JUAN, given: "Julián Ficticio" }, "julian@ejemplo.invalid", true);

  await goOnBeside(app.services, HOURS.lock);
  await goOnBeside(app.services, HOURS.round);
  // Nobody posts anything now: what the draw announced is dispatched, and leaves with the next minute.
  await app.application.dispatcher.drain();
  app.services.clock.advance(MINUTE_MS);
  await app.application.timetable.tick();
  const offered = await app.message("rosa@ejemplo.invalid", "request_offered");
  const later = await aVisitor(stage, { javaScriptEnabled: false, viewport: PHONE });
  await opens(later, offered.text, "rosa@ejemplo.invalid", number);
  const page = await later.getByRole("main").innerText();
  expect(page).toContain("Le tocó lugar");
  expect(page).toContain("lunes, 14 de diciembre");
  expect(page).toContain("su lugar sigue siendo suyo");
  await look(later);
  // As if it were not her first wish: she may keep it and wait for that one, and still take it as it is.
  await app.services.adminQuery(
    "update allocation.outcomes o set option = 1 from allocation.filings f where f.app_id = o.app_id and f.answer = 'offered'",
  );
  await later.reload();
  await look(later);
  await button(later, "Sí, y cambiarlo si sale uno que puse antes").click();
  expect(await later.getByRole("main").innerText()).toContain("Su lugar está guardado");
  await look(later);
  await link(later, "No puedo ir").click();
  await expectHeading(later, "¿Seguro que no puede ir?");
  await look(later);
  await link(later, "Volver").first().click();
  await button(later, "Confirmar este y ya no cambiar").click();
  await expectHeading(later, "Su cita está lista");
  expect(await later.getByRole("main").innerText()).toMatch(FOLIO);
  expect((await app.message("rosa@ejemplo.invalid", "confirmed")).text).toContain("14 de diciembre");

  const waiting = await app.message("julian@ejemplo.invalid", "request_waiting");
  expect(waiting.text).toContain("Esta vez no le tocó lugar.");
  await opens(second, waiting.text, "julian@ejemplo.invalid", other);
  const told = await second.getByRole("main").innerText();
  expect(told).toContain("Esta vez no le tocó lugar");
  expect(told).toContain("El resultado siguiente sale el miércoles, 2 de diciembre");
  expect(told).not.toMatch(/sorteo|suerte|gan[oó]|posici[oó]n/i);
  await look(second);
  await link(second, "Retirar mi solicitud").click();
  await expectHeading(second, "¿Seguro que quiere retirarla?");
  await button(second, "Sí, retirar mi solicitud").click();
  await expectHeading(second, "Su solicitud");
  expect(await second.getByRole("main").innerText()).toContain("Retiró esta solicitud.");
  await look(second);
  await ownData(second, other);
}, 240_000);
