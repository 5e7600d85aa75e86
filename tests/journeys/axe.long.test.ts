import type { Locator, Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { MORNING } from "#tests/support/application.ts";
import { signInByButton } from "./console-steps.ts";
import { LUCIA, ROSA } from "./family.ts";
import { faultsOf } from "./looks.ts";
import { aPartyToday } from "./parties.ts";
import { openStage } from "./stage.ts";
import {
  answerWhoAndWhat,
  aVisitor,
  button,
  chooseHour,
  choosePlaceAndDay,
  expectFocus,
  expectHeading,
  FIRST_DAY,
  link,
  textBox,
  verifyByEmail,
} from "./steps.ts";

const DESK = { viewport: { width: 1280, height: 800 } };
const LANGUAGES = ["", "/en"];

const stage = openStage();
let found: string[];
let looked: number;
beforeEach(() => {
  found = [];
  looked = 0;
  stage.app.services.clock.set(MORNING);
});

async function look(page: Page): Promise<void> {
  looked += 1;
  found.push(...(await faultsOf(page)));
}

async function lookAt(page: Page, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    for (const language of LANGUAGES) {
      const answer = await page.goto(stage.app.origin + language + path);
      expect(answer!.status(), language + path).toBeLessThan(500);
      await look(page);
    }
  }
}

test("the pages that anybody may read", async () => {
  const page = await aVisitor(stage);
  await lookAt(page, [
    "/",
    "/oficinas",
    "/oficinas/fresno",
    "/oficinas/chicago",
    "/oficinas/fresno/corregir",
    "/tramites",
    "/tramites/pasaporte-adulto",
    "/tramites/registro-nacimiento",
    "/buscar",
    "/buscar?lugar=93701",
    "/buscar?lugar=Springfield",
    "/buscar?lugar=zzzz",
    "/repartos",
    "/oficinas/fresno/publicacion",
    "/privacidad",
    "/emergencia",
    "/emergencia/pedir",
    "/emergencia/cifras",
    "/oficial",
    "/oficial/avisar",
    "/aviso/contacto",
    "/nada",
    "/cita",
    "/cita?sesion=0",
    "/mi-cita",
    "/c/nada",
    "/h/nada",
    "/e/nada",
    "/opinion/hoja",
  ]);
  expect(found).toEqual([]);
}, 120_000);

