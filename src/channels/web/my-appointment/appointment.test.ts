import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { folioFrom, formatFolio } from "#kernel/folio.ts";
import type { BookingId, ContactId } from "#kernel/ids.ts";
import { BIRTH_DATE_TRIES_PER_DAY, getBooking } from "#modules/booking/index.ts";
import { linkToken } from "#modules/messaging/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { contextFor } from "#platform/context.ts";
import { qrToken } from "#channels/documents/qr-token.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import {
  aBookedVisitor,
  aMorningInFresno,
  aVisitor,
  firstHour,
  verifyByEmail,
  type Visitor,
} from "../visit/visitor.fixtures.ts";
import { confirmationView } from "./confirmation-view.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(aMorningInFresno);
});
afterAll(() => web.close());

const booked = (name: string, address: string) => aBookedVisitor(web, name, address);

async function laterVisit(address: string): Promise<Visitor> {
  const visitor = aVisitor(web);
  await verifyByEmail(visitor, web.services, address, "/mi-cita");
  expect(visitor.at).toBe("/mi-cita");
  return visitor;
}

const stateOf = async (id: string) =>
  (
    await web.services.adminQuery<{ state: string; day: string }>(
      "select state, local_date::text as day from booking.bookings where id = $1",
      [id],
    )
  )[0];

test("a later visit sees nothing by its contact alone, and opens by folio or by a birth date", async () => {
  const { id, folio } = await booked("Berta Ficticia", "berta@example.com");
  const visitor = await laterVisit("berta@example.com");
  const list = await visitor.get("/mi-cita");
  expect(list.body).not.toContain(id);
  expect((await visitor.get(`/mi-cita/${id}`)).statusCode).toBe(404);
  const opened = await visitor.post("/mi-cita/abrir", { folio: folio.toLowerCase().replaceAll("-", " ") });
  expect([visitor.at, opened.statusCode, opened.body.includes("Berta Ficticia")]).toEqual([
    `/mi-cita/${id}`,
    200,
    true,
  ]);

  const another = await laterVisit("berta@example.com");
  await another.post("/mi-cita/abrir", { "nacio-day": "17", "nacio-month": "5", "nacio-year": "1990" });
  expect(another.at).toBe(`/mi-cita/${id}`);
});

test("unknown and foreign folios, and addresses of bookings, are answered alike", async () => {
  const other = await booked("Carla Ficticia", "carla@example.com");
  const visitor = await laterVisit("diana@example.com");
  const unknown = formatFolio(folioFrom(Buffer.alloc(12, 9)));
  const ask = async (folio: string) =>
    (await visitor.post("/mi-cita/abrir", { folio })).body.replaceAll(folio, "FOLIO");
  expect(await ask(other.folio)).toBe(await ask(unknown));
  const see = async (id: string) => {
    const page = await visitor.get(`/mi-cita/${id}`);
    return `${page.statusCode} ${page.body.replaceAll(id, "ID")}`;
  };
  expect(await see(other.id)).toBe(await see("7d0c6f0e-52c5-4c7e-9d0b-0d6b1f9a2a11"));
  for (const path of ["cambiar", "cancelar", "cita.ics", "comprobante.pdf"])
    expect((await visitor.get(`/mi-cita/${other.id}/${path}`)).statusCode).toBe(404);
  const cancelled = await visitor.send(`/mi-cita/${other.id}/cancelar`);
  expect([cancelled.statusCode, (await stateOf(other.id))?.state]).toEqual([404, "active"]);
});

test("whether a contact is known shows neither in the page nor in where it leads", async () => {
  await booked("Fabiola Ficticia", "fabiola@example.com");
  const answers = await Promise.all(
    ["fabiola@example.com", "nobody01@example.com"].map(async (correo) => {
      const visitor = aVisitor(web);
      const page = await visitor.post("/mi-cita", { forma: "email", correo });
      return page.body.replaceAll(/[fn]•••@/g, "MASKED@");
    }),
  );
  expect(answers[0]).toBe(answers[1]);
});

