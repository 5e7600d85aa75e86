import type { LightMyRequestResponse } from "fastify";
import { expect } from "vitest";
import { codeDigits } from "#modules/people/index.ts";
import { aSession } from "#tests/support/fixtures.ts";
import type { TestServices } from "#tests/support/database.ts";
import { htmlProblems, type TestWeb } from "../web.fixtures.ts";

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** Somebody at a browser: keeps cookies, follows what a form answers, and minds that every page is valid HTML. */
export interface Visitor {
  readonly cookies: Map<string, string>;
  /** Where the last page stood. */
  readonly at: string;
  get(url: string): Promise<LightMyRequestResponse>;
  /** Sends a form and follows its 303. */
  post(url: string, fields?: Fields): Promise<LightMyRequestResponse>;
  /** Sends a form and follows nothing. */
  send(url: string, fields?: Fields): Promise<LightMyRequestResponse>;
}

export function aVisitor({ app }: Pick<TestWeb, "app">): Visitor {
  const cookies = new Map<string, string>();
  let at = "";
  const keep = async (url: string, answer: LightMyRequestResponse): Promise<LightMyRequestResponse> => {
    for (const { name, value } of answer.cookies) {
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    at = url;
    expect(answer.statusCode, `${url} ${answer.body.slice(0, 200)}`).toBeLessThan(500);
    expect(answer.headers["cache-control"]).toBe("no-store");
    if (String(answer.headers["content-type"]).startsWith("text/html"))
      expect(await htmlProblems(answer.body), url).toEqual([]);
    return answer;
  };
  const headers = (): Record<string, string> => ({
    accept: "text/html",
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
  });
  const get = async (url: string): Promise<LightMyRequestResponse> => {
    let answer = await keep(url, await app.inject({ url, headers: headers() }));
    for (let hops = 0; answer.statusCode === 303 && hops < 5; hops++)
      answer = await keep(
        String(answer.headers.location),
        await app.inject({ url: String(answer.headers.location), headers: headers() }),
      );
    return answer;
  };
  const send = async (url: string, fields: Fields = {}): Promise<LightMyRequestResponse> => {
    const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
    return keep(
      url,
      await app.inject({
        method: "POST",
        url,
        headers: { ...headers(), "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams(pairs).toString(),
      }),
    );
  };
  return {
    cookies,
    get at() {
      return at;
    },
    get,
    send,
    async post(url, fields) {
      const answer = await send(url, fields);
      return answer.statusCode === 303 ? get(String(answer.headers.location)) : answer;
    },
  };
}

/** One morning in Fresno with room for a family in two service groups. */
export async function aMorningInFresno(services: TestServices): Promise<void> {
  await aSession(services, { opens: "08:00", steps: 16, counters: 4 });
  await aSession(services, { group: "registro_civil", opens: "08:00", steps: 16, counters: 2 });
  await aSession(services, { localDate: "2026-12-04" as never, opens: "09:00", steps: 8, counters: 3 });
}

/** Fictional people as they are typed. */
export const PERSONS = {
  rosa: {
    nombre: "Rosa Ficticia",
    apellido1: "Inventada",
    apellido2: "Prueba",
    "nacio-day": "17",
    "nacio-month": "mayo",
    "nacio-year": "1990",
    lugar: "OC",
    sexo: "M",
  },
  juan: {
    nombre: "Juan Ficticio",
    apellido1: "Ñuuꞌbi",
    "nacio-day": "2",
    "nacio-month": "11",
    "nacio-year": "1987",
    lugar: "MN",
    sexo: "H",
  },
  lucia: {
    nombre: "Lucía Ficticia",
    apellido1: "Ñuuꞌbi",
    apellido2: "Inventada",
    "nacio-day": "9",
    "nacio-month": "3",
    "nacio-year": "2016",
    lugar: "NE",
    sexo: "M",
  },
  mateo: {
    nombre: "Mateo Ficticio",
    apellido1: "Ñuuꞌbi",
    apellido2: "Inventada",
    "nacio-day": "1",
    "nacio-month": "6",
    "nacio-year": "2020",
    lugar: "NE",
    sexo: "H",
  },
} as const;

export interface Member {
  readonly person: Fields;
  readonly services: readonly string[];
  readonly parents?: Fields;
}

/** Answers everything up to the calendar; ends in front of the days of Fresno. */
export async function answerUpToDay(visitor: Visitor, members: readonly Member[]): Promise<LightMyRequestResponse> {
  await visitor.post("/cita");
  await visitor.post("/cita/personas", { personas: String(members.length) });
  for (const [i, member] of members.entries()) {
    expect(visitor.at).toBe(`/cita/persona/${i + 1}`);
    await visitor.post(visitor.at, member.person);
    expect(visitor.at).toBe(`/cita/persona/${i + 1}/tramites`);
    await visitor.post(visitor.at, { tramite: member.services });
    if (member.parents) {
      expect(visitor.at).toBe(`/cita/persona/${i + 1}/padres`);
      await visitor.post(visitor.at, member.parents);
    }
  }
  expect(visitor.at).toBe("/cita/preparar");
  const asked = await visitor.get("/cita/preparar");
  const names = [...new Set([...asked.body.matchAll(/name="([a-z_]+)" value="si"/g)].map((one) => one[1]!))];
  await visitor.post("/cita/preparar", Object.fromEntries(names.map((name) => [name, "nose"])));
  expect(visitor.at).toBe("/cita/papeles");
  await visitor.get("/cita/lugar?lugar=93701");
  return visitor.post("/cita/lugar", { oficina: "fresno" });
}

/** The digits of the newest code, as the outbox of a demonstration would show them. */
export async function newestDigits(services: TestServices): Promise<string> {
  const [row] = await services.adminQuery<{ id: string }>(
    "select id from people.codes order by created_at desc, ctid desc limit 1",
  );
  return codeDigits(services, row!.id);
}

export async function verifyByEmail(
  visitor: Visitor,
  services: TestServices,
  address: string,
  at: "/cita/contacto" | "/mi-cita" = "/cita/contacto",
): Promise<LightMyRequestResponse> {
  await visitor.post(at, { forma: "email", correo: address });
  expect(visitor.at).toBe(at === "/mi-cita" ? "/mi-cita/codigo" : "/cita/codigo");
  return visitor.post(visitor.at, { codigo: await newestDigits(services) });
}

/** The first hour on the page, by the button that chooses it. */
export function firstHour(page: LightMyRequestResponse): string {
  return /value="([^"]+)" name="hora"/.exec(page.body)?.[1] ?? "";
}

