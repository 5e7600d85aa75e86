import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { VISIT_DAY } from "#tests/support/fixtures.ts";
import type { TestServices } from "#tests/support/database.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { codeDigits, issueCard } from "#modules/people/index.ts";
import { aStaffId, staffContext } from "../../modules/visits/visits.fixtures.ts";
import { openTestApi, type TestApi } from "./api.fixtures.ts";
import { networkAvailabilityShape, officeAvailabilityShape, officeShape, serviceShape } from "./shapes.ts";

let api: TestApi;
let services: TestServices;
let app: FastifyInstance;
beforeAll(async () => {
  api = await openTestApi();
  ({ services, app } = api);
});
afterAll(() => api.close());

const person = (number: number) => ({
  givenNames: "Ficticia",
  firstSurname: `Inventada${"abcdefghij"[number]}`,
  bornOn: "1990-05-17",
  bornIn: "OC",
  sex: "M",
  services: ["matricula-consular"],
});
const post = (url: string, payload: object | undefined, token?: string, headers = {}) =>
  app.inject({
    method: "POST",
    url: `/api/v1${url}`,
    ...(payload ? { payload } : {}),
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
  });

async function verifiedToken(address: string): Promise<string> {
  const started = (await post("/sessions", {})).json<{ token: string }>();
  expect((await post("/sessions/code", { kind: "email", address }, started.token)).statusCode).toBe(202);
  const [code] = await services.adminQuery<{ id: string }>("select id from people.codes where used_at is null");
  const verified = await post(
    "/sessions/verify",
    { code: await codeDigits({ ...services, now: services.clock.now() } as never, code!.id) },
    started.token,
  );
  return verified.json<{ token: string }>().token;
}

test("a family books, looks, moves and cancels; every answer is the contact's own", async () => {
  const token = await verifiedToken("familia@example.org");
  const times = (
    await post("/offices/fresno/times", { localDate: VISIT_DAY, applicants: [person(1), person(2)] }, token)
  ).json<{ times: { startsAt: string; localTime: string }[] }>().times;
  expect(times[0]?.localTime).toBe("08:00");
  const wanted = { officeId: "fresno", localDate: VISIT_DAY, startsAt: times[0]!.startsAt };
  const body = { wanted, applicants: [person(1), person(2)] };
  const holdKey = { "idempotency-key": "the-places-of-the-family" };
  const held = await post("/holds", body, token, holdKey);
  expect(held.statusCode).toBe(201);
  expect((await post("/holds", body, token, holdKey)).json()).toEqual(held.json());
  const fewer = await post("/holds", { ...body, applicants: [person(1)] }, token, holdKey);
  expect([fewer.statusCode, fewer.json<{ code: string }>().code]).toEqual([422, "idempotency_mismatch"]);
  const longer = await post(
    `/holds/${held.json<{ holdId: string }>().holdId}/extend`,
    { heldUntil: held.json<{ heldUntil: string }>().heldUntil },
    token,
  );
  expect(longer.statusCode).toBe(200);

  const key = { "idempotency-key": "the-family-of-the-test" };
  const booked = await post("/bookings", { ...body, holdId: held.json<{ holdId: string }>().holdId }, token, key);
  expect([booked.statusCode, booked.headers["location"]]).toEqual([
    201,
    `/api/v1/bookings/${booked.json<{ id: string }>().id}`,
  ]);
  const again = await post("/bookings", { ...body, holdId: held.json<{ holdId: string }>().holdId }, token, key);
  expect(again.json()).toEqual(booked.json());
  const other = await post("/bookings", { ...body, fullMessage: true }, token, key);
  expect([other.statusCode, other.json<{ code: string }>().code]).toEqual([422, "idempotency_mismatch"]);

  const { id } = booked.json<{ id: string }>();
  const view = (
    await app.inject({ url: `/api/v1/bookings/${id}`, headers: { authorization: `Bearer ${token}` } })
  ).json<{ folio: string; people: unknown[]; appointments: unknown[] }>();
  expect([view.people.length, view.appointments.length, view.folio]).toEqual([
    2,
    2,
    expect.stringMatching(/^\w{4}-\w{4}-\w{5}$/),
  ]);
  const stranger = await verifiedToken("otra@example.org");
  const [foreign, unknown] = await Promise.all(
    [id, "00000000-0000-4000-8000-000000000000"].map((one) =>
      app.inject({ url: `/api/v1/bookings/${one}`, headers: { authorization: `Bearer ${stranger}` } }),
    ),
  );
  expect([foreign!.statusCode, foreign!.body]).toEqual([404, unknown!.body]);

  const later = { ...wanted, startsAt: times.at(-1)!.startsAt };
  expect((await post(`/bookings/${id}/move`, { wanted: later }, token)).statusCode).toBe(200);
  expect((await post(`/bookings/${id}/cancel`, undefined, token)).statusCode).toBe(200);
  expect((await app.inject({ url: "/api/v1/bookings", headers: { authorization: `Bearer ${token}` } })).json()).toEqual(
    { bookings: [] },
  );
});

