import { randomUUID } from "node:crypto";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folioFrom, formatFolio } from "#kernel/folio.ts";
import type { OfficeId } from "#kernel/ids.ts";
import { book, getBooking, hold, type BookingView, type WantedTime } from "#modules/booking/index.ts";
import { issueCard } from "#modules/people/index.ts";
import { linkToken } from "#modules/messaging/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen } from "#tests/support/fixtures.ts";
import { cookieOf } from "../../src/channels/api/console/console.fixtures.ts";
import { aVisitor, verifyByEmail, type Visitor } from "../../src/channels/web/visit/visitor.fixtures.ts";
import { aStaffId, staffContext } from "../../src/modules/visits/visits.fixtures.ts";
import { verifiedSessions } from "./installation.ts";
import { openProgram, type Program } from "./program.ts";

let services: TestServices;
let program: Program;
let wanted: WantedTime;
/** Somebody with a booking and a hold, and somebody who asks for what is not hers. */
let hers: BookingView;
let herHold: string;
let token: string;
let her: { token: string; contactId: string };
let visitor: Visitor;

beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 8, counters: 20 }));
  program = await openProgram(services);
  const [owner, asker] = await verifiedSessions(services.adminQuery, 2, services.clock.now());
  her = owner!;
  token = asker!.token;
  const contactId = her.contactId as never;
  const booked = await book(citizen(services, contactId), { contactId, wanted, applicants: [anApplicant(1)] });
  const held = await hold(citizen(services, contactId), { contactId, wanted, applicants: [anApplicant(2)] });
  if (!booked.ok || !held.ok) throw new Error("the owner has nothing");
  hers = (await getBooking(citizen(services, contactId), contactId, booked.value.bookingId))!;
  herHold = held.value.holdId;
  visitor = aVisitor({ app: program.web });
  await visitor.get("/mi-cita");
  await verifyByEmail(visitor, services, "quien.pregunta@ejemplo.example.org", "/mi-cita");
});
afterAll(() => program.close());

/** All of an answer but what is different each time: the day's date, this request's number, cookies' values, and the ids that were asked for. */
function seen(answer: LightMyRequestResponse, ...asked: string[]): string {
  const { date: _, "x-request-id": __, ...headers } = answer.headers;
  let text = `${answer.statusCode} ${JSON.stringify(headers)} ${answer.body}`;
  for (const one of asked) text = text.replaceAll(one, "(asked)");
  return text.replace(/(visita|staff|challenge)=[\w-]+/g, "$1=(value)");
}

const send = (options: InjectOptions) =>
  program.web.inject({ ...options, headers: { authorization: `Bearer ${token}`, ...options.headers } });
const unknownFolio = () => formatFolio(folioFrom(Buffer.from(randomUUID().replaceAll("-", "").slice(0, 24), "hex")));

