import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { addDays, DAY_MS, instantOf, MINUTE_MS } from "#kernel/time.ts";
import type { ContactId, ServiceSlug } from "#kernel/ids.ts";
import { formatFolio } from "#kernel/folio.ts";
import { book, getBooking } from "#modules/booking/index.ts";
import { TODAY } from "#tests/support/application.ts";
import { anApplicant, citizen, FRESNO, FRESNO_ZONE } from "#tests/support/fixtures.ts";
import { aContact } from "../../src/modules/messaging/messaging.fixtures.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, textBox } from "./steps.ts";

const PASSPORT = "pasaporte-adulto";
const MATRICULA = "matricula-consular";
const DESK = { viewport: { width: 1280, height: 800 } };
/** The dispatcher looks each second, and the sender each minute of the clock. */
const QUEUED_WITHIN_MS = 10_000;

const stage = openStage();
let people = 0;

/** Somebody who is expected in Fresno today, booked the day before, with an address that can be written to. */
async function expected(hour: string, name: string, service: string): Promise<{ folio: string; address: string }> {
  const { services } = stage.app;
  const address = `persona${(people += 1)}@ejemplo.invalid`;
  const contactId: ContactId = await aContact(services, "email", address);
  const ctx = citizen(services, contactId);
  const wanted = { officeId: FRESNO, localDate: TODAY, startsAt: instantOf(TODAY, hour, FRESNO_ZONE) };
  const own = [service as ServiceSlug];
  const applicants = [anApplicant(people, { givenNames: name, firstSurname: "Inventada", services: own })];
  const dayBefore = { ...ctx, now: new Date(wanted.startsAt.getTime() - DAY_MS) };
  const booked = await book(dayBefore, { contactId, wanted, applicants });
  if (!booked.ok) throw new Error(booked.refusal.code);
  const { folio } = (await getBooking(ctx, contactId, booked.value.bookingId))!;
  return { folio: formatFolio(folio), address };
}
const row = (page: Page, text: string) =>
  page.getByRole("list", { name: "Grupos" }).getByRole("listitem").filter({ hasText: text });
const tab = (page: Page, name: string) =>
  page.getByRole("group", { name: "Estado del día" }).getByRole("button", { name });
/** Waits until so many messages of a kind stand in the queue, and lets the sender's minute come. */
async function untilQueued(kind: string, count: number): Promise<void> {
  const { services } = stage.app;
  const queued = () => services.adminQuery("select 1 from messaging.messages where kind = $1", [kind]);
  await expect.poll(queued, { timeout: QUEUED_WITHIN_MS }).toHaveLength(count);
  services.clock.advance(MINUTE_MS);
}

