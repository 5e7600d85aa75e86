import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { rememberTold } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { readPdf } from "#channels/documents/read-pdf.fixtures.ts";
import { aSession } from "#tests/support/fixtures.ts";
import { aSpecialDay, SPECIAL_DATE, VENUE, type MadeDay } from "#tests/support/special-days.ts";
import {
  aMorningInFresno,
  answerUpToDay,
  aVisitor,
  firstHour,
  keyOf,
  PERSONS,
  verifyByEmail,
} from "../visit/visitor.fixtures.ts";
import { htmlProblems, openTestWeb, type TestWeb } from "../web.fixtures.ts";

const NEXT_BYTES = 6 * 1024;
/** The smallest PNG that is one. */
const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const { rosa } = PERSONS;

let web: TestWeb;
let mobile: MadeDay;
let moved: MadeDay;
let short: MadeDay;
let cut: MadeDay;
let leftOver: MadeDay;
beforeAll(async () => {
  web = await openTestWeb(async (services) => {
    await aMorningInFresno(services);
    // On the same day the office is open too: nobody is to be sent from one to the other.
    await aSession(services, { localDate: SPECIAL_DATE, opens: "08:00", steps: 4, counters: 1 });
    mobile = await aSpecialDay(services, { photo: PHOTO });
    moved = await aSpecialDay(services, {
      kind: "on_wheels",
      localDate: "2026-12-12" as never,
      venue: { ...VENUE, name: "Escuela de Ejemplo", city: "Elko", latitude: 40.8324, longitude: -115.7631 },
    });
    short = await aSpecialDay(services, {
      kind: "saturday",
      localDate: "2026-12-19" as never,
      away: false,
      givenOut: "short_draw",
    });
    leftOver = await aSpecialDay(services, {
      localDate: "2026-12-06" as never,
      givenOut: "short_draw",
      steps: 4,
    });
    await services.adminQuery("update schedules.places set state = 'open', pool = 'open' where session_id = $1", [
      leftOver.sessionId,
    ]);
    cut = await aSpecialDay(services, { localDate: "2026-12-20" as never });
    await rememberTold(systemContext(services, "test"));
    await services.adminQuery("update schedules.sessions set state = 'closed' where id = $1", [cut.sessionId]);
    await services.adminQuery(
      "update schedules.sessions set starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day', local_date = local_date + 1 where id = $1",
      [moved.sessionId],
    );
    await services.adminQuery(
      "update schedules.places set starts_at = starts_at + interval '1 day' where session_id = $1",
      [moved.sessionId],
    );
    await services.adminQuery(
      "update schedules.special_days set local_date = local_date + 1, revision = 2 where id = $1",
      [moved.id],
    );
  });
});
afterAll(() => web.close());

const page = (day: MadeDay, file = "") => `/jornadas/${day.id}${file}`;

