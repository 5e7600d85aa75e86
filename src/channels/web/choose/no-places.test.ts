import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { aBookedVisitor, aMorningInFresno, answerUpToDay, aVisitor, PERSONS } from "../visit/visitor.fixtures.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(aMorningInFresno);
});
afterAll(() => web.close());

const { rosa, juan } = PERSONS;
/** Every place of the office is taken, and the picture shows it. */
async function fullHouse(): Promise<void> {
  await web.services.adminQuery("update schedules.places set state = 'withdrawn' where state = 'open'");
  await web.snapshot.refresh();
}

test("a family in front of offices without places is told what to do, and has no form without a button", async () => {
  const visitor = aVisitor(web);
  await answerUpToDay(visitor, [
    { person: rosa, services: ["matricula-consular", "registro-nacimiento"] },
    { person: juan, services: ["pasaporte-adulto"] },
  ]);
  expect((await visitor.get("/cita/lugar")).body).toContain('value="fresno"');
  const moved = await aBookedVisitor(web, "Otilia Ficticia", "otilia@example.com");
  await fullHouse();

  const { body } = await visitor.get("/cita/lugar");
  expect(body).toContain("Por ahora no hay lugares");
  expect(body).toContain('href="/cita/lugar?todos=1"');
  expect(body).toContain('href="/cita/personas"');
  expect(body).toContain('href="/cita/persona/1/tramites"');
  // The clock of the tests stands between the two releases of the day, at 16 and 22 hours UTC.
  expect(body).toContain("otras personas dejaron: lunes, 23 de noviembre, 2:00 p.m., hora de Fresno");
  expect(body).toContain("hasta 8 semanas adelante");
  expect(body).toContain('href="tel:');
  for (const [form] of body.matchAll(/<form\b.*?<\/form>/gs)) expect(form).toContain("<button");
  const en = (await visitor.get("/en/cita/lugar")).body;
  expect(en).toContain("No places at the moment");

  const days = (await visitor.get("/cita/dia?dia=1")).body;
  expect(days).toContain("No hay lugares con lo que pidió");
  expect(days).toContain('<a href="/cita/dia">Quite el día o la hora que pidió</a>');
  expect((await visitor.get("/cita/dia")).body).not.toContain("Quite el día");

  const change = (await moved.visitor.get(`/mi-cita/${moved.id}/cambiar/lugar`)).body;
  expect(change).toContain("Por ahora no hay lugares");
  expect(change).not.toContain('href="/cita/personas"');
});

test("where they do not serve everything, waiting is not offered", async () => {
  const visitor = aVisitor(web);
  await answerUpToDay(visitor, [{ person: rosa, services: ["poder-notarial"] }]);
  const { body } = await visitor.get("/cita/lugar?lugar=93701");
  expect(body).toContain("Ahí no dan cita para todo lo que eligió");
  expect(body).not.toContain("otras personas dejaron");
});
