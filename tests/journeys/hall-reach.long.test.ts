import type { Locator, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { formatFolio } from "#kernel/folio.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { offerDevice } from "#modules/visits/index.ts";
import { aStaffId, staffContext } from "#modules/visits/visits.fixtures.ts";
import { MORNING, TODAY } from "#tests/support/application.ts";
import { aSession, FRESNO } from "#tests/support/fixtures.ts";
import { signInByButton } from "./console-steps.ts";
import { faultsOf, unheardOf, unreachableOf } from "./looks.ts";
import { aPartyToday } from "./parties.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, expectHeading, link, textBox } from "./steps.ts";

const MOST_TABS = 60;
const WALL = { width: 1920, height: 1080 };
const TABLET = { width: 800, height: 1100 };
const DESK = { width: 1280, height: 800 };

/** Letters are read from 16 minutes of arc on (ISO 9241-303: the least for Latin letters; 20 to 22 are preferred). */
const LEAST_MINUTES_OF_ARC = 16;
const PREFERRED_MINUTES_OF_ARC = 20;
const METRES = 3;
/** Height of a capital letter in shares of the size of its type. */
const CAPITAL = 0.72;
/** The smallest screens that hang on a wall, stand as a kiosk, or lie in a guard's hand: inches, and CSS pixels across the diagonal. */
const MM_OF_PIXEL = {
  wall: (43 * 25.4) / Math.hypot(WALL.width, WALL.height),
  kiosk: (32 * 25.4) / Math.hypot(1080, 1920),
  tablet: (10.1 * 25.4) / Math.hypot(800, 1280),
} as const;

/** CSS pixels of type that is read from three metres on such a screen. */
function pixelsFor(screen: keyof typeof MM_OF_PIXEL, minutes = LEAST_MINUTES_OF_ARC): number {
  const millimetres = METRES * 1_000 * Math.tan((minutes / 60 / 180) * Math.PI);
  return millimetres / CAPITAL / MM_OF_PIXEL[screen];
}

const stage = openStage();
let supervisorId: string;
beforeAll(async () => {
  const { services } = stage.app;
  supervisorId = await aStaffId(services, "supervisor");
  await aSession(services, { localDate: TODAY, opens: "11:00", steps: 8, counters: 20 });
  services.clock.set(new Date(MORNING.getTime() + 40 * MINUTE_MS));
});

const sizeOf = (one: Locator): Promise<number> =>
  one.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
const good = async (page: Page) =>
  expect([...(await unheardOf(page)), ...(await unreachableOf(page)), ...(await faultsOf(page))]).toEqual([]);
/** What a live region of that name or words says now. */
const told = (page: Page, words: string | RegExp) => page.getByRole("status").filter({ hasText: words }).first();

async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let i = 0; i < MOST_TABS; i++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${String(wanted)} was not reached by ${MOST_TABS} presses of Tab`);
}
async function press(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press("Enter");
}
async function aDevice(path: string, label: string, kind: "screen" | "kiosk", viewport: typeof WALL): Promise<Page> {
  const offered = await offerDevice(staffContext(stage.app.services, supervisorId, "supervisor"), { kind });
  if (!offered.ok) throw new Error(offered.refusal.code);
  const page = await (await stage.browser.newContext({ viewport, reducedMotion: "reduce" })).newPage();
  await page.goto(stage.app.origin + path);
  await tabTo(page, textBox(page, label));
  await page.keyboard.type(offered.value.code);
  await press(page, button(page, "Dar de alta"));
  return page;
}
async function aDesk(role: string, viewport = DESK): Promise<Page> {
  const page = await aVisitor(stage, { viewport });
  await page.goto(`${stage.app.origin}/consola/`);
  await button(page, new RegExp(`^${role}`)).waitFor();
  await press(page, button(page, new RegExp(`^${role}`)));
  await page.getByRole("navigation", { name: "Secciones" }).waitFor();
  return page;
}

test("a turn goes from the door to its outcome without a mouse, each step is told to a reader of the screen, and the hall reads it at three metres", async () => {
  const { app } = stage;
  for (const station of ["filter", "capture"])
    await app.services.adminQuery("insert into visits.stations (office_id, station, counters) values ($1, $2, 1)", [
      FRESNO,
      station,
    ]);
  const [first, second] = [await aPartyToday(app, "11:00", ["Teresa"]), await aPartyToday(app, "11:00", ["Ramón"])];
  const wall = await aDevice("/sala", "Código de la consola", "screen", WALL);
  await wall.locator(".nobody").waitFor();
  await press(wall, button(wall, "Sala oscura"));
  await good(wall);

  const door = await aDesk("Puerta", TABLET);
  await tabTo(door, textBox(door, "Folio o código"));
  await door.keyboard.type(formatFolio(first.folio));
  await door.keyboard.press("Enter");
  await told(door, /Pase[\s\S]*1 persona/).waitFor();
  for (const large of [".verdict-word", ".verdict-turn"])
    expect(await sizeOf(door.locator(large))).toBeGreaterThanOrEqual(pixelsFor("tablet"));
  await good(door);

  const kiosk = await aDevice("/kiosko", "Código de alta", "kiosk", { width: 1080, height: 1920 });
  await expectHeading(kiosk, "Registre su llegada");
  await good(kiosk);
  app.services.clock.advance(1_000);
  await tabTo(kiosk, textBox(kiosk, "Su folio"));
  await kiosk.keyboard.type(formatFolio(second.folio));
  await tabTo(kiosk, kiosk.getByLabel("Necesito un camino sin escalones"));
  await kiosk.keyboard.press("Space");
  await press(kiosk, button(kiosk, "Ya llegué"));
  await expectHeading(kiosk, "Su llegada quedó registrada");
  // What a reader says first of a new page.
  expect(await kiosk.title()).toBe("Su llegada quedó registrada");
  expect(await sizeOf(kiosk.locator("p.code"))).toBeGreaterThanOrEqual(pixelsFor("kiosk", PREFERRED_MINUTES_OF_ARC));
  await good(kiosk);
  await press(kiosk, link(kiosk, "Terminar"));
  await expectHeading(kiosk, "Registre su llegada");

  const desk = await aDesk("Ventanilla");
  await button(desk, "Filtro: 2 turnos esperan").waitFor();
  await desk.keyboard.press("s");
  const counters = desk.getByRole("dialog");
  await tabTo(desk, textBox(counters, "Otro número"));
  await desk.keyboard.type("2");
  await desk.keyboard.press("Enter");
  await told(desk, /^Turno mazorca 1: en llamada\.$/).waitFor();
  // The wall: said once in each language, and drawn large enough.
  const said = wall.getByRole("status");
  await said.filter({ hasText: "Pase a filtro 2." }).filter({ hasText: "Please go to" }).waitFor();
  expect(await said.locator("p").evaluateAll((all) => all.map((one) => (one as HTMLElement).lang))).toEqual([
    "es-MX",
    "en-US",
  ]);
  expect(await wall.locator("[aria-live]").count()).toBe(0);
  const preferred = pixelsFor("wall", PREFERRED_MINUTES_OF_ARC);
  for (const large of [".now .number", ".now .place", ".now .place b"])
    expect(await sizeOf(wall.locator(large))).toBeGreaterThanOrEqual(preferred);
  await desk.keyboard.press("a");
  await told(desk, "en atención.").waitFor();
  await good(desk);
  await desk.keyboard.press("p");
  await told(desk, "pasa a la estación siguiente").waitFor();
  await press(desk, button(desk, "Captura: 1 turno espera"));
  await desk.keyboard.press("Escape");
  await desk.keyboard.press("s");
  await told(desk, /^Turno mazorca 1: en llamada\.$/).waitFor();
  await desk.keyboard.press("a");
  await told(desk, "en atención.").waitFor();
  await desk.keyboard.press("e");
  await told(desk, "Resultado guardado.").waitFor();
  await desk.keyboard.press("Escape");

  // The second one stands beside the first among the calls before: the smallest letters of a call.
  await press(desk, button(desk, "Filtro: 1 turno espera"));
  await desk.keyboard.press("s");
  await told(desk, /^Turno colibrí 2: en llamada\.$/).waitFor();
  await said.filter({ hasText: "colibrí 2" }).waitFor();
  const small = await wall.evaluate(() => {
    const sizes = [...document.querySelectorAll<HTMLElement>("#hall *")].filter(
      (one) =>
        one.checkVisibility() &&
        one.closest(".unseen, button") === null &&
        [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== ""),
    );
    return Math.min(...sizes.map((one) => Number.parseFloat(getComputedStyle(one).fontSize)));
  });
  expect(small).toBeGreaterThanOrEqual(pixelsFor("wall"));
  expect(await wall.evaluate(() => document.documentElement.scrollHeight)).toBe(WALL.height);
  await good(wall);
});

test("every screen of the hall is reached by the keyboard, and a reader of the screen can say each part of it", async () => {
  const seen: string[] = [];
  for (const [role, paths] of [
    ["Puerta", ["puerta"]],
    [
      "Supervisión",
      [
        "hoy",
        "puerta",
        "sin-cita",
        "caja",
        "documentos",
        "cierre-del-dia",
        "sin-red",
        "lista",
        "emergencias",
        "tarjeta",
        "ficha",
        "reportes",
      ],
    ],
    ["Oficinas centrales", ["entregas"]],
  ] as const) {
    const page = await aVisitor(stage, { viewport: DESK });
    await signInByButton(page, stage.app, role);
    for (const path of paths) {
      await page.goto(`${stage.app.origin}/consola/${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.locator(".loading").first().waitFor({ state: "detached" });
      // A place that says how each act ended is there before anything happened.
      if (path !== "lista" && (await page.getByRole("status").count()) === 0) seen.push(`${path}: nothing is told`);
      seen.push(...(await unheardOf(page)), ...(await unreachableOf(page)), ...(await faultsOf(page)));
    }
  }
  expect(seen).toEqual([]);
});

test("what has no name and what no key reaches is found out", async () => {
  const page = await aVisitor(stage, { viewport: DESK });
  await page.evaluate(() => {
    document.querySelector("main")!.innerHTML = '<button></button><img src="/icon.svg"><h2>no first heading</h2>';
  });
  const found = (await unheardOf(page)).join("\n");
  for (const fault of ["a button without a name", "a image without a name", "0 first headings"])
    expect(found).toContain(fault);
});
