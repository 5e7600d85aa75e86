import { mkdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { surveyToken } from "#modules/messaging/index.ts";
import { MORNING } from "#tests/support/application.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf, misfitsOf, NARROW, unreachableOf } from "./looks.ts";
import { aPartyToday } from "./parties.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, expectHeading, link, radio, textBox } from "./steps.ts";

const DESK = { viewport: { width: 1280, height: 800 } };
/** A call is on every screen of the office within this. */
const AT_ONCE_MS = 1_000;
/** Where somebody who looks at the pages finds their pictures; without it none is taken. */
const SHOTS = process.env["VENTANILLA_SHOTS"];

const stage = openStage();
beforeEach(() => stage.app.services.clock.set(MORNING));

async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}

/** What is wrong with the page as it stands, for the eye, the keyboard and the screen reader. */
async function looksWell(page: Page, name: string, part?: string): Promise<void> {
  await shot(page, name);
  expect([...(await faultsOf(page)), ...(await misfitsOf(page, part))]).toEqual([]);
}

/** From now on the page's device has a voice, which says each sentence at once and writes it down. */
async function withAVoice(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const said: string[] = [];
    const speech = Object.assign(new EventTarget(), {
      getVoices: () => [{ lang: "es-MX", localService: true }],
      speak(one: { readonly text: string; onend?: () => void }) {
        said.push(one.text);
        setTimeout(() => one.onend?.());
      },
      cancel: () => undefined,
    });
    const Utterance = function (this: { text: string }, text: string) {
      this.text = text;
    };
    Object.assign(globalThis, { SpeechSynthesisUtterance: Utterance, said });
    Object.defineProperty(globalThis, "speechSynthesis", { value: speech });
  });
  return () => page.evaluate(() => (globalThis as typeof globalThis & { readonly said: string[] }).said);
}

async function chooseCounter(page: Page, number: number): Promise<void> {
  await button(page, "Elegir mi ventanilla").click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: new RegExp(`^${number}`) })
    .click();
}

test("a clerk in danger calls without a sound: her screen hardly changes, her colleagues' says where, and one of them ends it", async () => {
  const clerk = await aVisitor(stage, DESK);
  const colleague = await aVisitor(stage, DESK);
  await signInByButton(clerk, stage.app, "Ventanilla");
  await signInByButton(colleague, stage.app, "Supervisión");
  await Promise.all([clerk, colleague].map((page) => page.getByText("En vivo").waitFor()));
  await chooseCounter(clerk, 2);

  // Once is a slip of the hand and calls nobody.
  await clerk.keyboard.press("F9");
  await button(clerk, "Otra vez").waitFor();
  const banner = colleague.getByRole("alert").getByText("Ayuda en la ventanilla 2");
  // In front of a dialogue and in a text box too.
  await textBox(clerk, "Buscar en la lista").focus();
  await clerk.keyboard.press("F9");
  const called = performance.now();
  await banner.waitFor();
  expect(performance.now() - called).toBeLessThan(AT_ONCE_MS);
  await clerk.getByText("Aviso enviado").waitFor();
  expect(await clerk.getByRole("dialog").count()).toBe(0);
  expect(await clerk.getByRole("alert").count()).toBe(0);
  expect(await textBox(clerk, "Buscar en la lista").inputValue()).toBe("");
  await shot(clerk, "alarm-own-1280");
  await button(clerk, "Deshacer").click();
  await banner.waitFor({ state: "detached" });

  // Held with the finger.
  const key = button(clerk, /^Pedir ayuda sin ruido/);
  await key.dispatchEvent("pointerdown");
  await banner.waitFor();
  stage.app.services.clock.advance(11_000);
  await looksWell(colleague, "alarm-colleague-1280", ".alarm-banner");
  await colleague.setViewportSize(NARROW);
  await looksWell(colleague, "alarm-colleague-320", ".alarm-banner");
  await colleague.setViewportSize(DESK.viewport);
  await colleague.getByRole("navigation", { name: "Secciones" }).getByRole("link", { name: "Reportes" }).click();
  await button(colleague, "Voy yo").click();
  await clerk.getByText(/^Va /).waitFor();
  await button(colleague, "Ya pasó").click();
  await banner.waitFor({ state: "detached" });
  await key.waitFor();
  const lines = await stage.app.services.adminQuery<{ action: string }>(
    "select action from audit.entries where action like 'alarm.%' order by at",
  );
  expect(lines.map(({ action }) => action)).toEqual([
    "alarm.raise",
    "alarm.undo",
    "alarm.raise",
    "alarm.see",
    "alarm.end",
  ]);
});

