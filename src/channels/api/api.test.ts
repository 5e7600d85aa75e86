import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aSession, VISIT_DAY } from "#tests/support/fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { codeDigits } from "#modules/people/index.ts";
import { startSnapshot, type LiveSnapshot } from "#modules/schedules/index.ts";
import { createHttpServer } from "#platform/http/index.ts";
import { registerApi } from "./api.ts";

let services: TestServices;
let app: FastifyInstance;
let snapshot: LiveSnapshot;
let close: () => Promise<void>;

beforeAll(async () => {
  services = await openTestServices();
  await aSession(services, { steps: 8, counters: 3 });
  snapshot = await startSnapshot(services);
  app = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
  const api = await registerApi(app, services, { snapshot, css: "/assets/site.css" });
  close = () => api.close();
});
afterAll(async () => {
  await close();
  await app.close();
  await snapshot.stop();
  await services.close();
});

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

describe("the description", () => {
  interface Operation {
    summary?: string;
    security?: unknown[];
    parameters?: { name: string; in: string; required?: boolean }[];
  }
  const description = async () =>
    (await app.inject("/api/v1/openapi.json")).json<{
      openapi: string;
      paths: Record<string, Record<string, Operation>>;
    }>();

  test("is OpenAPI 3.1 and names every route with what it does", async () => {
    const { openapi, paths } = await description();
    expect(openapi).toBe("3.1.0");
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        "/api/v1/bookings",
        "/api/v1/offices/{id}/times",
        "/api/v1/console/today",
        "/api/v1/console/visits/{id}/outcomes",
      ]),
    );
    const nameless = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, one]) => !one.summary)
        .map(([method]) => `${method} ${path}`),
    );
    expect(nameless).toEqual([]);
  });

  test("has examples that run", async () => {
    const page = (await app.inject("/api/v1/")).body.replace(/&#(\d+);/g, (_, code: string) =>
      String.fromCharCode(Number(code)),
    );
    const examples = [...page.matchAll(/<pre tabindex="0"><code>([\s\S]*?)<\/code><\/pre>/g)].map(([, text]) => text!);
    expect(examples.length).toBeGreaterThan(20);
    const open = examples.filter((text) => !text.includes("$TOKEN") && !text.includes("/console/"));
    for (const text of open) {
      const url = /"\$ORIGIN([^"]+)"/.exec(text)![1]!;
      const payload = /-d '([\s\S]+)'$/.exec(text)?.[1];
      const answer = await app.inject({
        method: text.includes("-X POST") ? "POST" : "GET",
        url,
        ...(payload ? { payload, headers: { "content-type": "application/json" } } : {}),
      });
      expect([url, answer.statusCode < 300]).toEqual([url, true]);
    }
    const token = await verifiedToken("ejemplo@example.org");
    const booking = examples.find((text) => text.includes("-X POST") && text.includes('/bookings"'))!;
    const payload = JSON.parse(/-d '([\s\S]+)'$/.exec(booking)![1]!) as object;
    const answer = await post("/bookings", payload, token, { "idempotency-key": "from-the-example" });
    expect([answer.statusCode, answer.json<{ code?: string }>().code]).toEqual([201, undefined]);
  });
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
