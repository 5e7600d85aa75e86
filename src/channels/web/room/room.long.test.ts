import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fromHex, utf8 } from "#kernel/digest.ts";
import { isSignedBy } from "#kernel/signature.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { bookingIdle } from "#modules/booking/index.ts";
import { auditStatuses } from "#modules/room/rules/audit.ts";
import { lookAgain } from "#modules/room/queries/rooms.ts";
import { parseStatus } from "#modules/room/rules/status.ts";
import { findRoom } from "#modules/room/store/rooms.ts";
import { expectConsistent } from "#tests/support/consistency.ts";
import { anAnnouncedRoom, type TestRoom } from "#tests/support/rooms.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import {
  answerUpToDay,
  aVisitor,
  bookingIdOf,
  firstHour,
  keyOf,
  PERSONS,
  newestDigits,
  type Visitor,
} from "../visit/visitor.fixtures.ts";

let web: TestWeb;
let room: TestRoom;
beforeEach(async () => {
  web = await openTestWeb(async (services) => {
    room = await anAnnouncedRoom(services, { steps: 4, counters: 1 });
  });
});
afterEach(() => web.close());

const { rosa, juan } = PERSONS;
const addresses = new WeakMap<Visitor, string>();
const cookieOf = (visitor: Visitor) => visitor.cookies.get(`fila-${room.id}`)!;
const held = async () =>
  (
    await web.services.adminQuery<{ held: number; turns: number }>(
      "select (select count(*)::int from schedules.places where state = 'held') as held, (select count(*)::int from room.turns) as turns",
    )
  )[0]!;

/** From the office's page into the line, answering what the page asks for. */
async function enter(person: Record<string, string>, address: string): Promise<Visitor> {
  const visitor = aVisitor(web);
  const days = await answerUpToDay(visitor, [{ person, services: ["matricula-consular"] }]);
  expect(days.body).toContain(`href="/fila/${room.id}"`);
  const here = `/fila/${room.id}`;
  await visitor.get(here);
  await verify(visitor, address);
  addresses.set(visitor, address);
  expect(visitor.at).toBe(here);
  await visitor.post(here);
  return visitor;
}

/** Hours later the contact is shown again; the answers and the ticket were kept. */
async function comesBack(visitor: Visitor): Promise<void> {
  const { body } = await visitor.get(`/fila/${room.id}`);
  expect(body).toContain("Ya tiene su lugar en la fila");
  await verify(visitor, addresses.get(visitor)!);
  expect(visitor.at).toBe(`/fila/${room.id}`);
}

async function verify(visitor: Visitor, address: string): Promise<void> {
  await visitor.post(`/fila/${room.id}/contacto`, { forma: "email", correo: address });
  expect(visitor.at).toBe(`/fila/${room.id}/codigo`);
  await visitor.post(visitor.at, { codigo: await newestDigits(web.services) });
}

/** Opens the room and leads it so far; these come back to it in its first second. */
async function openTo(ms: number, ...visitors: readonly Visitor[]): Promise<void> {
  room.at(0);
  await room.open();
  await room.lead();
  for (const visitor of visitors) await comesBack(visitor);
  await room.leadUntil(ms, ms > MINUTE_MS ? 15_000 : undefined);
}

test("two enter before the hour, one is let in first and books, the other waits and is told what comes next", async () => {
  const office = await web.get("/oficinas/fresno");
  expect(office.body).toContain(`href="/fila/${room.id}"`);
  const stranger = aVisitor(web);
  const told = await stranger.get(`/fila/${room.id}`);
  expect(told.body).toContain("llegar primero no da ventaja");
  expect(told.body).toContain('href="/cita?oficina=fresno"');

  const visitors = [
    await enter({ ...rosa, nombre: "Rosa Ficticia" }, "rosa@example.com"),
    await enter({ ...juan, nombre: "Juan Ficticio" }, "juan@example.com"),
  ];
  for (const visitor of visitors) {
    const { body } = await visitor.get(`/fila/${room.id}`);
    expect(body).toContain("Ya está en la fila");
    expect(body).toMatch(/<noscript><meta http-equiv="refresh" content="\d+"\/><\/noscript>/);
  }
  await openTo(5_000, ...visitors);
  expect((await visitors[0]!.get(`/fila/${room.id}`)).body).toContain("La suerte está dando el orden");

  let first = -1;
  while (first < 0) {
    await room.leadUntil(web.services.clock.now().getTime() - room.opensAt + 5_000);
    const pages = await Promise.all(visitors.map((visitor) => visitor.get(`/fila/${room.id}`)));
    first = pages.findIndex((page) => page.body.includes("Es su turno"));
  }
  const [lucky, other] = [visitors[first]!, visitors[1 - first]!];
  expect((await other.get(`/fila/${room.id}`)).body).toMatch(
    /Es probable que alcance lugar|Puede que alcance lugar|Es su turno/,
  );

  const hours = await lucky.get(`/fila/${room.id}/hora`);
  expect(lucky.at).toBe(`/fila/${room.id}/hora`);
  const review = await lucky.post(lucky.at, { hora: firstHour(hours), dia: room.localDate });
  expect(lucky.at).toBe("/cita/revisar");
  expect(review.body).toContain("Quedan 6 minutos");
  expect(review.body).not.toContain('value="mas"');
  expect((await lucky.get(`/fila/${room.id}`)).body).toContain("Ya guardó una hora");
  await lucky.post("/cita/revisar", { clave: keyOf(review) });
  expect(bookingIdOf(lucky)).not.toBe("");
  await expectConsistent(web.services.adminQuery);

  room.at(31 * MINUTE_MS);
  await room.lead();
  const over = await other.get(`/fila/${room.id}`);
  expect(over.body).toContain("Esta fila ya terminó");
  expect(over.body).toContain("Vuelva cuando salgan más lugares");
  expect(over.body).not.toContain("http-equiv");
  expect((await other.get("/en" + `/fila/${room.id}`)).body).toContain("This line is over");
});

