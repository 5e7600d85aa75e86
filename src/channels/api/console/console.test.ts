import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, FRESNO, someContacts } from "#tests/support/fixtures.ts";
import type { BookingId, ContactId, OfficeId } from "#kernel/ids.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import { rows, sql } from "#platform/db/index.ts";
import { anAttestation } from "#modules/people/people.fixtures.ts";
import { aBooking, allOf, aStaffId, goToVisit, staffContext } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf } from "./console.fixtures.ts";

const DALLAS = "dallas" as OfficeId;
let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
let wanted: WantedTime;
let contacts: ContactId[];
let clerk: string;
let clerkId: string;
let dallas: string;
let person = 0;

beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 4, counters: 30 }));
  contacts = await someContacts(services, 12);
  goToVisit(services, wanted);
  const readQrToken = (_: unknown, token: string) =>
    Promise.resolve(token.startsWith("slip ") ? (token.slice(5) as BookingId) : undefined);
  open = await aConsole(services, { readQrToken });
  clerkId = await aStaffId(services);
  clerk = await cookieOf(services, clerkId);
  dallas = await cookieOf(services, await aStaffId(services, "clerk", DALLAS));
});
afterAll(async () => {
  await open.close();
  await services.close();
});

const get = (path: string, cookie?: string) => ask(open.app, "GET", path, cookie);
const post = (path: string, cookie?: string, body?: unknown) => ask(open.app, "POST", path, cookie, body);
async function aParty(people = 1): Promise<BookingId> {
  const applicants = Array.from({ length: people }, () => anApplicant(++person));
  return aBooking(services, contacts.pop()!, wanted, applicants);
}