describe("a special day", () => {
  it("has a page in both languages, small and valid, that search engines read", async () => {
    for (const path of ["/jornadas", page(mobile), page(moved), page(short), page(mobile, "/difundir")])
      for (const url of [path, `/en${path}`]) {
        const { statusCode, body } = await web.get(url);
        expect([url, statusCode]).toEqual([url, 200]);
        expect(await htmlProblems(body), url).toEqual([]);
        expect(body.includes('content="noindex"'), url).toBe(path.endsWith("difundir"));
        const packed = await web.get(url, { "accept-encoding": "br" });
        expect(packed.rawPayload.length, url).toBeLessThanOrEqual(NEXT_BYTES);
      }
  });

  it("tells day, hours and address before anything is booked, and never how many come", async () => {
    const { body } = await web.get(page(mobile));
    expect(body).toContain("Consulado móvil en Reno");
    expect(body).toContain("Sábado, 5 de diciembre");
    expect(body).toMatch(/De 8:00.a\.m\. a 11:00.a\.m\., hora de Fresno/);
    expect(body).toContain("Salón de Ejemplo");
    expect(body).toContain("No es en el edificio del consulado.");
    expect(body).toContain("Entre por el estacionamiento.");
    expect(body).toContain("La cita es gratuita.");
    expect(body).toContain(`href="/cita?jornada=${mobile.id}"`);
    expect(body).not.toMatch(/24 lugares|personas/);
    const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body)![1]!) as object;
    expect(data).toMatchObject({
      "@type": "Event",
      startDate: "2026-12-05T16:00:00.000Z",
      eventStatus: "https://schema.org/EventScheduled",
      isAccessibleForFree: true,
      location: {
        name: "Salón de Ejemplo",
        address: { streetAddress: "1010 Calle Ficticia", addressLocality: "Reno" },
      },
    });
    const photo = await web.get(page(mobile, "/foto"));
    expect(photo.headers["content-type"]).toBe("image/png");
    expect(photo.rawPayload.equals(PHOTO)).toBe(true);
  });

  it("stands on its office's page, in the list and in the calendars", async () => {
    for (const path of ["/oficinas/fresno", "/jornadas"]) {
      const { body } = await web.get(path);
      expect(body, path).toContain(`href="${page(mobile)}"`);
      expect(body, path).toContain(`href="${page(moved)}"`);
    }
    expect((await web.get("/oficinas/boise")).body).not.toContain("/jornadas/");
    const office = (await web.get("/oficinas/fresno/calendario.ics")).body.replace(/\r\n /g, "");
    expect(office).toContain(`UID:special-${mobile.id}@localhost`);
    expect(office).toContain("LOCATION:Salón de Ejemplo\\, 1010 Calle Ficticia\\, Reno\\, NV");
    const own = (await web.get(page(moved, "/jornada.ics"))).body;
    expect(own).toContain("DTSTART;TZID=America/Los_Angeles:20261213T080000");
  });

  it("that was cut whole is told not to take place wherever it stands, and nobody is sent there", async () => {
    const { body } = await web.get(page(cut));
    expect(body).toContain("No se llevará a cabo ese día");
    expect(body).toContain("EventCancelled");
    expect(body).not.toContain("/cita?jornada=");
    expect(await htmlProblems(body)).toEqual([]);
    for (const path of ["/jornadas", "/oficinas/fresno"])
      expect((await web.get(path)).body, path).toContain("No se llevará a cabo ese día");
    expect((await web.get("/buscar?lugar=Reno,+NV")).body).not.toContain(page(cut));
    expect((await web.get(page(cut, "/texto.txt"))).body).toMatch(/^CORRECCIÓN\nDía: domingo 20 de diciembre → no se/);
    expect((await web.get(page(cut, "/radio.txt"))).body).toMatch(/^CORRECCIÓN\. Ya no es el domingo veinte/);
    const calendar = (await web.get(page(cut, "/jornada.ics"))).body.replace(/\r\n /g, "");
    expect(calendar).toContain("STATUS:CANCELLED");
    expect(calendar).toContain("SUMMARY:CORRECCIÓN: Consulado móvil en Reno\\, no se llevará a cabo");
    const poster = readPdf((await web.get(page(cut, "/cartel.pdf"))).rawPayload);
    expect([poster.pages, poster.page.text.includes("CORRECCIÓN")]).toEqual([1, true]);
  });

  it("is found by distance from a postal code or a city, among the offices", async () => {
    const near = (await web.get("/buscar?lugar=Reno,+NV")).body;
    expect(near.indexOf(page(mobile))).toBeGreaterThan(0);
    expect(near.indexOf(page(mobile))).toBeLessThan(near.indexOf('href="/oficinas/sacramento"'));
    expect(near).toContain("1010 Calle Ficticia");
    expect((await web.get("/buscar?lugar=Reno&tramite=poder-notarial")).body).not.toContain(page(mobile));
    expect((await web.get("/buscar?lugar=H3A+1V4")).body).not.toContain(page(mobile));
  });

  it("says how its places are given out where there is nothing to book", async () => {
    const { body } = await web.get(page(short));
    expect(body).toContain("aceptan aviso corto");
    expect(body).not.toContain("/cita?jornada=");
  });

  it("is booked like any other once what nobody wanted of its draw is open to all", async () => {
    const { body } = await web.get(page(leftOver));
    expect(body).toContain("aceptan aviso corto");
    expect(body).toContain(`href="/cita?jornada=${leftOver.id}"`);
    const visitor = aVisitor(web);
    await answerUpToDay(visitor, [{ person: rosa, services: ["matricula-consular"] }]);
    await visitor.post("/cita/lugar", { jornada: leftOver.id });
    expect(visitor.at).toBe("/cita/contacto");
  });

  it("is nothing where there is none, or only a draft", async () => {
    const unknown = "/jornadas/00000000-0000-4000-8000-000000000000";
    for (const path of [unknown, `${unknown}/cartel.pdf`, "/jornadas/otra", page(moved, "/foto")])
      expect((await web.get(path)).statusCode, path).toBe(404);
  });
});

