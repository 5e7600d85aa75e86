import { expect, test } from "vitest";
import { anApplicant, aSession, citizen, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { addDays, MINUTE_MS } from "#kernel/time.ts";
import { book } from "#modules/booking/index.ts";
import { cutFresno } from "../../src/modules/booking/booking.fixtures.ts";
import { signInByButton } from "./console-steps.ts";
import { ROSA } from "./family.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, bookOnTheWeb, button, expectHeading, folioOn, link } from "./steps.ts";

const stage = openStage();
/** The dispatcher looks each second. */
const QUEUED_WITHIN_MS = 10_000;

test("a family whose day is closed gets a message, sees another place kept for it, and says yes without any script", async () => {
  const { services, message } = stage.app;
  const address = "rosa@ejemplo.invalid";
  const page = await aVisitor(stage, { javaScriptEnabled: false });
  const folio = await bookOnTheWeb(page, stage.app, [ROSA], address);
  const [booked] = await services.adminQuery<{ day: LocalDate }>(
    "select local_date::text as day from booking.bookings order by created_at desc limit 1",
  );
  await cutFresno(services, { localDate: booked!.day });
  const queued = "select 1 from messaging.messages where kind = 'displaced'";
  await expect.poll(() => services.adminQuery(queued), { timeout: QUEUED_WITHIN_MS }).toHaveLength(1);
  services.clock.advance(MINUTE_MS);
  expect((await message(address, "displaced")).text).toContain("No venga a esta hora: no podremos atenderle.");
  await page.goto(page.url().replace("/cita/lista/", "/mi-cita/"));
  await page.getByText("No venga a la hora que dice abajo").waitFor();
  await page.getByText(/^Le guardamos este lugar: /).waitFor();
  // The judge of pages is a script: it looks at the same page beside.
  const storageState = await page.context().storageState();
  const beside = await stage.browser.newContext({ storageState, reducedMotion: "reduce" });
  const looked = await beside.newPage();
  await looked.goto(page.url());
  expect(await faultsOf(looked)).toEqual([]);
  await beside.close();
  await button(page, "Sí, me queda bien").click();
  await page.getByText("Listo: su cita cambió. El folio es el mismo.").waitFor();
  expect(await folioOn(page)).toBe(folio);
  expect(await page.getByText("No venga a la hora que dice abajo").count()).toBe(0);
});

test("a supervisor closes a day: sees first whom it meets, then who is left, and opens it again", async () => {
  const { services } = stage.app;
  // Whatever else the office opens is full.
  await services.adminQuery("update schedules.places set state = 'withdrawn' where state = 'open'");
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
  await page.getByText("Todavía no hay").waitFor();
  await page.getByText("viernes, 4 de diciembre, 08:00").waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await button(page, "Cerrar y avisar").focus();
  await page.keyboard.press("Enter");
  await page.getByText("Quedó cerrado. Las familias reciben el aviso.").waitFor();
  await page.getByText("Aún no contesta").waitFor();
  await button(page, /^Dijo que sí, folio/).click();
  await page.getByText("Anotado.").waitFor();
  await page.getByText("Aún no contesta").waitFor({ state: "detached" });
  await page.getByText("Se le pidió elegir otro día").waitFor();
  const [moved] = await services.adminQuery(
    "select count(*)::int from booking.bookings where local_date = $1 and people = 2 and state = 'active'",
    [addDays(VISIT_DAY, 1)],
  );
  expect(moved).toEqual({ count: 1 });
  expect(await faultsOf(page)).toEqual([]);

  await button(page, "Deshacer el cierre del jueves, 3 de diciembre").click();
  await page.getByRole("dialog").getByRole("button", { name: "Deshacer" }).click();
  await page.getByText("Quedó abierto otra vez.").waitFor();
  await page.getByText("Nadie espera otro lugar").waitFor();

  const other = await aVisitor(stage);
  await signInByButton(other, stage.app, "Ventanilla");
  expect(await link(other, "Cierres").count()).toBe(0);
});
