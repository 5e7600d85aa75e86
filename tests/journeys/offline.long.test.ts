import { mkdirSync } from "node:fs";
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, expect, onTestFailed, test } from "vitest";
import { signInByButton } from "./console-steps.ts";
import { faultsOf, misfitsOf, NARROW, unheardOf, unreachableOf } from "./looks.ts";
import { aPartyToday } from "./parties.ts";
import { openStage } from "./stage.ts";
import { button, link, radio, textBox } from "./steps.ts";

const DESK = { viewport: { width: 1280, height: 800 } };
const PHONE = { width: 360, height: 740 };
const PIN = "271828";
/** A PIN costs half a second, on a machine with other work more. */
const PATIENCE_MS = 15_000;
/** Where somebody who looks at the pages finds their pictures; without it none is taken. */
const SHOTS = process.env["VENTANILLA_SHOTS"];

const stage = openStage();
const folios = new Map<string, string>();
beforeAll(async () => {
  for (const [hour, name] of [
    ["11:00", "Rosa"],
    ["11:30", "Elena"],
    ["12:00", "Saúl"],
    ["12:30", "Marta"],
    ["13:00", "Pedro"],
    ["13:30", "Lucía"],
  ] as const)
    folios.set(name, (await aPartyToday(stage.app, hour, [name])).id);
});

async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}

async function looksWell(page: Page, name: string, part = "main"): Promise<void> {
  for (const size of [PHONE, NARROW, DESK.viewport]) {
    await page.setViewportSize(size);
    await shot(page, `${name}-${size.width}`);
    // What is for the ear alone has no room on the screen.
    const misfits = (await misfitsOf(page, part)).filter((one) => !one.includes('.hidden "'));
    expect([...(await faultsOf(page)), ...misfits]).toEqual([]);
  }
}

const row = (page: Page, name: string) =>
  page.getByRole("list", { name: "Grupos" }).getByRole("listitem").filter({ hasText: name });
const tab = (page: Page, name: string) =>
  page.getByRole("group", { name: "Estado del día" }).getByRole("button", { name });
const press = async (page: Page, name: string, said: string) => {
  await row(page, name).getByRole("button").last().click();
  await page.getByText(said).first().waitFor();
};
/** Does what the button of a row says, one after the other; each is written down before the next. */
async function serve(page: Page, name: string, upTo: "arrived" | "called" | "serving" | "done"): Promise<void> {
  await tab(page, "Esperados").click();
  await press(page, name, "llegó.");
  if (upTo === "arrived") return;
  await tab(page, "En espera").click();
  await press(page, name, "en llamada a su ventanilla.");
  if (upTo === "called") return;
  await tab(page, "En ventanilla").click();
  await press(page, name, "en atención.");
  if (upTo === "serving") return;
  await row(page, name).getByRole("button").first().click();
  await button(page, /^Todo entregado/).click();
  await page.getByText("Resultado guardado.").first().waitFor();
  await button(page, "Volver a la lista").click();
}
const statesOf = async () =>
  new Map(
    (
      await stage.app.services.adminQuery<{ id: string; state: string }>(
        "select booking_id as id, state from visits.visits",
      )
    ).map((one) => [one.id, one.state]),
  );
const unlock = async (page: Page, pin: string) => {
  await textBox(page, "PIN de la lista").fill(pin);
  await button(page, "Abrir").click();
};