describe("what may be sent out about it", () => {
  it("is a text, a script, a picture and a poster at addresses that stay, each with its version", async () => {
    const text = await web.get(page(mobile, "/texto.txt"));
    expect(text.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(text.body).toContain("24 lugares.");
    expect(text.body).toContain("Versión 1, ");
    expect(text.body.trim().endsWith(`/jornadas/${mobile.id}`)).toBe(true);
    const radio = (await web.get(page(mobile, "/radio.txt"))).body;
    expect(radio).toContain("mil diez Calle Ficticia");
    expect(radio.split("\n")[0]).not.toMatch(/\d/);
    const picture = await web.get(page(mobile, "/imagen.png"));
    expect([picture.rawPayload.readUInt32BE(16), picture.rawPayload.readUInt32BE(20)]).toEqual([1080, 1080]);
    const poster = await web.get(page(mobile, "/cartel.pdf"));
    expect(poster.headers["content-type"]).toBe("application/pdf");
    const read = readPdf(poster.rawPayload);
    expect(read.pages).toBe(1);
    expect(read.page.text).toContain("Consulado móvil en Reno");
  });

  it("is listed with what else its office may send out, and made once", async () => {
    const list = (await web.get("/oficinas/fresno/publicacion")).body;
    expect(list).toContain(`href="${page(mobile)}/difundir"`);
    for (const file of ["/cartel.pdf", "/imagen.png"]) {
      const { etag } = (await web.get(page(mobile, file))).headers;
      expect((await web.get(page(mobile, file), { "if-none-match": String(etag) })).statusCode).toBe(304);
    }
  });

  it("begins with the correction once the day has changed", async () => {
    const text = (await web.get(page(moved, "/texto.txt"))).body;
    expect(text.split("\n").slice(0, 2)).toEqual([
      "CORRECCIÓN",
      "Día: sábado 12 de diciembre → domingo 13 de diciembre",
    ]);
    expect(text).toContain("Versión 2");
    expect((await web.get(page(moved, "/radio.txt"))).body).toMatch(
      /^CORRECCIÓN\. Ya no es el sábado doce de diciembre\./,
    );
    expect((await web.get(`/en${page(moved, "/texto.txt")}`)).body).toMatch(
      /^CORRECTION\nDay: Saturday, December 12 → Sunday, December 13/,
    );
    expect((await web.get(page(moved))).body).toContain("sábado 12 de diciembre → domingo 13 de diciembre");
    expect(readPdf((await web.get(page(moved, "/cartel.pdf"))).rawPayload).page.text).toContain("CORRECCIÓN");
  });
});

describe("booking on it", () => {
  it("leads past the consulate's own calendar and tells the venue on every page to the end", async () => {
    const visitor = aVisitor(web);
    await answerUpToDay(visitor, [{ person: rosa, services: ["matricula-consular"] }]);
    const places = (await visitor.get("/cita/lugar?lugar=Reno,+NV")).body;
    expect(places).toContain("1010 Calle Ficticia");
    let step = await visitor.post("/cita/lugar", { jornada: mobile.id });
    expect(visitor.at).toBe("/cita/contacto");
    step = await verifyByEmail(visitor, web.services, "jornada@example.com");
    expect(visitor.at).toBe("/cita/hora");
    // Twelve steps at the venue; the office would have four.
    expect(step.body.match(/name="hora"/g)).toHaveLength(12);
    for (const told of ["Salón de Ejemplo", "No es en el edificio del consulado."]) expect(step.body).toContain(told);
    step = await visitor.post("/cita/hora", { hora: firstHour(step) });
    expect(visitor.at).toBe("/cita/revisar");
    for (const told of ["Salón de Ejemplo", "1010 Calle Ficticia", "No es en el edificio del consulado."])
      expect(step.body).toContain(told);
    step = await visitor.post("/cita/revisar", { clave: keyOf(step) });
    for (const told of ["Salón de Ejemplo", "1010 Calle Ficticia", "Reno, NV", "Entre por el estacionamiento."])
      expect(step.body).toContain(told);
    expect(step.body).not.toContain("Consulado de México en Fresno<");
    const id = /\/cita\/lista\/([0-9a-f-]{36})/.exec(visitor.at)![1]!;
    const ics = (await visitor.get(`/mi-cita/${id}/cita.ics`)).body.replace(/\r\n /g, "");
    expect(ics).toContain("LOCATION:Salón de Ejemplo\\, 1010 Calle Ficticia\\, Reno\\, NV");
    expect(await sessionsOf(id)).toEqual([mobile.sessionId]);
  });

  it("is not what the consulate's calendar gives on the same day, nor the other way round", async () => {
    const visitor = aVisitor(web);
    await answerUpToDay(visitor, [{ person: rosa, services: ["matricula-consular"] }]);
    await visitor.get(`/cita/hora?dia=${SPECIAL_DATE}`);
    const step = await verifyByEmail(visitor, web.services, "consulado@example.com");
    expect(step.body.match(/name="hora"/g)).toHaveLength(4);
    expect(step.body).not.toContain("Salón de Ejemplo");
    const review = await visitor.post("/cita/hora", { hora: firstHour(step) });
    const done = await visitor.post("/cita/revisar", { clave: keyOf(review) });
    expect(done.body).not.toContain("Salón de Ejemplo");
    const id = /\/cita\/lista\/([0-9a-f-]{36})/.exec(visitor.at)![1]!;
    expect(await sessionsOf(id)).not.toContain(mobile.sessionId);
  });

  it("tells of a suspended day only that it changes, on its page and on the appointment", async () => {
    const visitor = aVisitor(web);
    await answerUpToDay(visitor, [{ person: rosa, services: ["matricula-consular"] }]);
    await visitor.post("/cita/lugar", { jornada: moved.id });
    const step = await verifyByEmail(visitor, web.services, "pausa@example.com");
    const review = await visitor.post("/cita/hora", { hora: firstHour(step) });
    await visitor.post("/cita/revisar", { clave: keyOf(review) });
    const id = /\/cita\/lista\/([0-9a-f-]{36})/.exec(visitor.at)![1]!;
    await web.services.adminQuery("update schedules.special_days set state = 'suspended' where id = $1", [moved.id]);
    web.services.clock.advance(MINUTE_MS);
    await web.snapshot.refresh();
    const own = (await visitor.get(`/cita/lista/${id}`)).body;
    expect(own).toContain("Esta jornada cambia de lugar o de fecha");
    expect(own).toContain("conserve su folio");
    expect(own).not.toMatch(/Escuela de Ejemplo|13 de diciembre|cita\.ics/);
    await visitor.get(`/mi-cita/${id}/cita.ics`);
    expect(visitor.at).toBe(`/mi-cita/${id}`);
    for (const path of [page(moved), page(moved, "/texto.txt")]) {
      const { body } = await web.get(path);
      expect(body, path).not.toMatch(/Escuela de Ejemplo|13 de diciembre|12 de diciembre/);
    }
    expect((await web.get(page(moved))).body).toContain("EventPostponed");
    await web.services.adminQuery("update schedules.special_days set state = 'cancelled' where id = $1", [moved.id]);
    web.services.clock.advance(MINUTE_MS);
    const gone = (await web.get(page(moved))).body;
    expect(gone).toContain("Esta jornada no se hará");
    expect(gone).toContain(`href="${page(mobile)}"`);
  });
});

async function sessionsOf(bookingId: string): Promise<string[]> {
  const rows = await web.services.adminQuery<{ session: string }>(
    "select distinct session_id as session from booking.appointments where booking_id = $1",
    [bookingId],
  );
  return rows.map((row) => row.session);
}