test("offices, services and availability come again only when they changed, and are what the description says", async () => {
  const shapes = {
    "/offices": z.object({ offices: z.array(officeShape).min(50) }),
    "/offices?near=93650": z.object({ offices: z.array(officeShape).length(10) }),
    "/offices/fresno": officeShape,
    "/services": z.object({ services: z.array(serviceShape).min(5) }),
    "/services/pasaporte-adulto": serviceShape,
    "/availability": networkAvailabilityShape,
    "/offices/fresno/availability": officeAvailabilityShape,
  };
  const tags = new Set<string>();
  for (const [path, shape] of Object.entries(shapes)) {
    const ask = (known?: string) =>
      app.inject({ url: `/api/v1${path}`, headers: known ? { "if-none-match": known } : {} });
    const first = await ask();
    expect([path, first.statusCode, shape.safeParse(first.json()).error]).toEqual([path, 200, undefined]);
    const tag = first.headers["etag"]!;
    tags.add(tag);
    for (const known of [tag, `W/${tag}`, `"another", ${tag}`]) {
      const again = await ask(known);
      expect([path, again.statusCode, again.body, again.headers["etag"]]).toEqual([path, 304, "", tag]);
    }
    expect((await ask('"another"')).body).toBe(first.body);
  }
  expect(tags.size).toBe(Object.keys(shapes).length);
});

test("exact times of services that are none of ours are refused, by the place where they stand", async () => {
  const token = await verifiedToken("horas@example.org");
  const ask = (services: readonly string[]) =>
    post("/offices/fresno/times", { localDate: VISIT_DAY, applicants: [person(1), { ...person(2), services }] }, token);
  for (const strange of [["atlantis"], ["matricula-consular", "constructor"], ["ventanilla-salud"]]) {
    const answer = await ask(strange);
    expect([answer.statusCode, answer.json<{ code: string; fields: string[] }>()]).toEqual([
      422,
      expect.objectContaining({ code: "wrong_services", fields: [`applicants.1.services.${strange.length - 1}`] }),
    ]);
  }
  expect((await ask(["matricula-consular"])).statusCode).toBe(200);
});

test("a paper card opens a session, books and is locked after five wrong PINs, which says for how long", async () => {
  const card = await issueCard(staffContext(services, await aStaffId(services)));
  if (!card.ok) throw new Error(card.refusal.code);
  const { folio, pin } = card.value;
  const wrong = pin === "000000" ? "000001" : "000000";
  const session = async () => (await post("/sessions", {})).json<{ token: string }>().token;
  const open = async (typed: object) => post("/sessions/card", typed, await session());
  const opened = await open({ folio: folio.toLowerCase(), pin });
  expect([opened.statusCode, opened.headers["cache-control"]]).toEqual([200, "no-store"]);
  const { token } = opened.json<{ token: string }>();
  const wanted = { officeId: "fresno", localDate: VISIT_DAY, startsAt: "2026-12-03T16:15:00Z" };
  const key = { "idempotency-key": "the-holder-of-the-card" };
  expect((await post("/bookings", { wanted, applicants: [person(7)] }, token, key)).statusCode).toBe(201);

  const codes = async (typed: object) => (await open(typed)).json<{ code: string }>().code;
  expect(await codes({ folio: "0000-0000-00001", pin })).toBe("card_mistyped");
  for (let i = 0; i < 5; i++) expect(await codes({ folio, pin: wrong })).toBe("wrong_card");
  const locked = await open({ folio, pin });
  expect([locked.statusCode, locked.json<{ code: string }>().code, locked.headers["retry-after"]]).toEqual([
    429,
    "card_locked",
    "900",
  ]);
  expect((await post("/sessions/card", { folio, pin })).statusCode).toBe(401);
});

test("a code that is asked for again with its key is sent once, and other words under that key are refused", async () => {
  const { token } = (await post("/sessions", {})).json<{ token: string }>();
  const key = { "idempotency-key": "the-code-of-the-family" };
  const ask = (address: string) => post("/sessions/code", { kind: "email", address }, token, key);
  const [first, again] = [await ask("repite@example.org"), await ask("repite@example.org")];
  expect([first.statusCode, again.statusCode, again.body]).toEqual([202, 202, first.body]);
  expect(again.headers["ratelimit"]).toBe(first.headers["ratelimit"]);
  const other = await ask("otra-direccion@example.org");
  expect([other.statusCode, other.json<{ code: string }>().code]).toEqual([422, "idempotency_mismatch"]);
});

test("codes say how many are left, and the one too many from when on there are more", async () => {
  const { token } = (await post("/sessions", {})).json<{ token: string }>();
  const ask = async () => {
    const { statusCode, headers } = await post(
      "/sessions/code",
      { kind: "email", address: "limite@example.org" },
      token,
    );
    return [statusCode, headers["ratelimit"], headers["retry-after"]];
  };
  const policy = (await post("/sessions/code", { kind: "email", address: "otro.limite@example.org" }, token)).headers;
  expect(policy["ratelimit-policy"]).toBe('"codes";q=3;w=900, "codes-a-day";q=8;w=86400');
  expect(await ask()).toEqual([202, '"codes";r=2;t=900', undefined]);
  services.clock.advance(MINUTE_MS);
  expect(await ask()).toEqual([202, '"codes";r=1;t=840', undefined]);
  expect(await ask()).toEqual([202, '"codes";r=0;t=840', undefined]);
  expect(await ask()).toEqual([429, '"codes";r=0;t=840', "840"]);
});

test("a browser's page of another site cannot write", async () => {
  const answer = await post("/sessions", {}, undefined, { "sec-fetch-site": "cross-site" });
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, "foreign_origin"]);
});