test("whose situation is delicate opens by the folio alone: whoever has the telephone knows the birth dates too", async () => {
  const { visitor: hers, id, folio } = await booked("Delia Ficticia", "delia@example.com");
  expect((await hers.get(`/mi-cita/${id}/delicada`)).body).toContain("No preguntamos por qué.");
  const born = { "nacio-day": "17", "nacio-month": "5", "nacio-year": "1990" };
  const before = await laterVisit("delia@example.com");
  expect((await before.post("/mi-cita/abrir", born)).statusCode).toBe(200);
  expect((await before.get(`/mi-cita/${id}`)).body).toContain("Fresno");
  expect((await hers.get(`/mi-cita/${id}/delicada`)).body).toContain("Los mensajes que ya recibió");
  expect((await hers.post(`/mi-cita/${id}/delicada`)).body).toContain("no dicen nada de su cita");
  // A visit that had opened it with a birth date has it no more, on none of its pages; hers goes on.
  for (const path of ["", "/cita.ics", "/comprobante.pdf", "/cambiar", "/mis-datos.json", "/expediente"])
    expect([path, (await before.get(`/mi-cita/${id}${path}`)).statusCode]).toEqual([path, 404]);
  expect((await before.get("/mi-cita")).body).not.toContain("Fresno");
  expect((await hers.get(`/mi-cita/${id}`)).body).toContain("Fresno");
  const visitor = await laterVisit("delia@example.com");
  expect((await visitor.post("/mi-cita/abrir", born)).statusCode).toBe(422);
  expect((await visitor.get(`/mi-cita/${id}`)).statusCode).toBe(404);
  expect((await visitor.post("/mi-cita/abrir", { folio })).statusCode).toBe(200);
  expect((await before.post("/mi-cita/abrir", { folio })).body).toContain("Fresno");
});

test("birth dates cannot be tried through", async () => {
  await booked("Elena Ficticia", "elena@example.com");
  const visitor = await laterVisit("elena@example.com");
  const guess = (year: number) =>
    visitor.post("/mi-cita/abrir", { "nacio-day": "17", "nacio-month": "5", "nacio-year": String(year) });
  const answers = await Promise.all(Array.from({ length: BIRTH_DATE_TRIES_PER_DAY + 5 }, (_, i) => guess(1960 + i)));
  expect(answers.filter((page) => page.body.includes("Hoy ya no puede probar más fechas"))).toHaveLength(5);
  expect((await guess(1990)).statusCode).toBe(422);
});

test("an appointment moves to another day, once however often the button is pressed", async () => {
  const { visitor, id, folio } = await booked("Gloria Ficticia", "gloria@example.com");
  await visitor.get(`/mi-cita/${id}/cambiar`);
  const days = await visitor.get(`/mi-cita/${id}/cambiar/dia`);
  expect(days.body).toContain("dia=2026-12-04");
  const hours = await visitor.get(`/mi-cita/${id}/cambiar/hora?oficina=fresno&dia=2026-12-04`);
  const hora = firstHour(hours);
  const review = await visitor.get(
    `/mi-cita/${id}/cambiar/revisar?oficina=fresno&dia=2026-12-04&hora=${encodeURIComponent(hora)}`,
  );
  expect(review.body).toContain("Cita de ahora");
  expect((await stateOf(id))?.day).toBe("2026-12-03");
  const fields = { oficina: "fresno", dia: "2026-12-04", hora };
  const moved = await visitor.post(`/mi-cita/${id}/cambiar/revisar`, fields);
  expect(moved.body).toContain("su cita cambió");
  expect(moved.body.replace(/<wbr\/?>/g, "")).toContain(folio);
  expect((await visitor.post(`/mi-cita/${id}/cambiar/revisar`, fields)).body).toContain("su cita cambió");
  expect(await stateOf(id)).toEqual({ state: "active", day: "2026-12-04" });
  const past = await visitor.post(`/mi-cita/${id}/cambiar/revisar`, { ...fields, hora: "2026-11-01T17:00:00.000Z" });
  expect(past.statusCode).toBe(409);
});

test("an appointment is cancelled by the form alone, and only until shortly before", async () => {
  const { visitor, id } = await booked("Hilda Ficticia", "hilda@example.com");
  const sure = await visitor.get(`/mi-cita/${id}/cancelar`);
  expect(sure.body).toContain("¿Seguro que quiere cancelar?");
  await web.services.adminQuery(
    "update booking.bookings set created_at = created_at - interval '1 hour' where id = $1",
    [id],
  );
  const waits = (await visitor.get(`/mi-cita/${id}/cancelar`)).body;
  expect(waits).toContain("72 horas");
  expect(waits).not.toContain("menos de 15 minutos");
  expect((await stateOf(id))?.state).toBe("active");
  const done = await visitor.post(`/mi-cita/${id}/cancelar`);
  expect(done.body).toContain("quedó cancelada");
  expect(done.body).not.toContain("Esta cita está cancelada");
  expect(done.body).toMatch(/href="\/cita"[^>]*>Sacar otra cita</);
  expect(done.body).not.toContain("Llegue 15 minutos antes");
  expect((await visitor.get(`/mi-cita/${id}`)).body).toContain("Esta cita está cancelada");
  expect((await visitor.post(`/mi-cita/${id}/cancelar`)).statusCode).toBe(200);
  expect((await visitor.get(`/mi-cita/${id}/cambiar`)).statusCode).toBe(409);
  expect((await stateOf(id))?.state).toBe("cancelled");
});