describe("the API answers for somebody else's as for nothing", () => {
  const move = () => ({ wanted: { ...wanted, startsAt: wanted.startsAt.toISOString() } });
  const party = () => ({
    ...move(),
    applicants: [
      {
        givenNames: "Ficticia",
        firstSurname: "Prueba",
        bornOn: "1991-01-01",
        bornIn: "NE",
        sex: "M",
        services: ["matricula-consular"],
      },
    ],
  });
  test.each([
    ["GET", "/bookings/ID", undefined],
    ["GET", "/bookings/ID/appointments", undefined],
    ["POST", "/bookings/ID/move", move],
    ["POST", "/bookings/ID/cancel", () => ({})],
  ] as const)("%s %s", async (method, path, body) => {
    const ask = async (id: string) =>
      seen(await send({ method, url: `/api/v1${path.replace("ID", id)}`, payload: body?.() }), id);
    const nothing = await ask(randomUUID());
    expect(nothing).toContain("unknown_booking");
    expect(await ask(hers.id)).toBe(nothing);
    // Nor is her hold a booking.
    expect(await ask(herHold)).toBe(nothing);
  });

  test("POST /holds/ID/extend, and a booking with somebody's hold", async () => {
    const extend = async (id: string) =>
      seen(
        await send({
          method: "POST",
          url: `/api/v1/holds/${id}/extend`,
          payload: { heldUntil: new Date(services.clock.now().getTime() + 600_000).toISOString() },
        }),
        id,
      );
    expect(await extend(herHold)).toBe(await extend(randomUUID()));
    const confirm = async (holdId: string) =>
      seen(
        await send({
          method: "POST",
          url: "/api/v1/bookings",
          headers: { "idempotency-key": randomUUID() },
          payload: { ...party(), holdId },
        }),
        holdId,
      );
    const nothing = await confirm(randomUUID());
    expect(nothing).toContain("hold_expired");
    expect(await confirm(herHold)).toBe(nothing);
  });

  test("without a session, and with one that is not verified, everything is unknown alike", async () => {
    const open = (await program.web.inject({ method: "POST", url: "/api/v1/sessions", payload: {} })).json()
      .token as string;
    for (const authorization of ["", `Bearer ${open}`, `Bearer ${randomUUID()}`]) {
      const ask = async (id: string) =>
        seen(await program.web.inject({ url: `/api/v1/bookings/${id}`, headers: { authorization } }), id);
      expect(await ask(hers.id)).toBe(await ask(randomUUID()));
    }
  });

  test("a person whom another contact filed is booked like anybody, and told so in the same words, twice as well", async () => {
    const [first, second] = await verifiedSessions(services.adminQuery, 2, services.clock.now());
    const body = (n: number) => {
      const { parents: _, ...person } = anApplicant(n);
      return { ...move(), applicants: [person] };
    };
    const file = async (by: { token: string }, n: number) => {
      const answer = await program.web.inject({
        method: "POST",
        url: "/api/v1/bookings",
        headers: { authorization: `Bearer ${by.token}`, "idempotency-key": randomUUID() },
        payload: body(n),
      });
      const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(answer.body)?.[0] ?? "";
      return seen(answer, id);
    };
    expect([await file(first!, 1), await file(first!, 1)]).toEqual([await file(second!, 77), await file(second!, 77)]);
  });
});

describe("a code is on its way, whoever is asked for", () => {
  test.each(["email", "sms"] as const)(
    "by %s: known, known but never verified, unknown, and withheld",
    async (kind) => {
      const address = (name: string) =>
        kind === "email"
          ? `${name}@ejemplo.example.org`
          : { known: "+15592341871", asked: "+15592341872", unknown: "+15592341873", busy: "+15592341874" }[name]!;
      const ask = async (name: string) => {
        const session = (await program.web.inject({ method: "POST", url: "/api/v1/sessions", payload: {} })).json()
          .token as string;
        const answer = await program.web.inject({
          method: "POST",
          url: "/api/v1/sessions/code",
          headers: { authorization: `Bearer ${session}` },
          payload: { kind, address: address(name) },
        });
        expect(answer.statusCode).toBe(202);
        return seen(answer);
      };
      await ask("known");
      await services.adminQuery(
        "update people.contacts set verified_at = now() where id = (select contact_id from people.codes order by ctid desc limit 1)",
      );
      await ask("asked");
      for (let i = 0; i < 12; i++) await ask("busy");
      const [withheld] = await services.adminQuery("select count(*)::int as n from people.codes where withheld");
      expect(Number(withheld!["n"])).toBeGreaterThan(0);
      const answers = [await ask("known"), await ask("asked"), await ask("unknown"), await ask("busy")];
      expect(new Set(answers).size).toBe(1);
    },
  );
});

