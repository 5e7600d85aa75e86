import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { JUAN, LUCIA, ROSA } from "./family.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import {
  answerWhoAndWhat,
  aVisitor,
  button,
  chooseHourAndConfirm,
  choosePlaceAndDay,
  expectHeading,
  FOLIO,
  link,
  radio,
  textBox,
  withFinger,
} from "./steps.ts";

const stage = openStage();

/** Types the code that came to that mailbox last. */
async function confirmContact(page: Page, address: string): Promise<void> {
  await expectHeading(page, "Confirme un contacto");
  await radio(page, "Correo electrónico").check();
  await textBox(page, "Su correo electrónico").fill(address);
  await button(page, "Mandar el código").click();
  await expectHeading(page, "Escriba el código");
  const { text } = await stage.app.message(address, "code");
  await textBox(page, "Código de 6 números").fill(/\b\d{6}\b/.exec(text)![0]);
  await button(page, "Confirmar").click();
  await expectHeading(page, "Mi cuenta");
}

/** Makes the account and reads its paper: folio and PIN. */
async function makeAccount(page: Page, address: string): Promise<{ folio: string; pin: string }> {
  await link(page, "Mi cita").first().click();
  await link(page, "Entrar a mi cuenta, o hacer una").click();
  await expectHeading(page, "Mi cuenta");
  await link(page, "Empezar").click();
  await confirmContact(page, address);
  await button(page, "Hacer mi cuenta").click();
  await expectHeading(page, "Su cuenta está lista");
  const shown = await page.getByRole("main").innerText();
  return { folio: FOLIO.exec(shown)![0], pin: /PIN\s+(\d{3}-\d{3})/.exec(shown)![1]! };
}

async function enterWithPin(page: Page, { folio, pin }: { folio: string; pin: string }): Promise<void> {
  await page.goto(`${stage.app.origin}/mi-cuenta`);
  await link(page, "Entrar con folio y PIN").click();
  await textBox(page, "Folio de la tarjeta").fill(folio);
  await textBox(page, "PIN de 6 números").fill(pin);
  await button(page, "Entrar con mi tarjeta").click();
  await expectHeading(page, "Mi cuenta");
}

test("a family makes an account with the finger of its telephone, books, loses the telephone and shuts it out from another", async () => {
  const telephone = await aVisitor(stage);
  await withFinger(telephone);
  const paper = await makeAccount(telephone, "rosa.cuenta@example.org");
  expect(await faultsOf(telephone)).toEqual([]);
  await link(telephone, "Entrar como abro este teléfono").click();
  await button(telephone, "Usar este teléfono").click();
  await telephone.getByText("Ya puede entrar como abre este teléfono.").waitFor();
  expect(await faultsOf(telephone)).toEqual([]);

  await telephone.goto(stage.app.origin);
  await answerWhoAndWhat(telephone, [ROSA, JUAN, LUCIA]);
  await choosePlaceAndDay(telephone);
  const folio = await chooseHourAndConfirm(telephone);

  // She closes her visit and comes back with the finger alone: her appointment is open.
  await button(telephone, "Cerrar y borrar de este teléfono").click();
  await telephone.goto(`${stage.app.origin}/mi-cuenta`);
  await button(telephone, "Entrar como abro mi teléfono").click();
  await telephone.getByRole("listitem").filter({ hasText: "esta visita" }).waitFor();
  await link(telephone, "Ver mis citas").click();
  await expectHeading(telephone, "Sus citas");
  await telephone.getByRole("main").getByRole("listitem").first().getByRole("link").click();
  expect(await telephone.getByRole("main").innerText()).toContain(folio);

  // The telephone is gone. From another one, without script, the paper opens the account and shuts it out.
  const borrowed = await aVisitor(stage, { javaScriptEnabled: false });
  await enterWithPin(borrowed, paper);
  expect(await borrowed.getByRole("listitem").allInnerTexts()).toEqual(
    expect.arrayContaining([expect.stringContaining("esta visita"), expect.stringContaining("en la última hora")]),
  );
  await button(borrowed, "Cerrar en todos los demás").click();
  await borrowed.getByText("Solo queda abierta esta visita.").waitFor();
  await button(borrowed, /^Quitar el teléfono del/).click();
  await borrowed.getByText("Ese teléfono ya no entra.").waitFor();

  const began = performance.now();
  await telephone.reload();
  await expectHeading(telephone, "Ver, cambiar o cancelar mi cita");
  expect(performance.now() - began).toBeLessThan(5_000);
  await telephone.goto(`${stage.app.origin}/mi-cuenta`);
  await button(telephone, "Entrar como abro mi teléfono").click();
  await telephone.getByText("No pudimos abrir una cuenta con este teléfono.").waitFor();
});

test("somebody says where she may be written to: a new mailbox is told to the old one, which takes it back", async () => {
  const elena = await aVisitor(stage, { javaScriptEnabled: false });
  const paper = await makeAccount(elena, "elena.vieja@example.org");
  await link(elena, "Ir a mi cuenta").click();
  stage.app.services.clock.advance(MINUTE_MS);
  await link(elena, "Agregar un contacto").click();
  await confirmContact(elena, "elena.nueva@example.org");
  await elena.getByText("Confirmamos su contacto e•••@example.org.").waitFor();
  await link(elena, "Entrar con folio y PIN").click();
  await textBox(elena, "Folio de la tarjeta").fill(paper.folio);
  await textBox(elena, "PIN de 6 números").fill(paper.pin);
  await button(elena, "Entrar con mi tarjeta").click();
  await elena.getByText("Ya está en su cuenta.").waitFor();
  expect(await radio(elena, /e•••@example.org/).count()).toBe(2);
  expect(await elena.locator("input[type=radio][disabled]").count()).toBe(1);
  await radio(elena, /A ninguno/).check();
  await button(elena, "Guardar").click();
  await elena.getByText("Así le escribimos desde ahora.").waitFor();

  const { text: notice } = await stage.app.message("elena.vieja@example.org", "contact_joined");
  expect(notice).not.toContain("elena.nueva");
  const other = await aVisitor(stage);
  await other.goto(/https?:\/\/\S+\/d\/[\w-]+/.exec(notice)![0]);
  await expectHeading(other, "¿No fue usted?");
  expect(await faultsOf(other)).toEqual([]);
  await button(other, "No fui yo, quitarlo").click();
  await expectHeading(other, "Ya lo quitamos");
  await elena.goto(`${stage.app.origin}/mi-cuenta`);
  await elena.getByText("La cuenta no es obligatoria.").waitFor();
});