test("an appointment that was cancelled has no calendar file, slip or picture any more", async () => {
  const { visitor, id } = await booked("Luisa Ficticia", "luisa@example.com");
  const documents = ["cita.ics", "comprobante.pdf", "comprobante.png"];
  for (const path of documents) expect((await visitor.get(`/mi-cita/${id}/${path}`)).statusCode).toBe(200);
  expect((await visitor.get(`/mi-cita/${id}?listo=cancelada`)).body).not.toContain("quedó cancelada");
  await visitor.post(`/mi-cita/${id}/cancelar`);
  for (const path of documents) {
    const gone = await visitor.get(`/mi-cita/${id}/${path}`);
    expect([gone.statusCode, gone.headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
    expect(gone.body).toContain("Esta cita está cancelada");
  }
});

test("links of messages and codes on slips open a page and change nothing, whatever their token", async () => {
  const { visitor, id } = await booked("Irma Ficticia", "irma@example.com");
  const link = `/c/${await linkToken(web.services, id as BookingId)}`;
  const code = `/q/${await qrToken(web.services, id as BookingId)}`;
  const before = await stateOf(id);
  const stranger = aVisitor(web);
  const masked = async (url: string) => (await stranger.get(url)).body;
  expect(await masked(link)).toBe(await masked("/c/invented"));
  // Of a slip it is told whether we made it, and of a booking that never was the same as of this one.
  const neverWas = `/q/${await qrToken(web.services, randomUUID() as BookingId)}`;
  expect(await masked(code)).toBe(await masked(neverWas));
  expect(await masked(code)).not.toBe(await masked("/q/invented"));
  expect(await masked(link)).not.toContain("Irma");
  expect(stranger.cookies.size).toBe(0);
  await visitor.get(link);
  expect(visitor.at).toBe(`/mi-cita/${id}`);
  expect(await stateOf(id)).toEqual(before);
});

test("the slip tells the hour by its usual code and every amount with the year of its tariff, in both languages", async () => {
  const { id } = await booked("Kenia Ficticia", "kenia@example.com");
  const [row] = await web.services.adminQuery<{ contact: string }>(
    "select contact_id as contact from booking.bookings where id = $1",
    [id],
  );
  const now = web.services.clock.now();
  for (const language of ["es", "en"] as const) {
    const ctx = contextFor(web.services, {
      actor: { kind: "system" },
      channel: "web",
      purpose: "test",
      requestId: "test",
      language,
    });
    const view = (await getBooking(ctx, row!.contact as ContactId, id as BookingId))!;
    const slip = await confirmationView(web.services, await getNetwork(web.services), view, language, now);
    expect(slip.timeText).toMatch(/^\d+:\d\d (a\.m\.|AM|a\. m\.) PST$/i);
    const year = language === "es" ? /, costo de 2026$/ : /, cost of 2026$/;
    expect([slip.fees.length, slip.fees[0]!.amount, slip.total]).toEqual([
      1,
      expect.stringMatching(year),
      expect.stringMatching(year),
    ]);
  }
});

test("the calendar file, the PDF and the picture are for whoever may see the appointment", async () => {
  const { visitor, id } = await booked("Juana Ficticia", "juana@example.com");
  const ics = await visitor.get(`/mi-cita/${id}/cita.ics`);
  expect(ics.body).toContain("TZID=America/Los_Angeles:20261203T0");
  expect(ics.body).not.toContain("Juana");
  const pdf = await visitor.get(`/mi-cita/${id}/comprobante.pdf`);
  expect([pdf.headers["content-type"], pdf.rawPayload.subarray(0, 4).toString()]).toEqual(["application/pdf", "%PDF"]);
  const png = await visitor.get(`/en/mi-cita/${id}/comprobante.png`);
  expect([png.headers["content-type"], png.rawPayload.length < 60_000]).toEqual(["image/png", true]);
  await visitor.post("/mi-cita/cerrar");
  expect((await visitor.get(`/mi-cita/${id}/cita.ics`)).headers["content-type"]).toContain("text/html");
});
