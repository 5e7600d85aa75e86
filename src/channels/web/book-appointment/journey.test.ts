import { brotliCompressSync, constants } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { contextFor } from "#platform/context.ts";
import { addStaff, issueCard } from "#modules/people/index.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import {
  aMorningInFresno,
  answerUpToDay,
  aVisitor,
  bookFirstHour,
  bookingIdOf,
  firstHour,
  folioOf,
  keyOf,
  newestDigits,
  PERSONS,
  verifyByEmail,
  type Member,
} from "../visit/visitor.fixtures.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(aMorningInFresno);
});
afterAll(() => web.close());

const { rosa, juan, lucia, mateo } = PERSONS;
const BOTH_COME = { "uno-parte": "comes", otra: "si", "dos-parte": "comes" };
const mother: Member = { person: rosa, services: ["pasaporte-adulto", "matricula-consular"] };
/** Most bytes of a page once the styles are there, as it travels. */
const NEXT_PAGE_BYTES = 6 * 1024;
const travelling = (page: { body: string }) =>
  brotliCompressSync(page.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
const active = async () =>
  (
    await web.services.adminQuery<{ n: number }>(
      "select count(*)::int as n from booking.bookings where state = 'active'",
    )
  )[0]!.n;

test("a couple with two children books five services of two groups on one day with one folio", async () => {
  const visitor = aVisitor(web);
  const days = await answerUpToDay(visitor, [
    mother,
    { person: juan, services: ["pasaporte-adulto"] },
    { person: lucia, services: ["pasaporte-menor-3-a-17"], parents: BOTH_COME },
    { person: mateo, services: ["registro-nacimiento"], parents: BOTH_COME },
  ]);
  expect(days.body).toContain("/cita/hora?dia=2026-12-03");
  expect(days.body).not.toContain("/cita/hora?dia=2026-12-04");
  const before = await active();
  const done = await bookFirstHour(visitor, web.services, "familia@example.com");
  expect(done.statusCode).toBe(200);
  expect(await active()).toBe(before + 1);
  expect(folioOf(done)).not.toBe("");
  expect(travelling(done)).toBeLessThan(NEXT_PAGE_BYTES);
  for (const text of [
    "Rosa Ficticia Inventada Prueba",
    "Juan Ficticio Ñuuꞌbi",
    "Lucía",
    "Mateo",
    "hora de Fresno",
    "US$",
  ])
    expect(done.body).toContain(text);
  const rows = await web.services.adminQuery(
    "select distinct service_group, local_date::text from booking.appointments where booking_id = $1 order by 1",
    [bookingIdOf(visitor)],
  );
  expect(rows).toEqual([
    { service_group: "documentacion", local_date: "2026-12-03" },
    { service_group: "registro_civil", local_date: "2026-12-03" },
  ]);
});

test("a child whose father signs in Michoacán: the date of the permission is checked against the day of the visit", async () => {
  const visitor = aVisitor(web);
  const signed = (day: string, month: string, year: string) => ({
    "uno-parte": "comes",
    otra: "si",
    "dos-parte": "signs_elsewhere",
    "dos-permiso-day": day,
    "dos-permiso-month": month,
    "dos-permiso-year": year,
  });
  const days = await answerUpToDay(visitor, [
    {
      person: { ...lucia, nombre: "Ana Ficticia" },
      services: ["pasaporte-menor-3-a-17"],
      parents: signed("30", "8", "2026"),
    },
  ]);
  expect(days.body).toContain("28 de noviembre de 2026");
  await visitor.get("/cita/hora?dia=2026-12-03");
  const refused = await verifyByEmail(visitor, web.services, "ana@example.com");
  expect(refused.statusCode).toBe(422);
  expect(refused.body).toContain("no vale ese día");
  await visitor.post("/cita/persona/1/padres", signed("5", "10", "2026"));
  const done = await bookFirstHour(visitor, web.services, "ana@example.com");
  expect(done.body).toContain("Permiso OP-7 firmado en otra oficina el 5 de octubre de 2026");
});

test("a child with one parent on the record, and a permission that has no date yet", async () => {
  const visitor = aVisitor(web);
  await answerUpToDay(visitor, [
    {
      person: { ...lucia, nombre: "Eva Ficticia" },
      services: ["pasaporte-menor-3-a-17"],
      parents: { "uno-parte": "comes", otra: "no" },
    },
  ]);
  const papers = await visitor.get("/cita/papeles");
  expect(papers.body).toContain("Solo firma la persona que aparece en el acta");
  const again = await visitor.post("/cita/persona/1/padres", {
    "uno-parte": "cannot",
    "uno-razon": "danger",
    otra: "si",
    "dos-parte": "signs_elsewhere",
  });
  expect(again.statusCode).toBe(200);
  expect((await visitor.get("/cita/papeles")).body).toContain("Su seguridad es primero");
  const done = await bookFirstHour(visitor, web.services, "eva@example.com");
  expect(done.body).toContain("antes de la visita");
});

test("a family without phone books with a paper card", async () => {
  const { services } = web;
  const added = await addStaff(
    contextFor(services, {
      actor: { kind: "system" },
      channel: "system",
      purpose: "test",
      requestId: "test",
      language: "es",
    }),
    { officeId: "fresno" as never, role: "clerk", name: "Ana Prueba" },
  );
  if (!added.ok) throw new Error(added.refusal.code);
  const issued = await issueCard(
    contextFor(services, {
      actor: { kind: "staff", staffId: added.value.id, officeId: "fresno", role: "clerk" },
      channel: "counter",
      purpose: "test",
      requestId: "test",
      language: "es",
    }),
  );
  if (!issued.ok) throw new Error(issued.refusal.code);
  const { folio, pin } = issued.value;

  const visitor = aVisitor(web);
  await answerUpToDay(visitor, [{ person: { ...rosa, nombre: "Inés Ficticia" }, services: ["matricula-consular"] }]);
  await visitor.get("/cita/hora?dia=2026-12-04");
  await visitor.post("/cita/contacto", { forma: "card" });
  expect(visitor.at).toBe("/cita/tarjeta");
  const wrong = await visitor.post("/cita/tarjeta", { folio, pin: pin === "000000" ? "000001" : "000000" });
  expect(wrong.statusCode).toBe(422);
  const hours = await visitor.post("/cita/tarjeta", { folio, pin });
  expect(visitor.at).toBe("/cita/hora");
  const review = await visitor.post("/cita/hora", { hora: firstHour(hours) });
  expect(review.body).not.toContain("correo completo");
  const done = await visitor.post("/cita/revisar", { clave: keyOf(review) });
  expect(done.body).toContain("Copie el folio en su tarjeta");
});

test("a wrong code is told, the right one opens and changes the cookie", async () => {
  const visitor = aVisitor(web);
  await answerUpToDay(visitor, [{ person: { ...rosa, nombre: "Olga Ficticia" }, services: ["matricula-consular"] }]);
  await visitor.get("/cita/hora?dia=2026-12-04");
  const bad = await visitor.post("/cita/contacto", { forma: "sms", celular: "12" });
  expect([bad.statusCode, bad.body.includes("con clave de área.")]).toEqual([422, true]);
  await visitor.post("/cita/contacto", { forma: "sms", celular: "559 555 0123" });
  const digits = await newestDigits(web.services);
  const token = visitor.cookies.get("visita");
  const wrong = await visitor.post("/cita/codigo", { codigo: digits === "000000" ? "000001" : "000000" });
  expect([wrong.statusCode, wrong.body.includes("Ese código no es")]).toEqual([422, true]);
  await visitor.post("/cita/codigo", { codigo: `${digits.slice(0, 3)} ${digits.slice(3)}` });
  expect(visitor.at).toBe("/cita/hora");
  expect(visitor.cookies.get("visita")).not.toBe(token);
});

test("two presses of the button book once, and back or reload lead to what was booked", async () => {
  const visitor = aVisitor(web);
  await answerUpToDay(visitor, [{ person: { ...rosa, nombre: "Dora Ficticia" }, services: ["matricula-consular"] }]);
  await visitor.get("/cita/hora?dia=2026-12-04");
  const hours = await verifyByEmail(visitor, web.services, "dora@example.com");
  const review = await visitor.post("/cita/hora", { hora: firstHour(hours) });
  const before = await active();
  const answers = await Promise.all([1, 2, 3].map(() => visitor.send("/cita/revisar", { clave: keyOf(review) })));
  expect(new Set(answers.map((one) => one.headers.location)).size).toBe(1);
  await visitor.send("/cita/revisar", { clave: keyOf(review) });
  expect(await active()).toBe(before + 1);
  await visitor.get("/cita/revisar");
  expect(bookingIdOf(visitor)).not.toBe("");
});

test("a hold that ran out is told, is lengthened once, and nothing is lost", async () => {
  const visitor = aVisitor(web);
  await answerUpToDay(visitor, [{ person: { ...rosa, nombre: "Nora Ficticia" }, services: ["matricula-consular"] }]);
  await visitor.get("/cita/hora?dia=2026-12-04");
  const hours = await verifyByEmail(visitor, web.services, "nora@example.com");
  const review = await visitor.post("/cita/hora", { hora: firstHour(hours) });
  expect(review.body).toContain("Quedan 10 minutos");
  expect(review.body).toMatch(/<noscript><meta http-equiv="refresh" content="30"\/><\/noscript>/);
  expect(review.body).toContain('<noscript><p class="hint"><a href="/cita/revisar?pausa=1">Esta página se actualiza');
  web.services.clock.advance(MINUTE_MS);
  const paused = (await visitor.get("/cita/revisar?pausa=1")).body;
  expect(paused).toMatch(/Quedan 9 minutos.*Volver a actualizarla/s);
  expect(paused).not.toContain("http-equiv");
  expect((await visitor.get("/cita/hora?dia=2026-12-03")).body).toContain("Seguir con esa hora");
  const longer = await visitor.post("/cita/revisar", { accion: "mas" });
  expect(longer.body).toContain("Quedan 19 minutos");
  expect(longer.body).not.toContain('value="mas"');
  web.services.clock.advance(21 * MINUTE_MS);
  for (const late of [
    await visitor.get("/cita/revisar"),
    await visitor.post("/cita/revisar", { clave: keyOf(review) }),
  ]) {
    expect([late.statusCode, late.body.includes("No perdió lo que contestó")]).toEqual([409, true]);
  }
  const done = await bookFirstHour(visitor, web.services, "nora@example.com", "2026-12-04");
  expect(done.body).toContain("Nora Ficticia");
});

test("whoever jumps ahead is led to what is missing, and whoever has no visit to the start", async () => {
  const visitor = aVisitor(web);
  await visitor.get("/cita/revisar");
  expect(visitor.at).toBe("/cita?sesion=0");
  await visitor.post("/cita");
  await visitor.post("/cita/personas", { personas: "2" });
  await visitor.get("/cita/hora");
  expect(visitor.at).toBe("/cita/persona/1");
  await visitor.get("/cita/persona/9");
  expect(visitor.at).toBe("/cita/persona/1");
});

test("a form that fails gives back what was typed and links to what is to be mended", async () => {
  const visitor = aVisitor(web);
  await visitor.post("/cita");
  const nobody = await visitor.post("/cita/personas", {});
  expect([nobody.statusCode, nobody.body.includes('href="#personas"')]).toEqual([422, true]);
  const many = await visitor.post("/cita/personas", { personas: "mas" });
  expect(many.body).toContain("Reservar ahora para 5 personas");
  await visitor.post("/cita/personas", { personas: "1" });
  const broken = { ...rosa, nombre: 'R<b>"1', "nacio-day": "31", "nacio-month": "2", curp: "ABC" };
  const wrong = await visitor.post("/cita/persona/1", broken);
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain("R&lt;b&gt;&quot;1");
  expect(wrong.body).toMatch(/<title>Error: /);
  for (const link of ["#nombre", "#nacio-day", "#curp"]) expect(wrong.body).toContain(`href="${link}"`);
  const mismatch = await visitor.post("/cita/persona/1", { ...rosa, curp: "HEGG560427MVZRRL04" });
  expect(mismatch.body).toContain("La CURP dice otra fecha");
  expect(mismatch.body).toContain('href="#seguro"');
  const sure = await visitor.post("/cita/persona/1", { ...rosa, curp: "HEGG560427MVZRRL04", seguro: "si" });
  expect([sure.statusCode, sure.body.includes('name="tramite"')]).toEqual([200, true]);
  expect((await visitor.get("/cita/persona/1")).body).toContain('id="seguro"');
  await visitor.post("/cita/persona/1", rosa);
  const none = await visitor.post("/cita/persona/1/tramites", { tramite: ["pasaporte-menor-3"] });
  expect(none.body).toContain("no es para su edad");
  expect((await visitor.get("/cita/persona/1")).body).toContain('value="Rosa Ficticia"');
});

test("a stranger's page answers junk with a page, and stores nothing of it", async () => {
  const visitor = aVisitor(web);
  await visitor.post("/cita");
  await visitor.post("/cita/personas", { personas: "1" });
  const junk = ["\u202Eevil", "a\u0000b", "x".repeat(5000), "'; drop table booking.drafts; --", "1990-01-01"];
  for (const text of junk) {
    const answer = await visitor.send("/cita/persona/1", {
      nombre: text,
      apellido1: text,
      apellido2: text,
      otro: text,
      "nacio-day": text,
      "nacio-month": text,
      "nacio-year": text,
      lugar: text,
      sexo: text,
      curp: text,
    });
    expect(answer.statusCode).toBe(422);
  }
  for (const url of [
    "/cita/lugar?lugar=%00&orden=x&cual=99",
    "/cita/hora?dia=2026-02-31",
    "/cita/dia?dia=9&parte=x&desde=zzz",
  ])
    expect((await visitor.get(url)).statusCode).toBeLessThan(500);
  await visitor.get("/cita/persona/1");
  expect(visitor.at).toBe("/cita/persona/1");
});

test("the same person twice for one contact is led to her own appointment", async () => {
  const visitor = aVisitor(web);
  const member: Member = { person: { ...rosa, nombre: "Alma Ficticia" }, services: ["matricula-consular"] };
  await answerUpToDay(visitor, [member]);
  await bookFirstHour(visitor, web.services, "alma@example.com", "2026-12-04");
  const first = bookingIdOf(visitor);
  await answerUpToDay(visitor, [member]);
  const second = await bookFirstHour(visitor, web.services, "alma@example.com", "2026-12-04");
  expect(second.statusCode).toBe(409);
  expect(second.body).toContain(`/mi-cita/${first}`);
  expect((await visitor.get(`/mi-cita/${first}`)).statusCode).toBe(200);
});

test("a draft survives a reload of the browser and is gone after the visit is closed", async () => {
  const visitor = aVisitor(web);
  await answerUpToDay(visitor, [{ person: rosa, services: ["matricula-consular"] }]);
  expect((await visitor.get("/cita")).body).toContain("Seguir donde me quedé");
  await visitor.post("/cita", { seguir: "1" });
  expect(visitor.at).toBe("/cita/dia");
  const [sealed] = await web.services.adminQuery<{ text: string }>(
    "select string_agg(encode(sealed, 'escape'), ' ') as text from booking.drafts",
  );
  expect(sealed!.text).not.toContain("Ficticia");
  const drafts = async () =>
    (await web.services.adminQuery<{ n: number }>("select count(*)::int as n from booking.drafts"))[0]!.n;
  const before = await drafts();
  await visitor.post("/mi-cita/cerrar");
  expect(await drafts()).toBe(before - 1);
  expect(visitor.cookies.size).toBe(0);
  await visitor.get("/cita/dia");
  expect(visitor.at).toBe("/cita?sesion=0");
});

test("the whole journey speaks English at its own addresses", async () => {
  const visitor = aVisitor(web);
  await visitor.post("/en/cita");
  expect(visitor.at).toBe("/en/cita/personas");
  const next = await visitor.post("/en/cita/personas", { personas: "1" });
  expect(next.body).toContain("Who needs the service?");
  expect(next.body).toContain('href="/cita/persona/1"');
});

test("answers that nobody came back to are erased after two days", async () => {
  const { eraseDrafts } = await import("#modules/booking/index.ts");
  web.services.clock.advance(50 * HOUR_MS);
  await eraseDrafts(
    contextFor(web.services, {
      actor: { kind: "system" },
      channel: "system",
      purpose: "test",
      requestId: "test",
      language: "es",
    }),
  );
  expect(await web.services.adminQuery("select 1 from booking.drafts")).toEqual([]);
});
