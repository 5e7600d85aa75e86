import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { qrToken } from "#channels/documents/qr-token.ts";
import type { BookingId } from "#kernel/ids.ts";
import { formatFolio } from "#kernel/folio.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { callNext, offerDevice } from "#modules/visits/index.ts";
import { aStaffId, staffContext } from "#modules/visits/visits.fixtures.ts";
import { MORNING, TODAY } from "#tests/support/application.ts";
import { aSession } from "#tests/support/fixtures.ts";
import { signInByButton } from "./console-steps.ts";
import { ROSA } from "./family.ts";
import { faultsOf, misfitsOf } from "./looks.ts";
import { aPartyToday } from "./parties.ts";
import { openStage } from "./stage.ts";
import { aVisitor, bookOnTheWeb, button, expectHeading, link, textBox, verifyByEmail } from "./steps.ts";

const HAND = { viewport: { width: 360, height: 740 }, reducedMotion: "reduce" } as const;
const KIOSK = { viewport: { width: 1080, height: 1920 }, reducedMotion: "reduce" } as const;
const DESK = { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" } as const;
const stage = openStage();
let clerkId: string;
let supervisorId: string;
beforeAll(async () => {
  const { services } = stage.app;
  [clerkId, supervisorId] = await Promise.all([aStaffId(services), aStaffId(services, "supervisor")]);
  await aSession(services, { localDate: TODAY, opens: "11:00", steps: 8, counters: 60 });
});

const clerk = () => staffContext(stage.app.services, clerkId);
const supervisor = () => staffContext(stage.app.services, supervisorId, "supervisor");
const slipOf = async (bookingId: BookingId) => `${stage.app.origin}/q/${await qrToken(stage.app.services, bookingId)}`;
/** Today's clock on the wall of Fresno. */
const at = (minutes: number) => stage.app.services.clock.set(new Date(MORNING.getTime() + minutes * MINUTE_MS));
const good = async (page: Page) => expect([...(await faultsOf(page)), ...(await misfitsOf(page))]).toEqual([]);

test("the door lets in by a verdict without a name, keeps order before a full hall, and counts whom it lets in otherwise", async () => {
  at(0);
  const [late, now, full] = [
    await aPartyToday(stage.app, "12:00", ["Lucía"]),
    await aPartyToday(stage.app, "11:00", ["Mateo", "Rosa"]),
    await aPartyToday(stage.app, "11:00", ["Juana"]),
  ];
  const page = await (await stage.browser.newContext(HAND)).newPage();
  await signInByButton(page, stage.app, "Puerta");
  expect(await page.getByRole("navigation", { name: "Secciones" }).getByRole("link").allInnerTexts()).toEqual([
    "Puerta",
  ]);
  const ask = async (text: string, said: RegExp) => {
    await textBox(page, "Folio o código").fill(text);
    await page.keyboard.press("Enter");
    await page.locator(".verdict", { hasText: said }).waitFor();
  };
  await ask(formatFolio(late.folio), /A las 11:30/);
  expect(await page.locator("body").innerText()).not.toMatch(/Luc[ií]a|Inventada/);
  await good(page);

  at(40);
  await ask(await slipOf(now.id), /Pase[\s\S]*2 personas/);
  await good(page);
  await button(page, "Deshacer").click();
  await page.getByText("Deshecho: esa cita no ha entrado.").waitFor();
  await button(page, "Quitar el aviso").click();
  await ask(await slipOf(now.id), /Pase/);
  await ask(await slipOf(now.id), /Ya entró/);
  // While the network is away nobody reads the answer to the family before out to the next one.
  await page.context().setOffline(true);
  await textBox(page, "Folio o código").fill(formatFolio(full.folio));
  await page.keyboard.press("Enter");
  await page.locator(".verdict").waitFor({ state: "detached" });
  await page.context().setOffline(false);
  await button(page, "Quitar el aviso").first().click();
  await textBox(page, "Folio o código").press("Enter");
  await page.locator(".verdict", { hasText: /Pase/ }).waitFor();
  await button(page, "Deshacer").click();
  await page.getByText("Deshecho: esa cita no ha entrado.").waitFor();
  await button(page, "Quitar el aviso").click();
  await ask(`${stage.app.origin}/q/${"x".repeat(38)}`, /No es nuestro/);
  await good(page);

  await stage.app.services.adminQuery("insert into visits.halls (office_id, people) values ('fresno', 2)");
  await ask(formatFolio(full.folio), /Espere[\s\S]*número 1 afuera/);
  await page.getByText("Sala llena").waitFor();
  await good(page);
  await button(page, "Pasa el siguiente").click();
  await page.getByText("La sala está llena. Espere a que alguien salga.").waitFor();
  await button(page, "Quitar el aviso").click();
  await page.getByText("Dejar pasar de todos modos").click();
  await button(page, "Prioridad").click();
  await page.locator(".verdict.pass").waitFor();
  await page.getByText("Esperan afuera").waitFor({ state: "detached" });

  const chief = await (await stage.browser.newContext(DESK)).newPage();
  await signInByButton(chief, stage.app, "Supervisión");
  await link(chief, "Puerta").click();
  await chief.getByText("Aforo y cifras de hoy").click();
  await chief.getByText("Guardia 1 · Prioridad: 1").waitFor();
  expect(await faultsOf(chief)).toEqual([]);
  await stage.app.services.adminQuery("delete from visits.halls");
});

test("a kiosk is enrolled once, takes a slip or a folio, says what is wrong, and forgets everybody", async () => {
  at(40);
  const party = await aPartyToday(stage.app, "11:00", ["Mateo"]);
  const early = await aPartyToday(stage.app, "12:00", ["Lucía"]);
  const page = await (await stage.browser.newContext(KIOSK)).newPage();
  expect((await page.goto(`${stage.app.origin}/kiosko`))!.status()).toBe(403);
  await good(page);
  const offered = await offerDevice(supervisor(), { kind: "kiosk" });
  if (!offered.ok) throw new Error(offered.refusal.code);
  await textBox(page, "Código de alta").fill(offered.value.code);
  await button(page, "Dar de alta").click();
  await expectHeading(page, "Registre su llegada");
  await good(page);

  await page.clock.install();
  // By its large keys alone.
  for (const key of formatFolio(early.folio).replaceAll("-", "")) await button(page, new RegExp(`^${key}$`)).click();
  await button(page, "Ya llegué").click();
  await expectHeading(page, "Llegó antes de su hora");
  await good(page);
  await link(page, "Terminar").click();
  await textBox(page, "Su folio").fill("7K3M-9QXA-2B4CE");
  await button(page, "Ya llegué").click();
  await page.getByRole("alert").waitFor();
  // Nobody types thirteen characters twice.
  expect(await textBox(page, "Su folio").inputValue()).toBe("7K3M-9QXA-2B4CE");
  await good(page);

  await textBox(page, "Su folio").fill(await slipOf(party.id));
  await page.getByLabel("Necesito un camino sin escalones").check();
  await button(page, "Ya llegué").click();
  await expectHeading(page, "Su llegada quedó registrada");
  await page.getByText(/^Su turno: \p{L}+ \d+$/u).waitFor();
  expect(await page.locator("body").innerText()).not.toMatch(/Mateo|Inventada/);
  await good(page);
  // Paper for whoever wants it: asked for by a key, with the turn and what comes next, and none of the screen's keys.
  await page.evaluate(() => (window.print = () => document.body.setAttribute("data-printed", "")));
  expect(await page.getByText("Qué sigue").isVisible()).toBe(false);
  await button(page, "Imprimir mi turno").click();
  expect(await page.locator("body[data-printed]").count()).toBe(1);
  await page.emulateMedia({ media: "print" });
  for (const printed of [/^Su turno: /, "Qué sigue", "Guarde este papel"])
    expect(await page.getByText(printed).isVisible()).toBe(true);
  expect(await page.locator(".code .turn-picture").isVisible()).toBe(true);
  for (const key of ["Imprimir mi turno", "Terminar", "English"])
    expect(await page.getByText(key).isVisible()).toBe(false);
  expect(await page.locator("main").innerText()).not.toMatch(/Mateo|Inventada/);
  await page.emulateMedia({ media: null });
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  // The next family finds the first page.
  await page.clock.fastForward(31_000);
  await expectHeading(page, "Registre su llegada");
  await page.goto(`${stage.app.origin}/en/kiosko`);
  await expectHeading(page, "Check in");
  await good(page);
});

test("one's own telephone says that it is there with the code of the hour, and then follows the turn", async () => {
  at(0);
  const address = "rosa@ejemplo.invalid";
  const booked = await aVisitor(stage);
  const folio = await bookOnTheWeb(booked, stage.app, [ROSA], address);
  const [row] = await stage.app.services.adminQuery<{ startsAt: Date }>(
    'select max(starts_at) as "startsAt" from booking.bookings',
  );
  stage.app.services.clock.set(new Date(row!.startsAt.getTime() - 10 * MINUTE_MS));
  const page = await aVisitor(stage, HAND);
  await page.goto(`${stage.app.origin}/mi-cita`);
  await verifyByEmail(page, stage.app, address);
  await textBox(page, "Folio").fill(folio);
  await button(page, "Abrir la cita").click();
  await link(page, "Ya llegué").click();
  await expectHeading(page, "Ya llegué");
  await good(page);

  // Whoever earlier tests left in the hall goes first.
  const call = () => callNext(clerk(), { station: "window", counter: 4 });
  for (let left = await call(); left.ok; left = await call());
  const guard = await (await stage.browser.newContext(HAND)).newPage();
  await signInByButton(guard, stage.app, "Puerta");
  const code = await guard.locator(".hour-digits").innerText();
  await textBox(page, "Código de la hora").fill(code === "0000" ? "0001" : "0000");
  await button(page, "Ya llegué").click();
  await page.getByText("Ese código no es el de esta hora.").first().waitFor();
  await good(page);
  await textBox(page, "Código de la hora").fill(code);
  await button(page, "Ya llegué").click();
  await expectHeading(page, "Su turno");
  await page.getByText("Usted sigue").waitFor();
  await good(page);

  expect((await call()).ok).toBe(true);
  await link(page, "Actualizar").click();
  await page.getByText("Es su turno: pase a Ventanilla 4").waitFor();
  await good(page);
});
