import { expect, test } from "vitest";
import { aDrawWorld, goOnBeside, HOURS, someRequests } from "#tests/support/draw-world.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { aMonthOfWaits } from "#tests/support/waits.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, expectHeading, link } from "./steps.ts";

const stage = openStage();

test("headquarters follows a draw and turns the switch by keyboard; a clerk has no such screen", async () => {
  const { services } = stage.app;
  await aMonthOfWaits(
    services,
    Array.from({ length: 9 }, (_, week) => [100 - 5 * week, 5] as const),
  );
  services.clock.advance(MINUTE_MS);
  await aDrawWorld(services, { hours: 1, counters: 2 });
  await someRequests(services, 12);
  await goOnBeside(services, HOURS.lock);
  await goOnBeside(services, HOURS.round);

  const page = await aVisitor(stage, { viewport: { width: 1280, height: 800 } });
  await signInByButton(page, stage.app, "Oficinas centrales");
  await link(page, "Repartos").click();
  await expectHeading(page, "Reparto de citas");
  await page.getByText("8 familias con lugar, 4 en espera.").waitFor();
  await page.getByText("12 solicitudes de 12 personas.").waitFor();
  expect(await faultsOf(page)).toEqual([]);

  const waits = page.getByRole("region", { name: "Cuánto esperan las familias" });
  await waits.getByText("Más de 9 semanas").waitFor();
  await waits
    .getByText("Un sábado o consulado móvil con 631 lugares lo remedia. Lugares que además faltan cada semana: 55.")
    .waitFor();

  const row = page
    .getByRole("listitem")
    .filter({ hasText: "Fresno · Documentación" })
    .filter({ has: page.getByRole("button") });
  await row.getByText("Se reparten").waitFor();
  await button(page, "Cambiar: Fresno, Documentación").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("radio", { name: "Dar los lugares al momento" }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await page.getByText("Cambio guardado.").waitFor();
  await row.getByText("Al momento").waitFor();
  await row.getByText("Lo decidieron oficinas centrales.", { exact: true }).waitFor();
  const [release] = await services.adminQuery("select regime, decided_by from schedules.releases");
  expect(release).toEqual({ regime: "immediate", decided_by: "staff" });

  const other = await aVisitor(stage);
  await signInByButton(other, stage.app, "Ventanilla");
  expect(await link(other, "Repartos").count()).toBe(0);
});
