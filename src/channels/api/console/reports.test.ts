import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import type { BookingId } from "#kernel/ids.ts";
import { DAY_MS } from "#kernel/time.ts";
import { closePast } from "#modules/visits/index.ts";
import type { StaffRole } from "#platform/context.ts";
import { readPdf } from "../../documents/read-pdf.fixtures.ts";
import { aBooking, aStaffId, goToVisit, worker } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf, PREFIX } from "./console.fixtures.ts";
import { daySheet, networkReport, officeReport, priorityShares, weekPlan, type DaySheet } from "./report-contract.ts";

const ROLES = ["clerk", "supervisor", "office_head", "hq", "admin"] as const;
const SPAN = "from=2026-11-02&to=2026-11-29";

let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
const cookies = {} as Record<(typeof ROLES)[number], string>;
let bookingId: BookingId;
let startsAt: Date;

beforeAll(async () => {
  services = await openTestServices();
  open = await aConsole(services);
  const { wanted } = await aSession(services, { counters: 2, steps: 2 });
  startsAt = wanted.startsAt;
  const [contactId] = await someContacts(services, 1);
  bookingId = await aBooking(services, contactId!, wanted, [anApplicant(1), anApplicant(2)]);
  goToVisit(services, wanted);
  for (const role of ["clerk", "supervisor", "office_head"] as const)
    cookies[role] = await cookieOf(services, await aStaffId(services, role));
  for (const role of ["hq", "admin"] as const) {
    const [member] = await services.adminQuery<{ id: string }>(
      "insert into people.staff (id, role, name, created_at) values (gen_random_uuid(), $1, 'Persona Ficticia', now()) returning id",
      [role],
    );
    cookies[role] = await cookieOf(services, member!.id);
  }
  await services.adminQuery(
    "insert into visits.day_counts (office_id, local_date, service_group, served, unserved, missed, cancelled, moved) values ('fresno', '2026-11-02', 'documentacion', 100, 10, 20, 30, 11), ('dallas', '2026-11-02', 'visas', 50, 0, 4, 0, 0)",
  );
});
afterAll(async () => {
  await open.close();
  await services.close();
});

const memberOf = async (role: StaffRole) =>
  (await services.adminQuery<{ id: string }>("select id from people.staff where role = $1", [role]))[0]!.id;
const get = (role: (typeof ROLES)[number], path: string) => ask(open.app, "GET", path, cookies[role]);
const statuses = (path: string) => Promise.all(ROLES.map(async (role) => (await get(role, path)).status));

test("clerks see the list, who runs an office its reports, and headquarters those of any and of all", async () => {
  expect(await statuses(`/reports/office?${SPAN}&officeId=fresno`)).toEqual([403, 200, 200, 200, 403]);
  expect(await statuses(`/reports/office?${SPAN}&officeId=dallas`)).toEqual([403, 403, 403, 200, 403]);
  expect(await statuses(`/reports/office?${SPAN}`)).toEqual([403, 200, 200, 404, 403]);
  expect(await statuses(`/reports/network?${SPAN}`)).toEqual([403, 403, 403, 200, 403]);
  expect(await statuses("/reports/week?on=2026-12-02&officeId=fresno")).toEqual([403, 200, 200, 200, 403]);
  expect(await statuses(`/sheet?on=${VISIT_DAY}`)).toEqual([200, 200, 200, 403, 403]);
  expect((await ask(open.app, "GET", `/reports/office?${SPAN}`)).status).toBe(401);
});

test("a report is what its contract says", async () => {
  const { body } = await get("supervisor", `/reports/office?${SPAN}`);
  expect(officeReport.parse(body)).toEqual(body);
  expect(body).toMatchObject({
    officeId: "fresno",
    countedTo: "2026-11-02",
    attendance: {
      total: { expected: 130, came: 110, served: 100 },
      groups: [{ serviceGroup: "documentacion", expected: 130 }],
      weekdays: [{ weekday: 1, came: 110 }],
    },
    waits: { total: null, groups: [], weekdays: [] },
    changes: [{ serviceGroup: "documentacion", made: 160, cancelled: 30, moved: 11 }],
  });
  const network = (await get("hq", `/reports/network?${SPAN}`)).body;
  expect(networkReport.parse(network)).toEqual(network);
  expect(network.offices).toMatchObject([
    // Of four who did not come nothing is told, and nothing by which they could be told in the other office.
    { officeId: "dallas", expected: 54, came: null, served: null },
    { officeId: "fresno", expected: 130, came: null, served: null },
  ]);
  const week = (await get("office_head", "/reports/week?on=2026-12-06")).body;
  expect(weekPlan.parse(week)).toEqual(week);
  expect(week.sessions).toMatchObject([{ localDate: VISIT_DAY, opens: "08:00", closes: "08:30", stepMinutes: 15 }]);
});

