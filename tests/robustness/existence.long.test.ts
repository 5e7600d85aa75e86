import { randomUUID } from "node:crypto";
import type { InjectOptions } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatFolio } from "#kernel/folio.ts";
import { book, getBooking, requestPlaces } from "#modules/booking/index.ts";
import { askEmergency } from "#modules/emergencies/index.ts";
import { issueCard } from "#modules/people/index.ts";
import { anApplicant, citizen, someContacts } from "#tests/support/fixtures.ts";
import { aStaffId, staffContext } from "../../src/modules/visits/visits.fixtures.ts";
import { isOpenToAll, ownKindOf, type OwnKind } from "./access-policy.ts";
import { operationsOf, sample, type Operation } from "./bad-requests.ts";
import {
  answersTo,
  api,
  asIs,
  both,
  CARDS,
  EACH,
  FIRST_HOUR,
  judge,
  openSessions,
  openWorld,
  page,
  program,
  services,
  somebody,
  THERE,
  unknownFolio,
  wishOf,
} from "./existence-world.ts";
import { routesOf } from "./routes.ts";

/** Asks that carry nothing of anybody: answers of a journey that stay in the visit, and what is a secret itself. */
const ASKS_NOTHING =
  /^POST (\/api\/v1\/(sessions(\/account|\/verify)?|holds|emergencies|offices\/:id\/times)|\/cita(?!\/contacto|\/tarjeta)(\/|$).*|\/oficial.*|\/ayudantes\/.*|\/sala|\/kiosko|\/emergencia\/pedir|\/mi-cita\/(cerrar|codigo)|\/mi-cuenta\/(codigo|cerrar-otras|llave.*|hacer|pin|avisos|quitar-.*)|\/aviso\/codigo|\/fila\/:sala.*|\/[ed]\/:token)$/;
/** What carries an address, a folio or a person: asked below, on these or on the same command. */
const ASKED: Readonly<Record<string, string>> = {
  "POST /api/v1/sessions/code": "contact",
  "POST /mi-cita": "contact",
  "POST /mi-cuenta/contacto": "contact",
  "POST /aviso/contacto": "contact",
  "POST /cita/contacto": "contact, by the same command in the steps of a booking",
  "POST /api/v1/bookings/open": "folio",
  "POST /mi-cita/abrir": "folio",
  "POST /api/v1/absences": "folio, which is not even looked up",
  "POST /no-podra-venir": "folio, likewise",
  "POST /kiosko/llegada": "folio, at a machine that the office enrolled (door.test.ts)",
  "POST /api/v1/sessions/card": "card",
  "POST /mi-cuenta/tarjeta": "card",
  "POST /mi-cita/tarjeta": "card, by the same command",
  "POST /aviso/tarjeta": "card, by the same command",
  "POST /cita/tarjeta": "card, by the same command",
  "POST /api/v1/bookings": "person",
  "POST /api/v1/requests": "person",
};

beforeAll(openWorld, 120_000);
afterAll(() => program.close());

test("every public route is asked, or carries nothing of anybody", () => {
  const routes = routesOf(program.web).map((one) => one.replace(" /en/", " /"));
  const left = routes.filter(
    (one) =>
      !one.includes("/api/v1/console") &&
      !one.startsWith("GET") &&
      ownKindOf(one) === undefined &&
      !isOpenToAll(one) &&
      !(one in ASKED) &&
      !ASKS_NOTHING.test(one),
  );
  expect(left).toEqual([]);
  expect(routes).toEqual(expect.arrayContaining(Object.keys(ASKED)));
});

test("a contact", async () => {
  const known = Array.from({ length: EACH }, (_, n) => `persona.k${n}@ejemplo.example.org`);
  await knowContacts(known);
  const fresh = (n: number) => `persona.f${n}@ejemplo.example.org`;
  const open = await openSessions(2 * EACH);
  let session = 0;
  const recipes = [
    (address: string) => ({
      route: "POST /api/v1/sessions/code",
      options: api("/sessions/code", { kind: "email", address }, open[session++]),
    }),
    ...["/mi-cita", "/mi-cuenta/contacto", "/aviso/contacto"].map((url) => (address: string) => ({
      route: `POST ${url}`,
      options: page(url, { forma: "email", correo: address }, open[session++]),
    })),
  ];
  const asks = recipes.flatMap((recipe, i) => {
    const part = EACH / recipes.length;
    const own = known.slice(i * part, (i + 1) * part);
    return both(part, own, (n) => fresh(i * part + n), recipe);
  });
  expect(judge("contact", await answersTo(asks))).toEqual([]);
}, 300_000);

