import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect, onTestFailed, vi } from "vitest";
import type { TestApplication } from "#tests/support/application.ts";
import type { ParentAnswer, Person } from "./family.ts";
import type { Stage } from "./stage.ts";

// A whole journey on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

/** Longer than any page of ours takes, short enough that a failure names its line. */
const PATIENCE_MS = 15_000;

/** Somebody at a telephone, with a browser profile of her own. */
export async function aVisitor({ app, browser }: Stage, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    locale: "es-MX",
    viewport: { width: 390, height: 844 },
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  onTestFailed(async () =>
    console.error(`A browser stands at ${page.url()}\n${(await page.locator("main").innerText()).slice(0, 1_000)}`),
  );
  await page.goto(app.origin);
  return page;
}

/** Told of every page before it is answered. */
export type Look = (page: Page) => Promise<unknown>;
const noLook: Look = () => Promise.resolve();

/** The link to the first day for the party, in either of its words. */
export const FIRST_DAY = /^Primer día con (bastantes )?lugares/;
export const FOLIO = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}/;

export const button = (within: Page | Locator, name: string | RegExp): Locator => within.getByRole("button", { name });
export const link = (within: Page | Locator, name: string | RegExp): Locator => within.getByRole("link", { name });
export const textBox = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole("textbox", { name });
export const radio = (within: Page | Locator, name: string | RegExp): Locator => within.getByRole("radio", { name });

export async function expectHeading(page: Page, text: string): Promise<void> {
  await page.getByRole("heading", { level: 1, name: text }).waitFor();
}

export async function expectFocus(wanted: Locator): Promise<void> {
  await expect.poll(() => wanted.evaluate((element) => element === document.activeElement)).toBe(true);
}

/** From the first page of the site to what the family brings. */
export async function answerWhoAndWhat(page: Page, people: readonly Person[], look: Look = noLook): Promise<void> {
  await expectHeading(page, "Su cita en el consulado de México");
  await link(page, "Sacar una cita").first().click();
  await answerFromStart(page, people, look);
}

/** The same from the page on which a visit begins, wherever its link stood. */
export async function answerFromStart(page: Page, people: readonly Person[], look: Look = noLook): Promise<void> {
  await expectHeading(page, "Sacar una cita");
  await look(page);
  await button(page, "Empezar").click();
  await expectHeading(page, "¿Cuántas personas necesitan un trámite?");
  await look(page);
  await radio(page, new RegExp(`^${people.length} persona`)).check();
  await button(page, "Continuar").click();
  for (const person of people) await answerPerson(page, person, look);
  await expectHeading(page, "Preguntas rápidas para que no le falte nada");
  await look(page);
  for (const question of await page.getByRole("group").all()) await radio(question, "No sé").check();
  await button(page, "Continuar").click();
  await expectHeading(page, "Qué llevar a la cita");
  await look(page);
}

async function answerPerson(page: Page, person: Person, look: Look): Promise<void> {
  await page.getByRole("heading", { level: 1, name: /¿Quién (viene|hace el trámite)\?$/ }).waitFor();
  await look(page);
  await textBox(page, "Nombre o nombres").fill(person.given);
  await textBox(page, "Primer apellido").fill(person.first);
  await textBox(page, "Segundo apellido").fill(person.second);
  await fillDate(page.getByRole("group", { name: "Fecha de nacimiento" }), person.born);
  await page.getByRole("combobox", { name: "¿Dónde nació?" }).selectOption(person.bornIn);
  await radio(page, person.sex).check();
  await button(page, "Guardar y continuar").click();

  await expectHeading(page, `¿Qué trámites necesita ${person.given}?`);
  await look(page);
  for (const service of person.services) await page.getByRole("checkbox", { name: service }).check();
  await button(page, "Guardar y continuar").click();

  if (!person.parents) return;
  await expectHeading(page, `¿Quiénes aparecen en el acta de ${person.given}?`);
  const { first, second } = person.parents;
  await answerParent(page.getByRole("group", { name: "La primera persona del acta" }), first);
  await radio(page, second ? "Sí, dos personas" : "No, solo una persona").check();
  if (second) await answerParent(page.getByRole("group", { name: "La segunda persona del acta" }), second);
  await look(page);
  await button(page, "Guardar y continuar").click();
}