test("a tablet takes the list along, works without network through reload and restart, and hands all in once", async () => {
  const context: BrowserContext = await stage.browser.newContext({ ...DESK, locale: "es-MX", reducedMotion: "reduce" });
  context.setDefaultTimeout(PATIENCE_MS);
  let page = await context.newPage();
  onTestFailed(async () => console.error((await page.locator("body").innerText()).slice(0, 1_500)));
  await signInByButton(page, stage.app, "Supervisión");
  await link(page, "Sin red").click();
  await textBox(page, "Nombre de la tableta").fill("Tableta 2");
  await button(page, "Dar de alta este aparato").click();
  await textBox(page, "PIN para esta lista").fill(PIN);
  await textBox(page, "Otra vez el PIN").fill(PIN);
  await looksWell(page, "offline-take");
  expect([...(await unreachableOf(page)), ...(await unheardOf(page))]).toEqual([]);
  await button(page, "Llevar la lista").click();
  await page.getByRole("heading", { name: "Lista guardada en esta tableta" }).waitFor();

  await context.setOffline(true);
  await page.reload();
  await unlock(page, "314159");
  await page.getByText("PIN equivocado. Quedan 9 intentos.").waitFor();
  await looksWell(page, "offline-pin");
  await unlock(page, PIN);
  await row(page, "Rosa I.").waitFor();
  expect([...(await unreachableOf(page)), ...(await unheardOf(page))]).toEqual([]);
  await page.getByText("Sin red: todo se guarda en esta tableta.").waitFor();
  expect(await page.getByText("Inventada").count()).toBe(0);
  // Ten acts: 4 + 3 + 2 + 1.
  await serve(page, "Rosa", "done");
  await serve(page, "Elena", "serving");
  await serve(page, "Saúl", "called");
  await serve(page, "Marta", "arrived");
  await page.getByText("10 actos guardados").waitFor();
  await looksWell(page, "offline-list");
  expect((await statesOf()).size).toBe(0);

  // The tablet is switched off and on again, in the same place.
  await page.close();
  page = await context.newPage();
  await page.goto(`${stage.app.origin}/consola/hoy`);
  await page.getByText("10 actos guardados").waitFor();
  await unlock(page, PIN);
  await tab(page, "En ventanilla").click();
  await row(page, "Elena").getByRole("button").first().click();
  await radio(page, "Falta papel").first().check();
  await radio(page, "Acta de nacimiento").first().check();
  await page.setViewportSize(PHONE);
  await shot(page, "offline-party-360");
  await page.setViewportSize(DESK.viewport);
  await shot(page, "offline-party-1280");
  expect(await faultsOf(page)).toEqual([]);
  await button(page, /^Todo entregado/).waitFor();
  await button(page, "Volver a la lista").click();
  await row(page, "Elena").getByRole("button").first().click();
  await button(page, /^Todo entregado/).click();
  await page.getByText("Resultado guardado.").first().waitFor();
  await button(page, "Deshacer").click();
  await page.getByText("Deshecho.").first().waitFor();
  await button(page, /^Todo entregado/).click();
  await page.getByText("Resultado guardado.").first().waitFor();
  await button(page, "Volver a la lista").click();
  await press(page, "Saúl", "en atención.");
  await tab(page, "En espera").click();
  await press(page, "Marta", "en llamada a su ventanilla.");
  await serve(page, "Pedro", "serving");
  await tab(page, "Esperados").click();
  await row(page, "Lucía").getByRole("button").first().click();
  await button(page, "No vino").click();
  await page.getByText("Anotado: no vino.").first().waitFor();
  await button(page, "Volver a la lista").click();
  await tab(page, "En ventanilla").click();
  await row(page, "Marta").getByRole("button").last().click();
  await page.getByText("20 actos guardados").waitFor();

  await context.setOffline(false);
  await page.getByText("Hay red: puede entregar lo anotado.").waitFor();
  await button(page, "Entregar lo anotado").click();
  await page.getByText("20 actos quedaron en la oficina.").waitFor();
  // Nothing can be written down on a list that was handed in.
  expect(await page.getByRole("list", { name: "Grupos" }).count()).toBe(0);
  await looksWell(page, "offline-handed");
  const states = await statesOf();
  expect(Object.fromEntries([...folios].map(([name, id]) => [name, states.get(id)]))).toEqual({
    Rosa: "done",
    Elena: "done",
    Saúl: "serving",
    Marta: "serving",
    Pedro: "serving",
    Lucía: "left",
  });
  const kept = await page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map((one) => one.name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  expect(kept).toEqual({ databases: ["ventanilla-offline"], caches: [], workers: 0 });

  await link(page, "Ir a la consola").click();
  await page.getByText("Volvió el").waitFor();
  await looksWell(page, "offline-back");
  await link(page, "Hoy").click();
  await tab(page, "Terminados").click();
  await row(page, "Rosa Inventada").waitFor();
  await context.close();
});

test("what a tablet says otherwise is shown with both sides, and one tap decides", async () => {
  const [id, appointment] = await aConflict();
  const context = await stage.browser.newContext({ ...DESK, locale: "es-MX", reducedMotion: "reduce" });
  const page = await context.newPage();
  await signInByButton(page, stage.app, "Titular");
  await link(page, "Sin red").click();
  await page.getByText("La oficina y la tableta anotaron cosas distintas.").waitFor();
  await looksWell(page, "offline-conflict");
  expect([...(await unreachableOf(page)), ...(await unheardOf(page))]).toEqual([]);
  await button(page, "Queda lo de la tableta").click();
  await page.getByText("Decidido.").waitFor();
  await page.getByText("No hay nada por decidir.").waitFor();
  const [stands] = await stage.app.services.adminQuery(
    "select o.code from visits.outcomes o join visits.visits v on v.id = o.visit_id where v.booking_id = $1 and o.appointment_id = $2 and o.undone_at is null",
    [id, appointment],
  );
  expect(stands).toEqual({ code: "refused" });
  await context.close();
});

/** Of Saúl, who is being attended to: the office says issued, a tablet says refused. */
async function aConflict(): Promise<[string, string]> {
  const id = folios.get("Saúl")!;
  const { adminQuery } = stage.app.services;
  const [row] = await adminQuery<{ appointment: string; visit: string; loan: string; services: string[] }>(
    `select a.id as appointment, v.id as visit, l.id as loan, a.services from booking.appointments a join visits.visits v on v.booking_id = a.booking_id
     cross join visits.loans l where a.booking_id = $1`,
    [id],
  );
  const { appointment, visit, loan, services } = row!;
  for (const service of services)
    await adminQuery(
      "insert into visits.outcomes (office_id, id, visit_id, appointment_id, service, code, staff_id, recorded_at) values ('fresno', gen_random_uuid(), $1, $2, $3, 'issued', $4, now())",
      [visit, appointment, service, stage.app.staff[0]!.id],
    );
  await adminQuery("update booking.appointments set state = 'served' where id = $1", [appointment]);
  const outcomes = services.map((service) => ({
    appointmentId: appointment,
    service,
    code: "refused",
    reason: "record_differs",
  }));
  await adminQuery(
    "insert into visits.merge_conflicts (office_id, id, loan_id, booking_id, appointment_id, code, outcomes, raised_at) values ('fresno', gen_random_uuid(), $1, $2, $3, 'recorded_otherwise', $4::jsonb, now())",
    [loan, id, appointment, JSON.stringify(outcomes)],
  );
  return [id, appointment];
}