test("every step of booking, changing and cancelling", async () => {
  const page = await aVisitor(stage);
  const aside = await page.context().newPage();
  /** The page as it stands, then the same address in English beside it. */
  const inBoth = async (shown: Page) => {
    await look(shown);
    const { pathname, search } = new URL(shown.url());
    await aside.goto(`${stage.app.origin}/en${pathname}${search}`);
    await look(aside);
  };
  /** What a page says when its form was sent with something missing. */
  const withErrors = async (path: string, forget: (shown: Page) => Promise<unknown> = () => Promise.resolve()) => {
    for (const language of LANGUAGES) {
      await aside.goto(stage.app.origin + language + path);
      await forget(aside);
      await aside
        .getByRole("main")
        .getByRole("button", { name: /^(Guardar|Mandar|Entrar|Save|Send|Enter)/ })
        .click();
      await aside.getByRole("alert").waitFor();
      await look(aside);
    }
  };

  await answerWhoAndWhat(page, [ROSA, LUCIA], inBoth);
  await withErrors("/cita/persona/2", (shown) => shown.getByRole("textbox").first().fill(""));
  await withErrors("/cita/persona/2/tramites", (shown) => shown.getByRole("checkbox", { checked: true }).uncheck());
  await choosePlaceAndDay(page, inBoth);
  await withErrors("/cita/contacto");
  await withErrors("/cita/tarjeta");
  await verifyByEmail(page, stage.app, "rosa@ejemplo.invalid", inBoth);
  await chooseHour(page, inBoth);
  stage.app.services.clock.advance(11 * MINUTE_MS);
  await page.reload();
  await expectHeading(page, "Pasó el tiempo en que le guardamos el lugar");
  await inBoth(page);
  await link(page, "Elegir otra hora").click();
  await chooseHour(page);
  const press = async (pressed: Locator, heading: string) => {
    await pressed.click();
    await expectHeading(page, heading);
    await inBoth(page);
  };
  await press(button(page, "Confirmar la cita"), "Su cita está lista");
  await press(link(page, "Ver e imprimir la hoja de Lucía Ficticia"), "Permiso OP\u20117 para firmar");
  const sheet = new URL(await link(page, /\/h\//).innerText()).pathname;
  await press(link(page, "Volver a mi cita"), "Su cita");
  await lookAt(aside, [sheet]);
  await press(link(page, "Cambiar día, hora o consulado"), "¿Qué quiere cambiar?");
  await link(page, "Otro consulado").click();
  await button(page, "Elegir Fresno").waitFor();
  await inBoth(page);
  await link(page, "Me mudé lejos: buscar otro consulado").click();
  await textBox(page, "Su código postal o ciudad").fill("90012");
  await button(page, "Buscar").click();
  await button(page, "Elegir Los Ángeles").waitFor();
  await inBoth(page);
  await press(button(page, "Elegir Los Ángeles"), "¿Qué día puede ir?");
  await press(link(page, FIRST_DAY), "¿A qué hora?");
  await press(button(page, / hasta /).first(), "Confirme el cambio");
  await press(button(page, "Cambiar la cita"), "Su cita");
  await press(link(page, "Cancelar la cita"), "¿Seguro que quiere cancelar?");
  await press(button(page, "Sí, cancelar la cita"), "Su cita");
  await press(link(page, "Mi cita").first(), "Sus citas");
  await press(button(page, "Cerrar y borrar de este teléfono"), "Listo: se cerró y se borró");
  expect(found).toEqual([]);
  expect(looked).toBeGreaterThan(50);
}, 180_000);

test("the console, screen by screen", async () => {
  await aPartyToday(stage.app, "11:00", ["Rosa", "Juan", "Pedro"]);
  await aPartyToday(stage.app, "11:30", ["Elena"]);
  const page = await aVisitor(stage, DESK);
  /** The screen in Spanish, then in English, as it stands. */
  const inBoth = async () => {
    await look(page);
    await page.getByLabel(/^Mi cuenta/).click();
    await button(page, "English").click();
    await look(page);
    await page.getByLabel(/^My account/).click();
    await button(page, "Español").click();
  };

  await page.goto(`${stage.app.origin}/consola/`);
  await button(page, /^Ventanilla/).waitFor();
  await look(page);
  await button(page, "English").click();
  await look(page);
  await button(page, "Español").click();
  await signInByButton(page, stage.app, "Ventanilla");
  await page.getByText("En vivo").waitFor();
  await inBoth();
  await page.getByRole("listitem").filter({ hasText: "Elena" }).getByRole("button").first().click();
  await button(page, "Marcar que no vino").click();
  await inBoth();
  await page.getByRole("listitem").filter({ hasText: "Rosa" }).getByRole("button").first().click();
  await page.keyboard.press("l");
  await page.getByText("llegó.").waitFor();
  await inBoth();
  await page.keyboard.press("v");
  await page.getByRole("dialog").getByRole("button", { name: /^1/ }).waitFor();
  await look(page);
  await page.getByRole("dialog").getByRole("button", { name: /^1/ }).click();
  await page.getByText("en llamada a su ventanilla.").waitFor();
  await page.keyboard.press("a");
  await page.getByText("en atención.").waitFor();
  await page.getByRole("radio", { name: "Falta papel" }).first().check();
  await inBoth();
  await button(page, "Corregir nombre: Juan").click();
  await look(page);
  await button(page, "Cancelar").last().click();
  await expectFocus(button(page, "Corregir nombre: Juan"));
  await button(page, /^Todo entregado/).click();
  await page.getByText("Resultado guardado.").first().waitFor();
  await inBoth();
  for (const [open, title] of [
    ["?", "Atajos del teclado"],
    ["q", "Leer el QR de la cita"],
  ] as const) {
    await page.keyboard.press(open);
    await page.getByRole("dialog", { name: title }).waitFor();
    await look(page);
    await page.keyboard.press("Escape");
  }
  await link(page, "Tarjeta de papel").click();
  await expectHeading(page, "Tarjeta de papel");
  await inBoth();
  await button(page, "Dar una tarjeta").click();
  await page.getByRole("region", { name: "Su tarjeta de citas" }).waitFor();
  await inBoth();

  await page.context().clearCookies();
  await signInByButton(page, stage.app, "Titular");
  await link(page, "Ficha de la oficina").click();
  await expectHeading(page, "Ficha de la oficina");
  await inBoth();
  await page.context().clearCookies();
  await signInByButton(page, stage.app, "Administración");
  await expectHeading(page, "Personal");
  await page.getByText("Dar de alta a una persona").click();
  await inBoth();
  await button(page, /^Enlace de alta para/)
    .first()
    .click();
  await page.getByRole("dialog").waitFor();
  await look(page);
  await page.goto(`${stage.app.origin}/consola/alta#a-token-that-nobody-made`);
  await button(page, "Crear mi llave de acceso").waitFor();
  await look(page);
  await button(page, "Crear mi llave de acceso").click();
  await page.getByRole("alert").waitFor();
  await look(page);
  expect(found).toEqual([]);
}, 120_000);

test("a page with faults is found out", async () => {
  const page = await aVisitor(stage);
  await page.evaluate(() => {
    document.querySelector("main")!.innerHTML = '<img src="/icon.svg"><input><p>pale</p>';
    document.querySelector<HTMLElement>("main p")!.style.color = "#999";
  });
  await look(page);
  const rules = found.join("\n");
  for (const rule of ["image-alt", "label", "color-contrast", "page-has-heading-one"])
    expect(rules).toContain(`: ${rule} `);
});
