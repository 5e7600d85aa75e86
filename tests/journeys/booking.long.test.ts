import { describe, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { MORNING } from "#tests/support/application.ts";
import { FAMILY, JUAN, ROSA } from "./family.ts";
import { openStage } from "./stage.ts";
import {
  answerWhoAndWhat,
  aVisitor,
  button,
  chooseHour,
  chooseHourAndConfirm,
  choosePlaceAndDay,
  expectHeading,
  folioOn,
  link,
  textBox,
  verifyByEmail,
} from "./steps.ts";

const stage = openStage();

/** The same people in other words: nobody books twice. */
const OTHERS = FAMILY.map((person, i) => ({
  ...person,
  given: `${person.given} ${["Ana", "Bruno", "Celia", "Darío"][i]!}`,
}));

describe.each([
  { how: "with script", javaScriptEnabled: true, address: "familia@ejemplo.invalid", family: FAMILY },
  {
    how: "with script switched off",
    javaScriptEnabled: false,
    address: "otra.familia@ejemplo.invalid",
    family: OTHERS,
  },
])("a family of four, $how,", ({ javaScriptEnabled, address, family }) => {
  test("books one visit near its home and finds it again by the link of the message", async () => {
    const page = await aVisitor(stage, { javaScriptEnabled });
    await answerWhoAndWhat(page, family);
    const papers = await page.getByRole("main").innerText();
    for (const person of family) expect(papers).toContain(person.given);
    expect(papers).toContain("Dinero que debe llevar");

    await choosePlaceAndDay(page);
    await expectHeading(page, "¿Cómo le avisamos?");
    await verifyByEmail(page, stage.app, address);
    await chooseHour(page);
    const review = await page.getByRole("main").innerText();
    expect(review).toMatch(/Le guardamos este lugar hasta las 10:10.*Quedan 10 minutos/);
    expect(review).toContain("Todavía no tiene cita");
    for (const person of family) expect(review).toContain(`${person.given} ${person.first}`);

    await button(page, "Confirmar la cita").click();
    await expectHeading(page, "Su cita está lista");
    const confirmation = await page.getByRole("main").innerText();
    const folio = await folioOn(page);
    expect(confirmation).toContain("Consulado");
    expect(confirmation).toMatch(/hora de Fresno/);
    for (const person of family) expect(confirmation).toContain(person.given);

    const { text, html = "", subject = "" } = await stage.app.message(address, "confirmed");
    expect(text).toContain(folio.slice(-4));
    for (const said of [text, html, subject]) {
      expect(said).not.toContain(folio);
      for (const person of family)
        for (const secret of [person.given, person.first, ...person.services]) expect(said).not.toContain(secret);
    }

    const [messageLink] = /http:\S+\/c\/\S+/.exec(text)!;
    await page.goto(messageLink);
    await expectHeading(page, "Su cita");
    expect(await folioOn(page)).toBe(folio);

    // From another telephone the link alone shows nothing: first the code, then the folio.
    const elsewhere = await aVisitor(stage, { javaScriptEnabled });
    await elsewhere.goto(messageLink);
    await expectHeading(elsewhere, "Su cita");
    expect(await elsewhere.content()).not.toContain(family[0]!.first);
    stage.app.services.clock.advance(MINUTE_MS);
    await verifyByEmail(elsewhere, stage.app, address);
    await expectHeading(elsewhere, "Sus citas");
    await textBox(elsewhere, "Folio").fill(folio.toLowerCase());
    await button(elsewhere, "Abrir la cita").click();
    expect(await folioOn(elsewhere)).toBe(folio);
    stage.app.services.clock.set(MORNING);
    await page.context().close();
    await elsewhere.context().close();
  });
});

test("a hold that ran out is told kindly, and nothing that was answered is lost", async () => {
  const page = await aVisitor(stage);
  await answerWhoAndWhat(page, [{ ...JUAN, given: "Tomás Ficticio" }]);
  await choosePlaceAndDay(page);
  await verifyByEmail(page, stage.app, "tomas@ejemplo.invalid");
  await chooseHour(page);
  await button(page, "Darme 10 minutos más").click();
  expect(await page.getByRole("main").innerText()).toContain("Quedan 20 minutos");
  stage.app.services.clock.advance(21 * MINUTE_MS);
  await button(page, "Confirmar la cita").click();
  await expectHeading(page, "Pasó el tiempo en que le guardamos el lugar");
  expect(await page.getByRole("main").innerText()).toContain("No perdió lo que contestó");
  await link(page, "Elegir otra hora").click();
  await chooseHourAndConfirm(page);
  expect(await page.getByRole("main").innerText()).toContain("Tomás Ficticio");
  stage.app.services.clock.set(MORNING);
  await page.context().close();
});

test("what is wrong in a form is told at once, above and beside it, and what was typed stays", async () => {
  const page = await aVisitor(stage);
  await link(page, "Sacar una cita").first().click();
  await button(page, "Empezar").click();
  await page.getByRole("radio", { name: "1 persona" }).check();
  await button(page, "Continuar").click();
  await textBox(page, "Primer apellido").fill(ROSA.first);
  await button(page, "Guardar y continuar").click();
  const summary = page.getByRole("alert");
  await summary.waitFor();
  expect(await page.title()).toMatch(/^Error/);
  expect(await textBox(page, "Primer apellido").inputValue()).toBe(ROSA.first);
  await summary.getByRole("link", { name: "Escriba el nombre." }).click();
  expect(await textBox(page, "Nombre o nombres").evaluate((box) => box === document.activeElement)).toBe(true);
  await page.context().close();
});
