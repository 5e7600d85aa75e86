import { expect, test } from "vitest";
import { anApplicant, aSession, citizen, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { addDays } from "#kernel/time.ts";
import { book } from "#modules/booking/index.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, expectHeading, link } from "./steps.ts";

const stage = openStage();

test("a supervisor closes a day: sees first whom it meets, then who must be called, and opens it again", async () => {
  const { services } = stage.app;
  // Whatever else the office opens is full.
  await services.adminQuery("update schedules.places set state = 'withdrawn'");
  const { wanted } = await aSession(services, { counters: 3, steps: 2 });
  await aSession(services, { localDate: addDays(VISIT_DAY, 1), counters: 2, steps: 1 });
  for (const people of [[1, 2], [3]]) {
    const [contactId] = await someContacts(services, 1);
    const applicants = people.map((one) => anApplicant(one));
    const booked = await book(citizen(services, contactId!), { contactId: contactId!, wanted, applicants });
    if (!booked.ok) throw new Error(booked.refusal.code);
  }

  const page = await aVisitor(stage, { viewport: { width: 1280, height: 800 } });
  await signInByButton(page, stage.app, "Supervisión");
  await link(page, "Cierres").click();
  await expectHeading(page, "Cierres");
  await page.getByText("Nadie espera otro lugar").waitFor();
  await page.getByLabel("Día", { exact: true }).fill(VISIT_DAY);
  await page.getByRole("option", { name: "Documentación, 08:00–08:30" }).waitFor({ state: "attached" });
  await button(page, "Ver a quién afecta").click();
  await page.getByText("2 citas afectadas").waitFor();
  await page.getByText("No hay: hay que llamar").waitFor();
  await page.getByText("viernes, 4 de diciembre, 08:00").waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await button(page, "Cerrar y avisar").focus();
  await page.keyboard.press("Enter");
  await page.getByText("Quedó cerrado. Las familias reciben el aviso.").waitFor();
  await page.getByText("Aún no contesta").waitFor();
  await button(page, /^Dijo que sí, folio/).click();
  await page.getByText("Anotado.").waitFor();
  await page.getByText("Aún no contesta").waitFor({ state: "detached" });
  await page.getByText("Hay que llamar", { exact: true }).waitFor();
  const [moved] = await services.adminQuery(
    "select count(*)::int from booking.bookings where local_date = $1 and people = 2 and state = 'active'",
    [addDays(VISIT_DAY, 1)],
  );
  expect(moved).toEqual({ count: 1 });
  expect(await faultsOf(page)).toEqual([]);

  await button(page, /^Deshacer el cierre/).click();
  await page.getByRole("dialog").getByRole("button", { name: "Deshacer" }).click();
  await page.getByText("Quedó abierto otra vez.").waitFor();
  await page.getByText("Nadie espera otro lugar").waitFor();

  const other = await aVisitor(stage);
  await signInByButton(other, stage.app, "Ventanilla");
  expect(await link(other, "Cierres").count()).toBe(0);
});