test("who runs an office reads what each clerk let go first beside the network, and who stands out", async () => {
  const clerks = [await aStaffId(services, "clerk"), await aStaffId(services, "clerk")] as const;
  const [first, second] = clerks;
  // A hundred and twenty turns at two offices in a week that is over; one clerk lets a quarter of his day go first.
  await services.adminQuery(
    `with turns as (
       insert into visits.visits (office_id, id, booking_id, local_date, state, arrived_at, turn_no, version)
       select o, gen_random_uuid(), gen_random_uuid(), d::date, 'done', d, n, 1
       from unnest('{fresno,dallas}'::text[]) o, unnest('{2026-11-23,2026-11-24}'::timestamptz[]) d, generate_series(1, 60) n
       returning office_id, id, local_date, turn_no)
     insert into visits.priorities (office_id, visit_id, priority, local_date, staff_id, marked_at, needs_second, second_id, signed_at)
     select office_id, id, 'far', local_date, case when local_date = '2026-11-23' then $1::uuid else $2::uuid end, now(), turn_no > 6,
            case when turn_no > 6 then $2::uuid end, case when turn_no > 6 then now() end
     from turns where turn_no <= case when office_id = 'fresno' and local_date = '2026-11-23' then 15 else 2 end`,
    [first, second],
  );
  const { body } = await get("supervisor", "/reports/priorities");
  expect(priorityShares.parse(body)).toEqual(body);
  expect(body).toMatchObject({
    office: { given: 17, seen: 120 },
    network: { given: 21, seen: 240 },
    clerks: [
      { given: 15, seen: 60, signed: 0, standsOut: true },
      { given: 2, seen: 60, signed: 9, standsOut: false },
    ],
  });
  expect(await statuses("/reports/priorities")).toEqual([403, 200, 200, 403, 403]);
});

test.each([
  ["a span of more than a year", "/reports/office?from=2025-01-01&to=2026-11-30"],
  ["the last day before the first", "/reports/office?from=2026-11-30&to=2026-11-01"],
  ["a day that is none", "/reports/office?from=2026-02-30&to=2026-11-01"],
  ["a week of no day", "/reports/week?on=2026-13-01"],
  ["a week that ends after the last year", "/reports/week?on=9999-12-31"],
  ["a list of no day", "/sheet?on=mañana"],
])("%s is refused", async (_, path) => {
  expect((await get("supervisor", path)).status).toBe(400);
});

test("days beyond all measure are answered and never a fault", async () => {
  for (const day of ["0001-01-01", "1582-10-10", "9999-12-31"]) {
    expect((await get("clerk", `/sheet?on=${day}`)).body.code).toBe("no_such_sheet");
    expect((await get("supervisor", `/reports/office?from=${day}&to=${day}`)).body.countedTo).toBeNull();
    expect((await get("hq", `/reports/network?from=${day}&to=${day}`)).body.code).toBe("only_whole_weeks");
  }
  expect((await get("supervisor", "/reports/week?on=0001-01-01")).body.sessions).toEqual([]);
});

test("the list has no names, on paper neither; typed in it is recorded once, by whoever is at the counter", async () => {
  const { body } = (await get("clerk", `/sheet?on=${VISIT_DAY}`)) as { body: DaySheet };
  expect(daySheet.parse(body)).toEqual(body);
  expect(JSON.stringify(body)).not.toMatch(/Ficticia|Inventada/);
  const [party] = body.parties;
  expect([party!.localTime, party!.lines.map(({ initials }) => initials)]).toEqual(["08:00", ["F. I. D.", "F. I. D."]]);
  const pdf = await open.app.inject({
    method: "GET",
    url: `${PREFIX}/sheet.pdf?on=${VISIT_DAY}&language=en`,
    cookies: { staff: cookies.clerk },
  });
  expect([pdf.statusCode, pdf.headers["content-type"], pdf.headers["cache-control"]]).toEqual([
    200,
    "application/pdf",
    "no-store",
  ]);
  const { page } = readPdf(pdf.rawPayload);
  expect(page.text).toContain(party!.folioTail);
  expect(page.text).not.toMatch(/Ficticia|Inventada/);
  expect((await get("hq", `/sheet.pdf?on=${VISIT_DAY}`)).status).toBe(403);
  expect((await get("clerk", "/sheet.pdf?on=2027-01-30")).body.code).toBe("no_such_sheet");
  expect(await services.adminQuery("select count from audit.entries where action = 'sheet.print'")).toEqual([
    { count: 1 },
  ]);

  services.clock.set(new Date(startsAt.getTime() + DAY_MS));
  await closePast(worker(services));
  // Whoever signed in yesterday signs in again.
  for (const role of ["clerk", "hq"] as const) cookies[role] = await cookieOf(services, await memberOf(role));
  const outcomes = party!.lines.map(({ appointmentId, services: slugs }) => ({
    appointmentId,
    service: slugs[0],
    code: "issued",
  }));
  const type = (role: (typeof ROLES)[number], change = {}) =>
    ask(open.app, "POST", "/sheet/outcomes", cookies[role], { bookingId, outcomes, ...change });
  const first = await type("clerk");
  expect([first.status, (await type("clerk")).status, (await type("hq")).status]).toEqual([200, 200, 403]);
  expect(first.body.visit).toMatchObject({ bookingId, state: "done", undoUntil: null });
  const other = outcomes.map((one) => ({ ...one, code: "no_show" }));
  expect((await type("clerk", { outcomes: other })).body.code).toBe("recorded_otherwise");
  const again = (await get("clerk", `/sheet?on=${VISIT_DAY}`)).body as DaySheet;
  expect(again.parties[0]!.lines.map(({ outcomes: found }) => found.map(({ code }) => code))).toEqual([
    ["issued"],
    ["issued"],
  ]);
});
