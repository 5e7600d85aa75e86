import { afterAll, beforeAll, expect, test } from "vitest";
import { codeDigits } from "#modules/people/index.ts";
import { proposeAnswer, signAnswer, type EmergencyId } from "#modules/emergencies/index.ts";
import type { TestServices } from "#tests/support/database.ts";
import { anOpenOffice, aPlace } from "../../modules/emergencies/emergencies.fixtures.ts";
import { aStaffId, staffContext } from "../../modules/visits/visits.fixtures.ts";
import { openTestApi, type TestApi } from "./api.fixtures.ts";

let api: TestApi;
let services: TestServices;
beforeAll(async () => {
  api = await openTestApi();
  ({ services } = api);
  await anOpenOffice(services);
});
afterAll(() => api.close());

const send = (method: "GET" | "POST", url: string, token: string, payload?: object) =>
  api.app.inject({
    method,
    url: `/api/v1${url}`,
    ...(payload && { payload }),
    headers: { authorization: `Bearer ${token}` },
  });

async function aSessionToken(address?: string): Promise<string> {
  const { token } = (await send("POST", "/sessions", "", {})).json<{ token: string }>();
  if (address === undefined) return token;
  await send("POST", "/sessions/code", token, { kind: "email", address });
  const [code] = await services.adminQuery<{ id: string }>("select id from people.codes where used_at is null");
  const digits = await codeDigits(services, code!.id);
  return (await send("POST", "/sessions/verify", token, { code: digits })).json<{ token: string }>().token;
}
const question = { officeId: "fresno", kind: "robbed", neededBy: "two_days" };

test("a contact asks, is given a place by two people, and says who comes; nobody else sees it, and nothing says what happened", async () => {
  const token = await aSessionToken("persona@example.org");
  const asked = await send("POST", "/emergencies", token, question);
  expect(asked.statusCode).toBe(201);
  const { id } = asked.json<{ id: EmergencyId }>();
  expect(asked.headers["location"]).toBe(`/api/v1/emergencies/${id}`);
  expect((await send("POST", "/emergencies", token, question)).json()).toMatchObject({
    status: 409,
    code: "already_asked",
  });
  for (const [i, member] of (await Promise.all([aStaffId(services), aStaffId(services)])).entries()) {
    const ctx = staffContext(services, member);
    await (i === 0 ? proposeAnswer(ctx, { id, version: 1 }, aPlace()) : signAnswer(ctx, { id, version: 2 }));
  }
  const granted = await send("GET", `/emergencies/${id}`, token);
  expect(granted.json()).toMatchObject({ state: "granted", answer: "place", people: 1, bookingId: null });
  expect(granted.body).not.toContain("robbed");
  expect((await send("GET", `/emergencies/${id}`, await aSessionToken())).statusCode).toBe(404);

  const who = { givenNames: "Ficticia", firstSurname: "Inventada", bornOn: "1990-05-17", bornIn: "OC", sex: "M" };
  expect((await send("POST", `/emergencies/${id}/book`, token, { applicants: [who, who] })).statusCode).toBe(409);
  const booked = await send("POST", `/emergencies/${id}/book`, token, { applicants: [who] });
  expect(booked.statusCode).toBe(200);
  expect((await send("GET", `/bookings/${booked.json<{ id: string }>().id}`, token)).json()).toMatchObject({
    state: "active",
  });
});

test("a session without a contact gives a telephone; what has no sense, and no session at all, are refused", async () => {
  const token = await aSessionToken();
  const code = async (body: object) => {
    const answer = await send("POST", "/emergencies", token, body);
    return [answer.statusCode, answer.json<{ code: string }>().code];
  };
  expect(await code(question)).toEqual([422, "prove_contact"]);
  expect(await code({ ...question, phone: "911" })).toEqual([422, "invalid_phone"]);
  expect(await code({ ...question, officeId: "atlantis" })).toEqual([404, "unknown_office"]);
  for (const bad of [
    { ...question, kind: "bored" },
    { ...question, phone: "5".repeat(50) },
    { ...question, why: "x" },
    {},
  ])
    expect(await code(bad)).toEqual([400, "invalid"]);
  const tooBig = await send("POST", "/emergencies", token, { ...question, phone: "5".repeat(10_000_000) });
  expect(tooBig.statusCode).toBe(413);
  expect((await send("POST", "/emergencies", "", question)).statusCode).toBe(401);
  expect(await services.adminQuery("select from emergencies.requests where contact_id is null")).toEqual([]);
  expect((await send("POST", "/emergencies", token, { ...question, phone: "559 233 4800" })).statusCode).toBe(201);
});

test("the open figures tell nothing of a handful", async () => {
  await services.adminQuery(
    "insert into emergencies.weeks (office_id, week, asked, granted, refused, alone, late, minutes) values ('fresno', '2026-11-16', 12, 12, 0, 0, 2, '{5,5,5,5,5,5,9,9,9,9,9,9}'), ('dallas', '2026-11-23', 3, 3, 0, 0, 0, '{1,2,3}')",
  );
  const figures = (await api.app.inject("/open/v1/emergencies")).json<{ periods: object[] }>();
  expect(figures.periods).toEqual([
    {
      from: "2026-11-16",
      to: "2026-11-22",
      asked: 12,
      granted: 12,
      refused: 0,
      alone: 0,
      late: null,
      medianMinutes: 5,
    },
  ]);
});
