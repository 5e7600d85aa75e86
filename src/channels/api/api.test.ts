import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { VISIT_DAY } from "#tests/support/fixtures.ts";
import type { TestServices } from "#tests/support/database.ts";
import { codeDigits } from "#modules/people/index.ts";
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
  const held = await post("/holds", body, token);
  expect(held.statusCode).toBe(201);
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

test("a browser's page of another site cannot write", async () => {
  const answer = await post("/sessions", {}, undefined, { "sec-fetch-site": "cross-site" });
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, "foreign_origin"]);
});