test("says that nobody chooses the order only where the number is the public beacon's", async () => {
  const page = async () => (await aVisitor(web).get(`/fila/${room.id}`)).body;
  const [own, outside] = ["En esta instalación lo pone quien la opera", "Nadie lo escoge"];
  const operators = await page();
  expect([operators.includes(own), operators.includes(outside)]).toEqual([true, false]);
  await web.services.adminQuery("update room.rooms set source = 'quicknet'");
  lookAgain(web.services);
  const beacons = await page();
  expect([beacons.includes(own), beacons.includes(outside)]).toEqual([false, true]);
});

describe("only a ticket of one's own writes:", () => {
  test("forged, changed, another's, another room's, too early and unlogged ones are refused and leave no trace", async () => {
    const [owner, thief] = [
      await enter({ ...rosa, nombre: "Rosa Ficticia" }, "rosa@example.com"),
      await enter({ ...juan, nombre: "Juan Ficticio" }, "juan@example.com"),
    ];
    const token = cookieOf(owner);
    const own = cookieOf(thief);
    await openTo(5 * MINUTE_MS, owner, thief);
    const hour = firstHour(await owner.get(`/fila/${room.id}/hora`));
    expect(hour).not.toBe("");
    const tries: Record<string, string> = {
      shared: token,
      forged: `${own.split("~").slice(0, -1).join("~")}~${"A".repeat(24)}`,
      "signature of another ticket": `${own.split("~").slice(0, -1).join("~")}~${token.split("~").at(-1)!}`,
      "tick moved forward": own.replace(/^(1~[^~]+)~0~0/, "$1~7~7"),
      "of another room": own.replace(room.id, `${room.id}x`),
      empty: "",
      noise: "%00~~~'; drop table room.turns",
      long: `${own}${"~".repeat(5_000)}`,
    };
    for (const [name, value] of Object.entries(tries)) {
      thief.cookies.set(`fila-${room.id}`, value);
      const answer = await thief.send(`/fila/${room.id}/hora`, { hora: hour, dia: room.localDate });
      expect([name, answer.statusCode, answer.headers.location]).toEqual([name, 303, `/fila/${room.id}`]);
    }
    thief.cookies.set(`fila-${room.id}`, own);
    await web.services.adminQuery("delete from room.tickets where ticket_id = decode($1, 'hex')", [own.split("~")[4]]);
    expect((await thief.send(`/fila/${room.id}/hora`, { hora: hour, dia: room.localDate })).statusCode).toBe(303);
    expect(await held()).toEqual({ held: 0, turns: 0 });
    // The control: with her own ticket the owner's same request writes.
    await owner.post(`/fila/${room.id}/hora`, { hora: hour, dia: room.localDate });
    expect(await held()).toEqual({ held: 1, turns: 1 });
  });

  test("before it is let in, for other persons, or after the end it does not", async () => {
    const owner = await enter({ ...rosa, nombre: "Rosa Ficticia" }, "rosa@example.com");
    const hour = "2026-12-03T16:00:00.000Z";
    const tryIt = async () => {
      const answer = await owner.send(`/fila/${room.id}/hora`, { hora: hour, dia: room.localDate });
      return [answer.statusCode, /<h1>(.*?)<\/h1>/.exec(answer.body)?.[1]];
    };
    expect(await tryIt()).toEqual([409, "La fila todavía no se abre"]);
    await openTo(5_000, owner);
    expect(await tryIt()).toEqual([409, "Todavía no es su turno"]);
    await room.leadUntil(7 * MINUTE_MS, 15_000);
    await owner.post("/cita/persona/1", { ...rosa, nombre: "Otra Persona" });
    expect(await tryIt()).toEqual([403, "Su lugar en la fila es para otras personas"]);
    await owner.post("/cita/persona/1", { ...rosa, nombre: "Rosa Ficticia" });
    room.at(31 * MINUTE_MS);
    await room.lead();
    expect(await tryIt()).toEqual([409, "Esta fila ya terminó"]);
    expect(await held()).toEqual({ held: 0, turns: 0 });
  });

  test("sent 64 times at once it holds one hour", async () => {
    const owner = await enter({ ...rosa, nombre: "Rosa Ficticia" }, "rosa@example.com");
    await openTo(7 * MINUTE_MS, owner);
    const hours = (await owner.get(`/fila/${room.id}/hora`)).body.match(/value="([^"]+)" name="hora"/g)!;
    expect(hours.length).toBe(4);
    const send = (i: number) => {
      const hora = /value="([^"]+)"/.exec(hours[i % hours.length]!)![1]!;
      return owner.send(`/fila/${room.id}/hora`, { hora, dia: room.localDate });
    };
    const answers = await Promise.all(Array.from({ length: 64 }, (_, i) => send(i)));
    await bookingIdle(web.services);
    const codes = answers.map((one) => one.headers.location ?? /<h1>(.*?)<\/h1>/.exec(one.body)?.[1]);
    expect(codes.filter((one) => one === "/cita/revisar")).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(["/cita/revisar", "Ya usó su turno en esta fila"]));
    expect(await held()).toEqual({ held: 1, turns: 1 });
  });
});