describe("the gate", () => {
  test("asks everybody to sign in, whatever the route and before the body is read", async () => {
    const routes = [
      ["GET", "/session"],
      ["GET", "/today"],
      ["POST", "/find"],
      ["POST", "/files"],
      ["POST", "/visits"],
      ["POST", `/visits/${randomUUID()}/outcomes`],
      ["POST", "/no-show"],
      ["POST", "/names"],
      ["POST", "/permissions"],
      ["POST", "/permissions/undo"],
      ["GET", "/events"],
      ["GET", "/office-file"],
      ["PUT", "/office-file"],
      ["POST", "/cards"],
      ["GET", "/counters"],
      ["GET", "/staff"],
      ["POST", "/staff"],
      ["POST", `/staff/${randomUUID()}/deactivate`],
      ["POST", "/sign-out"],
    ] as const;
    for (const [method, path] of routes) {
      const answer = await ask(
        open.app,
        method,
        path,
        "not-a-token",
        method === "GET" ? undefined : { nonsense: true },
      );
      expect([path, answer.status, answer.body.code]).toEqual([path, 401, "not_signed_in"]);
    }
  });

  test("refuses writes that another page sent, or that nobody vouches for", async () => {
    const bookingId = await aParty();
    const from = (headers: Record<string, string>) =>
      ask(open.app, "POST", "/visits", clerk, { bookingId }, { "sec-fetch-site": "cross-site", ...headers });
    const bare = await open.app.inject({
      method: "POST",
      url: "/api/v1/console/visits",
      cookies: { staff: clerk },
      payload: { bookingId },
    });
    const statuses = [
      await from({}),
      await from({ "sec-fetch-site": "same-site" }),
      await from({ "sec-fetch-site": "none" }),
    ].map((one) => [one.status, one.body.code]);
    expect([...statuses, [bare.statusCode, bare.json().code]]).toEqual(Array(4).fill([403, "foreign_origin"]));
    const own = await open.app.inject({
      method: "POST",
      url: "/api/v1/console/visits",
      cookies: { staff: clerk },
      headers: { origin: services.publicOrigin },
      payload: { bookingId },
    });
    expect(own.statusCode).toBe(200);
  });

  test("says who is signed in and what she may do", async () => {
    const { status, body, headers } = await get("/session", clerk);
    expect([status, headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(body).toMatchObject({
      staff: { role: "clerk", officeId: FRESNO },
      office: { id: FRESNO, zone: "America/Los_Angeles", localDate: wanted.localDate },
    });
    expect(body.may).toEqual([
      "see_today",
      "open_file",
      "receive",
      "admit",
      "record_outcome",
      "book_for_person",
      "issue_card",
      "issue_documents",
      "answer_emergencies",
    ]);
    expect(body.services.length).toBeGreaterThan(20);
  });

  test("lets a session end, at once", async () => {
    const cookie = await cookieOf(services, await aStaffId(services));
    expect((await post("/sign-out", cookie)).status).toBe(204);
    expect((await get("/session", cookie)).status).toBe(401);
  });
});

describe("the day", () => {
  test("a family is found by its folio, received, called, served, recorded with one key and taken back", async () => {
    const bookingId = await aParty(4);
    const file = (await post("/files", clerk, { bookingId })).body;
    expect(file).toMatchObject({ bookingId, state: "active", localTime: "08:00", visit: null });
    expect(file.people[0]).toMatchObject({
      ordinal: 1,
      firstSurname: "Inventada",
      bornIn: "OC",
      services: ["matricula-consular"],
      child: false,
    });
    expect((await post("/find", clerk, { folio: file.folio })).body).toEqual({
      bookingId,
      localDate: wanted.localDate,
      startsAt: wanted.startsAt.toISOString(),
      state: "active",
    });
    expect((await post("/find", clerk, { qr: `slip ${bookingId}` })).body.bookingId).toBe(bookingId);

    let { visit } = (await post("/visits", clerk, { bookingId })).body;
    visit = (await post(`/visits/${visit.id}/call`, clerk, { counter: 2, version: visit.version })).body.visit;
    visit = (await post(`/visits/${visit.id}/serve`, clerk, { version: visit.version })).body.visit;
    const outcomes = await allOf(services, bookingId);
    visit = (await post(`/visits/${visit.id}/outcomes`, clerk, { version: visit.version, outcomes })).body.visit;
    expect(visit).toMatchObject({
      state: "done",
      counter: 2,
      undoUntil: new Date(services.clock.now().getTime() + 60_000).toISOString(),
    });

    const today = (await get("/today", clerk)).body;
    const party = today.parties.find((one: { bookingId: string }) => one.bookingId === bookingId);
    expect(party).toMatchObject({ state: "completed", localTime: "08:00", visit: { state: "done" }, flags: [] });
    expect(party.appointments.map((one: { outcomes: unknown }) => one.outcomes)).toEqual(
      Array(4).fill([{ service: "matricula-consular", code: "issued", reason: null }]),
    );
    expect(party.folioTail).toBe(file.folio.slice(-4));

    expect((await post(`/visits/${visit.id}/undo`, clerk)).body.visit).toMatchObject({
      state: "serving",
      undoUntil: null,
    });
  });

  test("refusals carry a stable code and say what to do", async () => {
    const bookingId = await aParty();
    const { visit } = (await post("/visits", clerk, { bookingId })).body;
    const stale = await post(`/visits/${visit.id}/call`, clerk, { counter: 1, version: visit.version + 1 });
    expect(stale.headers["content-type"]).toContain("application/problem+json");
    expect(stale.body).toEqual({
      type: "urn:ventanilla:problem:changed_meanwhile",
      title: "Something changed meanwhile",
      status: 409,
      code: "changed_meanwhile",
      detail: expect.any(String),
    });
    const [outcome] = await allOf(services, bookingId);
    const missing = { ...outcome, code: "missing_document" };
    expect(
      (await post(`/visits/${visit.id}/outcomes`, clerk, { version: visit.version, outcomes: [missing] })).body.code,
    ).toBe("wrong_outcomes");
    expect(
      (
        await post(`/visits/${visit.id}/outcomes`, clerk, {
          version: visit.version,
          outcomes: [{ ...missing, reason: "typed words" }],
        })
      ).body.code,
    ).toBe("invalid");
    expect(
      (
        await post(`/visits/${visit.id}/outcomes`, clerk, {
          version: visit.version,
          outcomes: [{ ...missing, reason: "birth_record" }],
        })
      ).body.visit.state,
    ).toBe("done");
  });

  test("a party that did not come is marked, and a name is corrected", async () => {
    const bookingId = await aParty();
    const second = await anAttestation(services, staffContext(services, clerkId));
    const names = { givenNames: "Ñandú", firstSurname: "ꞌÑu", secondSurname: "" };
    const corrected = await post("/names", clerk, { bookingId, ordinal: 1, second, ...names });
    expect(corrected.body).toEqual({ bookingId, ordinal: 1 });
    expect((await post("/no-show", clerk, { bookingId })).body.visit).toMatchObject({ state: "left", arrivedAt: null });
    const party = (await get("/today", clerk)).body.parties.find(
      (one: { bookingId: string }) => one.bookingId === bookingId,
    );
    expect(party).toMatchObject({
      state: "missed",
      people: [names],
    });
  });

  test("counters are numbered over the whole hall", async () => {
    await aSession(services, { group: "registro_civil", counters: 2 });
    const { counters } = (await get("/counters", clerk)).body;
    expect([counters.length, counters[29], counters[30], counters[31]]).toEqual([
      32,
      { number: 30, serviceGroup: "documentacion" },
      { number: 31, serviceGroup: "registro_civil" },
      { number: 32, serviceGroup: "registro_civil" },
    ]);
  });
});

describe("an office sees only itself", () => {
  test("by every route, and a foreign booking answers like an unknown one", async () => {
    const bookingId = await aParty();
    const { visit } = (await post("/visits", clerk, { bookingId })).body;
    const { folio } = (await post("/files", clerk, { bookingId })).body;
    const unknown = await post("/files", dallas, { bookingId: randomUUID() });
    for (const [path, body] of [
      ["/files", { bookingId }],
      ["/find", { folio }],
      ["/find", { qr: `slip ${bookingId}` }],
      ["/find", { qr: "forged" }],
      ["/visits", { bookingId }],
      ["/no-show", { bookingId }],
      ["/names", { bookingId, ordinal: 1, givenNames: "A", firstSurname: "B", secondSurname: "" }],
      ["/permissions", { bookingId, ordinal: 1, parent: 1, signedOn: "2026-11-20" }],
      ["/permissions/undo", { bookingId, ordinal: 1, parent: 1 }],
    ] as const) {
      const answer = await post(path, dallas, body);
      expect([path, answer.status, answer.body]).toEqual([path, 404, unknown.body]);
    }
    for (const action of ["call", "serve", "undo"]) {
      const body =
        action === "undo" ? undefined : { version: visit.version, ...(action === "call" ? { counter: 1 } : {}) };
      expect((await post(`/visits/${visit.id}/${action}`, dallas, body)).body.code).toBe("unknown_visit");
    }
    expect((await get("/today", dallas)).body.parties).toEqual([]);
    const other = await ask(open.app, "GET", `/office-file?officeId=${FRESNO}`, dallas);
    expect([other.status, other.body.code]).toEqual([403, "not_allowed"]);
  });

  test("even where a statement forgets to ask for the office", async () => {
    const seen = (officeId: OfficeId) =>
      services.database.transaction("console", { officeId }, (tx) =>
        rows<{ visits: number; outcomes: number }>(
          tx,
          sql`select (select count(*)::int from visits.visits) as visits, (select count(*)::int from visits.outcomes) as outcomes`,
        ),
      );
    const [here] = await seen(FRESNO);
    expect(here!.visits).toBeGreaterThan(0);
    expect(here!.outcomes).toBeGreaterThan(0);
    expect(await seen(DALLAS)).toEqual([{ visits: 0, outcomes: 0 }]);
    const stolen = services.database.transaction("console", { officeId: DALLAS }, (tx) =>
      rows(
        tx,
        sql`insert into visits.visits (office_id, id, local_date, state, arrived_at) values (${FRESNO}, ${randomUUID()}, '2026-12-03', 'waiting', now())`,
      ),
    );
    await expect(stolen).rejects.toThrow("row-level security");
  });
});

test("whatever is sent, the answer is a problem document that asks for something better", async () => {
  const visit = `/visits/${randomUUID()}`;
  const nonsense = [
    null,
    7,
    "x",
    [],
    {},
    { bookingId: "1' or '1'='1" },
    { bookingId: randomUUID(), extra: 1 },
    { folio: "\u202e".repeat(5) },
    { folio: "x".repeat(5000) },
    { qr: 5 },
    { version: -1 },
    { version: 1e99, counter: "1" },
  ];
  for (const path of [
    "/find",
    "/files",
    "/visits",
    `${visit}/call`,
    `${visit}/serve`,
    `${visit}/outcomes`,
    "/no-show",
    "/names",
    "/permissions",
    "/permissions/undo",
    "/staff",
    "/sign-in/verify",
    "/enrol/options",
    "/enrol/verify",
    "/visits/no-uuid/call",
  ]) {
    for (const payload of nonsense) {
      const answer = await open.app.inject({
        method: "POST",
        url: `/api/v1/console${path}`,
        cookies: { staff: clerk },
        headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
        payload: JSON.stringify(payload),
      });
      expect([
        path,
        payload,
        answer.statusCode >= 400 && answer.statusCode < 500,
        answer.headers["content-type"],
      ]).toEqual([path, payload, true, "application/problem+json; charset=utf-8"]);
    }
  }
});
