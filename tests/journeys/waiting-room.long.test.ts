import { mkdir } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { JUAN, ROSA, type Person } from "./family.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import { answerWhoAndWhat, aVisitor, button, codeSentTo, expectHeading, link, radio, textBox } from "./steps.ts";

/** The second release of Monday: two in the afternoon in Fresno. */
const OPENS = new Date("2026-11-23T22:00:00Z").getTime();
/** The pages wait for the line by themselves, in real seconds. */
const BY_ITSELF_MS = 30_000;
/** Where pictures of each page are left, when somebody wants to look at them. */
const SHOTS = process.env["SHOTS"];

const stage = openStage();
/** Each test has a day of its own. */
let opens = OPENS - DAY_MS;
beforeEach(() => {
  opens += DAY_MS;
  stage.app.services.clock.set(new Date(opens - 5 * HOUR_MS));
});

/** What the timetable and the leader do at that moment, without waiting for their second. */
async function at(ms: number): Promise<void> {
  stage.app.services.clock.set(new Date(opens + ms));
  await stage.app.application.timetable.tick();
  await stage.app.application.rooms.step();
}

async function look(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  await mkdir(SHOTS, { recursive: true });
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 780 });
    await page.screenshot({ path: `${SHOTS}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 390, height: 844 });
}

/** Every place of Fresno is given back, and at five to the hour the room is announced. */
async function announce(): Promise<void> {
  // The calendar is filled first: afterwards nothing new opens.
  await stage.app.application.timetable.tick();
  await stage.app.services.adminQuery(
    "update schedules.places set state = 'booked', holder = gen_random_uuid() where office_id = 'fresno'",
  );
  await stage.app.services.adminQuery(
    "update schedules.places set state = 'freed', holder = null where office_id = 'fresno' and counter = 1 and starts_at between '2026-12-01T16:00Z' and '2026-12-01T16:59Z'",
  );
  await at(-4 * HOUR_MS - 5 * MINUTE_MS);
  const rooms = await stage.app.services.adminQuery(
    "select from room.rooms where office_id = 'fresno' and service_group = 'documentacion' and closes_at > $1",
    [new Date(opens)],
  );
  expect(rooms).toHaveLength(1);
  await stage.app.application.refreshSnapshot();
}

async function enter(page: Page, person: Person, address: string, name: string): Promise<void> {
  await page.goto(stage.app.origin);
  await answerWhoAndWhat(page, [{ ...person, services: ["Matrícula consular"] }]);
  await link(page, "Elegir lugar y día").click();
  await textBox(page, "Su código postal o ciudad").fill("93701");
  await button(page, "Buscar").click();
  await look(page, `${name}-place`);
  // The picture of places may have been under way while the places went: then the next one has the room.
  const door = link(page, /^Entrar a la fila: se abren lugares/);
  await expect
    .poll(
      async () => {
        if (await door.isVisible()) return true;
        await stage.app.application.refreshSnapshot();
        await page.reload();
        return door.isVisible();
      },
      { timeout: BY_ITSELF_MS, interval: 1_000 },
    )
    .toBe(true);
  await door.click();
  await expectHeading(page, "Fila para pasaporte, matrícula y credencial");
  await look(page, `${name}-enter`);
  await link(page, "Confirmar mi contacto").click();
  await identify(page, address);
  await look(page, `${name}-ready`);
  await button(page, "Entrar a la fila").click();
  await expectHeading(page, "Ya está en la fila");
  await look(page, `${name}-in`);
}

async function identify(page: Page, address: string): Promise<void> {
  await radio(page, "Correo electrónico").check();
  await textBox(page, "Su correo electrónico").fill(address);
  const known = stage.app.messagesTo(address).filter((one) => one.kind === "code").length;
  await button(page, "Mandar el código").click();
  await textBox(page, "Código de 6 números").fill(await codeSentTo(stage.app, address, known));
  await button(page, "Confirmar").click();
}

async function comeBack(page: Page, address: string): Promise<void> {
  await page.reload();
  await page.getByText("Ya tiene su lugar en la fila").waitFor();
  await link(page, "Confirmar mi contacto").click();
  await identify(page, address);
}

test("two enter without script; one is let in, sees it without a touch and books; the other is told what comes next", async () => {
  await announce();
  const visitors = [
    { page: await aVisitor(stage, { javaScriptEnabled: false }), person: ROSA, address: "rosa@ejemplo.invalid" },
    { page: await aVisitor(stage, { javaScriptEnabled: false }), person: JUAN, address: "juan@ejemplo.invalid" },
  ];
  for (const [i, { page, person, address }] of visitors.entries()) await enter(page, person, address, `fila${i}`);

  await at(0);
  for (const { page, address } of visitors) {
    await comeBack(page, address);
    await expectHeading(page, "La suerte está dando el orden");
  }
  await look(visitors[0]!.page, "fila-drawing");
  for (let ms = 5_000; ms <= 30_000; ms += 5_000) await at(ms);
  for (const { page } of visitors) {
    await page.reload();
    await expectHeading(page, "Está esperando su turno");
  }
  await look(visitors[0]!.page, "fila-waiting");

  const turn = (page: Page) => page.getByRole("heading", { level: 1, name: "Es su turno" });
  let first = -1;
  for (let ms = 35_000; first < 0; ms += 15_000) {
    expect(ms).toBeLessThan(10 * MINUTE_MS);
    await at(ms);
    // Nobody reloads here: each page comes again by itself, five to six seconds later.
    first = await Promise.any(
      visitors.map(({ page }, i) =>
        turn(page)
          .waitFor({ timeout: 8_000 })
          .then(() => i),
      ),
    ).catch(() => -1);
  }
  const [lucky, other] = [visitors[first]!.page, visitors[1 - first]!.page];
  await look(lucky, "fila-turn");
  await link(lucky, "Escoger hora").click();
  await expectHeading(lucky, "Escoja su hora");
  await look(lucky, "fila-hours");
  await button(lucky, / hasta /)
    .first()
    .click();
  await expectHeading(lucky, "Revise y confirme");
  await lucky.getByText(/Quedan 6 minutos/).waitFor();
  await button(lucky, "Confirmar la cita").click();
  await lucky.getByRole("heading", { level: 1, name: "Su cita está lista" }).waitFor();

  await at(31 * MINUTE_MS);
  await other.reload();
  await expectHeading(other, "Esta fila ya terminó");
  await look(other, "fila-over");
  await link(other, "Vea si quedó algún día con lugares").click();
  await expectHeading(other, "¿Qué día puede ir?");
}, 240_000);

test("with script the page looks at the public document and comes again when it is one's turn; axe finds no fault on the way", async () => {
  await announce();
  const found: string[] = [];
  const page = await aVisitor(stage);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await enter(page, { ...ROSA, given: "Otra Ficticia" }, "otra@ejemplo.invalid", "fila-script");
  found.push(...(await faultsOf(page)));
  await at(0);
  await comeBack(page, "otra@ejemplo.invalid");
  found.push(...(await faultsOf(page)));
  for (let ms = 5_000; ms <= 30_000; ms += 5_000) await at(ms);
  await page.reload();
  await expectHeading(page, "Está esperando su turno");
  found.push(...(await faultsOf(page)));
  const before = asked.length;
  for (let ms = 35_000; ms <= 2 * MINUTE_MS; ms += 15_000) await at(ms);
  await page.getByRole("heading", { level: 1, name: "Es su turno" }).waitFor({ timeout: BY_ITSELF_MS });
  expect(asked.slice(before)[0]).toMatch(/^\/fila\/[0-9a-z-]+\/estado\.json$/);
  found.push(...(await faultsOf(page)));
  await link(page, "Escoger hora").click();
  found.push(...(await faultsOf(page)));
  expect(found).toEqual([]);
}, 240_000);
