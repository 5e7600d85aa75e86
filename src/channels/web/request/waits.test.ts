import { afterEach, beforeEach, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { aMonthOfWaits } from "#tests/support/waits.ts";
import { answerUpToDay, aVisitor, PERSONS } from "../visit/visitor.fixtures.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { twoOfficesThatDraw } from "./request.fixtures.ts";

let web: TestWeb;
beforeEach(async () => {
  web = await openTestWeb(twoOfficesThatDraw);
});
afterEach(() => web.close());

test("an office that draws tells until when at most, or that nobody knows yet", async () => {
  const page = async (path: string) => (await web.get(path)).body;
  expect(await page("/oficinas/fresno")).toContain(
    "Todavía no sabemos cuántas semanas esperan las familias en Fresno.",
  );
  // Counted before the window that is open: what is counted later is told when the next one opens.
  await web.services.adminQuery("update allocation.draws set opens_at = $1 where state = 'open' and follows is null", [
    web.services.clock.now(),
  ]);
  await aMonthOfWaits(web.services, [
    [100, 50],
    [50, 25],
    [24, 20],
    [10, 10],
  ]);
  web.services.clock.advance(MINUTE_MS);
  expect(await page("/oficinas/fresno")).toContain(
    "En Fresno, 95 de cada 100 familias tuvieron lugar dentro de 3 semanas.",
  );
  expect(await page("/en/oficinas/fresno")).toContain(
    "In Fresno, 95 of every 100 families got a place within 3 weeks.",
  );
  expect(await page("/oficinas/los-angeles")).toContain("Todavía no sabemos");
  // Where nothing is drawn nobody waits for a draw.
  expect(await page("/oficinas/boise")).not.toContain("semanas");
});

test("whoever is about to ask reads it beside the ten figures, for the longest of her services", async () => {
  await web.services.adminQuery("update allocation.draws set opens_at = $1 where state = 'open' and follows is null", [
    web.services.clock.now(),
  ]);
  await aMonthOfWaits(web.services, [
    [100, 20],
    [80, 20],
  ]);
  const day = await answerUpToDay(aVisitor(web), [{ person: PERSONS.juan, services: ["matricula-consular"] }]);
  expect(day.body).toContain("En Fresno, después de 2 semanas, más de 5 de cada 100 familias seguían sin lugar.");
  expect(day.body).not.toContain("Por ahora no hay cuentas de repartos anteriores.");
  expect(day.body).toContain("No cambia mientras se puede pedir.");
});
