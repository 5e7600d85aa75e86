import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { approved, enrolled, judge, seen, signIn, valueOf } from "#modules/helpers/helpers.fixtures.ts";
import { giveEnrolment, HELP_MINUTES, moveHelper } from "#modules/helpers/index.ts";
import { issueCard } from "#modules/people/index.ts";
import { softwareAuthenticator } from "#modules/people/people.fixtures.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import {
  aMorningInFresno,
  answerUpToDay,
  aVisitor,
  bookFirstHour,
  bookingIdOf,
  PERSONS,
  type Visitor,
} from "../visit/visitor.fixtures.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(aMorningInFresno);
});
afterAll(() => web.close());

const COOKIE = "ayudante";
const VISIT = "visita";
/** A browser that is signed in as a helper. */
async function aDesk() {
  const id = await approved(web.services);
  const device = await enrolled(web.services, id);
  const { token } = valueOf(await signIn(web.services, device));
  const visitor = aVisitor(web);
  visitor.cookies.set(cookieOf(COOKIE), token);
  return { id, visitor, token };
}
const cookieOf = (name: string) => (web.services.publicOrigin.startsWith("https:") ? `__Host-${name}` : name);
const begin = (visitor: Visitor) => visitor.post("/ayudantes/ayudar", { permiso: "spoken", lengua: "maya" });
const offeredBy = (page: LightMyRequestResponse) => {
  const json = /data-options="([^"]+)"/.exec(page.body)![1]!.replaceAll("&quot;", '"');
  const { challenge } = JSON.parse(json) as { challenge: string };
  return { challenge, reto: /name="reto" value="([^"]+)"/.exec(page.body)![1]! };
};

test("an organisation asks without a session, and what is missing is told in the order of the form", async () => {
  const visitor = aVisitor(web);
  const wrong = await visitor.post("/ayudantes/registro", { nombre: "", personas: "0" });
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain("Escriba el nombre de la organización.");
  const form = { nombre: "Biblioteca Inventada", tipo: "library", lugar: "Fresno", responde: "Ficticia Prueba" };
  const right = await visitor.post("/ayudantes/registro", { ...form, contacto: "559 555 0172", personas: "9" });
  expect(right.body).toContain("Recibimos su solicitud");
  expect(visitor.at).toBe("/ayudantes/registro/recibido");
  expect([...visitor.cookies]).toEqual([]);
});

test("a code and a passkey open the desk; a wrong code, a forged answer and a forged cookie open the door alone", async () => {
  const { services } = web;
  const id = await approved(services);
  const { code } = valueOf(await giveEnrolment(judge(services, undefined), await seen(services, id)));
  const device = softwareAuthenticator(services.publicOrigin);
  const visitor = aVisitor(web);
  expect((await visitor.post("/ayudantes/alta", { codigo: "AAAA-BBBB" })).statusCode).toBe(422);
  const asked = offeredBy(await visitor.post("/ayudantes/alta", { codigo: code }));
  const forged = { codigo: code, reto: asked.reto, respuesta: "{}" };
  expect((await visitor.post("/ayudantes/alta/llave", forged)).statusCode).toBe(422);
  const respuesta = JSON.stringify(device.register(asked.challenge));
  expect((await visitor.post("/ayudantes/alta/llave", { codigo: code, reto: asked.reto, respuesta })).body).toContain(
    "Este aparato está registrado",
  );
  const door = offeredBy(await visitor.get("/ayudantes"));
  const answer = { reto: door.reto, respuesta: JSON.stringify(device.signIn(door.challenge)) };
  expect((await visitor.post("/ayudantes/entrar", { ...answer, reto: `x${door.reto}` })).statusCode).toBe(401);
  const desk = await visitor.post("/ayudantes/entrar", answer);
  expect(desk.body).toContain("Puede ayudar a 48 personas más.");
  // The same answer again is nobody's.
  expect((await aVisitor(web).post("/ayudantes/entrar", answer)).statusCode).toBe(401);
  for (const token of ["x".repeat(43), "", "'; drop table", `${"a".repeat(42)}ñ`]) {
    const thief = aVisitor(web);
    thief.cookies.set(cookieOf(COOKIE), encodeURIComponent(token));
    expect((await thief.get("/ayudantes")).body).not.toContain("Su mesa de ayuda");
    expect((await begin(thief)).body).toContain("Con el código que le dio el consulado.");
    expect(thief.cookies.has(cookieOf(VISIT))).toBe(false);
  }
  await visitor.post("/ayudantes/salir");
  expect((await visitor.get("/ayudantes")).body).not.toContain("Su mesa de ayuda");
});