/** The key that the form in front of the visitor carries. */
export function keyOf(page: LightMyRequestResponse): string {
  return /name="clave" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
}

/** From the days of Fresno to the confirmation. Returns its page. */
export async function bookFirstHour(
  visitor: Visitor,
  services: TestServices,
  address: string,
  day = "2026-12-03",
): Promise<LightMyRequestResponse> {
  let page = await visitor.get(`/cita/hora?dia=${day}`);
  if (visitor.at === "/cita/contacto") page = await verifyByEmail(visitor, services, address);
  expect(visitor.at.split("?")[0]).toBe("/cita/hora");
  page = await visitor.post("/cita/hora", { hora: firstHour(page) });
  expect(visitor.at).toBe("/cita/revisar");
  return visitor.post("/cita/revisar", { clave: keyOf(page) });
}

export function bookingIdOf(visitor: Visitor): string {
  return /\/cita\/lista\/([0-9a-f-]{36})/.exec(visitor.at)?.[1] ?? "";
}

export interface BookedVisitor {
  readonly visitor: Visitor;
  readonly id: string;
  readonly folio: string;
}

/** Somebody of that name who has booked by e-mail in a visit that is still open. */
export async function aBookedVisitor(web: TestWeb, name: string, address: string): Promise<BookedVisitor> {
  const visitor = aVisitor(web);
  await answerUpToDay(visitor, [{ person: { ...PERSONS.rosa, nombre: name }, services: ["matricula-consular"] }]);
  const page = await bookFirstHour(visitor, web.services, address);
  return { visitor, id: bookingIdOf(visitor), folio: folioOf(page) };
}

export function folioOf(page: LightMyRequestResponse): string {
  return page.body.replace(/<wbr\/?>/g, "").match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}/)?.[0] ?? "";
}
