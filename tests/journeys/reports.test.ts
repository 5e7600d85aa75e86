import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { TODAY } from "#tests/support/application.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { addDays } from "#kernel/time.ts";
import { book } from "#modules/booking/index.ts";
import { readPdf } from "../../src/channels/documents/read-pdf.fixtures.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, expectHeading, link } from "./steps.ts";

const stage = openStage();
const TOMORROW = addDays(TODAY, 1);

test("a supervisor reads how the month went, keeps it as a file, prints tomorrow's list, and types in a day from paper", async () => {
  const { services } = stage.app;
  await services.adminQuery(
    `insert into visits.day_counts (office_id, local_date, service_group, served, unserved, missed, cancelled, moved)
     select 'fresno', $1::date - n, 'documentacion', 40 + n, 3, 7, 12, 10 from generate_series(1, 21) n where extract(isodow from $1::date - n) < 6`,
    [TODAY],
  );
  // Somebody at the door let a dozen of a day's forty turns go first; elsewhere nobody did.
  await services.adminQuery(
    `with clerk as (insert into people.staff (id, office_id, role, name, created_at) values (gen_random_uuid(), 'fresno', 'clerk', 'Persona de Prueba', now()) returning id),
     turns as (
       insert into visits.visits (office_id, id, booking_id, local_date, state, arrived_at, turn_no, version)
       select o, gen_random_uuid(), gen_random_uuid(), $1::date - 14, 'done', $1::date - 14, n, 1
       from unnest('{fresno,dallas,boston}'::text[]) o, generate_series(1, 40) n returning office_id, id, local_date, turn_no)
     insert into visits.priorities (office_id, visit_id, priority, local_date, staff_id, marked_at, needs_second)
     select office_id, turns.id, 'disability', local_date, clerk.id, local_date, false from turns, clerk where turn_no <= 12 and office_id = 'fresno'`,
    [TODAY],
  );
  const { wanted } = await aSession(services, { localDate: TOMORROW, opens: "13:00" });
  const [contactId] = await someContacts(services, 1);
  const booked = await book(citizen(services, contactId!), {
    contactId: contactId!,
    wanted,
    applicants: [anApplicant(1), anApplicant(2)],
  });
  if (!booked.ok) throw new Error(booked.refusal.code);

  const page = await aVisitor(stage, { viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  await signInByButton(page, stage.app, "Supervisión");
  // By one key from the day's screen: the paper of the next day.
  await link(page, "Imprimir la lista del siguiente día").waitFor();
  const answered = page.context().waitForEvent("response", (answer) => answer.url().includes("/sheet.pdf?on=next"));
  await page.keyboard.press("i");
  expect((await answered).headers()["content-type"]).toBe("application/pdf");

  await link(page, "Reportes").click();
  await expectHeading(page, "Reportes");
  await page.getByText("F. I. D.").first().waitFor();
  expect(await page.locator("main").innerText()).not.toMatch(/Ficticia|Inventada/);
  expect(await faultsOf(page)).toEqual([]);
  const paper = await page.request.get(
    new URL((await link(page, "Imprimir en papel (PDF)").getAttribute("href"))!, stage.app.origin).toString(),
  );
  expect(readPdf(await paper.body()).page.text).toContain("13:00");

  await button(page, "Prioridades").click();
  const clerk = page.getByRole("row", { name: /Persona de Prueba/ });
  expect(await clerk.innerText()).toMatch(/12\s+40\s+30\s+0\s+Sí/);
  expect(await faultsOf(page)).toEqual([]);

  await button(page, "Cómo nos fue").click();
  await page.getByRole("heading", { name: "Quién vino, por servicio" }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    button(page, "Descargar en hoja de cálculo: Quién vino, por servicio").click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^fresno-groups-.*\.csv$/);
  const csv = (await readFile(await file.path(), "utf8")).split("\r\n");
  expect(csv[0]).toBe("\uFEFFServicio;Con cita;Vinieron;Vinieron, %;Con algo entregado");
  const [group, expected, came, share] = csv[1]!.split(";");
  expect([group, Math.round((100 * Number(came)) / Number(expected))]).toEqual(["Documentación", Number(share)]);
  await page.getByRole("cell", { name: expected!, exact: true }).first().waitFor();

  await button(page, /^La semana$/).click();
  await page
    .getByRole("cell", { name: /^1: \d de 4 · 2: \d de 4$/ })
    .first()
    .waitFor();
  expect(await faultsOf(page)).toEqual([]);

  // The next day there was no system; in the evening it is back.
  services.clock.set(new Date(wanted.startsAt.getTime() + 6 * 3_600_000));
  const evening = await aVisitor(stage, { viewport: { width: 1280, height: 800 } });
  await signInByButton(evening, stage.app, "Ventanilla");
  await link(evening, "Reportes").click();
  await evening.getByLabel("Día", { exact: true }).fill(TOMORROW);
  await button(evening, /^Capturar el folio que termina en/).click();
  await button(evening, /^Todo entregado, 2 personas/).click();
  await evening.getByText("Capturado.").waitFor();
  await evening.getByText("Entregado · Entregado").waitFor();
  expect(await services.adminQuery("select on_paper from visits.visits where local_date = $1", [TOMORROW])).toEqual([
    { on_paper: true },
  ]);
  expect(await button(evening, "Cómo nos fue").count()).toBe(0);
});
