import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO_ZONE, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { instantOf } from "#kernel/time.ts";
import { book } from "#modules/booking/index.ts";
import { aStaffId } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf } from "./console.fixtures.ts";
import type { Today } from "./contract.ts";
import type { Pacing, ReturnPapers } from "./day-contract.ts";

const MATRICULA = "matricula-consular";

let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
const cookies = {} as Record<"clerk" | "supervisor", string>;
let sessionId: string;
let bookings: string[];

beforeAll(async () => {
  services = await openTestServices();
  const session = await aSession(services, { counters: 2, steps: 20 });
  sessionId = session.sessionId;
  const contacts = await someContacts(services, 4);
  bookings = [];
  for (const [i, contactId] of contacts.entries()) {
    const wanted = { ...session.wanted, startsAt: instantOf(VISIT_DAY, i < 2 ? "12:00" : "12:15", FRESNO_ZONE) };
    const made = await book(citizen(services, contactId), { contactId, wanted, applicants: [anApplicant(i)] });
    if (!made.ok) throw new Error(made.refusal.code);
    bookings.push(made.value.bookingId);
  }
  services.clock.set(instantOf(VISIT_DAY, "09:00", FRESNO_ZONE));
  open = await aConsole(services);
  for (const role of ["clerk", "supervisor"] as const)
    cookies[role] = await cookieOf(services, await aStaffId(services, role));
});
afterAll(async () => {
  await open.close();
  await services.close();
});

const get = (role: keyof typeof cookies, path: string) => ask(open.app, "GET", path, cookies[role]);
const send = (role: keyof typeof cookies, method: "POST" | "PUT", path: string, body: object) =>
  ask(open.app, method, path, cookies[role], body);
const suspend = (change: object = {}) => ({ services: [MATRICULA], reason: "printer", newsAt: "11:00", ...change });
const list = async () => (await get("clerk", "/today")).body as Today;

test("only who runs the office changes its day", async () => {
  const none = { absent: [], known: [] };
  const asked = [
    send("clerk", "POST", "/day/suspensions", suspend()),
    send("clerk", "POST", "/day/suspensions/end", { services: [MATRICULA] }),
    send("clerk", "POST", "/day/suspensions/news", { services: [MATRICULA], newsAt: "11:00" }),
    send("clerk", "PUT", "/day/absences", none),
    send("clerk", "POST", "/day/absences/preview", { absent: [] }),
    get("clerk", "/day/absences"),
  ];
  expect((await Promise.all(asked)).map((one) => one.status)).toEqual([403, 403, 403, 403, 403, 403]);
});

test("what has no sense is refused before anything happens, with what to do", async () => {
  const bad: [method: "POST" | "PUT", path: string, body: object][] = [
    ["POST", "/day/suspensions", suspend({ services: [] })],
    ["POST", "/day/suspensions", suspend({ services: ["Matrícula"] })],
    ["POST", "/day/suspensions", suspend({ reason: "because" })],
    ["POST", "/day/suspensions", suspend({ newsAt: "25:00" })],
    ["POST", "/day/suspensions", suspend({ newsAt: "soon" })],
    ["POST", "/day/suspensions", { ...suspend(), officeId: "dallas" }],
    ["PUT", "/day/absences", { absent: [{ sessionId, counter: 0 }], known: [] }],
    ["PUT", "/day/absences", { absent: [{ sessionId, counter: -1 }], known: [] }],
    ["PUT", "/day/absences", { absent: [{ sessionId: "x", counter: 1 }], known: [] }],
    ["PUT", "/day/absences", { absent: [] }],
    ["POST", "/day/papers", { papers: [] }],
    ["POST", "/day/papers", { papers: [{ bookingId: bookings[0], receipt: "pagó Rosa" }] }],
  ];
  for (const [method, path, body] of bad) {
    const { status, body: answer } = await send("supervisor", method, path, body);
    expect([path, status, (answer as { code: string }).code]).toEqual([path, 400, "invalid"]);
  }
  const code = async (path: string, body: object, method: "POST" | "PUT" = "POST") => {
    const { status, body: answer } = await send("supervisor", method, path, body);
    return [status, (answer as { code: string }).code];
  };
  expect(await code("/day/suspensions", suspend({ newsAt: "09:00" }))).toEqual([422, "news_in_the_past"]);
  expect(await code("/day/suspensions", suspend({ services: ["visa"] }))).toEqual([422, "unknown_service"]);
  expect(await code("/day/suspensions/end", { services: [MATRICULA] })).toEqual([409, "not_suspended"]);
  expect(await code("/day/absences", { absent: [{ sessionId, counter: 3 }], known: [] }, "PUT")).toEqual([
    422,
    "unknown_counter",
  ]);
  const unknown = { absent: [{ sessionId: randomUUID(), counter: 1 }], known: [] };
  expect(await code("/day/absences", unknown, "PUT")).toEqual([422, "unknown_counter"]);
  expect(await code("/day/papers", { papers: [{ bookingId: bookings[0] }] })).toEqual([409, "no_right_to_return"]);
  expect((await list()).suspensions).toEqual([]);
});

