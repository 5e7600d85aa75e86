import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { aStaffId, staffContext } from "#modules/visits/visits.fixtures.ts";
import {
  callNext,
  checkIn,
  offerDevice,
  passOn,
  revokeDevice,
  listDevices,
  startService,
  suspendServices,
  type Station,
  type Visit,
} from "#modules/visits/index.ts";
import { moveDocuments, openParty, settle, type DocumentId } from "#modules/issuing/index.ts";
import type { ServiceSlug } from "#kernel/ids.ts";
import { aSession, FRESNO } from "#tests/support/fixtures.ts";
import { TODAY } from "#tests/support/application.ts";
import { faultsOf } from "./looks.ts";
import { aPartyToday } from "./parties.ts";
import { openStage } from "./stage.ts";
import { button, expectHeading, textBox } from "./steps.ts";

const WALL = { viewport: { width: 1920, height: 1080 } };
/** From the call's commit to the digits on the wall (issue 5). */
const ON_THE_WALL_MS = 1_000;

const stage = openStage();
let clerkId: string;
let supervisorId: string;
beforeAll(async () => {
  const { services } = stage.app;
  [clerkId, supervisorId] = await Promise.all([aStaffId(services), aStaffId(services, "supervisor")]);
  await aSession(services, { localDate: TODAY, opens: "11:00", steps: 8, counters: 60 });
  for (const station of ["filter", "cashier", "capture"])
    await services.adminQuery("insert into visits.stations (office_id, station, counters) values ($1, $2, 3)", [
      FRESNO,
      station,
    ]);
});

const clerk = () => staffContext(stage.app.services, clerkId);
const supervisor = () => staffContext(stage.app.services, supervisorId, "supervisor");
const valueOf = <T>(outcome: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T => {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};

async function anArrival(hour = "11:00"): Promise<Visit> {
  const { id: bookingId } = await aPartyToday(stage.app, hour, ["Lucía", "Mateo"]);
  return valueOf(await checkIn(clerk(), { bookingId }));
}

/** Calls whoever is next; the clock goes on a minute, so that no two calls have the same hour. */
async function call(station: Station = "filter", counter = 2): Promise<Visit> {
  stage.app.services.clock.set(new Date(stage.app.services.clock.now().getTime() + MINUTE_MS));
  return valueOf(await callNext(clerk(), { station, counter }));
}

async function aScreen(code?: string): Promise<Page> {
  const context = await stage.browser.newContext(WALL);
  const page = await context.newPage();
  const answer = await page.goto(`${stage.app.origin}/sala`);
  expect(answer!.status()).toBe(403);
  const given = code ?? valueOf(await offerDevice(supervisor(), { kind: "screen" })).code;
  await textBox(page, "Código de la consola").fill(given);
  await button(page, "Dar de alta").click();
  return page;
}

/** The newest code on the wall, as a number. */
const shown = (page: Page) => page.locator(".now .number").textContent();
const until = async (page: Page, number: number | null) =>
  page.locator(".now .number", { hasText: new RegExp(`^${number}$`) }).waitFor({ timeout: 10_000 });
const looksAt = (page: Page) => page.locator(".board").ariaSnapshot();

test("a screen is enrolled with a code, shows each call within a second, and goes on when the network blinks, the page is opened anew without one, and it is back", async () => {
  const code = valueOf(await offerDevice(supervisor(), { kind: "screen" })).code;
  const page = await aScreen(code);
  await page.locator(".nobody").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await button(page, "Sala oscura").click();

  // The code was good once.
  const second = await aScreen(code);
  await second.getByText("Ese código no sirve").waitFor();
  expect(await faultsOf(second)).toEqual([]);
  await second.context().close();

  for (let i = 0; i < 12; i++) await anArrival();
  const visits: Visit[] = [];
  for (let i = 0; i < 6; i++) {
    const called = await call("filter", 1 + (i % 3));
    const committed = Date.now();
    await until(page, called.turnNo);
    expect(Date.now() - committed).toBeLessThan(ON_THE_WALL_MS);
    visits.push(called);
  }
  // Through the stations with the same code.
  const first = visits[0]!;
  const served = valueOf(await startService(clerk(), { visitId: first.id, version: first.version }));
  valueOf(await passOn(clerk(), { visitId: first.id, version: served.version }));
  expect((await call("cashier", 3)).turnNo).toBe(first.turnNo);
  await until(page, first.turnNo);
  expect(await page.locator(".now .place").textContent()).toMatch(/Caja|Cashier/);
  valueOf(
    await suspendServices(supervisor(), {
      services: ["pasaporte-adulto" as ServiceSlug],
      reason: "issuing_system",
      newsAt: "11:30",
    }),
  );
  await page.getByText(/(Noticias a las|News at) 11:30/).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  expect(await looksAt(page)).toMatch(/heading/);

  // The papers of one who was attended to are ready: her code and nothing else, until she fetched them.
  const [paper] = valueOf(await openParty(clerk(), { bookingId: first.bookingId }));
  const item = { id: paper!.id, version: paper!.version, choice: { variant: paper!.variant, proofs: [], copies: 0 } };
  const settled = { bookingId: first.bookingId, items: [item], totalCents: paper!.dueCents };
  const how = { kind: "paid", means: "exact_cash", receipt: "A-1" } as const;
  let made: { readonly id: DocumentId; readonly version: number } = valueOf(
    await settle(clerk(), { ...settled, how }),
  )[0]!;
  for (const action of ["capture", "produce", "ready"] as const)
    made = valueOf(await moveDocuments(clerk(), { documents: [made], action }))[0]!;
  await page.locator(".ready li", { hasText: new RegExp(`^${first.turnNo}$`) }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
  valueOf(await moveDocuments(clerk(), { documents: [made], action: "deliver" }));
  await expect.poll(() => page.locator(".ready li").count()).toBe(0);

  // Five seconds without a network: the board stays, and what was called meanwhile is there at once afterwards.
  await page.context().setOffline(true);
  const missed = [await call(), await call()];
  await page.waitForTimeout(5_000);
  expect(await shown(page)).toBe(String(first.turnNo));
  await page.context().setOffline(false);
  await until(page, missed[1]!.turnNo);
  await page.locator(".before .number").getByText(String(missed[0]!.turnNo), { exact: true }).first().waitFor();

  // Opened anew without a network: the last board, and since when it stands still.
  await page.context().setOffline(true);
  await page.reload();
  expect(await shown(page)).toBe(String(missed[1]!.turnNo));
  await page.locator(".foot .offline").waitFor({ timeout: 15_000 });
  const kept = await page.evaluate(() => Object.keys(localStorage).sort());
  expect(kept).toEqual(["hall-board", "hall-theme"]);
  const last = await call();
  await page.context().setOffline(false);
  await until(page, last.turnNo);
  await expect.poll(() => page.locator(".foot .offline").count()).toBe(0);

  // Revoked: at once, and nothing of the hall is left in that browser.
  const [device] = valueOf(await listDevices(supervisor()));
  valueOf(await revokeDevice(supervisor(), { deviceId: device!.id }));
  await page.locator(".alone").waitFor();
  expect(await page.evaluate(() => localStorage.getItem("hall-board"))).toBeNull();
  await page.reload();
  await expectHeading(page, "Esta pantalla no está dada de alta");
});
