import { expect, test } from "vitest";
import { signInByButton } from "./console-steps.ts";
import { JUAN, LUCIA, ROSA } from "./family.ts";
import { openStage } from "./stage.ts";
import {
  answerWhoAndWhat,
  aVisitor,
  button,
  chooseHourAndConfirm,
  choosePlaceAndDay,
  expectHeading,
  folioOn,
  link,
  radio,
  textBox,
} from "./steps.ts";

const stage = openStage();

test("a family without telephone books with the paper card that a clerk gave it, and comes back with it", async () => {
  const clerk = await aVisitor(stage, { viewport: { width: 1280, height: 800 } });
  await signInByButton(clerk, stage.app, "Ventanilla");
  await link(clerk, "Tarjeta de papel").click();
  await button(clerk, "Dar una tarjeta").click();
  const paper = clerk.getByRole("region", { name: "Su tarjeta de citas" });
  await paper.waitFor();
  const [cardFolio, pin] = await paper.getByRole("definition").allInnerTexts();
  await button(clerk, "Ya la entregué").click();
  await clerk.getByText("Tarjeta entregada.").waitFor();
  expect(await clerk.content()).not.toContain(pin!);

  const library = await aVisitor(stage);
  await answerWhoAndWhat(library, [ROSA, JUAN, LUCIA]);
  await choosePlaceAndDay(library);
  await expectHeading(library, "¿Cómo le avisamos?");
  await radio(library, "No tengo teléfono ni correo, o tengo tarjeta de papel").check();
  await button(library, "Mandar el código").click();
  await expectHeading(library, "Su tarjeta de papel");
  await textBox(library, "Folio de la tarjeta").fill(cardFolio!);
  await textBox(library, "PIN de 6 números").fill(pin === "000000" ? "000001" : "000000");
  await button(library, "Entrar con mi tarjeta").click();
  await library.getByRole("link", { name: "El folio o el PIN no son correctos." }).waitFor();
  await textBox(library, "PIN de 6 números").fill(pin!);
  await button(library, "Entrar con mi tarjeta").click();
  const folio = await chooseHourAndConfirm(library);
  expect(await library.getByRole("main").innerText()).toContain("Copie el folio en su tarjeta de papel.");
  await button(library, "Cerrar y borrar de este teléfono").click();

  const later = await aVisitor(stage, { javaScriptEnabled: false });
  await link(later, "Mi cita").first().click();
  await radio(later, "No tengo teléfono ni correo, o tengo tarjeta de papel").check();
  await button(later, "Mandar el código").click();
  await textBox(later, "Folio de la tarjeta").fill(cardFolio!.toLowerCase().replaceAll("-", " "));
  await textBox(later, "PIN de 6 números").fill(pin!);
  await button(later, "Entrar con mi tarjeta").click();
  await expectHeading(later, "Sus citas");
  await textBox(later, "Folio").fill(folio);
  await button(later, "Abrir la cita").click();
  expect(await folioOn(later)).toBe(folio);
});
