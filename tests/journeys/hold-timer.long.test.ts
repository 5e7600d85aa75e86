import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { MORNING } from "#tests/support/application.ts";
import { JUAN } from "./family.ts";
import { faultsOf } from "./looks.ts";
import { openStage } from "./stage.ts";
import {
  answerWhoAndWhat,
  aVisitor,
  button,
  chooseHour,
  choosePlaceAndDay,
  expectHeading,
  link,
  verifyByEmail,
} from "./steps.ts";

const SECOND_MS = 1000;
/** What the script may weigh, as it crosses the network. */
const MOST_SCRIPT_BYTES = 1024;

const stage = openStage();
beforeEach(() => stage.app.services.clock.set(MORNING));

async function toTheReview(page: Page, address: string): Promise<void> {
  await answerWhoAndWhat(page, [{ ...JUAN, given: `Juan ${address.split(".")[0]!}` }]);
  await choosePlaceAndDay(page);
  await verifyByEmail(page, stage.app, address);
  await chooseHour(page);
}

type WithSaid = typeof globalThis & { readonly said: string[] };
/** Everything that the timer has told a screen reader since `listen`. */
const heard = (page: Page): Promise<string[]> => page.evaluate(() => (globalThis as WithSaid).said);
const listen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const live = document.querySelector(".hold [role=status]")!;
    const said: string[] = [];
    Object.assign(globalThis, { said });
    new MutationObserver(() => said.push(live.textContent)).observe(live, { childList: true });
  });

test("with script the minutes go down, three things are said aloud, and the end says what to do", async () => {
  const page = await aVisitor(stage);
  await toTheReview(page, "juan.uno@ejemplo.invalid");
  const timer = page.locator(".hold");
  // From here on the browser's time stands still unless it is moved.
  await page.clock.install();
  await page.reload();
  await listen(page);
  await timer.getByText("Quedan 10 minutos.").waitFor();
  const pass = (ms: number) => page.clock.runFor(ms);

  await pass(MINUTE_MS);
  await timer.getByText("Quedan 9 minutos.").waitFor();
  await pass(7 * MINUTE_MS - SECOND_MS);
  expect(await heard(page)).toEqual([]);
  await pass(SECOND_MS);
  await timer.getByText("Quedan 2 minutos.").waitFor();
  expect(await heard(page)).toEqual(["Quedan 2 minutos para confirmar."]);
  expect(await faultsOf(page)).toEqual([]);
  await pass(61 * SECOND_MS);
  await timer.getByText("Queda 1 minuto.").waitFor();
  await pass(30 * SECOND_MS);
  await timer.getByText("Queda menos de un minuto.").waitFor();
  expect((await heard(page)).slice(1)).toEqual(["Quedan 30 segundos para confirmar."]);
  expect(await timer.getByText("Pasó el tiempo").first().isVisible()).toBe(false);

  // Longer than was left, as when a telephone slept: it goes by the clock.
  await page.clock.fastForward(5 * MINUTE_MS);
  await link(timer, "Elegir otra hora").waitFor();
  expect(await timer.getByText("Le guardamos este lugar").isVisible()).toBe(false);
  expect((await heard(page)).slice(2)).toEqual([
    "Pasó el tiempo en que le guardamos el lugar. No perdió lo que contestó. Elegir otra hora",
  ]);
  await pass(MINUTE_MS);
  expect(await heard(page)).toHaveLength(3);
  expect(await faultsOf(page)).toEqual([]);
  stage.app.services.clock.advance(11 * MINUTE_MS);
  await link(timer, "Elegir otra hora").click();
  await expectHeading(page, "¿A qué hora?");
});

test("more time, asked for with one tap, is counted from anew", async () => {
  const page = await aVisitor(stage);
  await toTheReview(page, "juan.dos@ejemplo.invalid");
  await page.clock.install();
  stage.app.services.clock.advance(9 * MINUTE_MS + 15 * SECOND_MS);
  await page.reload();
  const timer = page.locator(".hold");
  await timer.getByText("Queda 1 minuto.").waitFor();
  await button(page, "Darme 10 minutos más").click();
  await timer.getByText("Quedan 11 minutos.").waitFor();
  await page.clock.runFor(3 * MINUTE_MS);
  await timer.getByText("Quedan 8 minutos.").waitFor();
});

test("without script the page is whole, and tells what held when it was made", async () => {
  const page = await aVisitor(stage, { javaScriptEnabled: false });
  await toTheReview(page, "juan.tres@ejemplo.invalid");
  const timer = page.locator(".hold");
  expect(await timer.innerText()).toMatch(/^Le guardamos este lugar hasta las 10:10.*Quedan 10 minutos\.$/);
  expect(await page.locator('meta[http-equiv="refresh"]').getAttribute("content")).toBe("30");
  stage.app.services.clock.advance(9 * MINUTE_MS);
  await page.reload();
  expect(await timer.innerText()).toMatch(/Queda 1 minuto\.$/);
});

test("when the script does not arrive the page is as whole", async () => {
  const page = await aVisitor(stage);
  await page.route("**/*.js", (route) => route.abort());
  await toTheReview(page, "juan.cinco@ejemplo.invalid");
  expect(await page.locator(".hold").innerText()).toMatch(/Quedan 10 minutos\.$/);
  expect(await faultsOf(page)).toEqual([]);
  await button(page, "Confirmar la cita").click();
  await expectHeading(page, "Su cita está lista");
});

test("the script is small, and only the review page asks for it", async () => {
  const page = await aVisitor(stage);
  const scripts: string[] = [];
  page.on("request", (request) => {
    // Every question has another, which reads it aloud.
    if (request.resourceType() === "script" && !request.url().includes("/read-aloud.")) scripts.push(request.url());
  });
  await toTheReview(page, "juan.cuatro@ejemplo.invalid");
  expect(scripts).toEqual([expect.stringMatching(/\/assets\/hold-timer\.[0-9a-f]{10}\.js$/)]);
  const { headers, rawPayload } = await stage.app.application.web.inject({
    url: new URL(scripts[0]!).pathname,
    headers: { "accept-encoding": "br" },
  });
  expect(headers["content-encoding"]).toBe("br");
  expect(rawPayload.length).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
});
