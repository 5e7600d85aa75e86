import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { verifiedSession } from "#modules/people/people.fixtures.ts";
import { aPicture } from "../../src/modules/adverts/adverts.fixtures.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf, misfitsOf, NARROW } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, expectHeading, link, textBox } from "./steps.ts";

const stage = openStage();
/** A right-to-left override, a script and letters between digits: what is shown must be what was typed, as text. */
const HOSTILE = "<script>document.title='x'</script> Citas \u202eatic\u202c seguras, cinco cinco nueve 555-O1 43";

/** The bar of the console scrolls by itself, so that its pages are judged by their main part. */
async function expectClean(page: Page, part?: "main"): Promise<void> {
  expect([...(await faultsOf(page)), ...(await misfitsOf(page, part))]).toEqual([]);
}

/** Where somebody who looks at the pages finds their pictures; without it none is taken. */
const SHOTS = process.env["VENTANILLA_SHOTS"];
async function picture(page: Page, name: string): Promise<void> {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}

test("what was sent to somebody is judged, and without script an advert is told with a picture and without a name", async () => {
  const looker = await aVisitor(stage, { viewport: NARROW });
  await looker.goto(`${stage.app.origin}/oficial/avisar`);
  await expectClean(looker);

  const rosa = await aVisitor(stage, { viewport: NARROW, javaScriptEnabled: false });
  await rosa.goto(`${stage.app.origin}/`);
  await link(rosa, "¿Es oficial?").click();
  await expectHeading(rosa, "Lo que este servicio nunca hace");
  await textBox(rosa, /^Escriba o pegue/).fill("Citas seguras, deposite $400 al 559 555 0143 o en citas-gob.mx.net");
  await button(rosa, "Revisar").click();
  await rosa.getByText("citas-gob.mx.net no es una página nuestra.").waitFor();
  await rosa.getByText("El mensaje habla de dinero.").waitFor();
  await link(rosa, "Avisar de una venta de citas").click();
  await expectHeading(rosa, "Avísenos de quién vende citas");
  await textBox(rosa, /^El enlace/).fill("https://www.facebook.com/citas.rapidas/posts/1");
  await textBox(rosa, /^Lo que dice/).fill(HOSTILE);
  await rosa
    .getByLabel("Una foto de la pantalla")
    .setInputFiles({ name: "captura.png", mimeType: "image/png", buffer: aPicture() });
  await button(rosa, "Enviar").click();
  await expectHeading(rosa, "Recibimos su aviso");
});

test("an advert of the public is confirmed, matched to a contact, asked to be taken down with keys, and an export comes in", async () => {
  await verifiedSession(stage.app.services, "vende.citas@ejemplo.com");
  const shown = await aVisitor(stage, { javaScriptEnabled: false });
  await shown.goto(`${stage.app.origin}/oficial/avisar`);
  await textBox(shown, /^El enlace/).fill("https://www.facebook.com/citas.seguras/posts/7");
  await textBox(shown, /^Lo que dice/).fill(`${HOSTILE} o vende.citas (arroba) ejemplo.com`);
  await button(shown, "Enviar").click();
  await expectHeading(shown, "Recibimos su aviso");

  // The program counts the months that are over by itself: what it counted before is what this replaces.
  const counted =
    "select 1 from platform.timetable_runs where task = 'adverts.count_months' and finished_at is not null";
  await expect.poll(() => stage.app.services.adminQuery(counted), { timeout: 30_000 }).toHaveLength(1);
  await stage.app.services.adminQuery(
    `insert into adverts.months (month, adverts, reports, confirmed, removed)
     select date '2026-05-01' + (n || ' months')::interval, (array[180, 210, 150, 90, 60, 41])[n + 1], 400, 60, 30 from generate_series(0, 5) n
     on conflict (month) do update set adverts = excluded.adverts, reports = excluded.reports, confirmed = excluded.confirmed, removed = excluded.removed`,
  );
  const desk = await aVisitor(stage, { viewport: { width: 1280, height: 800 } });
  await signInByButton(desk, stage.app, "Integridad Karina");
  await link(desk, "Anuncios").click();
  await expectHeading(desk, "Anuncios que venden citas");
  // Each bar is told in words too, and the line of 2021 stands below the first three months.
  const chart = desk.getByRole("img", { name: /mayo.*180.*octubre.*41/ });
  await chart.waitFor();
  expect(await chart.locator("rect").count()).toBe(6);
  const tallest = await chart.locator("rect").nth(1).boundingBox();
  expect(tallest!.height).toBeGreaterThan(40);
  await picture(desk, "adverts-1280");
  await button(desk.getByRole("listitem").filter({ hasText: "vende.citas" }), /^Abrir/).click();
  const dialog = desk.getByRole("dialog");
  // The hostile text is text: the script stands there to be read, and the page is called what it was called.
  await dialog.getByText("<script>document.title='x'</script>").waitFor();
  expect(await desk.title()).not.toBe("x");
  expect(await dialog.locator("a").count()).toBe(0);
  await dialog.getByText("5595550143").waitFor();
  await dialog.getByText("Se busca al confirmar").first().waitFor();
  await expectClean(desk);
  await button(dialog, "Sí vende citas").click();
  await button(dialog, "Preparar la petición").click();
  await dialog.getByText(/Les pedimos retirarlo: https:\/\/www\.facebook\.com\/citas\.seguras/).waitFor();
  // The match came after the answer, by the reaction to what was confirmed.
  await stage.app.application.dispatcher.drain();
  await desk.keyboard.press("1");
  await dialog.getByText("Enviada").waitFor();
  await dialog.getByText(/^Contacto que termina en/).waitFor();
  await desk.keyboard.press("2");
  await dialog.getByText("Retirado").waitFor();
  await expectClean(desk);
  await button(dialog, "Cerrar").click();
  await desk.getByText("1 contacto").waitFor();

  await desk.getByText("Traer un archivo").click();
  const csv = 'platform,link,words\nfacebook,https://facebook.com/otro/posts/1,Citas\nmyspace,,x\nwhatsapp,,"=1+1"\n';
  await desk
    .getByLabel("Archivo")
    .setInputFiles({ name: "anuncios.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await desk.getByText("2 nuevos, 0 ya estaban, 1 no se tomaron.").waitFor();
  await desk.getByText("Fila 2: la plataforma no está en la lista").waitFor();
  await desk.setViewportSize(NARROW);
  await expectClean(desk, "main");
  await picture(desk, "adverts-320");
});
