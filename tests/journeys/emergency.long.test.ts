import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { signInByButton } from "./console-steps.ts";
import { ROSA } from "./family.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, codeSentTo, expectHeading, fillDate, FOLIO, link, radio, textBox } from "./steps.ts";

const stage = openStage();
const DESK = { viewport: { width: 1280, height: 800 } };
const ADDRESS = "rosa.urgente@ejemplo.invalid";
/** What the queue of the office calls it. */
const WHAT = "Muerte o enfermedad grave";

async function expectClean(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
}

async function answerQuestions(page: Page): Promise<void> {
  await link(page, "Tengo una emergencia").first().click();
  await expectHeading(page, "Detención o peligro: ayuda ahora");
  await link(page.getByRole("main"), "Tengo una emergencia").click();
  await expectHeading(page, "Pedir una cita urgente");
  await radio(page, /^Murió un familiar/).check();
  await radio(page, "Mañana o pasado mañana").check();
  await page.getByRole("combobox", { name: "¿En qué consulado?" }).selectOption("fresno");
}

/** A member of staff before the queue of her office. */
async function atTheQueue(role: string): Promise<Page> {
  const desk = await aVisitor(stage, DESK);
  await signInByButton(desk, stage.app, role);
  await link(desk, /^Emergencias/).click();
  await expectHeading(desk, "Emergencias");
  return desk;
}

/** Opens the line of the queue that stands so, once it does. */
function openLine(desk: Page, state: string, answer = ""): Promise<void> {
  return desk.getByRole("listitem").filter({ hasText: state }).filter({ hasText: answer }).getByRole("button").click();
}

test("without script: two questions, a code, a place that two people signed, who comes, and the appointment", async () => {
  const clerk = await atTheQueue("Ventanilla");
  await clerk.getByText("No hay nada por contestar").waitFor();
  await expectClean(clerk);

  const rosa = await aVisitor(stage, { javaScriptEnabled: false });
  await answerQuestions(rosa);
  await radio(rosa, /^Mándenme un aviso/).check();
  await button(rosa, "Pedir ayuda").click();
  await expectHeading(rosa, "Su aviso");
  await radio(rosa, "Correo electrónico").check();
  await textBox(rosa, "Su correo electrónico").fill(ADDRESS);
  await button(rosa, "Mandar el código").click();
  await textBox(rosa, "Código de 6 números").fill(await codeSentTo(stage.app, ADDRESS));
  await button(rosa, "Confirmar").click();
  await expectHeading(rosa, "Recibimos su petición");
  await rosa.getByText(/Una persona le contesta antes de esta hora: .*12:15 p\.m\., hora de Fresno/).waitFor();
  await rosa.getByText("El consulado está cerrado ahora").waitFor();

  // It came to the open screen by itself.
  await link(clerk, "Emergencias 1 por contestar").waitFor();
  await button(clerk, `Abrir: ${WHAT}`).click();
  const dialog = clerk.getByRole("dialog");
  await radio(dialog, "Darle un lugar").waitFor();
  await dialog.getByLabel("Trámite").selectOption("matricula-consular");
  await dialog.getByLabel("Día").selectOption("2026-11-30");
  await dialog.getByLabel(/^Hora/).selectOption({ label: "08:15" });
  await dialog.getByLabel("Lo que se le escribe").fill("Pregunte en la puerta por la ventanilla de urgencias.");
  await expectClean(clerk);
  await button(dialog, "Firmar y pasar a la segunda persona").click();
  await dialog.getByText("Usted la firmó. Falta otra persona.").waitFor();
  expect(await button(dialog, /^Firmar/).count()).toBe(0);
  await rosa.reload();
  await expectHeading(rosa, "Recibimos su petición");

  const second = await atTheQueue("Supervisión");
  await button(second, `Abrir: ${WHAT}`).click();
  await second.getByRole("dialog").getByText("Otra persona la firmó. Falta usted.").waitFor();
  await expectClean(second);
  await button(second, "Firmar la respuesta").click();
  await second.getByText("Contestada. Se le avisa en seguida.").waitFor();
  await clerk.getByText("Contestadas y por venir").waitFor();

  const told = await stage.app.message(ADDRESS, "notice_answered");
  expect(told.text).not.toMatch(/emergen|urgen|Fresno|muri/i);
  await rosa.goto(/http\S+\/aviso/.exec(told.text)![0]);
  await expectHeading(rosa, "Hay un lugar para usted");
  await rosa.getByText("8:15 a.m.").waitFor();
  await rosa.getByText("Pregunte en la puerta por la ventanilla de urgencias.").waitFor();
  await button(rosa, "Decir quién viene").click();
  await textBox(rosa, "Nombre o nombres").fill(ROSA.given);
  await textBox(rosa, "Primer apellido").fill(ROSA.first);
  await textBox(rosa, "Segundo apellido").fill(ROSA.second);
  await fillDate(rosa.getByRole("group", { name: "Fecha de nacimiento" }), ROSA.born);
  await rosa.getByRole("combobox", { name: "¿Dónde nació?" }).selectOption(ROSA.bornIn);
  await radio(rosa, ROSA.sex).check();
  await button(rosa, "Guardar y continuar").click();
  await expectHeading(rosa, "Revise y confirme");
  await button(rosa, "Confirmar la cita").click();
  await expectHeading(rosa, "Su cita está lista");
  expect(await rosa.getByRole("main").innerText()).toMatch(FOLIO);
  await clerk.getByText("Con cita").first().waitFor();
});