test("the list says what stands still, who is expected when, and is in that order; nothing in the answers names anybody", async () => {
  const before = await list();
  const one = { sessionId, counter: 2 };
  const preview = (await send("supervisor", "POST", "/day/absences/preview", { absent: [one] })).body as Pacing;
  const paced = (await send("supervisor", "PUT", "/day/absences", { absent: [one], known: [] })).body as Pacing;
  expect(paced).toEqual(preview);
  expect(paced).toMatchObject({
    sessions: [
      {
        opens: "08:00",
        closes: "13:00",
        counters: 2,
        firstNumber: 1,
        absent: [2],
        ends: "13:00",
        overMinutes: 0,
        cut: null,
      },
    ],
    later: 3,
    told: 3,
  });
  const after = await list();
  expect(before.parties.map((party) => party.expectedTime)).toEqual([null, null, null, null]);
  expect(after.parties.map((party) => party.expectedTime ?? party.localTime)).toEqual([
    "12:00",
    "12:15",
    "12:30",
    "12:45",
  ]);
  expect(after.parties.map((party) => party.bookingId).sort()).toEqual([...bookings].sort());

  const first = after.parties[0]!.bookingId;
  await send("clerk", "POST", "/visits", { bookingId: first });
  // Whoever is expected three hours from now or sooner.
  services.clock.set(instantOf(VISIT_DAY, "09:15", FRESNO_ZONE));
  expect((await send("supervisor", "POST", "/day/suspensions", suspend())).body).toEqual({ told: 1, inside: 1 });
  const held = await list();
  expect(held.suspensions).toMatchObject([{ service: MATRICULA, reason: "printer", newsTime: "11:00" }]);
  expect(held.parties.filter((party) => party.returnUntil !== null)).toHaveLength(2);
  const { visit } = held.parties.find((party) => party.bookingId === first)!;
  const called = await send("clerk", "POST", `/visits/${visit!.id}/call`, { counter: 1, version: visit!.version });
  expect([called.status, called.body]).toMatchObject([409, { code: "service_suspended" }]);

  const asked = { papers: [{ bookingId: first, receipt: "A-204" }] };
  const { papers } = (await send("clerk", "POST", "/day/papers", asked)).body as ReturnPapers;
  expect(papers).toMatchObject([{ bookingId: first, lostOn: VISIT_DAY, receipt: "A-204" }]);
  expect(papers[0]!.folio).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}$/);
  const again = { papers: [{ bookingId: first }, { bookingId: randomUUID() }] };
  expect((await send("clerk", "POST", "/day/papers", again)).body).toEqual({ papers });
  expect(JSON.stringify([papers, paced])).not.toMatch(/Ficticia|Inventada/);
  expect((await send("supervisor", "POST", "/day/suspensions/end", { services: [MATRICULA] })).body).toEqual({
    told: 1,
  });
});
