import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { signInByButton } from "./console-steps.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, expectHeading, link } from "./steps.ts";

const stage = openStage();
const DESK = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 740 } };

async function atReleases(page: Page, role: string): Promise<void> {
  await signInByButton(page, stage.app, role);
  await link(page, "Entregas").click();
  await expectHeading(page, "Entregas");
}

test("the counts of a month leave with two signatures, once; whoever asked cannot take them alone", async () => {
  const first = await aVisitor(stage, DESK);
  await atReleases(first, "Administración");
  await first.getByText("No hay entregas por firmar ni por descargar").waitFor();
  expect(await faultsOf(first)).toEqual([]);
  await button(first, "Pedir y firmar").click();
  await first.getByText("Espera a una segunda persona").waitFor();
  await first.getByText("1 de 2 firmas").waitFor();
  expect(await button(first, /^Firmar/).count()).toBe(0);
  expect(await button(first, /^Descargar/).count()).toBe(0);

  const second = await aVisitor(stage, PHONE);
  await signInByButton(second, stage.app, "Oficinas centrales");
  await second.goto(`${stage.app.origin}/consola/entregas`);
  await expectHeading(second, "Entregas");
  // Whoever signs as the second person knows what for.
  await second.getByText("Motivo: Planeación de la red").waitFor();
  await second.getByText(/^La pidió: /).waitFor();
  expect(await faultsOf(second)).toEqual([]);
  const [narrow] = await second.evaluate<[boolean]>(
    "[document.documentElement.scrollWidth <= document.documentElement.clientWidth]",
  );
  expect(narrow).toBe(true);
  await button(second, /^Firmar/).click();
  await second.getByText("Lista: una sola descarga").waitFor();
  expect(await faultsOf(second)).toEqual([]);

  const [file] = await Promise.all([second.waitForEvent("download"), button(second, /^Descargar una vez/).click()]);
  const csv = await readFile(await file.path(), "utf8");
  expect(csv.split("\n")[0]).toMatch(/,/);
  await second.getByText("Descargada. No se puede descargar otra vez.").waitFor();
  await second.getByText("No hay entregas por firmar ni por descargar").waitFor();
  await second.getByText(/^Entregada: /).waitFor();
  // On the other screen it is still drawn: the key says that it is gone.
  await first.reload();
  await first.getByText("No hay entregas por firmar ni por descargar").waitFor();
}, 60_000);