test("a folio", async () => {
  const contacts = await someContacts(services, THERE);
  const there = await Promise.all(
    contacts.map(async (contactId, n) => {
      const ctx = citizen(services, contactId);
      const wanted = { ...FIRST_HOUR, startsAt: new Date(FIRST_HOUR.startsAt.getTime() + (n % 4) * 900_000) };
      const booked = await book(ctx, { contactId, wanted, applicants: [anApplicant(90_000 + n)] });
      if (!booked.ok) throw new Error(booked.refusal.code);
      return formatFolio((await getBooking(ctx, contactId, booked.value.bookingId))!.folio);
    }),
  );
  const asks = [
    ...both(EACH / 2, there, unknownFolio, (folio) => ({
      route: "POST /api/v1/bookings/open",
      options: api("/bookings/open", { folio }),
    })),
    ...["/mi-cita/abrir", "/no-podra-venir"].flatMap((url) =>
      both(EACH / 4, there, unknownFolio, (folio) => ({ route: `POST ${url}`, options: page(url, { folio }) })),
    ),
  ];
  expect(judge("folio", await answersTo(asks))).toEqual([]);
}, 300_000);

test("a card", async () => {
  const staff = staffContext(services, await aStaffId(services));
  const there: { folio: string; pin: string }[] = [];
  while (there.length < CARDS) {
    const one = await issueCard(staff);
    if (!one.ok) throw new Error(one.refusal.code);
    const { folio, pin } = one.value;
    there.push({ folio: formatFolio(folio), pin: pin === "000000" ? "000001" : "000000" });
  }
  const open = await openSessions(2 * CARDS);
  const asks = [
    ...both(
      CARDS / 2,
      there.slice(0, CARDS / 2),
      (n) => ({ folio: unknownFolio(n), pin: "000000" }),
      (card) => ({
        route: "POST /api/v1/sessions/card",
        options: api("/sessions/card", card, open.pop()),
      }),
    ),
    ...both(
      CARDS / 2,
      there.slice(CARDS / 2),
      (n) => ({ folio: unknownFolio(n), pin: "000000" }),
      (card) => ({
        route: "POST /mi-cuenta/tarjeta",
        options: page("/mi-cuenta/tarjeta", card, open.pop()),
      }),
    ),
  ];
  expect(judge("card", await answersTo(asks))).toEqual([]);
}, 300_000);

test("an appointment, a request and an urgent request by their ids, on every address that names one", async () => {
  const contacts = await someContacts(services, THERE);
  const there: Record<OwnKind, string[]> = { booking: [], request: [], emergency: [] };
  for (const [n, contactId] of contacts.entries()) {
    const ctx = citizen(services, contactId);
    const wanted = { ...FIRST_HOUR, startsAt: new Date(FIRST_HOUR.startsAt.getTime() + (4 + (n % 4)) * 900_000) };
    const booked = await book(ctx, { contactId, wanted, applicants: [anApplicant(91_000 + n)] });
    const asked = await requestPlaces(ctx, wishOf(contactId, 92_000 + n));
    const urgent = await askEmergency(ctx, { officeId: FIRST_HOUR.officeId, kind: "robbed", neededBy: "week" });
    if (!booked.ok || !asked.ok || !urgent.ok) throw new Error("what should be there is not");
    there.booking.push(booked.value.bookingId);
    there.request.push(asked.value.requestId);
    there.emergency.push(urgent.value.id);
  }
  const operations = new Map<string, Operation>(
    operationsOf((await asIs({ url: "/api/v1/openapi.json" })).json()).map((one) => [
      `${one.method} ${one.path.replace(/\{(\w+)\}/g, ":$1")}`,
      one,
    ]),
  );
  const routes = routesOf(program.web).filter((one) => ownKindOf(one) !== undefined);
  const each = Math.ceil(EACH / routes.length);
  const asks = routes.flatMap((route) =>
    both(
      each,
      there[ownKindOf(route)!],
      () => randomUUID(),
      (id) => ({ route, options: askFor(route, id, operations) }),
    ),
  );
  expect(judge("thing by its id", await answersTo(asks))).toEqual([]);
}, 300_000);

/** Contacts that were proved by somebody, as a year leaves them. */
async function knowContacts(addresses: readonly string[]): Promise<void> {
  const digests = await services.keyring.digest(
    "contact",
    addresses.map((one) => `email:${one}`),
  );
  const ids = await someContacts(services, addresses.length);
  const keys = digests.flatMap((own, i) => own.map((one) => ({ ...one, id: ids[i]! })));
  await services.adminQuery(
    "insert into people.contact_keys (digest, kind, contact_id, version) select d, 'email', c, v from unnest($1::bytea[], $2::uuid[], $3::smallint[]) as t (d, c, v)",
    [keys.map((one) => one.digest), keys.map((one) => one.id), keys.map((one) => one.version)],
  );
}

function askFor(route: string, id: string, operations: ReadonlyMap<string, Operation>): InjectOptions {
  const [method, path] = route.split(" ") as [Operation["method"], string];
  const { token } = somebody();
  const body = operations.get(route)?.body;
  const isPage = !path.startsWith("/api/");
  const form = isPage && method === "POST";
  return {
    method,
    url: path.replace(":id", id).replace(/:\w+/g, "1"),
    headers: {
      authorization: `Bearer ${token}`,
      cookie: `visita=${token}`,
      "sec-fetch-site": "same-origin",
      ...(isPage ? { accept: "text/html" } : { "idempotency-key": randomUUID() }),
      ...(form && { "content-type": "application/x-www-form-urlencoded" }),
    },
    ...(body && { payload: JSON.parse(JSON.stringify(sample(body))) as object }),
    ...(form && { payload: "" }),
  };
}
