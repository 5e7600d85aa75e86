import { afterAll, beforeAll, expect, test } from "vitest";
import { parseFolio } from "#kernel/folio.ts";
import { aDrawWorld, goOn, HOURS } from "#tests/support/draw-world.ts";
import { codeDigits } from "#modules/people/index.ts";
import type { TestServices } from "#tests/support/database.ts";
import { openTestApi, type TestApi } from "./api.fixtures.ts";
import { filedShape, requestShape } from "./shapes.ts";

let api: TestApi;
let services: TestServices;
beforeAll(async () => {
  api = await openTestApi();
  ({ services } = api);
  await aDrawWorld(services);
});
afterAll(() => api.close());

const send = (
  method: "GET" | "POST" | "PUT" | "DELETE",
  url: string,
  payload: object | undefined,
  token: string,
  from: TestApi = api,
) =>
  from.app.inject({
    method,
    url: `/api/v1${url}`,
    ...(payload && { payload }),
    headers: { authorization: `Bearer ${token}` },
  });

async function verifiedToken(address: string, from: TestApi = api): Promise<string> {
  const { token } = (await send("POST", "/sessions", {}, "", from)).json<{ token: string }>();
  await send("POST", "/sessions/code", { kind: "email", address }, token, from);
  const [code] = await from.services.adminQuery<{ id: string }>("select id from people.codes where used_at is null");
  const digits = await codeDigits(from.services, code!.id);
  return (await send("POST", "/sessions/verify", { code: digits }, token, from)).json<{ token: string }>().token;
}

const asking = (change: object = {}) => ({
  applicants: [
    {
      givenNames: "Ficticia",
      firstSurname: "Inventada",
      bornOn: "1990-05-17",
      bornIn: "OC",
      sex: "M",
      services: ["matricula-consular"],
    },
  ],
  wish: {
    offices: ["fresno"],
    weekdays: [1, 2, 3, 4, 5],
    bands: ["morning"],
    from: "2026-12-14",
    to: null,
    first: "day",
    ...change,
  },
  autoConfirm: false,
});

test("a household asks, changes, is given a place and takes it; every answer is the contact's own", async () => {
  const token = await verifiedToken("familia@example.org");
  const filed = await send("POST", "/requests", asking(), token);
  expect(filed.statusCode).toBe(201);
  const { id, number, promise } = filedShape.parse(filed.json());
  expect(filed.headers["location"]).toBe(`/api/v1/requests/${id}`);
  expect(parseFolio(number)).toBeDefined();
  expect(promise).toContain("/promise");
  const again = await send("POST", "/requests", asking(), token);
  expect([again.statusCode, again.json<{ code: string }>().code]).toEqual([409, "already_filed"]);
  const changed = await send("PUT", `/requests/${id}`, asking({ bands: ["morning", "midday"] }), token);
  expect(filedShape.parse(changed.json()).promise).not.toBe(promise);

  const stranger = await verifiedToken("otra@example.org");
  const early = await send("POST", `/requests/${id}/accept`, undefined, token);
  for (const answer of [
    early,
    await send("GET", `/requests/${id}`, undefined, stranger),
    await send("PUT", `/requests/${id}`, asking(), stranger),
    await send("DELETE", `/requests/${id}`, undefined, stranger),
    await send("POST", `/requests/${id}/accept`, undefined, stranger),
    await send("POST", `/requests/${id}/decline`, undefined, stranger),
    await send("POST", `/requests/${id}/keep`, undefined, stranger),
  ])
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([404, "unknown_request"]);

  await goOn(services, HOURS.lock);
  await goOn(services, HOURS.round);
  // Days later the contact shows itself anew.
  const later = await verifiedToken("familia@example.org");
  const shut = await send("GET", `/requests/${id}`, undefined, later);
  expect([shut.statusCode, (await send("GET", "/requests", undefined, later)).json()]).toEqual([404, { requests: [] }]);
  // And what it keeps of its request: the contact alone opens nothing.
  const opened = await send("POST", "/bookings/open", { folio: number }, later);
  expect([opened.statusCode, opened.json()]).toEqual([200, { bookings: [], requests: [id] }]);
  const offered = requestShape.parse((await send("GET", `/requests/${id}`, undefined, later)).json());
  expect(offered).toMatchObject({ state: "offered", number, bookingId: null });
  expect(offered.draws[0]).toMatchObject({ answer: "offered", officeId: "fresno" });
  expect(offered.draws[0]!.startsAt).toMatch(/^2026-12-14T1[78]:/);
  // It is her first wish: nothing is better.
  const kept = await send("POST", `/requests/${id}/keep`, undefined, later);
  expect([kept.statusCode, kept.json<{ code: string }>().code]).toEqual([409, "no_better"]);
  expect(offered.draws[0]).toMatchObject({ upgrade: false });
  const booked = await send("POST", `/requests/${id}/accept`, undefined, later);
  expect(booked.statusCode).toBe(200);
  const list = (await send("GET", "/requests", undefined, later)).json<{ requests: object[] }>();
  expect(list.requests).toMatchObject([{ state: "confirmed", bookingId: booked.json<{ id: string }>().id }]);
});

test("of two contacts for one person the one that cannot be booked reads a word of its own, and stands", async () => {
  const own = await openTestApi();
  try {
    await aDrawWorld(own.services);
    const tokens: string[] = [];
    for (const address of ["una@example.org", "dos@example.org"]) tokens.push(await verifiedToken(address, own));
    for (const token of tokens) await send("POST", "/requests", asking(), token, own);
    await goOn(own.services, HOURS.lock);
    await goOn(own.services, HOURS.round);
    const answers: (readonly [string, string | null])[] = [];
    for (const address of ["una@example.org", "dos@example.org"]) {
      const token = await verifiedToken(address, own);
      await send("POST", "/bookings/open", { bornOn: "1990-05-17" }, token, own);
      const list = await send("GET", "/requests", undefined, token, own);
      const { state, draws } = requestShape.parse(list.json<{ requests: object[] }>().requests[0]);
      answers.push([state, draws[0]!.answer]);
    }
    expect(answers.sort()).toEqual([
      ["offered", "offered"],
      ["standing", "confirm_identity"],
    ]);
  } finally {
    await own.close();
  }
});

test("what can never be given is refused and kept nowhere, and nobody asks without a contact", async () => {
  services.clock.set(new Date("2026-11-23T18:00:00Z"));
  const token = await verifiedToken("tercera@example.org");
  const wishes = async () => (await services.adminQuery("select 1 from allocation.wishes")).length;
  const before = await wishes();
  for (const change of [{ offices: ["atlantis"] }, { orElse: ["boise"] }, { to: "2026-12-13" }]) {
    const answer = await send("POST", "/requests", asking(change), token);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toMatchObject([
      expect.any(Number) as number,
      expect.stringMatching(/bad_options|no_draw/),
    ]);
  }
  expect(await wishes()).toBe(before);
  const malformed = await send("POST", "/requests", asking({ weekdays: [0], first: "luck" }), token);
  expect(malformed.statusCode).toBe(400);
  expect((await send("POST", "/requests", asking(), "nobody")).statusCode).toBe(401);
});