test("nobody without a ticket sees or gets an hour of the room, and a second browser of the same person gets the same place", async () => {
  const one = await enter({ ...rosa, nombre: "Rosa Ficticia" }, "rosa@example.com");
  const again = await enter({ ...rosa, nombre: "Rosa Ficticia" }, "rosa@example.com");
  expect(cookieOf(again)).toBe(cookieOf(one));
  await openTo(7 * MINUTE_MS);
  const late = await enter({ ...rosa, nombre: "Rosa Ficticia" }, "rosa@example.com");
  expect(cookieOf(late)).toBe(cookieOf(one));
  const passer = aVisitor(web);
  await answerUpToDay(passer, [{ person: { ...juan }, services: ["matricula-consular"] }]);
  await verify(passer, "paso@example.com");
  await passer.get(`/fila/${room.id}/hora`);
  expect(passer.at).toBe(`/fila/${room.id}`);
  await passer.post("/cita/lugar", { oficina: "fresno" });
  expect((await passer.get(`/cita/hora?dia=${room.localDate}`)).body).not.toContain('name="hora"');
  const other = await passer.post("/cita/hora", { hora: "2026-12-03T16:00:00.000Z" });
  expect(other.statusCode).toBe(409);
  expect(await held()).toEqual({ held: 0, turns: 0 });
  await one.post("/mi-cita/cerrar");
  expect(one.cookies.size).toBe(0);
});

describe("what is published", () => {
  test("is the same for all, kept five seconds, signed and chained; seeds and older documents never change", async () => {
    await enter({ ...rosa, nombre: "Rosa Ficticia" }, "rosa@example.com");
    await openTo(MINUTE_MS);
    const last = await web.get(`/fila/${room.id}/estado.json`);
    expect(last.headers).toMatchObject({
      "cache-control": "public, max-age=5",
      "content-type": "application/json; charset=utf-8",
    });
    expect(last.headers["set-cookie"]).toBeUndefined();
    expect(last.body.length).toBeLessThan(1024);
    const unchanged = await web.get(`/fila/${room.id}/estado.json`, { "if-none-match": String(last.headers.etag) });
    expect([unchanged.statusCode, unchanged.body]).toEqual([304, ""]);

    const { key } = (await web.get("/fila/llave.json")).json<{ key: string }>();
    const { seq } = last.json<{ seq: number }>();
    const documents: string[] = [];
    for (let i = 0; i <= seq; i++) {
      const one = await web.get(`/fila/${room.id}/estado/${i}.json`);
      expect(one.headers["cache-control"]).toContain("immutable");
      documents.push(one.body);
    }
    expect(documents.at(-1)).toBe(last.body);
    for (const text of documents) {
      const [, body, signature] = /^(.*),"signature":"([\w-]+)"\}$/s.exec(text)!;
      expect(isSignedBy(key, utf8(`${body!}}`), Buffer.from(signature!, "base64url"))).toBe(true);
      expect(isSignedBy(key, utf8(`${body!.replace('"seq"', '"sec"')}}`), Buffer.from(signature!, "base64url"))).toBe(
        false,
      );
    }
    const stored = await web.services.database.transaction("worker", {}, (tx) => findRoom(tx, room.id));
    expect(auditStatuses(stored!, documents.map(parseStatus))).toEqual([]);
    const seed = await web.get(`/fila/${room.id}/semilla/0.json`);
    expect(seed.json()).toMatchObject({ tick: 0, seed: parseStatus(last.body).seeds[0]!.seed, signature: null });
    expect(fromHex(seed.json<{ randomness: string }>().randomness)).toHaveLength(32);
    expect(seed.headers["cache-control"]).toContain("immutable");
  });

  test("is not there for rooms, numbers and ticks that are not", async () => {
    for (const url of [
      "/fila/nowhere",
      "/fila/NOWHERE'",
      "/fila/nowhere/estado.json",
      `/fila/${room.id}/estado/99.json`,
      `/fila/${room.id}/semilla/0.json`,
      `/fila/${room.id}/estado/x.json`,
    ])
      expect([url, (await web.get(url)).statusCode]).toEqual([url, 404]);
  });
});
