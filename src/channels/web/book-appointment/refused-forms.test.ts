import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import {
  aMorningInFresno,
  answerUpToDay,
  aVisitor,
  bookFirstHour,
  bookingIdOf,
  firstHour,
  PERSONS,
  verifyByEmail,
  type Visitor,
} from "../visit/visitor.fixtures.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(aMorningInFresno);
});
afterAll(() => web.close());

const member = { person: PERSONS.rosa, services: ["matricula-consular"] };
const child = {
  person: PERSONS.lucia,
  services: ["pasaporte-menor-3-a-17"],
  parents: { "uno-parte": "comes", otra: "no" },
};
const JUNK = ["", "atlantis", "\u202Efresno"];

/** Whatever a form answers to junk: it is told as a refusal, first of all, and every link of it leads somewhere. */
async function expectRefused(visitor: Visitor, url: string, fields: Record<string, string>): Promise<void> {
  const page = await visitor.send(url, fields);
  const where = `${url} ${JSON.stringify(fields).slice(0, 80)}`;
  expect(page.statusCode, where).toBe(422);
  expect(page.body, where).toMatch(/<title>Error: /);
  expect(page.body, where).toMatch(/<div class="errors" role="alert"/);
  const summary = /<div class="errors".*?<\/div>/s.exec(page.body)![0];
  const links = [...summary.matchAll(/href="([^"]+)"/g)].map((one) => one[1]!);
  expect(links.length, where).toBeGreaterThan(0);
  for (const link of links.filter((one) => one.startsWith("#")))
    expect(page.body, where).toContain(`id="${link.slice(1)}"`);
}

test("every form of the journey answers what is none of its choices with an error summary", async () => {
  const visitor = aVisitor(web);
  await answerUpToDay(visitor, [member, child]);
  await visitor.get("/cita/hora?dia=2026-12-03");
  await verifyByEmail(visitor, web.services, "olga@example.com");
  for (const junk of JUNK) {
    await expectRefused(visitor, "/cita/personas", { personas: junk });
    await expectRefused(visitor, "/cita/persona/1", { ...PERSONS.rosa, sexo: junk });
    await expectRefused(visitor, "/cita/persona/1", { ...PERSONS.rosa, lugar: junk });
    await expectRefused(visitor, "/cita/persona/1/tramites", { tramite: junk });
    await expectRefused(visitor, "/cita/persona/2/padres", { "uno-parte": junk });
    await expectRefused(visitor, "/cita/preparar", { has_record: junk });
    await expectRefused(visitor, "/cita/lugar", { oficina: junk });
    await expectRefused(visitor, "/cita/hora", { hora: junk });
  }
});

test("so do the doors", async () => {
  const visitor = aVisitor(web);
  await answerUpToDay(visitor, [member]);
  await visitor.get("/cita/hora?dia=2026-12-03");
  for (const junk of JUNK) {
    for (const at of ["/cita/contacto", "/mi-cita"]) {
      await expectRefused(visitor, at, { forma: junk });
      await expectRefused(visitor, at, { forma: "email", correo: junk });
      await expectRefused(visitor, at, { forma: "sms", telefono: junk });
    }
    for (const at of ["/cita/tarjeta", "/mi-cita/tarjeta"]) await expectRefused(visitor, at, { folio: junk, pin: "1" });
  }
});

test("an appointment moves nowhere by a form without a place, a day and an hour of ours", async () => {
  const visitor = aVisitor(web);
  await answerUpToDay(visitor, [member]);
  await bookFirstHour(visitor, web.services, "olivia@example.com");
  const id = bookingIdOf(visitor);
  const hours = await visitor.get(`/mi-cita/${id}/cambiar/hora?oficina=fresno&dia=2026-12-04`);
  const good = { oficina: "fresno", dia: "2026-12-04", hora: firstHour(hours) };
  for (const junk of JUNK) {
    await expectRefused(visitor, `/mi-cita/${id}/cambiar/lugar`, { oficina: junk });
    for (const field of ["oficina", "dia", "hora"])
      await expectRefused(visitor, `/mi-cita/${id}/cambiar/revisar`, { ...good, [field]: junk });
    await expectRefused(visitor, "/mi-cita/abrir", { folio: junk });
  }
  const [stored] = await web.services.adminQuery("select local_date::text as day from booking.bookings where id = $1", [
    id,
  ]);
  expect(stored).toEqual({ day: "2026-12-03" });
  const moved = await visitor.post(`/mi-cita/${id}/cambiar/revisar`, good);
  expect(moved.body).toContain("su cita cambió");
});