async function answerParent(group: Locator, answer: ParentAnswer): Promise<void> {
  await radio(group, answer.part).check();
  if (!("signedOn" in answer || "sheetTo" in answer)) return;
  if (answer.signedOn) await fillDate(group.getByRole("group", { name: "¿Qué día firmó" }), answer.signedOn);
  if (answer.sheetTo) {
    const [way, address] = answer.sheetTo;
    await radio(group, new RegExp(`^${way}`)).check();
    await textBox(group, way === "Por correo" ? "Correo de quien firma" : "Celular de quien firma").fill(address);
  }
}

export async function fillDate(group: Locator, [day, month, year]: readonly [string, string, string]): Promise<void> {
  await group.getByRole("textbox", { name: "Día" }).fill(day);
  await group.getByRole("textbox", { name: "Mes" }).fill(month);
  await group.getByRole("textbox", { name: "Año" }).fill(year);
}

/** By postal code to the nearest office, and to the first day on which it has places. */
export async function choosePlaceAndDay(page: Page, look: Look = noLook): Promise<void> {
  await link(page, "Elegir lugar y día").click();
  await expectHeading(page, "¿A qué consulado quiere ir?");
  await textBox(page, "Su código postal o ciudad").fill("93701");
  await button(page, "Buscar").click();
  await page.getByRole("heading", { level: 2, name: /^Consulados cerca de Fresno/ }).waitFor();
  await look(page);
  await button(page, "Elegir Fresno").click();
  await expectHeading(page, "¿Qué día puede ir?");
  await look(page);
  await link(page, FIRST_DAY).click();
}

/** A contact by e-mail and the code that arrives there. */
export async function verifyByEmail(
  page: Page,
  app: TestApplication,
  address: string,
  look: Look = noLook,
): Promise<void> {
  await look(page);
  await radio(page, "Correo electrónico").check();
  await textBox(page, "Su correo electrónico").fill(address);
  const known = app.messagesTo(address).filter((one) => one.kind === "code").length;
  await button(page, "Mandar el código").click();
  await expectHeading(page, "Escriba el código");
  await look(page);
  await textBox(page, "Código de 6 números").fill(await codeSentTo(app, address, known));
  await button(page, "Confirmar").click();
}

/** The digits of a code, which is not one of those that were `known` before it was asked for. */
export async function codeSentTo(app: TestApplication, address: string, known = 0): Promise<string> {
  const { text } = await app.message(address, "code", known);
  return /\b\d{6}\b/.exec(text)![0];
}

/** An hour, everything once more, and the confirmation. Gives back the folio. */
export async function chooseHourAndConfirm(page: Page, look: Look = noLook): Promise<string> {
  await chooseHour(page, look);
  await button(page, "Confirmar la cita").click();
  await page.getByRole("heading", { level: 1, name: "Su cita está lista" }).waitFor();
  await look(page);
  return folioOn(page);
}

export async function chooseHour(page: Page, look: Look = noLook): Promise<void> {
  await expectHeading(page, "¿A qué hora?");
  await look(page);
  await button(page, / hasta /)
    .first()
    .click();
  await expectHeading(page, "Revise y confirme");
  await look(page);
}

export async function folioOn(page: Page): Promise<string> {
  const text = await page.getByRole("main").innerText();
  const folio = FOLIO.exec(text)?.[0];
  expect(folio, "the page shows no folio").toBeDefined();
  return folio!;
}

/** The shortest way to an appointment, for journeys that begin with one. */
export async function bookOnTheWeb(
  page: Page,
  app: TestApplication,
  people: readonly Person[],
  address: string,
): Promise<string> {
  await page.goto(app.origin);
  await answerWhoAndWhat(page, people);
  await choosePlaceAndDay(page);
  await verifyByEmail(page, app, address);
  return chooseHourAndConfirm(page);
}

/** A device whose owner opens it with a finger: from then on its passkeys answer by themselves. */
export async function withFinger(page: Page): Promise<void> {
  const device = await page.context().newCDPSession(page);
  await device.send("WebAuthn.enable");
  await device.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}
