import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatFolio } from "#kernel/folio.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { RequestId } from "#modules/allocation/index.ts";
import { someRequests } from "#tests/support/draw-world.ts";
import { requestNumber } from "#modules/booking/index.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { answerUpToDay, aVisitor, folioOf, PERSONS, verifyByEmail } from "../visit/visitor.fixtures.ts";
import { askUpToReview, send, twoOfficesThatDraw } from "./request.fixtures.ts";

/** Most compressed bytes of a page that is not the first. */
const NEXT_BYTES = 6 * 1024;
const MATRICULA = "matricula-consular";
const rosa = { person: PERSONS.rosa, services: [MATRICULA] };
/** Rosa by another name for each test: a person is asked for once. */
const aRosa = (name: string) => ({ ...rosa, person: { ...PERSONS.rosa, nombre: `Rosa Ficticia ${name}` } });

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(twoOfficesThatDraw);
});
afterAll(() => web.close());

const rowOf = async (id: string) =>
  (
    await web.services.adminQuery<{
      state: string;
      options: unknown;
      auto_confirm: boolean;
      short_notice: boolean;
      tier: number;
    }>("select state, options, auto_confirm, short_notice, tier from allocation.requests where id = $1", [id])
  )[0];

describe("where places are shared out", () => {
  test("the day's page says so and offers no calendar, and the office can be chosen at all", async () => {
    const visitor = aVisitor(web);
    const page = await answerUpToDay(visitor, [rosa]);
    expect(page.body).toContain("Pedir primero o al final da lo mismo.");
    expect(page.body).toContain("domingo, 29 de noviembre, 6:00 p.m., hora de Fresno");
    expect(page.body).toContain("Por ahora no hay cuentas de repartos anteriores.");
    expect(page.body).not.toContain("Pocos lugares");
    expect((await visitor.get("/cita/lugar?lugar=93701")).body).toContain("Aquí los lugares se reparten");
    expect((await web.get("/oficinas/fresno")).body).toContain("se reparten los lugares entre todos los que piden");
    expect((await web.get("/buscar?lugar=93701")).body).toContain("se reparten entre todos los que piden");
  });

  test("nobody jumps ahead, and a mixed visit is told to make two", async () => {
    const visitor = aVisitor(web);
    await answerUpToDay(visitor, [{ ...rosa, services: [MATRICULA, "poder-notarial"] }]);
    const page = await visitor.get("/cita/dia");
    expect(page.body).toContain("Una parte de lo que pide se reparte");
    await visitor.get("/cita/pedir/revisar");
    expect(visitor.at).toBe("/cita/dia");
    await visitor.post("/cita/dia");
    expect(visitor.at).toBe("/cita/dia");
  });

  test("what is wrong in the answers is told beside it, and nothing typed is lost", async () => {
    const visitor = aVisitor(web);
    await answerUpToDay(visitor, [rosa]);
    await visitor.post("/cita/dia");
    expect((await visitor.post("/cita/pedir/consulados")).body).toContain("Marque por lo menos un consulado.");
    await visitor.post("/cita/pedir/consulados", { consulado: ["los-angeles", "fresno"] });
    const when = await visitor.post("/cita/pedir/dias", { dia: ["3"] });
    expect(when.statusCode).toBe(422);
    expect(when.body).toContain("Deje marcada por lo menos una parte del día.");
    await visitor.post("/cita/pedir/dias", { dia: ["3"], parte: ["morning"] });
    const late = { "desdeDia-day": "1", "desdeDia-month": "6", "desdeDia-year": "2027" };
    const until = await visitor.post("/cita/pedir/fechas", { desde: "fecha", hasta: "siempre", ...late });
    expect(until.body).toContain("Esa fecha es después del último día del reparto.");
    expect(until.body).toContain('value="2027"');
    await visitor.post("/cita/pedir/fechas", { desde: "ya", hasta: "siempre", importa: "dia" });
    const claims = await visitor.post("/cita/pedir/situacion", { caso1: "deadline" });
    expect(claims.body).toContain("Escriba la fecha.");
    for (const junk of ["atlantis", "\u202Efresno"])
      for (const [path, fields] of [
        ["consulados", { consulado: ["fresno", junk] }],
        ["dias", { dia: ["1", junk], parte: ["morning"] }],
        ["dias", { dia: ["1"], parte: ["morning", junk] }],
        ["fechas", { desde: junk, hasta: "siempre", importa: "dia" }],
        ["fechas", { desde: "ya", hasta: "siempre", importa: junk }],
        ["situacion", { caso1: junk }],
      ] as const) {
        const refused = await visitor.send(`/cita/pedir/${path}`, fields);
        expect([refused.statusCode, /class="errors" role="alert"/.test(refused.body)], path).toEqual([422, true]);
      }
  });
});

