import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { TODAY } from "#tests/support/application.ts";
import { anApplicant, aSession, someContacts } from "#tests/support/fixtures.ts";
import type { LocalDate, ServiceSlug } from "#kernel/ids.ts";
import { addDays } from "#kernel/time.ts";
import { checkIn, recordOutcomes } from "#modules/visits/index.ts";
import { aBooking, allOf, staffContext, visitOf } from "#modules/visits/visits.fixtures.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, expectHeading, link, radio } from "./steps.ts";

const stage = openStage();
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };
const PASSPORT = "pasaporte-adulto" as ServiceSlug;
const MATRICULA = "matricula-consular" as ServiceSlug;
/** Whose name begins the row of each party. */
const PARTIES = [
  [{ services: [PASSPORT, MATRICULA] }, { services: [PASSPORT], bornOn: "1950-03-01" as LocalDate }],
  [{ services: [MATRICULA] }],
  [{ services: [PASSPORT] }],
];

test("families pay, are exempted, one booklet is spoiled, one passport is fetched; two people close the day, and the file says what the page says", async () => {
  const { services, staff } = stage.app;
  const clerk = () => staffContext(services, staff[0]!.id);
  const { wanted } = await aSession(services, { localDate: TODAY, opens: "13:00", steps: 8, counters: 6 });
  const tomorrow = await aSession(services, { localDate: addDays(TODAY, 1) });
  const contacts = await someContacts(services, PARTIES.length + 2);
  await aBooking(services, contacts.pop()!, tomorrow.wanted, [anApplicant(99, { services: [PASSPORT] })]);
  const names: string[] = [];
  const bookings: Awaited<ReturnType<typeof aBooking>>[] = [];
  for (const [i, people] of PARTIES.entries()) {
    const applicants = people.map((one, n) => anApplicant(10 * (i + 1) + n, one));
    names.push(applicants[0]!.givenNames);
    bookings.push(await aBooking(services, contacts[i]!, wanted, applicants));
    const received = await checkIn(clerk(), { bookingId: bookings[i]! });
    if (!received.ok) throw new Error(received.refusal.code);
    services.clock.advance(1_000);
  }

  const supervisor = await aVisitor(stage, { viewport: WIDE, acceptDownloads: true });
  await signInByButton(supervisor, stage.app, "Supervisión");
  await link(supervisor, "Cierre del día").click();
  await expectHeading(supervisor, "Cierre del día");
  await supervisor.getByText("Libretas: quedan 0 y no alcanzan para mañana.").waitFor();
  await receive(supervisor, "Libretas", 40);
  await receive(supervisor, "Tarjetas", 40);

  // The cashier: by keyboard, a key for each act.
  const page = await aVisitor(stage, { viewport: WIDE });
  await signInByButton(page, stage.app, "Ventanilla");
  await link(page, "Caja").click();
  await expectHeading(page, "Caja");
  await open(page, names[0]!);
  await page.getByText("Por pagar").first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
  // The mother takes six years; the grandmother pays half unasked.
  await radio(page, "Pasaporte 6 años · US$ 137.00").check();
  await page.getByText("Con descuento: 60 años o más").waitFor();
  await button(page, /^Cobrar US\$ 228\.50/).waitFor();
  await page.getByLabel("Número de recibo").fill("a-101");
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("b");
  await page.getByText("Se guardó el pago de US$ 228.50.").waitFor();
  await page.getByRole("button", { name: /Sin nada por pagar/ }).waitFor();

  await open(page, names[1]!);
  await button(page, /^Cobrar US\$ 41\.00/).waitFor();
  await page.keyboard.press("x");
  await page.getByText("Elija antes el motivo.").waitFor();
  await page.getByLabel("Motivo para no cobrar").selectOption("no_means");
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("x");
  await page.getByText("Se guardó sin pago.").waitFor();

  await open(page, names[2]!);
  await button(page, /^Cobrar US\$ 101\.00/).waitFor();
  await page.getByLabel("Número de recibo").fill("A-102");
  await page.keyboard.press("Enter");
  await page.getByText("Se guardó el pago de US$ 101.00.").waitFor();
  await page.setViewportSize(NARROW);
  expect(await overflow(page)).toBe(0);
  await page.setViewportSize(WIDE);

  await link(page, "Documentos").click();
  await expectHeading(page, "Documentos");
  const tab = (name: string, count: number) => button(page, new RegExp(`^${name} ${count}$`)).click();
  await button(page, /^Capturado: los 3/).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  for (const left of [2, 1, 0]) {
    await page.keyboard.press("c");
    await button(page, new RegExp(`^Por capturar ${[0, 1, 2][left]}$`)).waitFor();
  }
  // A key too many, and back.
  await page.keyboard.press("z");
  await page.getByText("Se deshizo.").waitFor();
  await button(page, /^Por capturar 1$/).waitFor();
  await page.keyboard.press("c");
  await tab("En producción", 5);
  for (let family = 0; family < PARTIES.length; family++) {
    await row(page, family).focus();
    await page.keyboard.press("m");
    await row(page, family).getByText("En producción").first().waitFor();
  }
  const spoiled = row(page, 2);
  await spoiled.getByText("Otros pasos").click();
  await spoiled.getByRole("button", { name: /^Inutilizado/ }).click();
  await page.getByLabel("Número impreso").fill("G-7788");
  await button(page, "Guardar").click();
  await spoiled.locator(".doc-spoiled").waitFor();
  await page.keyboard.press("m");
  await spoiled.getByText("En producción").first().waitFor();
  for (const left of [4, 5]) {
    await row(page, 0).focus();
    await page.keyboard.press("r");
    await button(page, new RegExp(`^En producción ${left === 4 ? 2 : 1}$`)).waitFor();
  }
  await page.keyboard.press("r");
  await tab("Por entregar", 5);
  await row(page, 2).focus();
  await page.keyboard.press("e");
  await button(page, /^Por entregar 4$/).waitFor();
  await page.setViewportSize(NARROW);
  expect(await overflow(page)).toBe(0);
  await page.setViewportSize(WIDE);

  for (const bookingId of bookings) {
    const { id, version } = await visitOf(services, bookingId);
    const recorded = await recordOutcomes(clerk(), {
      visitId: id,
      version,
      outcomes: await allOf(services, bookingId),
    });
    if (!recorded.ok) throw new Error(recorded.refusal.code);
  }

  // One family more waits in the evening: it leaves with a date and its right on paper, and nobody without an answer.
  const late = await aBooking(services, contacts.pop()!, wanted, [anApplicant(98, { services: [MATRICULA] })]);
  expect(await checkIn(clerk(), { bookingId: late })).toMatchObject({ ok: true });
  await supervisor.reload();
  await button(supervisor, "Vuelve otro día: turno 4").click();
  await button(supervisor, "Sí, y dar su papel").waitFor();
  expect(await faultsOf(supervisor)).toEqual([]);
  await supervisor.setViewportSize(NARROW);
  expect(await overflow(supervisor)).toBe(0);
  await supervisor.setViewportSize(WIDE);
  await button(supervisor, "Sí, y dar su papel").click();
  await supervisor.getByText("1 papel listo para imprimir.").waitFor();
  await supervisor.keyboard.press("Escape");
  await supervisor.getByText("Nadie espera. Todos se fueron con una respuesta.").waitFor();
  expect(await visitOf(services, late)).toMatchObject({ state: "left" });

  await link(page, "Cierre del día").click();
  await button(page, "Firmar este cierre").click();
  await page.getByText(/^Firmó .* Falta la firma de otra persona/).waitFor();
  await button(page, "Firmar este cierre").click();
  await page.getByText("Usted ya firmó. Falta la firma de otra persona.").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.setViewportSize(NARROW);
  expect(await overflow(page)).toBe(0);

  await supervisor.reload();
  await supervisor.getByText(/^Firmó .* Falta la firma/).waitFor();
  await button(supervisor, "Firmar este cierre").click();
  await supervisor.getByText("Cerrado con dos firmas. La página ya no cambia.").waitFor();
  expect(await button(supervisor, "Firmar este cierre").count()).toBe(0);
  expect(await faultsOf(supervisor)).toEqual([]);

  const [file] = await Promise.all([
    supervisor.waitForEvent("download"),
    button(supervisor, "Descargar en hoja de cálculo").click(),
  ]);
  expect(file.suggestedFilename()).toBe(`fresno-close-${TODAY}.csv`);
  const lines = (await readFile(await file.path(), "utf8")).split("\r\n").slice(0, -1);
  expect(lines[0]).toBe("\uFEFFApartado;Concepto;Cantidad;Importe, US$");
  const cells = new Map(lines.slice(1).map((line) => [line.split(";")[1]!, line.split(";").slice(2)] as const));
  const figures = (what: string) => cells.get(what);
  expect(figures("Debido")).toEqual(["5", "370.5"]);
  expect(figures("Pagado")).toEqual(["4", "329.5"]);
  expect(figures("Exento: Sin recursos")).toEqual(["1", "41"]);
  expect(figures("Falta por pagar")).toEqual(["0", "0"]);
  expect(figures("Entregados sin pasar por caja")).toEqual(["0", ""]);
  expect(figures("Libretas: Recibidas")).toEqual(["40", ""]);
  expect(figures("Libretas: Usadas")).toEqual(["3", ""]);
  expect(figures("Libretas: Inutilizadas (G-7788)")).toEqual(["1", ""]);
  expect(figures("Libretas: Al final")).toEqual(["36", ""]);
  expect(figures("Tarjetas: Al final")).toEqual(["38", ""]);
  expect(figures("Atendidas")).toEqual(["4", ""]);
  // Beside the tables, counted by the superuser.
  const [sum] = await services.adminQuery<{ cents: number; pieces: number }>(
    `select (select sum(cents)::int from issuing.payments) as cents,
       (select sum(case when movement in ('used', 'spoiled') then -quantity else quantity end)::int from issuing.blanks) as pieces`,
  );
  expect(sum).toEqual({ cents: 37_050, pieces: 36 + 38 });
  expect(await supervisor.locator("main").innerText()).not.toMatch(/Inventada/);
});

/** Writes that blanks came, on the page of the supervisor. */
async function receive(page: Page, what: string, pieces: number): Promise<void> {
  await page.getByLabel(/^Forma/).selectOption(what);
  await page.getByLabel("Cuántas").fill(String(pieces));
  await button(page, "Guardar").click();
  await page.getByText(`Guardado. Ahora hay ${pieces}.`).waitFor();
}

function open(page: Page, name: string): Promise<void> {
  return page.getByRole("button", { name: new RegExp(`^${name} `) }).click();
}

/** CSS pixels that the page is too wide for its window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** A family on the list of documents. */
function row(page: Page, index: number) {
  return page.locator(".family").nth(index);
}
