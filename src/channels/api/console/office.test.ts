import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { FRESNO } from "#tests/support/fixtures.ts";
import type { StaffRole } from "#platform/context.ts";
import { softwareAuthenticator } from "../../../modules/people/people.fixtures.ts";
import { aStaffId } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf } from "./console.fixtures.ts";

let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
const cookies = {} as Record<StaffRole, string>;

beforeAll(async () => {
  services = await openTestServices();
  open = await aConsole(services);
  for (const role of ["clerk", "supervisor", "office_head", "hq", "admin"] as const) {
    const [staff] =
      role === "hq" || role === "admin"
        ? await services.adminQuery<{ id: string }>(
            "insert into people.staff (id, role, name, created_at) values (gen_random_uuid(), $1, 'Persona Ficticia', now()) returning id",
            [role],
          )
        : [{ id: await aStaffId(services, role) }];
    cookies[role] = await cookieOf(services, staff!.id);
  }
});
afterAll(async () => {
  await open.close();
  await services.close();
});

const get = (path: string, role: StaffRole) => ask(open.app, "GET", path, cookies[role]);
const post = (path: string, role: StaffRole, body?: unknown) => ask(open.app, "POST", path, cookies[role], body);
const put = (path: string, role: StaffRole, body: unknown) => ask(open.app, "PUT", path, cookies[role], body);

test("each role does its own work and nothing else", async () => {
  const roles = ["clerk", "supervisor", "office_head", "hq", "admin"] as const;
  const statuses = async (path: string) => Promise.all(roles.map(async (role) => (await get(path, role)).status));
  expect(await statuses("/today")).toEqual([200, 200, 200, 403, 403]);
  expect(await statuses("/counters")).toEqual([200, 200, 200, 403, 403]);
  expect(await statuses("/staff")).toEqual([403, 403, 403, 403, 200]);
  expect(await statuses(`/office-file?officeId=${FRESNO}`)).toEqual([200, 200, 200, 200, 200]);
  expect(await Promise.all(roles.map(async (role) => (await post("/cards", role)).status))).toEqual([
    200, 200, 200, 403, 403,
  ]);
  expect(await Promise.all(roles.map(async (role) => (await get("/session", role)).body.office?.id))).toEqual([
    FRESNO,
    FRESNO,
    FRESNO,
    undefined,
    undefined,
  ]);
});

test("the office file is read by its clerks and confirmed by whoever answers for it", async () => {
  const before = (await get("/office-file", "clerk")).body;
  expect(before).toMatchObject({ officeId: FRESNO, mayConfirm: false });
  const fields = [{ field: "payment_means", value: ["cash", "money_order"] }];
  expect((await put("/office-file", "clerk", { fields })).body.code).toBe("not_allowed");
  expect((await put("/office-file", "supervisor", { fields })).body).toMatchObject({ confirmed: ["payment_means"] });
  const after = (await get("/office-file", "supervisor")).body.fields.find(
    (one: { field: string }) => one.field === "payment_means",
  );
  expect(after).toMatchObject({ value: ["cash", "money_order"], level: "confirmed", due: false });
  expect(
    (await put("/office-file", "supervisor", { fields: [{ field: "payment_means", value: "gold" }] })).body,
  ).toMatchObject({ status: 422, code: "invalid_value", fields: ["payment_means"] });
  expect((await get("/office-file", "hq")).body.code).toBe("unknown_office");
});

test("a paper card is shown once, with a folio that can be read out", async () => {
  const { body } = await post("/cards", "clerk");
  expect(body).toEqual({ folio: expect.stringMatching(/^\w{4}-\w{4}-\w{5}$/), pin: expect.stringMatching(/^\d{6}$/) });
});

describe("a member of staff", () => {
  test("is added, registers a passkey by a link, signs in with it, and is out when deactivated", async () => {
    const { staff } = (await post("/staff", "admin", { officeId: FRESNO, role: "clerk", name: "Inventada Persona" }))
      .body;
    const { token } = (await post(`/staff/${staff.id}/enrolment`, "admin")).body;
    const device = softwareAuthenticator(services.publicOrigin);
    const challenge = (answer: {
      cookies: { name: string; value: string; httpOnly?: boolean; sameSite?: string }[];
    }) => {
      const cookie = answer.cookies.find((one) => one.name === "challenge")!;
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
      return { challenge: cookie.value };
    };
    const send = (url: string, cookies: Record<string, string>, payload: object) =>
      open.app.inject({
        method: "POST",
        url: `/api/v1/console${url}`,
        headers: { "sec-fetch-site": "same-origin" },
        cookies,
        payload,
      });

    const begun = await ask(open.app, "POST", "/enrol/options", undefined, { token });
    const registered = await send("/enrol/verify", challenge(begun), {
      token,
      response: device.register(begun.body.options.challenge),
    });
    expect(registered.json()).toEqual({ staff });

    device.setCounter(1);
    const asked = await ask(open.app, "POST", "/sign-in/options");
    const signedIn = await send("/sign-in/verify", challenge(asked), {
      response: device.signIn(asked.body.options.challenge),
    });
    expect(signedIn.json()).toMatchObject({ staff, office: { id: FRESNO } });
    const cookie = signedIn.cookies.find((one) => one.name === "staff")!;
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/" });
    expect((await ask(open.app, "GET", "/today", cookie.value)).status).toBe(200);

    const again = await send("/sign-in/verify", challenge(asked), {
      response: device.signIn(asked.body.options.challenge),
    });
    expect([again.statusCode, again.json().code]).toEqual([401, "sign_in_failed"]);
    expect((await post(`/staff/${staff.id}/deactivate`, "admin")).status).toBe(200);
    expect((await ask(open.app, "GET", "/today", cookie.value)).status).toBe(401);
  });

  test("belongs to an office that exists, unless the role is the network's", async () => {
    const add = async (body: object) =>
      (await post("/staff", "admin", { name: "Inventada Persona", ...body })).body.code;
    expect([
      await add({ role: "clerk" }),
      await add({ role: "hq", officeId: FRESNO }),
      await add({ role: "clerk", officeId: "nowhere" }),
    ]).toEqual(["office_does_not_fit", "office_does_not_fit", "unknown_office"]);
  });

  test("is added once by any number of requests with one key, and each time without one", async () => {
    const other = await cookieOf(services, await aStaffId(services, "admin"));
    const body = { officeId: FRESNO, role: "clerk", name: "Repetida Persona" };
    const add = (key?: string, typed: object = body, cookie = cookies.admin) =>
      ask(open.app, "POST", "/staff", cookie, typed, key === undefined ? {} : { "idempotency-key": key });
    const count = async () =>
      (await services.adminQuery("select from people.staff where name = $1", [body.name])).length;

    const answers = await Promise.all(Array.from({ length: 8 }, () => add("the-same-key-again")));
    expect(new Set(answers.map((one) => `${one.status} ${one.body.staff.id}`)).size).toBe(1);
    expect(answers[0]!.body.staff).toMatchObject({ name: body.name, officeId: FRESNO });
    expect(await count()).toBe(1);
    const changed = await add("the-same-key-again", { ...body, role: "supervisor" });
    expect([changed.status, changed.body.code]).toEqual([422, "idempotency_mismatch"]);
    expect((await add("short")).status).toBe(400);

    // A key is worth nothing to anybody else; and without one each request is another person.
    expect((await add("the-same-key-again", body, other)).body.staff.id).not.toBe(answers[0]!.body.staff.id);
    expect(await count()).toBe(2);
    await Promise.all([add(), add()]);
    expect(await count()).toBe(4);
  });
});