describe("a request", () => {
  test("is read back, sent once however often the button is pressed, and found again by its number", async () => {
    const before = await web.services.adminQuery("select 1 from allocation.requests");
    const visitor = aVisitor(web);
    const review = await askUpToReview(visitor, web.services, [rosa], "rosa@ejemplo.invalid", {
      offices: ["fresno", "los-angeles"],
    });
    expect(review.body).toContain("Buscamos el primer día con lugar para todos, en Fresno o Los Ángeles.");
    expect(review.body).toContain("lunes a viernes; a cualquier hora");
    const id = await send(visitor, true);
    const receipt = await visitor.get(`/mi-solicitud/${id}`);
    expect(folioOf(receipt)).toBe(formatFolio(requestNumber(id as RequestId)));
    expect(receipt.body).toContain("El resultado sale el domingo, 29 de noviembre, 6:30 p.m., hora de Fresno.");
    await visitor.post("/cita/pedir/revisar", { confirmar: "1" });
    expect(visitor.at).toBe(`/mi-solicitud/${id}`);
    expect(await web.services.adminQuery("select 1 from allocation.requests")).toHaveLength(before.length + 1);

    const later = aVisitor(web);
    web.services.clock.advance(MINUTE_MS);
    await verifyByEmail(later, web.services, "rosa@ejemplo.invalid", "/mi-cita");
    expect((await later.get("/mi-cita")).body).not.toContain(id);
    expect((await later.get(`/mi-solicitud/${id}`)).statusCode).toBe(404);
    await later.post("/mi-cita/abrir", { folio: folioOf(receipt) });
    expect(later.at).toBe(`/mi-solicitud/${id}`);
    const byBirth = aVisitor(web);
    web.services.clock.advance(MINUTE_MS);
    await verifyByEmail(byBirth, web.services, "rosa@ejemplo.invalid", "/mi-cita");
    await byBirth.post("/mi-cita/abrir", { "nacio-day": "17", "nacio-month": "5", "nacio-year": "1990" });
    expect(byBirth.at).toBe(`/mi-solicitud/${id}`);
  });

  test("of a contact that asked already leads to the one that stands", async () => {
    const visitor = aVisitor(web);
    await askUpToReview(visitor, web.services, [aRosa("Ana")], "ana@ejemplo.invalid");
    const id = await send(visitor, true);
    await answerUpToDay(visitor, [{ person: PERSONS.juan, services: [MATRICULA] }]);
    await visitor.post("/cita/dia");
    await visitor.post("/cita/pedir/consulados", { consulado: ["fresno"] });
    await visitor.post("/cita/pedir/dias", { dia: ["1"], parte: ["morning"] });
    await visitor.post("/cita/pedir/fechas", { desde: "ya", hasta: "siempre", importa: "dia" });
    await visitor.post("/cita/pedir/situacion");
    const refused = await visitor.post("/cita/pedir/revisar");
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain("Ya tiene una solicitud para estos trámites");
    expect(refused.body).toContain(`/mi-solicitud/${id}`);
  });

  test("can be changed and withdrawn until the lock, and its promise kept as a file", async () => {
    const visitor = aVisitor(web);
    await askUpToReview(visitor, web.services, [aRosa("Berta")], "berta@ejemplo.invalid", {
      until: { otro: "si", hasta: "fecha", "hastaDia-day": "18", "hastaDia-month": "12", "hastaDia-year": "2026" },
    });
    const id = await send(visitor, false);
    const receipt = await visitor.get(`/mi-solicitud/${id}`);
    const file = /href="([^"]+\.jsonl)"/.exec(receipt.body)![1]!;
    const promise = await visitor.get(file);
    expect(JSON.parse(promise.body.trim())).toMatchObject({ kind: "promise" });

    const again = await visitor.post(`/mi-solicitud/${id}/cambiar`);
    expect(visitor.at).toBe("/cita/pedir/revisar");
    for (const kept of ["Rosa Ficticia", "18 de diciembre de 2026", "Cualquiera de estos: Los Ángeles"])
      expect(again.body).toContain(kept);
    await visitor.post("/cita/pedir/dias", { dia: ["6"], parte: ["morning"] });
    await visitor.post("/cita/pedir/situacion", { caso1: ["disability"] });
    await visitor.post("/cita/pedir/revisar", { confirmar: "1", pronto: "1" });
    expect(visitor.at).toBe(`/mi-solicitud/${id}?listo=cambiada`);
    expect(await rowOf(id)).toMatchObject({ state: "standing", auto_confirm: true, short_notice: true, tier: 2 });
    expect((await visitor.get(file)).body).not.toBe(promise.body);

    await visitor.get(`/mi-solicitud/${id}/retirar`);
    expect(await rowOf(id)).toMatchObject({ state: "standing" });
    expect((await visitor.post(`/mi-solicitud/${id}/retirar`)).body).toContain("Listo: retiró su solicitud.");
    expect(await rowOf(id)).toMatchObject({ state: "withdrawn" });
  });

  test("is nobody else's: another contact, and whoever has only the address, see what does not exist", async () => {
    const [hers] = await someRequests(web.services, 1);
    const visitor = aVisitor(web);
    await verifyByEmail(visitor, web.services, "otra@ejemplo.invalid", "/mi-cita");
    const nowhere = "00000000-0000-4000-8000-000000000000";
    const seen = async (path: string) => {
      const answer = await visitor.get(path);
      return [answer.statusCode, answer.body.replaceAll(/[0-9a-f-]{36}/g, "")];
    };
    for (const rest of ["", "/retirar", "/no-puedo", "/confirmar"])
      expect(await seen(`/mi-solicitud/${hers!.requestId}${rest}`)).toEqual(
        await seen(`/mi-solicitud/${nowhere}${rest}`),
      );
    await visitor.post(`/mi-solicitud/${hers!.requestId}/retirar`);
    expect(await rowOf(hers!.requestId)).toMatchObject({ state: "standing" });
    await visitor.post("/mi-cita/abrir", { folio: formatFolio(requestNumber(hers!.requestId)) });
    expect(visitor.at).toBe("/mi-cita/abrir");
  });
});

test("every page of the request fits the budget of bytes", async () => {
  const visitor = aVisitor(web);
  const sizes: Record<string, number> = {};
  const weigh = async (path: string) => {
    const { body } = await visitor.get(path);
    sizes[visitor.at] = brotliCompressSync(body).length;
  };
  await askUpToReview(visitor, web.services, [aRosa("Celia")], "celia@ejemplo.invalid");
  for (const path of ["dia", "pedir/consulados", "pedir/dias", "pedir/fechas", "pedir/situacion", "pedir/revisar"])
    await weigh(`/cita/${path}`);
  const id = await send(visitor, false);
  await weigh(`/mi-solicitud/${id}`);
  expect(Object.keys(sizes)).toHaveLength(7);
  expect(Object.entries(sizes).filter(([, size]) => size > NEXT_BYTES)).toEqual([]);
});