test("a helper's session alone opens no file, before, while and after it helps; the citizen's card opens hers", async () => {
  const { services } = web;
  const { visitor } = await aDesk();
  expect((await visitor.post("/ayudantes/ayudar", { lengua: "maya" })).statusCode).toBe(422);
  expect(visitor.cookies.has(cookieOf(VISIT))).toBe(false);
  expect((await begin(visitor)).body).toContain("Le ayuda un ayudante");

  const card = valueOf(await issueCard(judge(services, "fresno", undefined, "clerk")));
  await answerUpToDay(visitor, [{ person: PERSONS.rosa, services: ["matricula-consular"] }]);
  await visitor.get("/cita/hora?dia=2026-12-03");
  expect(visitor.at).toBe("/cita/contacto");
  await visitor.post("/cita/tarjeta", { folio: card.folio, pin: card.pin });
  const booked = await bookFirstHour(visitor, services, "unused@ejemplo.example.org");
  expect(booked.body).toContain("Le ayuda un ayudante");
  const id = bookingIdOf(visitor);
  const hers = await visitor.get(`/mi-cita/${id}`);
  expect(hers.statusCode).toBe(200);
  expect(hers.body).toContain(PERSONS.rosa.nombre);
  const stolen = visitor.cookies.get(cookieOf(VISIT))!;
  // Nothing that outlives the help is made in it.
  expect((await visitor.get("/mi-cuenta/llave/nueva")).statusCode).toBe(401);
  expect((await visitor.post("/mi-cuenta/pin")).body).not.toMatch(/PIN<\/span>/);

  expect((await visitor.post("/ayudantes/terminar")).body).toContain("Su mesa de ayuda");
  expect(visitor.cookies.has(cookieOf(VISIT))).toBe(false);
  const paths = [`/mi-cita/${id}`, `/mi-cita/${id}/cancelar`, `/mi-cita/${id}/slip.pdf`, "/mi-cuenta"];
  const nobody = aVisitor(web);
  for (const path of paths) {
    const before = await nobody.get(path);
    const after = await visitor.get(path);
    expect([path, after.statusCode]).toEqual([path, before.statusCode]);
    expect(after.body).not.toContain(card.folio);
    expect(after.body).not.toContain(PERSONS.rosa.nombre);
  }
  const replayed = aVisitor(web);
  replayed.cookies.set(cookieOf(VISIT), stolen);
  expect((await replayed.get(`/mi-cita/${id}`)).body).not.toContain(PERSONS.rosa.nombre);

  // With her card she opens it from anywhere, without the helper.
  const herself = aVisitor(web);
  await herself.post("/mi-cuenta/tarjeta", { folio: card.folio, pin: card.pin });
  expect((await herself.get(`/mi-cita/${id}`)).statusCode).toBe(200);
  expect((await herself.get(`/mi-cita/${id}`)).body).not.toContain("Le ayuda un ayudante");
});

test("a helper that is suspended in the middle is out; she goes on, and the button still takes her visit out of the browser", async () => {
  const { services } = web;
  const { id, visitor } = await aDesk();
  await begin(visitor);
  valueOf(await moveHelper(judge(services, "fresno"), await seen(services, id), "suspended", "asks_money"));
  expect((await visitor.get("/ayudantes")).body).not.toContain("Su mesa de ayuda");
  expect((await begin(visitor)).body).not.toContain("Le ayudo a pedir");
  expect((await visitor.get("/cita")).body).toContain("Le ayuda un ayudante");
  const visit = visitor.cookies.get(cookieOf(VISIT))!;
  await visitor.post("/ayudantes/terminar");
  expect(visitor.cookies.has(cookieOf(VISIT))).toBe(false);
  visitor.cookies.set(cookieOf(VISIT), visit);
  expect((await visitor.get("/cita")).body).not.toContain("Le ayuda un ayudante");
});

test("a visit that was forgotten at the desk is over after an hour", async () => {
  const { visitor } = await aDesk();
  await begin(visitor);
  expect((await visitor.get("/cita")).body).toContain("Le ayuda un ayudante");
  web.services.clock.advance(HELP_MINUTES * MINUTE_MS);
  expect((await visitor.get("/cita")).body).not.toContain("Le ayuda un ayudante");
  expect((await visitor.get("/ayudantes")).body).toContain("Ayudar a una persona");
});
