import { afterEach, beforeEach, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { goOn, HOURS } from "#tests/support/draw-world.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { answerUpToDay, aVisitor, PERSONS } from "../visit/visitor.fixtures.ts";
import { askUpToReview, send, twoOfficesThatDraw } from "./request.fixtures.ts";

const juan = { person: PERSONS.juan, services: ["matricula-consular"] };

let web: TestWeb;
beforeEach(async () => {
  web = await openTestWeb(twoOfficesThatDraw);
});
afterEach(() => web.close());

test("where past draws cannot be counted, everybody may look and ask as before", async () => {
  await web.services.adminQuery("revoke select on allocation.entries from ventanilla_report");
  const visitor = aVisitor(web);
  const day = await answerUpToDay(visitor, [juan]);
  expect([day.statusCode, visitor.at]).toEqual([200, "/cita/dia"]);
  expect(day.body).toContain("Por ahora no hay cuentas de repartos anteriores.");
  const review = await askUpToReview(visitor, web.services, [juan], "juan@ejemplo.invalid");
  expect(review.body).toContain("Por ahora no hay cuentas de repartos anteriores.");
  await send(visitor, true);
});

test("between a lock and the next opening nothing can be sent: the page says from when, and has no button", async () => {
  web.services.clock.set(new Date(HOURS.lock.getTime() - 10 * MINUTE_MS));
  const visitor = aVisitor(web);
  const button = /<button[^>]*>Enviar mi solicitud</;
  const open = await askUpToReview(visitor, web.services, [juan], "juan@ejemplo.invalid");
  expect(open.body).toMatch(button);
  await goOn(web.services, HOURS.lock);
  const locked = await visitor.get("/cita/pedir/revisar");
  expect(locked.statusCode).toBe(200);
  expect(locked.body).toContain(
    "Todavía no se puede enviar. Podrá hacerlo desde el domingo, 29 de noviembre, 10:00 p.m.",
  );
  expect(locked.body).not.toMatch(button);
  const refused = await visitor.post("/cita/pedir/revisar", {});
  expect([refused.statusCode, visitor.at]).toEqual([409, "/cita/pedir/revisar"]);
});
