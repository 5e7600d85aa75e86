import { expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, link, textBox, withFinger } from "./steps.ts";

const stage = openStage();
const DESK = { viewport: { width: 1280, height: 800 } };

test("an administrator who signed in a while ago confirms with her passkey, and what she asked for is done by itself", async () => {
  const first = await aVisitor(stage, DESK);
  await signInByButton(first, stage.app, "Administración");
  await first.getByText("Dar de alta a una persona").click();
  await textBox(first, "Nombre que ven los colegas").fill("Nora Imaginaria");
  await first.getByRole("combobox", { name: "Puesto" }).selectOption("Administración");
  await button(first, "Dar de alta").last().click();
  const invitation = await first.getByRole("dialog").getByRole("textbox").inputValue();

  const nora = await aVisitor(stage, DESK);
  await withFinger(nora);
  await nora.goto(invitation);
  await button(nora, "Crear mi llave de acceso").click();
  await link(nora, "Ir a la entrada").click();
  await button(nora, "Entrar con llave de acceso").click();
  await button(nora, /^Dar de baja a/)
    .first()
    .waitFor();

  stage.app.services.clock.advance(6 * MINUTE_MS);
  const staff = () =>
    stage.app.services.adminQuery<{ n: number }>("select count(*)::int as n from people.staff where active");
  const [before] = await staff();
  await button(nora, /^Dar de baja a/)
    .first()
    .click();
  await button(nora, "Sí, dar de baja").click();
  const asked = nora.getByRole("dialog", { name: "Confirme que es usted" });
  await asked.waitFor();
  expect(await faultsOf(nora)).toEqual([]);
  // Who thinks better of it does nothing.
  await asked.getByRole("button", { name: "No hacerlo" }).click();
  await nora.getByText("No se hizo: faltó confirmar con su llave de acceso.").waitFor();
  expect(await staff()).toEqual([before]);

  await button(nora, "Sí, dar de baja").click();
  await asked.getByRole("button", { name: "Confirmar con llave de acceso" }).click();
  await asked.waitFor({ state: "detached" });
  await expect.poll(staff).toEqual([{ n: before!.n - 1 }]);
});
