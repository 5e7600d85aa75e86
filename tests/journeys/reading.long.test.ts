import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { LUCIA, ROSA } from "./family.ts";
import { misfitsOf, NARROW, seesTheFocus } from "./looks.ts";
import { openStage } from "./stage.ts";
import {
  answerWhoAndWhat,
  aVisitor,
  button,
  chooseHourAndConfirm,
  choosePlaceAndDay,
  codeSentTo,
  expectHeading,
  FIRST_DAY,
  folioOn,
  link,
  radio,
  textBox,
  verifyByEmail,
} from "./steps.ts";

const MOST_TABS = 80;

const stage = openStage();

test("every page of a booking fits a screen of 320 pixels, and text of twice the size", async () => {
  const found: string[] = [];
  const page = await aVisitor(stage, { viewport: NARROW });
  const look = async (shown: Page) => found.push(...(await misfitsOf(shown)));
  for (const path of [
    "/oficinas",
    "/oficinas/fresno",
    "/tramites/pasaporte-adulto",
    "/buscar?lugar=93701",
    "/privacidad",
    "/emergencia",
    "/mi-cita",
    "/nada",
    "/",
  ]) {
    await page.goto(stage.app.origin + path);
    await look(page);
  }
  await answerWhoAndWhat(page, [ROSA, LUCIA], look);
  await choosePlaceAndDay(page, look);
  await verifyByEmail(page, stage.app, "rosa@ejemplo.invalid", look);
  await chooseHourAndConfirm(page, look);
  expect(found).toEqual([]);
});

test("the whole way to an appointment goes by the keyboard alone, and one always sees where one is", async () => {
  const page = await aVisitor(stage, { viewport: { width: 1280, height: 800 } });
  const { keyboard } = page;
  /** Presses Tab until the focus is there; each stop on the way must show itself. */
  const tabTo = async (wanted: Locator) => {
    for (let i = 0; i < MOST_TABS; i += 1) {
      await keyboard.press("Tab");
      const seen = await seesTheFocus(page);
      expect(
        seen,
        `the focus is not visible on ${await page.evaluate(() => document.activeElement!.outerHTML.slice(0, 120))}`,
      ).toBe(true);
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`${String(wanted)} was not reached by ${MOST_TABS} presses of Tab`);
  };
  const press = async (wanted: Locator) => {
    await tabTo(wanted);
    await keyboard.press("Enter");
  };
  const type = async (wanted: Locator, text: string) => {
    await tabTo(wanted);
    await keyboard.type(text);
  };
  const tick = async (wanted: Locator) => {
    await tabTo(wanted);
    await keyboard.press("Space");
  };

  await keyboard.press("Tab");
  expect(await link(page, "Ir al contenido").evaluate((element) => element === document.activeElement)).toBe(true);
  await keyboard.press("Enter");
  await press(link(page.getByRole("main"), "Sacar una cita"));
  await expectHeading(page, "Sacar una cita");
  await press(button(page, "Empezar"));
  await expectHeading(page, "¿Cuántas personas necesitan un trámite?");
  await tick(radio(page, "1 persona"));
  await keyboard.press("Enter");
  await expectHeading(page, "¿Quién hace el trámite?");
  await type(textBox(page, "Nombre o nombres"), "Teresa Ficticia");
  await type(textBox(page, "Primer apellido"), "Inventada");
  await type(textBox(page, "Día"), "3");
  await type(textBox(page, "Mes"), "4");
  await type(textBox(page, "Año"), "1979");
  await type(page.getByRole("combobox", { name: "¿Dónde nació?" }), "Oax");
  await tick(radio(page, "Mujer"));
  await press(button(page, "Guardar y continuar"));
  await expectHeading(page, "¿Qué trámites necesita Teresa Ficticia?");
  await tick(page.getByRole("checkbox", { name: "Matrícula consular" }));
  await press(button(page, "Guardar y continuar"));
  await expectHeading(page, "Preguntas rápidas para que no le falte nada");
  for (const question of await page.getByRole("group").all()) {
    await tick(radio(question, "Sí"));
    // From yes two steps on to "I do not know", as arrows move within one question.
    await keyboard.press("ArrowRight");
    await keyboard.press("ArrowRight");
    expect(await radio(question, "No sé").isChecked()).toBe(true);
  }
  await press(button(page, "Continuar"));
  await expectHeading(page, "Qué llevar a la cita");
  await press(link(page, "Elegir lugar y día"));
  await expectHeading(page, "¿A qué consulado quiere ir?");
  await type(textBox(page, "Su código postal o ciudad"), "93701");
  await keyboard.press("Enter");
  await button(page, "Elegir Fresno").waitFor();
  await press(button(page, "Elegir Fresno"));
  await expectHeading(page, "¿Qué día puede ir?");
  await press(link(page, FIRST_DAY));
  await expectHeading(page, "¿Cómo le avisamos?");
  await tick(radio(page, "Correo electrónico"));
  await type(textBox(page, "Su correo electrónico"), "teresa@ejemplo.invalid");
  await keyboard.press("Enter");
  await expectHeading(page, "Escriba el código");
  await type(textBox(page, "Código de 6 números"), await codeSentTo(stage.app, "teresa@ejemplo.invalid"));
  await keyboard.press("Enter");
  await expectHeading(page, "¿A qué hora?");
  await press(button(page, / hasta /).first());
  await expectHeading(page, "Revise y confirme");
  await press(button(page, "Confirmar la cita"));
  await expectHeading(page, "Su cita está lista");
  await folioOn(page);
});
