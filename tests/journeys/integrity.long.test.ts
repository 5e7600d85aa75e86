import { expect, test } from "vitest";
import { judgeAdvert, reportAdvert } from "#modules/adverts/index.ts";
import { recordResale } from "#modules/integrity/index.ts";
import { systemContext, transaction } from "#platform/context.ts";
import { aReport } from "../../src/modules/adverts/adverts.fixtures.ts";
import { aMiddleman, anAnalyst, settleDown } from "../../src/modules/integrity/integrity.fixtures.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf, misfitsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button } from "./steps.ts";

const stage = openStage();

test("an analyst reads why a group is flagged, sees it as a picture, and asks with one key", async () => {
  const { services } = stage.app;
  const { his } = await aMiddleman(services);
  // One of his contacts stands in an advert that two people confirmed.
  const by = [await anAnalyst(services), await anAnalyst(services)];
  const filed = await reportAdvert(by[0]!, aReport());
  if (!filed.ok) throw new Error(filed.refusal.code);
  await judgeAdvert(by[1]!, { id: filed.value.id, version: 1 }, "confirmed");
  const ctx = systemContext(services, "test");
  await transaction(ctx, "worker", (tx) =>
    recordResale(ctx, tx, [{ contactId: his[0]!.contactId, advertId: filed.value.id }]),
  );
  await settleDown(services);
  const page = await aVisitor(stage, { viewport: { width: 1280, height: 900 } });
  await signInByButton(page, stage.app, "Integridad Karina");
  await page.goto(`${stage.app.origin}/consola/integridad`);
  await page.getByText("Muchas personas reservaron desde un mismo navegador.").waitFor();
  await page.getByText("El contacto está en un anuncio de reventa confirmado.").waitFor();
  await page.getByRole("img", { name: /12 contactos y 1 navegador/ }).waitFor();
  expect([...(await faultsOf(page)), ...(await misfitsOf(page))]).toEqual([]);
  await button(page, /^Preguntar por 1 cita/).waitFor();
  await page.keyboard.press("p");
  await page.getByText("Se escribió a cada familia. Su lugar sigue apartado.").waitFor();
  await page.getByText(/Antes de cancelar falta: 2 intentos, otro medio, una llamada, 72 h más/).waitFor();
});
