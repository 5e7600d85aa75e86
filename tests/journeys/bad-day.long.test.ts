import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { MORNING, OPEN_DAYS } from "#tests/support/application.ts";
import { JUAN, ROSA, type Person } from "./family.ts";
import { faultsOf, misfitsOf, NARROW, unreachableOf } from "./looks.ts";
import { aPartyToday } from "./parties.ts";
import { openStage } from "./stage.ts";
import {
  answerWhoAndWhat,
  aVisitor,
  bookOnTheWeb,
  button,
  chooseHour,
  choosePlaceAndDay,
  codeSentTo,
  expectFocus,
  expectHeading,
  link,
  radio,
  textBox,
} from "./steps.ts";

const stage = openStage();
let found: string[];
let looked: number;
beforeEach(() => {
  [found, looked] = [[], 0];
  stage.app.services.clock.set(MORNING);
});
afterEach(async () => {
  await stage.app.services.adminQuery("update schedules.places set state = 'open' where state = 'withdrawn'");
  await stage.app.application.refreshSnapshot();
  expect(found).toEqual([]);
});

/** The page as it stands: for everybody, on the narrowest screen, with large text, and by the keyboard. */
async function look(page: Page): Promise<void> {
  looked += 1;
  found.push(...(await faultsOf(page)), ...(await misfitsOf(page)), ...(await unreachableOf(page)));
}

/** Both languages of an address that needs no form before it. */
async function lookAt(page: Page, path: string, headings: readonly [string, string]): Promise<void> {
  for (const [i, language] of ["", "/en"].entries()) {
    await page.goto(stage.app.origin + language + path);
    await expectHeading(page, headings[i]!);
    await look(page);
  }
}

/** The address of the appointment that was just made, for whoever opened it. */
async function bookingOn(page: Page): Promise<string> {
  const href = await link(page, "Cambiar día, hora o consulado").getAttribute("href");
  return new URL(href!, page.url()).pathname.replace(/\/cambiar$/, "");
}

test("the pages of a card and a code, with what is wrong in them", async () => {
  const page = await aVisitor(stage, { viewport: NARROW });
  await page.goto(`${stage.app.origin}/mi-cita`);
  await radio(page, "No tengo teléfono ni correo, o tengo tarjeta de papel").check();
  await button(page, "Mandar el código").click();
  await lookAt(page, "/mi-cita/tarjeta", ["Su tarjeta de papel", "Your paper card"]);
  for (const [path, send] of [
    ["/mi-cita/tarjeta", "Entrar con mi tarjeta"],
    ["/en/mi-cita/tarjeta", "Enter with my card"],
  ] as const) {
    await page.goto(stage.app.origin + path);
    await button(page, send).click();
    await page.getByRole("alert").waitFor();
    await look(page);
  }
  await page.goto(`${stage.app.origin}/mi-cita`);
  await radio(page, "Correo electrónico").check();
  await textBox(page, "Su correo electrónico").fill("nadie@ejemplo.invalid");
  await button(page, "Mandar el código").click();
  await lookAt(page, "/mi-cita/codigo", ["Escriba el código", "Type the code"]);
  const digits = await codeSentTo(stage.app, "nadie@ejemplo.invalid");
  for (const [path, box, send] of [
    ["/mi-cita/codigo", "Código de 6 números", "Confirmar"],
    ["/en/mi-cita/codigo", "Code of 6 numbers", "Confirm"],
  ] as const) {
    await page.goto(stage.app.origin + path);
    await textBox(page, box).fill(digits === "000000" ? "000001" : "000000");
    await button(page, send).click();
    await page.getByRole("alert").waitFor();
    await look(page);
  }
  expect(looked).toBe(8);
});

