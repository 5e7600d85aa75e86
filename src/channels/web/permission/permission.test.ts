import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BookingId, LocalDate } from "#kernel/ids.ts";
import { recordPermission, sheetToken } from "#modules/booking/index.ts";
import { contextFor, systemContext } from "#platform/context.ts";
import { htmlProblems, openTestWeb, type TestWeb } from "../web.fixtures.ts";
import {
  aMorningInFresno,
  answerUpToDay,
  aVisitor,
  bookFirstHour,
  bookingIdOf,
  PERSONS,
  type Visitor,
} from "../visit/visitor.fixtures.ts";

let web: TestWeb;
let visitor: Visitor;
let id: string;
const SHEET = {
  "uno-parte": "comes",
  otra: "si",
  "dos-parte": "signs_elsewhere",
  "dos-hoja": "sms",
  "dos-celular": "+52 55 1234 5678",
};
const token = async (ordinal: number) =>
  (await sheetToken(systemContext(web.services, "test"), id as BookingId, ordinal))!;

beforeAll(async () => {
  web = await openTestWeb(async (services) => {
    services.clock.set(new Date("2026-11-22T18:00:00Z"));
    await aMorningInFresno(services);
  });
  visitor = aVisitor(web);
  await answerUpToDay(visitor, [
    { person: PERSONS.rosa, services: ["pasaporte-adulto"] },
    { person: PERSONS.lucia, services: ["pasaporte-menor-3-a-17"], parents: SHEET },
  ]);
});
afterAll(() => web.close());

test("the page of the parents takes the absent one's address, says what is wrong with it, and keeps what was typed", async () => {
  const asked = await visitor.get("/cita/persona/2/padres");
  expect(asked.body).toMatch(
    /name="dos-celular"[^>]*value="\+525512345678"|value="\+525512345678"[^>]*name="dos-celular"/,
  );
  for (const [fields, error] of [
    [{ "dos-hoja": "sms", "dos-celular": "12" }, "Ese número no está bien escrito"],
    [{ "dos-hoja": "email", "dos-correo": "sin arroba" }, "Ese correo no está bien escrito"],
    [{ "dos-hoja": "email", "dos-correo": "" }, "Ese correo no está bien escrito"],
    [{ "dos-hoja": "email", "dos-correo": "\u202emalo@example.org" }, "Ese correo no está bien escrito"],
  ] as const) {
    const answer = await visitor.send("/cita/persona/2/padres", { ...SHEET, "dos-celular": "", ...fields });
    expect([answer.statusCode, answer.body.includes(error)]).toEqual([422, true]);
    if (fields["dos-hoja"] === "sms") expect(answer.body).toContain('value="12"');
  }
  // Whatever else stands there counts as "we hand it over ourselves".
  const own = await visitor.post("/cita/persona/2/padres", { ...SHEET, "dos-hoja": "paloma" });
  expect(own.statusCode).toBe(200);
  await visitor.post("/cita/persona/2/padres", SHEET);
});

test("the family checks the address, and its appointment says that the permission is missing and leads to the sheet", async () => {
  const done = await bookFirstHour(visitor, web.services, "rosa@example.com");
  id = bookingIdOf(visitor);
  expect(done.body).toContain("Lucía Ficticia: todavía falta el permiso.");
  expect(done.body).toContain("Se firma a partir del 4 de septiembre de 2026.");
  expect(done.body).toContain("Mandamos la hoja al celular de quien firma.");
  expect(done.body).toContain(`/mi-cita/${id}/permiso/2`);
  const sheet = await visitor.get(`/mi-cita/${id}/permiso/2`);
  for (const fact of [
    "OP-7",
    "Lucía Ficticia Ñuuꞌbi Inventada",
    "4 de septiembre de 2026",
    "Gratis y sin cita",
    "Fresno",
  ])
    expect(sheet.body).toContain(fact);
  for (const nobody of ["1", "3", "9", "x", "2e0"]) {
    await visitor.get(`/mi-cita/${id}/permiso/${nobody}`);
    expect(visitor.at).toBe(`/mi-cita/${id}`);
  }
  const stranger = aVisitor(web);
  expect((await stranger.get(`/mi-cita/${id}/permiso/2`)).body).not.toContain("Lucía");
});

test("the link opens the sheet for whoever holds it: initials and the first day, no name, office, folio or day of the visit", async () => {
  const link = await token(2);
  for (const [url, words] of [
    [`/h/${link}`, "Firme a partir del"],
    [`/en/h/${link}`, "Sign on or after"],
  ] as const) {
    const page = await web.get(url);
    expect([page.statusCode, page.headers["cache-control"], await htmlProblems(page.body)]).toEqual([
      200,
      "no-store",
      [],
    ]);
    for (const fact of [words, "OP-7", "L. Ñ. I."]) expect(page.body).toContain(fact);
    const main = /<main[\s\S]*<\/main>/.exec(page.body)![0];
    expect(main).not.toMatch(/Lucía|Inventada|Rosa|Fresno|diciembre|December|folio/i);
  }
  const forged = link.slice(0, 45) + (link.endsWith("A") ? "B" : "A");
  const answers = await Promise.all([forged, "nada", await token(1)].map((one) => web.get(`/h/${one}`)));
  expect(answers.map((one) => [one.statusCode, one.body.includes("Esta hoja ya no está vigente")])).toEqual(
    Array(3).fill([404, true]),
  );
  expect(new Set(answers.map((one) => one.body)).size).toBe(1);
});

test("once a clerk has recorded it, the family and the sheet say that it came", async () => {
  const clerk = contextFor(web.services, {
    actor: { kind: "staff", staffId: randomUUID(), officeId: "fresno", role: "clerk" },
    channel: "console",
    purpose: "reception",
    requestId: "r",
    language: "es",
  });
  const signedOn = "2026-11-20" as LocalDate;
  expect(await recordPermission(clerk, { bookingId: id as BookingId, ordinal: 2, parent: 2, signedOn })).toMatchObject({
    ok: true,
  });
  const page = await visitor.get(`/mi-cita/${id}`);
  expect(page.body).toContain("Lucía Ficticia: permiso recibido. Se firmó el 20 de noviembre de 2026.");
  expect(page.body).toContain("El permiso OP-7 firmado el 20 de noviembre de 2026 ya llegó al consulado.");
  expect(page.body).not.toContain("todavía falta");
  expect((await web.get(`/h/${await token(2)}`)).body).toContain("El permiso ya llegó.");
  await visitor.post(`/mi-cita/${id}/cancelar`, {});
  expect((await web.get(`/h/${await token(2)}`)).statusCode).toBe(404);
});