describe("the pages answer for somebody else's as for nothing", () => {
  const asVisitor = () => ({
    accept: "text/html",
    cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
  });
  const page = async (url: string, asked: string, fields?: Record<string, string>) =>
    seen(
      await program.web.inject({
        url,
        headers: { ...asVisitor(), ...(fields ? { "content-type": "application/x-www-form-urlencoded" } : {}) },
        method: fields ? "POST" : "GET",
        ...(fields ? { payload: new URLSearchParams(fields).toString() } : {}),
      }),
      asked,
    );

  test.each([
    "",
    "/cambiar",
    "/cambiar/lugar",
    "/cambiar/dia",
    "/cambiar/hora",
    "/cancelar",
    "/cita.ics",
    "/comprobante.pdf",
    "/comprobante.png",
  ])("/mi-cita/ID%s", async (rest) => {
    const unknown = randomUUID();
    expect(await page(`/mi-cita/${hers.id}${rest}`, hers.id)).toBe(await page(`/mi-cita/${unknown}${rest}`, unknown));
  });

  test("her folio opens nothing for somebody else, and looks like one that does not exist", async () => {
    const [folio, unknown] = [formatFolio(hers.folio), unknownFolio()];
    const answer = await page("/mi-cita/abrir", unknown, { folio: unknown });
    expect(answer).toContain('role="alert"');
    expect(await page("/mi-cita/abrir", folio, { folio })).toBe(answer);
  });

  test("a true link and an invented one show the same door", async () => {
    const [link, invented] = [
      await linkToken(services, hers.id),
      Buffer.from(randomUUID() + randomUUID())
        .toString("base64url")
        .slice(0, 46),
    ];
    expect(await page(`/c/${link}`, link)).toBe(await page(`/c/${invented}`, invented));
  });

  test("a wrong PIN and an unknown card are told in the same words", async () => {
    const staffId = await aStaffId(services);
    const issued = await issueCard(staffContext(services, staffId));
    if (!issued.ok) throw new Error(issued.refusal.code);
    const pin = issued.value.pin === "000000" ? "000001" : "000000";
    const [known, unknown] = [formatFolio(issued.value.folio), unknownFolio()];
    expect(await page("/mi-cita/tarjeta", known, { folio: known, pin })).toBe(
      await page("/mi-cita/tarjeta", unknown, { folio: unknown, pin }),
    );
  });
});

describe("the console of one office answers for another's as for nothing", () => {
  test.each([
    ["/find", (id: string, folio: string) => ({ folio, id: undefined })],
    ["/files", (id: string) => ({ bookingId: id })],
    ["/visits", (id: string) => ({ bookingId: id })],
    ["/no-show", (id: string) => ({ bookingId: id })],
    ["/permissions", (id: string) => ({ bookingId: id, ordinal: 1, parent: 1, signedOn: "2026-11-20" })],
    ["/permissions/undo", (id: string) => ({ bookingId: id, ordinal: 1, parent: 1 })],
    ["/names", (id: string) => ({ bookingId: id, ordinal: 1, givenNames: "A", firstSurname: "B", secondSurname: "" })],
  ])("%s", async (path, body) => {
    const cookie = await cookieOf(services, await aStaffId(services, "clerk", "dallas" as OfficeId));
    const ask = async (id: string, folio: string) => {
      const payload = JSON.parse(JSON.stringify(body(id, folio))) as object;
      return seen(
        await program.web.inject({
          method: "POST",
          url: `/api/v1/console${path}`,
          cookies: { staff: cookie },
          headers: { "sec-fetch-site": "same-origin" },
          payload,
        }),
        id,
        folio,
      );
    };
    const nothing = await ask(randomUUID(), unknownFolio());
    expect(nothing).toContain("unknown_booking");
    expect(await ask(hers.id, formatFolio(hers.folio))).toBe(nothing);
  });
});

test("the owner herself is answered: what is compared above is there", async () => {
  const opened = await program.web.inject({
    method: "POST",
    url: "/api/v1/bookings/open",
    headers: { authorization: `Bearer ${her.token}` },
    payload: { folio: formatFolio(hers.folio) },
  });
  expect(opened.json()).toEqual({ bookings: [hers.id], requests: [] });
  const answer = await program.web.inject({
    url: `/api/v1/bookings/${hers.id}`,
    headers: { authorization: `Bearer ${her.token}` },
  });
  expect([answer.statusCode, answer.json().folio]).toEqual([200, formatFolio(hers.folio)]);
});
