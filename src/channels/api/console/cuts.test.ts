import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { book } from "#modules/booking/index.ts";
import type { StaffRole } from "#platform/context.ts";
import { aStaffId } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf } from "./console.fixtures.ts";
import type { CutPreview, CutWork } from "./cut-contract.ts";

let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
const cookies = {} as Record<"clerk" | "supervisor" | "office_head" | "hq", string>;
let sessionId: string;

beforeAll(async () => {
  services = await openTestServices();
  open = await aConsole(services);
  for (const role of ["clerk", "supervisor", "office_head"] as const)
    cookies[role] = await cookieOf(services, await aStaffId(services, role));
  const [hq] = await services.adminQuery<{ id: string }>(
    "insert into people.staff (id, role, name, created_at) values (gen_random_uuid(), 'hq', 'Persona Ficticia', now()) returning id",
  );
  cookies.hq = await cookieOf(services, hq!.id);
  const session = await aSession(services, { counters: 2, steps: 2 });
  sessionId = session.sessionId;
  const [contactId] = await someContacts(services, 1);
  const { wanted } = session;
  await book(citizen(services, contactId!), { contactId: contactId!, wanted, applicants: [anApplicant(1)] });
});
afterAll(async () => {
  await open.close();
  await services.close();
});

const get = (role: keyof typeof cookies, path = `/cuts?on=${VISIT_DAY}`) => ask(open.app, "GET", path, cookies[role]);
const post = (role: keyof typeof cookies, path: string, body?: object, headers = {}) =>
  ask(open.app, "POST", path, cookies[role], body, headers);
const whole = { localDate: VISIT_DAY, reason: "storm" };

test("whoever plans an office closes there, and nobody else", async () => {
  const roles: (StaffRole & keyof typeof cookies)[] = ["clerk", "hq", "supervisor", "office_head"];
  const statuses = async (asked: (role: keyof typeof cookies) => Promise<{ status: number }>) =>
    Promise.all(roles.map(async (role) => (await asked(role)).status));
  expect(await statuses((role) => get(role))).toEqual([403, 403, 200, 200]);
  expect(await statuses((role) => post(role, "/cuts/preview", { localDate: VISIT_DAY }))).toEqual([403, 403, 200, 200]);
  expect([(await post("clerk", "/cuts", whole)).status, (await post("hq", "/cuts", whole)).status]).toEqual([403, 403]);
  expect((await post("clerk", `/cuts/${randomUUID()}/undo`)).status).toBe(403);
});

test("what is closed is shown before, said once, and given back", async () => {
  const part = { localDate: VISIT_DAY, sessionId, hours: { from: "08:00", until: "08:15" } };
  const preview = (await post("supervisor", "/cuts/preview", part)).body as CutPreview;
  expect(preview).toMatchObject({ free: 1, booked: 1, committed: 0, parties: [{ people: 1, sameHour: false }] });
  expect(Object.keys(preview.parties[0]!).sort()).toEqual([
    "bookingId",
    "folioTail",
    "people",
    "proposed",
    "sameHour",
    "startsAt",
  ]);
  const key = { "idempotency-key": randomUUID() };
  const made = await post("supervisor", "/cuts", { ...part, reason: "staff" }, key);
  expect(made.status).toBe(200);
  expect((await post("supervisor", "/cuts", { ...part, reason: "staff" }, key)).body).toEqual(made.body);
  expect((await post("supervisor", "/cuts", { ...part, reason: "venue" }, key)).body.code).toBe("idempotency_mismatch");
  expect((await post("supervisor", "/cuts", { ...part, reason: "staff" })).body.code).toBe("nothing_to_cut");
  const work = (await get("office_head")).body as CutWork;
  expect(work).toMatchObject({
    sessions: [{ places: 4, cut: 2 }],
    cuts: [{ reason: "staff", places: 2, counters: null, undoneAt: null }],
    parties: [{ people: 1, answer: "asked", proposed: { localDate: VISIT_DAY } }],
    households: [],
  });
  const { bookingId } = work.parties[0]!;
  expect((await post("clerk", "/proposals", { bookingId, answer: "no" })).status).toBe(403);
  expect((await post("supervisor", "/proposals", { bookingId, answer: "no" })).body).toEqual({ bookingId });
  expect((await post("supervisor", "/proposals", { bookingId, answer: "yes" })).body.code).toBe("proposal_over");
  expect((await post("supervisor", `/cuts/${work.cuts[0]!.id}/undo`)).status).toBe(200);
  expect((await post("supervisor", `/cuts/${work.cuts[0]!.id}/undo`)).body.code).toBe("unknown_cut");
  expect(((await get("supervisor")).body as CutWork).parties).toEqual([]);
});

test.each([
  ["counters the wrong way round", { counters: { from: 3, to: 2 } }],
  ["hours that end before they begin", { hours: { from: "10:00", until: "09:00" } }],
  ["a reason of one's own", { reason: "because" }],
])("%s are refused", async (_, change) => {
  expect((await post("supervisor", "/cuts", { ...whole, ...change })).status).toBe(400);
});
