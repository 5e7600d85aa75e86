import { expect, test } from "vitest";
import { anApplicant, aSession, citizen, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { addDays } from "#kernel/time.ts";
import type { OfficeId } from "#kernel/ids.ts";
import { book } from "#modules/booking/index.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, expectHeading, link } from "./steps.ts";

const stage = openStage();

test("headquarters closes two offices with one action, sees how far it has come, and opens them again", async () => {
  const { services } = stage.app;
  // Whatever else the offices open is full.
  await services.adminQuery("update schedules.places set state = 'withdrawn' where state = 'open'");
  for (const [i, officeId] of (["fresno", "dallas"] as OfficeId[]).entries()) {
    const { wanted } = await aSession(services, { officeId, counters: 2, steps: 2 });
    if (i === 0) await aSession(services, { officeId, localDate: addDays(VISIT_DAY, 1), counters: 2, steps: 1 });
    const [contactId] = await someContacts(services, 1);
    const applicants = [anApplicant(2 * i), anApplicant(2 * i + 1)];
    const booked = await book(citizen(services, contactId!), { contactId: contactId!, wanted, applicants });
    if (!booked.ok) throw new Error(booked.refusal.code);
  }
  const page = await aVisitor(stage, { viewport: { width: 1280, height: 800 } });
  await signInByButton(page, stage.app, "Oficinas centrales");
  await link(page, "Cierre de sedes").click();
  await expectHeading(page, "Cierre de varias sedes");
  for (const office of ["fresno", "dallas"]) await page.getByLabel("Sedes").selectOption(office);
  await page.getByLabel("Primer día").fill(VISIT_DAY);
  await button(page, "Ver a quién afecta").click();
  const lost = page.getByRole("table").first();
  await lost.getByRole("row", { name: /^En total 8 2 4 1 1$/ }).waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await button(page, "Cerrar 2 sedes y avisar").click();
  await page.getByText("Anotado. Las sedes se cierran una tras otra").waitFor();
  await page.getByRole("row", { name: "Fresno Cerrada 0 1 0" }).waitFor();
  await page.getByRole("row", { name: "Dallas Cerrada 0 0 1" }).waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await button(page, /^Deshacer el cierre del jueves/).click();
  await page.getByRole("dialog").getByRole("button", { name: "Deshacer" }).click();
  await page.getByRole("row", { name: /Dallas Abierta otra vez/ }).waitFor();

  const other = await aVisitor(stage);
  await signInByButton(other, stage.app, "Supervisión");
  expect(await link(other, "Cierre de sedes").count()).toBe(0);
});