test("an interpreter by one key: the card, the variant, the number, and the turn keeps its place", async () => {
  await aPartyToday(stage.app, "11:00", ["Rosa"]);
  const clerk = await aVisitor(stage, DESK);
  await signInByButton(clerk, stage.app, "Supervisión");
  await clerk.getByText("En vivo").waitFor();
  await link(clerk, "Ficha de la oficina").click();
  await textBox(clerk, "Teléfono de intérpretes").fill("+1 559 555 0100");
  await button(clerk, "Guardar").first().click();
  await clerk.getByText("Guardado.").waitFor();
  await looksWell(clerk, "office-file-line-1280", "main");

  await link(clerk, "Hoy").click();
  await clerk.getByRole("listitem").filter({ hasText: "Rosa" }).getByRole("button").first().click();
  await clerk.keyboard.press("l");
  await clerk.getByText("llegó.").waitFor();
  await clerk.keyboard.press("t");
  const card = clerk.getByRole("dialog", { name: "Señale su lengua" });
  await card.getByText("Un niño o una niña no interpreta.").waitFor();
  await looksWell(clerk, "language-card-1280", "dialog");
  await clerk.setViewportSize({ width: 360, height: 740 });
  await looksWell(clerk, "language-card-360", "dialog");
  expect(await unreachableOf(clerk)).toEqual([]);
  await clerk.setViewportSize(DESK.viewport);
  await button(card, /tu’un savi/).click();
  await button(clerk.getByRole("dialog", { name: "¿De dónde es su mixteco?" }), "de la Costa").click();
  await clerk.getByText("Intérprete de mixteco de la Costa: espera 0 min").waitFor();
  await link(clerk, "+15595550100").waitFor();
  await looksWell(clerk, "interpreter-waits-1280", ".interpreter");
  stage.app.services.clock.advance(3 * MINUTE_MS);
  await button(clerk, "Ya contestó").click();
  await clerk.getByText(/^Con intérprete de mixteco de la Costa/).waitFor();
  await button(clerk, "Terminó").click();
  await button(clerk, /^Intérprete/).waitFor();
  const minutes = await stage.app.services.adminQuery("select language, measure, minutes from visits.interpreted");
  expect(minutes).toContainEqual({ language: "mixteco_costa", measure: "wait", minutes: 3 });
});

test("who came says with a face how it went, by touch and without a script; the office types paper in and reads sums", async () => {
  const { id } = await aPartyToday(stage.app, "11:30", ["Elena"]);
  const clerk = await aVisitor(stage, DESK);
  await signInByButton(clerk, stage.app, "Titular");
  await clerk.getByText("En vivo").waitFor();
  await clerk.getByRole("listitem").filter({ hasText: "Elena" }).getByRole("button").first().click();
  await clerk.keyboard.press("l");
  await clerk.getByText("llegó.").waitFor();
  await clerk.keyboard.press("v");
  await clerk.getByRole("dialog").getByRole("button", { name: /^1/ }).click();
  await clerk.getByText("en llamada a su ventanilla.").waitFor();
  await clerk.keyboard.press("a");
  await clerk.getByText("en atención.").waitFor();
  await clerk.keyboard.press("e");
  await clerk.getByText("Resultado guardado.").first().waitFor();

  const path = `/e/${await surveyToken(stage.app.services, id)}`;
  const elena = await aVisitor(stage, { viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  await elena.goto(stage.app.origin + path);
  await expectHeading(elena, "¿Cómo le fue en su visita?");
  await shot(elena, "survey-360");
  await button(elena, "Mandar").click();
  await elena.getByRole("alert").getByRole("link", { name: "Escoja una de las tres caritas." }).waitFor();
  await radio(elena, "Bien").first().check();
  await elena.getByText("Si quiere, diga más").click();
  await radio(elena, "Con amabilidad").check();
  await shot(elena, "survey-more-360");
  await button(elena, "Mandar").click();
  await expectHeading(elena, "Gracias, ya tenemos su respuesta");
  await shot(elena, "survey-thanks-360");

  // The same pages with a script, for the checker.
  const other = await aVisitor(stage, { viewport: { width: 360, height: 740 } });
  for (const [address, name] of [
    [path, "thanks"],
    ["/opinion/hoja", "sheet"],
    ["/en/opinion/hoja", "sheet-en"],
  ] as const) {
    await other.goto(stage.app.origin + address);
    await looksWell(other, `survey-${name}-360-script`);
  }
  await other.setViewportSize(DESK.viewport);
  await other.emulateMedia({ media: "print" });
  await shot(other, "survey-sheet-print");
  const second = await aPartyToday(stage.app, "12:00", ["Saúl"]);
  await stage.app.services.adminQuery(
    `insert into visits.visits (office_id, id, booking_id, local_date, state, arrived_at, done_at) values ('fresno', gen_random_uuid(), $1, '2026-11-23', 'done', now(), now())`,
    [second.id],
  );
  await other.emulateMedia({ media: "screen" });
  for (const language of ["", "/en"]) {
    await other.goto(`${stage.app.origin}${language}/e/${await surveyToken(stage.app.services, second.id)}`);
    await looksWell(other, `survey-1280${language.replace("/", "-")}`);
    expect(await unreachableOf(other)).toEqual([]);
  }

  const listener = await aVisitor(stage);
  const said = await withAVoice(listener);
  await listener.goto(`${stage.app.origin}/e/${await surveyToken(stage.app.services, second.id)}`);
  await button(listener, "Escuchar").click();
  await expect.poll(said).toEqual(expect.arrayContaining(["¿Cómo le fue?", "Bien", "Regular", "Mal", "Mandar"]));

  await link(clerk, "Reportes").click();
  await button(clerk, "Lo que dicen").click();
  await clerk.getByRole("heading", { name: "Contestado en papel" }).waitFor();
  await textBox(clerk, "La visita: Bien").fill("1");
  await textBox(clerk, "El trato: Bien").fill("1");
  await button(clerk, "Sumar estos papeles").click();
  await clerk.getByText("Sumado: 1 papel.").waitFor();
  await looksWell(clerk, "reports-care-1280", "main");
  await clerk.setViewportSize(NARROW);
  await looksWell(clerk, "reports-care-320", "main");
  await button(clerk, "Deshacer").click();
  await clerk.getByText("Deshecho.").waitFor();
});