test("every no on the way to a booking and after it", async () => {
  const { clock } = stage.app.services;
  const page = await aVisitor(stage, { viewport: NARROW });
  await bookOnTheWeb(page, stage.app, [ROSA], "rosa@ejemplo.invalid");
  const booking = await bookingOn(page);
  const again = async (people: readonly Person[]) => {
    await page.goto(stage.app.origin);
    await answerWhoAndWhat(page, people);
    await choosePlaceAndDay(page);
  };
  /** The same press on the same page in both languages. */
  const pressInBoth = async (path: string, names: readonly RegExp[], headings: readonly string[]) => {
    for (const [i, language] of ["", "/en"].entries()) {
      await page.goto(stage.app.origin + language + path);
      await button(page, names[i]!).first().click();
      await expectHeading(page, headings[i]!);
      await look(page);
    }
  };

  await again([ROSA]);
  await chooseHour(page);
  await pressInBoth(
    "/cita/revisar",
    [/^Confirmar la cita/, /^Confirm the appointment/],
    ["Rosa Ficticia ya tiene una cita para este trámite", "Rosa Ficticia already has an appointment for this service"],
  );
  clock.advance(11 * MINUTE_MS);
  await lookAt(page, "/cita/revisar", [
    "Pasó el tiempo en que le guardamos el lugar",
    "The time for which we kept the place is over",
  ]);
  await again([JUAN, JUAN]);
  await expectHeading(page, "¿A qué hora?");
  await pressInBoth(
    "/cita/hora",
    [/ hasta /, / until /],
    ["Juan Ficticio está dos veces en la lista", "Juan Ficticio is on the list twice"],
  );
  await lookAt(page, `/mi-cita/${crypto.randomUUID()}`, [
    "No encontramos esa cita",
    "We did not find that appointment",
  ]);
  await lookAt(page, `${booking}/cancelar`, [
    "Faltan menos de 2 horas para su cita",
    "Your appointment is in less than 2 hours",
  ]);
  clock.set(MORNING);
  await page.goto(`${stage.app.origin}${booking}/cancelar`);
  await button(page, "Sí, cancelar la cita").click();
  await page.getByText("Listo: su cita quedó cancelada.").waitFor();
  await lookAt(page, `${booking}/cambiar`, [
    "Esta cita ya no se puede cambiar",
    "This appointment can no longer be changed",
  ]);
  expect(looked).toBe(12);
});

test("no places: for whoever was slower, for whoever asks, and for whoever wants to change", async () => {
  const page = await aVisitor(stage, { viewport: NARROW });
  await bookOnTheWeb(page, stage.app, [{ ...ROSA, given: "Otilia Ficticia" }], "otilia@ejemplo.invalid");
  const booking = await bookingOn(page);
  await page.goto(stage.app.origin);
  await answerWhoAndWhat(page, [{ ...JUAN, given: "Saúl Ficticio" }]);
  await choosePlaceAndDay(page);
  await expectHeading(page, "¿A qué hora?");
  await stage.app.services.adminQuery("update schedules.places set state = 'withdrawn' where state = 'open'");
  await button(page, / hasta /)
    .first()
    .click();
  await page.getByRole("alert").waitFor();
  await look(page);
  await stage.app.application.refreshSnapshot();
  const day = OPEN_DAYS[0]!;
  const place = ["¿A qué consulado quiere ir?", "Which consulate do you want to go to?"] as const;
  const days = ["¿Qué día puede ir?", "Which day can you go?"] as const;
  const time = ["¿A qué hora?", "At what time?"] as const;
  for (const from of ["/cita", `${booking}/cambiar`]) {
    await lookAt(page, `${from}/lugar`, place);
    await lookAt(page, `${from}/dia`, days);
    await lookAt(page, `${from}/hora?dia=${day}`, time);
  }
  expect(looked).toBe(13);
});

test("the dialogs of the console in English hold the focus, close by Escape and give it back", async () => {
  const desk = { width: 1280, height: 800 };
  await aPartyToday(stage.app, "11:00", ["Rosa", "Juan"]);
  const page = await aVisitor(stage, { viewport: desk });
  const inEnglish = async (role: string) => {
    await page.context().clearCookies();
    await page.goto(`${stage.app.origin}/consola/`);
    const english = button(page, "English");
    await button(page, /^(English|Español)$/).waitFor();
    if (await english.isVisible()) await english.click();
    await button(page, new RegExp(`^${role}`)).click();
    await page.getByRole("navigation", { name: "Sections" }).waitFor();
  };
  const dialog = page.locator("dialog[open]");
  const lookAndClose = async (title: string | RegExp) => {
    await page.getByRole("dialog", { name: title }).waitFor();
    found.push(...(await faultsOf(page)), ...(await unreachableOf(page)));
    await page.setViewportSize(NARROW);
    found.push(...(await misfitsOf(page, "dialog[open]")));
    await page.setViewportSize(desk);
    expect(await dialog.evaluate((one) => one.contains(document.activeElement))).toBe(true);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  };

  await inEnglish("Counter");
  const rosa = page.getByRole("listitem").filter({ hasText: "Rosa Inventada" }).getByRole("button").first();
  await rosa.waitFor();
  for (const [key, title] of [
    ["?", "Keyboard shortcuts"],
    ["q", "Read the QR of the appointment"],
  ] as const) {
    await page.keyboard.press(key);
    await lookAndClose(title);
  }
  await rosa.click();
  await page.keyboard.press("l");
  await page.getByText("arrived.").first().waitFor();
  await page.keyboard.press("v");
  await lookAndClose("At which counter do you sit?");

  await inEnglish("Administration");
  await expectHeading(page, "Staff");
  for (const [pressed, title] of [
    [/^Enrolment link for/, /^Enrolment link for/],
    [/^Remove /, "Remove"],
  ] as const) {
    await button(page, pressed).first().click();
    await lookAndClose(title);
    await expectFocus(button(page, pressed).first());
  }
});
