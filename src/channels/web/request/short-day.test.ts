import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { DAY_MS, MINUTE_MS } from "#kernel/time.ts";
import { openNextDraw } from "#modules/allocation/index.ts";
import { systemContext } from "#platform/context.ts";
import { aSession } from "#tests/support/fixtures.ts";
import { aSpecialDay } from "#tests/support/special-days.ts";
import { htmlProblems, openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { answerUpToDay, aVisitor, PERSONS, verifyByEmail } from "../visit/visitor.fixtures.ts";
import { send } from "./request.fixtures.ts";

const juan = { person: PERSONS.juan, services: ["matricula-consular"] };
let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(async (services) => {
    await services.adminQuery(
      `insert into schedules.templates (id, office_id, service_group, kind, weekdays, opens, closes, counters, step_minutes, valid_from)
       values ($1, 'fresno', 'documentacion', 'regular', '{1}', '09:00', '15:00', 1, 15, '2026-01-01')`,
      [randomUUID()],
    );
    const at = (days: number) =>
      new Date(services.clock.now().getTime() + days * DAY_MS).toISOString().slice(0, 10) as LocalDate;
    await aSession(services, { localDate: at(20), opens: "09:00", steps: 4, counters: 2 });
    const { sessionId } = await aSpecialDay(services, {
      localDate: at(7),
      kind: "extraordinary",
      away: false,
      givenOut: "short_draw",
    });
    await services.adminQuery("update schedules.sessions set short_notice = true where id = $1", [sessionId]);
    await openNextDraw(systemContext(services, "test"), "weekly");
  });
  web.services.clock.advance(2 * MINUTE_MS);
});
afterAll(() => web.close());

test("an office that gives hours at once shows its calendar, and its day at short notice is asked for beside it", async () => {
  const visitor = aVisitor(web);
  const page = await answerUpToDay(visitor, [juan]);
  expect(visitor.at).toBe("/cita/dia");
  expect(await htmlProblems(page.body)).toEqual([]);
  expect(page.body).toMatch(/Hay una jornada que se reparte[\s\S]*Es el [a-z]+, \d+ de [a-z]+\. Sus lugares/);
  expect(page.body).toMatch(/\/cita\/hora\?dia=/);
  // Everything else of that office is as it was.
  expect(page.body).not.toContain("Aquí se reparten los lugares");
  expect((await web.get("/oficinas/fresno")).body).not.toContain("se reparten los lugares entre todos los que piden");
  expect((await web.get("/repartos")).body).not.toContain('href="/oficinas/fresno"');

  await visitor.post("/cita/dia");
  // Its only office is no question.
  expect(visitor.at).toBe("/cita/pedir/dias");
  await visitor.post(visitor.at, {
    dia: ["1", "2", "3", "4", "5", "6", "7"],
    parte: ["morning", "midday", "afternoon"],
  });
  await visitor.post(visitor.at, { desde: "ya", hasta: "siempre", importa: "dia" });
  await visitor.post(visitor.at);
  await verifyByEmail(visitor, web.services, "juan@ejemplo.invalid");
  expect(visitor.at).toBe("/cita/pedir/revisar");
  const id = await send(visitor, true);
  expect(await web.services.adminQuery("select state, offices from allocation.requests where id = $1", [id])).toEqual([
    { state: "standing", offices: ["fresno"] },
  ]);
});