test("whoever gives a telephone is called: a no in writing, a review, an hour of today, and names typed at the desk; each page is clean", async () => {
  const page = await aVisitor(stage, { viewport: { width: 360, height: 740 } });
  await answerQuestions(page);
  await expectClean(page);
  await button(page, "Pedir ayuda").click();
  await page.getByRole("alert").getByText("Diga cómo le contestamos.").waitFor();
  await expectClean(page);
  await radio(page, "Llámenme").check();
  await textBox(page, "Su teléfono").fill("(559) 233-4900");
  await button(page, "Pedir ayuda").click();
  await expectHeading(page, "Recibimos su petición");
  await expectClean(page);

  const [clerk, head] = [await atTheQueue("Ventanilla"), await atTheQueue("Titular")];
  const sign = async (desk: Page) => {
    await openLine(desk, "Falta la segunda firma");
    await button(desk, "Firmar la respuesta").click();
    await desk.getByText("Contestada. Se le avisa en seguida.").waitFor();
  };
  await openLine(clerk, "Sin contestar");
  await link(clerk, "Llamar al +15592334900").waitFor();
  await radio(clerk, "No se puede").check();
  await clerk.getByLabel("Motivo").selectOption("other_office");
  await button(clerk, "Firmar y pasar a la segunda persona").click();
  await clerk.getByText("Usted la firmó. Falta otra persona.").waitFor();
  await clerk.keyboard.press("Escape");
  await sign(head);
  await link(page, "Mirar otra vez").click();
  await expectHeading(page, "Esta vez no podemos darle un lugar urgente");
  await expectClean(page);
  await button(page, "Pedir que lo revise la persona titular").click();
  await expectHeading(page, "Recibimos su petición");

  // Only the head of office proposes now.
  await openLine(clerk, "Sin contestar");
  await clerk.getByRole("dialog").getByText("La revisa la persona titular").waitFor();
  expect(await button(clerk, "Firmar y pasar a la segunda persona").count()).toBe(0);
  await clerk.keyboard.press("Escape");
  await openLine(head, "Sin contestar");
  await radio(head, "Que venga hoy, sin cita").check();
  await head.getByLabel(/^Hora/).fill("13:30");
  await button(head, "Firmar y pasar a la segunda persona").click();
  await head.getByText("Usted la firmó. Falta otra persona.").waitFor();
  await head.keyboard.press("Escape");
  await sign(clerk);
  await link(page, "Mirar otra vez").click();
  await expectHeading(page, "Venga hoy");
  await page.getByText("1:30 p.m.").waitFor();
  await expectClean(page);

  // Another telephone, and a place for which the desk types the names.
  const other = await aVisitor(stage);
  await answerQuestions(other);
  await radio(other, "Llámenme").check();
  await textBox(other, "Su teléfono").fill("559 233 4901");
  await button(other, "Pedir ayuda").click();
  await openLine(clerk, "Sin contestar");
  const dialog = clerk.getByRole("dialog");
  await dialog.getByLabel("Trámite").selectOption("matricula-consular");
  await dialog.getByLabel("Día").selectOption("2026-12-01");
  await button(dialog, "Firmar y pasar a la segunda persona").click();
  await dialog.getByText("Usted la firmó. Falta otra persona.").waitFor();
  await clerk.keyboard.press("Escape");
  await sign(head);
  await openLine(clerk, "Con lugar", "Lugar: ");
  await dialog.getByLabel("Nombre o nombres").fill("Paz Ficticia");
  await dialog.getByLabel("Primer apellido").fill("Inventada");
  await dialog.getByLabel("Fecha de nacimiento").fill("1988-04-02");
  await dialog.getByLabel("Dónde nació").selectOption("OC");
  await expectClean(clerk);
  await button(dialog, "Anotar la cita").click();
  await dialog.getByText(/^Tarjeta de papel: .*, PIN \d{6}\./).waitFor();
  await link(other, "Mirar otra vez").click();
  await expectHeading(other, "Ya tiene su cita");
  await other.goto(`${stage.app.origin}/emergencia/cifras`);
  await expectHeading(other, "Así contestan los consulados");
  await expectClean(other);
});