test("a supervisor survives a day with two absences and a suspended service, and nobody is lost", async () => {
  const { app } = stage;
  const inside = await expected("10:30", "Rosa", PASSPORT);
  const soon = await expected("11:30", "Elena", PASSPORT);
  await expected("10:45", "Saúl", MATRICULA);
  for (let i = 0; i < 7; i++) await expected(i < 4 ? "12:30" : "12:45", `Fulana${"abcdefg"[i]}`, MATRICULA);
  const afternoon = await expected("12:45", "Yareli", MATRICULA);

  const page = await aVisitor(stage, DESK);
  await signInByButton(page, app, "Supervisión");
  await button(page, "Quién está hoy").click();
  const who = page.getByRole("dialog", { name: "Quién está hoy" });
  await who.getByRole("button", { name: "Ventanilla 3 está" }).click();
  await who.getByRole("button", { name: "Ventanilla 4 está" }).click();
  await who.getByText("Documentación: termina a su hora, 15:15.").waitFor();
  await who.getByText(/^\d grupos pasan a otra hora\./).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await who.getByRole("button", { name: "Guardar y avisar" }).click();
  const saved = page.getByText(/^Día guardado\. Avisos: \d+\.$/);
  await saved.waitFor();
  const [told] = await app.services.adminQuery<{ count: number }>(
    "select count(*)::int from platform.outbox where name = 'visits.hour_changed'",
  );
  expect(await saved.textContent()).toBe(`Día guardado. Avisos: ${told!.count}.`);
  await row(page, "Yareli Inventada").getByText("cita a las 12:45").waitFor();
  await untilQueued("day_hour", told!.count);
  expect((await app.message(afternoon.address, "day_hour")).text).toContain("Hoy le atendemos a otra hora.");

  await row(page, "Rosa Inventada")
    .getByRole("button", { name: /^Llegó/ })
    .click();
  await button(page, "Suspender un servicio").click();
  const suspend = page.getByRole("dialog", { name: "Suspender un servicio" });
  await suspend.getByRole("checkbox", { name: /^Pasaporte, 18 años o más/ }).check();
  await suspend.getByLabel(/^Próxima noticia/).fill("12:00");
  expect(await faultsOf(page)).toEqual([]);
  await suspend.getByRole("button", { name: "Suspender y avisar" }).click();
  await page.getByText("Suspendido. Avisos: 1. En la sala con derecho a volver: 1.").waitFor();
  await untilQueued("day_suspended", 1);
  const stay = (await app.message(soon.address, "day_suspended")).text;
  expect(stay).toMatch(/^No salga de casa todavía: por ahora no podemos atenderle\.\n/);
  expect(stay).toContain("Próxima noticia: 12:00 p.m. PST");

  // A clerk sees why, calls whoever comes for something else, and gives a paper to who waits.
  const clerk = await aVisitor(stage, DESK);
  await signInByButton(clerk, app, "Ventanilla");
  await clerk.getByText(/suspendido\. Próxima noticia a las 12:00\.$/).waitFor();
  expect(await button(clerk, "Suspender un servicio").count()).toBe(0);
  await tab(clerk, "En espera").click();
  await row(clerk, "Rosa Inventada").getByText("Suspendido").waitFor();
  await row(clerk, "Rosa Inventada")
    .getByRole("button", { name: /^Llamar/ })
    .click();
  await clerk.getByText("Su servicio está suspendido: llame a quien viene a otra cosa.").waitFor();
  await button(clerk, "Papeles para volver (1)").click();
  await clerk.getByText("1 papel listo para imprimir.").waitFor();
  await clerk.emulateMedia({ media: "print" });
  const paper = clerk.locator(".return-paper");
  expect(await paper.isVisible()).toBe(true);
  expect(await paper.innerText()).toContain(inside.folio);
  expect(await paper.innerText()).not.toContain("Rosa");
  expect(await clerk.getByRole("heading", { name: "Hoy en mi oficina" }).count()).toBe(0);
  await clerk.emulateMedia({ media: "screen" });
  await clerk.getByRole("dialog").getByRole("button", { name: "Cerrar" }).click();
  await row(clerk, "Rosa Inventada").click();
  await button(clerk, "Se fue").click();
  await button(clerk, "Sí, se fue").click();
  await tab(clerk, "Terminados").getByText("1").waitFor();

  await button(page, /^Ya funciona: Pasaporte/).click();
  await page.getByText("Sigue en el orden de antes. Avisos: 1.").waitFor();
  await untilQueued("day_resumed", 1);
  expect((await app.message(soon.address, "day_resumed")).text).toContain("Ya podemos atenderle: puede venir hoy.");

  // Two days later she comes without an appointment, and is found by her paper.
  app.services.clock.set(instantOf(addDays(TODAY, 2), "09:00", FRESNO_ZONE));
  const later = await aVisitor(stage, DESK);
  await signInByButton(later, app, "Ventanilla");
  await textBox(later, "Buscar en la lista").fill(inside.folio);
  await later.keyboard.press("Enter");
  await later.getByText(/^Derecho a volver sin cita hasta el/).waitFor();
  expect(await faultsOf(later)).toEqual([]);
  await button(later, "Recibir sin cita").click();
  await tab(later, "En espera").click();
  await row(later, "Rosa Inventada")
    .getByText(/^Volvió: su cita era el lunes/)
    .waitFor();
  // Whoever was told to stay at home and did not come has the same right still.
  const open =
    "select b.state, count(*)::int from visits.return_rights r join booking.bookings b on b.id = r.booking_id group by 1";
  expect(await app.services.adminQuery(open)).toEqual([{ state: "active", count: 2 }]);
});
