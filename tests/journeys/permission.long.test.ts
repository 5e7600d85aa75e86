import { expect, test } from "vitest";
import { signInByButton } from "./console-steps.ts";
import { LUCIA, ROSA, type Person } from "./family.ts";
import { openStage } from "./stage.ts";
import {
  answerWhoAndWhat,
  aVisitor,
  button,
  chooseHourAndConfirm,
  choosePlaceAndDay,
  expectFocus,
  expectHeading,
  link,
  textBox,
  verifyByEmail,
} from "./steps.ts";

const stage = openStage();

const MOTHER: Person = { ...ROSA, services: ["Pasaporte, 18 años o más"] };
const CHILD: Person = {
  ...LUCIA,
  parents: {
    first: { part: "Viene con la niña, niño o adolescente" },
    second: { part: "Firma el permiso en otra oficina", sheetTo: ["Por mensaje de texto", "+52 443 123 4567"] },
  },
};
const FATHER = "+524431234567";

test("a child whose father signs in Michoacán: he gets the sheet, the clerk records the permission, the family sees it before it travels", async () => {
  const family = await aVisitor(stage, { javaScriptEnabled: false });
  await answerWhoAndWhat(family, [MOTHER, CHILD]);
  await choosePlaceAndDay(family);
  await verifyByEmail(family, stage.app, "rosa@example.com");
  const folio = await chooseHourAndConfirm(family);
  await family.getByText("Lucía Ficticia: todavía falta el permiso.").waitFor();
  await link(family, "Ver e imprimir la hoja de Lucía Ficticia").click();
  await expectHeading(family, "Permiso OP\u20117 para firmar");
  expect(await family.getByRole("main").innerText()).toContain("Lucía Ficticia Ñuuꞌbi Inventada");
  await link(family, "Volver a mi cita").click();
  const appointment = family.url();

  const { text } = await stage.app.message(FATHER, "permission_sheet");
  // The first day with places is 23 November: from 90 days before it on a signature is good.
  expect(text).toContain("desde el 25 de agosto de 2026");
  const father = await aVisitor(stage, { javaScriptEnabled: false });
  await father.goto(/http\S+/.exec(text)![0]);
  await expectHeading(father, "Permiso OP\u20117 para firmar");
  const sheet = await father.getByRole("main").innerText();
  expect(sheet).toContain("L. Ñ. I.");
  expect(sheet).not.toMatch(/Lucía|Rosa|Fresno|noviembre/);

  const clerk = await aVisitor(stage, { viewport: { width: 1280, height: 800 } });
  await signInByButton(clerk, stage.app, "Ventanilla");
  await textBox(clerk, "Buscar en la lista").fill(folio);
  await clerk.keyboard.press("Enter");
  await clerk.getByText("falta el permiso", { exact: true }).waitFor();
  await button(clerk, /^Permiso recibido/).click();
  await clerk.getByLabel("Día de la firma").fill("2026-11-20");
  await button(clerk, "Guardar permiso").click();
  await clerk.getByText("Permiso recibido: la familia ya lo ve.").first().waitFor();
  await clerk.getByText("permiso recibido", { exact: true }).waitFor();
  await expectFocus(button(clerk, "Deshacer permiso recibido: Padre o madre 2"));

  await family.goto(appointment);
  await family.getByText("Lucía Ficticia: permiso recibido. Se firmó el 20 de noviembre de 2026.").waitFor();
  await button(clerk, "Deshacer permiso recibido").click();
  await clerk.getByText("falta el permiso", { exact: true }).waitFor();
  await expectFocus(button(clerk, "Permiso recibido: Padre o madre 2"));
  await family.reload();
  await family.getByText("Lucía Ficticia: todavía falta el permiso.").waitFor();
});
