import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { FRESNO } from "#tests/support/fixtures.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { addDays } from "#kernel/time.ts";
import type { Context, StaffRole } from "#platform/context.ts";
import { countPastDays } from "./commands/count-days.ts";
import { getNetworkReport, getOfficeReport, type OfficeReport } from "./queries/reports.ts";
import { aStaffId, staffContext, worker } from "./visits.fixtures.ts";

const DALLAS = "dallas" as OfficeId;
/** A Monday and a Tuesday. */
const [MONDAY, TUESDAY] = ["2026-11-30", "2026-12-01"] as LocalDate[];
const SPAN = { from: MONDAY!, to: TUESDAY! };
const WEEK = { from: MONDAY!, to: addDays(MONDAY!, 6) };

let services: TestServices;
let head: Context;

/** Appointments that ended so: as many of each state, each a booking by itself. */
const appointments = (officeId: string, day: string, group: string, states: Record<string, number>, moved = 0) =>
  services.adminQuery(
    `with many as (select state, n, gen_random_uuid() as id from jsonb_each_text($4::jsonb) as s (state, count), generate_series(1, s.count::int) n),
     booked as (insert into booking.bookings (office_id, id, contact_id, folio_digest, local_date, starts_at, people, state, channel, language, sealed, created_at, changed_at, erase_after, moves)
       select $1, id, gen_random_uuid(), sha256(id::text::bytea), $2::date, $2::date + time '16:00' at time zone 'UTC', 1, 'completed', 'web', 'es', 'x', now(), now(), $2::date + 30,
              case when row_number() over (order by state desc, n) <= $5 then 1 else 0 end from many)
     insert into booking.appointments (office_id, id, booking_id, session_id, ordinal, service_group, services, local_date, starts_at, counter, steps, state)
     select $1, gen_random_uuid(), id, gen_random_uuid(), 1, $3, array['matricula-consular'], $2::date, $2::date + time '16:00' at time zone 'UTC', 1, 1, state from many`,
    [officeId, day, group, JSON.stringify(states), moved],
  );

interface Came {
  readonly day: string;
  readonly wait: number;
  readonly attended: number;
  readonly outcomes: readonly { service: string; code: string; reason?: string }[];
  readonly onPaper?: boolean;
}

/** Parties of Fresno that waited and were attended so many minutes. */
async function visits(...parties: readonly Came[]): Promise<void> {
  for (const { day, wait, attended, outcomes, onPaper = false } of parties) {
    const id = randomUUID();
    const arrived = new Date(`${day}T17:00:00Z`);
    const at = (minutes: number) => new Date(arrived.getTime() + minutes * 60_000);
    await services.adminQuery(
      "insert into visits.visits (office_id, id, booking_id, local_date, state, arrived_at, called_at, done_at, settled_at, on_paper) values ($1, $2, gen_random_uuid(), $3, 'done', $4, $5, $6, $6, $7)",
      [FRESNO, id, day, arrived, at(wait), at(wait + attended), onPaper],
    );
    for (const { service, code, reason = null } of outcomes)
      await services.adminQuery(
        "insert into visits.outcomes (office_id, id, visit_id, appointment_id, service, code, reason, staff_id, recorded_at) values ($1, gen_random_uuid(), $2, gen_random_uuid(), $3, $4, $5, gen_random_uuid(), $6)",
        [FRESNO, id, service, code, reason, at(wait + attended)],
      );
  }
}

async function contextOf(role: StaffRole, officeId?: OfficeId): Promise<Context> {
  if (officeId) return staffContext(services, await aStaffId(services, role, officeId), role, officeId);
  const member = staffContext(services, randomUUID(), role);
  return { ...member, actor: { kind: "staff", staffId: randomUUID(), officeId: undefined, role } };
}

async function report(ctx = head, span = SPAN): Promise<OfficeReport> {
  const found = await getOfficeReport(ctx, FRESNO, span);
  if (!found.ok) throw new Error(found.refusal.code);
  return found.value;
}

const issued = (service: string) => ({ service, code: "issued" });
const MATRICULA = "matricula-consular";
const PASSPORT = "pasaporte-adulto";

beforeAll(async () => {
  services = await openTestServices({ now: new Date("2026-12-02T16:00:00Z") });
  head = await contextOf("office_head", FRESNO);
  await appointments(
    FRESNO,
    MONDAY!,
    "documentacion",
    { served: 60, unserved: 15, missed: 25, cancelled: 30, lapsed: 5 },
    40,
  );
  await appointments(FRESNO, TUESDAY!, "documentacion", { served: 20, missed: 5 });
  await appointments(FRESNO, TUESDAY!, "registro_civil", { served: 12, missed: 3, cancelled: 4 });
  await appointments(DALLAS, MONDAY!, "documentacion", { served: 200, missed: 50 });
  await appointments(FRESNO, "2026-12-02", "documentacion", { booked: 3, served: 9 });
  await visits(
    // Waits of 1 to 21 minutes, each attended for ten.
    ...Array.from({ length: 21 }, (_, i) => ({
      day: MONDAY!,
      wait: i + 1,
      attended: 10,
      outcomes: [issued(MATRICULA)],
    })),
    // Families of three: thirty minutes for three passports.
    ...Array.from({ length: 4 }, () => ({
      day: TUESDAY!,
      wait: 40,
      attended: 30,
      outcomes: [issued(PASSPORT), issued(PASSPORT), issued(PASSPORT)],
    })),
    // Two services at once tell of neither.
    ...Array.from({ length: 6 }, () => ({
      day: TUESDAY!,
      wait: 50,
      attended: 99,
      outcomes: [issued(PASSPORT), { service: MATRICULA, code: "missing_document", reason: "photo" }],
    })),
    ...Array.from({ length: 12 }, () => ({
      day: TUESDAY!,
      wait: 600,
      attended: 600,
      onPaper: true,
      outcomes: [{ service: MATRICULA, code: "missing_document", reason: "payment" }],
    })),
    {
      day: MONDAY!,
      wait: 5,
      attended: 1,
      outcomes: [{ service: MATRICULA, code: "refused", reason: "identity_unclear" }],
    },
    { day: "2026-12-02", wait: 500, attended: 500, outcomes: [issued(MATRICULA)] },
  );
  await countPastDays(worker(services));
});
afterAll(() => services.close());

test("who was expected and who came, by group and by weekday; what lapsed and what is not over counts nowhere", async () => {
  const { attendance, countedTo, changes } = await report();
  expect(countedTo).toBe(TUESDAY);
  expect(attendance).toEqual({
    total: { key: "all", expected: 140, came: 107, served: 92 },
    groups: [
      { key: "documentacion", expected: 125, came: null, served: null },
      { key: "registro_civil", expected: 15, came: null, served: null },
    ],
    weekdays: [
      { key: 1, expected: 100, came: null, served: null },
      { key: 2, expected: 40, came: null, served: null },
    ],
  });
  // Four cancellations would point at somebody, and the thirty others would give them away.
  expect(changes).toEqual([
    { key: "documentacion", made: null, cancelled: null, moved: 40 },
    { key: "registro_civil", made: null, cancelled: null, moved: 0 },
  ]);
});

test("minutes are those of the parties, and what was worked on paper is not measured", async () => {
  const { waits, services: minutes } = await report();
  // Of 1 to 21 and one more of 5 the 11th waited 10 minutes, and the 20th 19.
  expect(waits.weekdays).toEqual([
    { key: 1, count: 22, median: 10, most: 19 },
    { key: 2, count: 10, median: 50, most: 50 },
  ]);
  expect(waits.total).toMatchObject({ count: 32, median: 15 });
  expect(waits.groups).toEqual([{ key: "documentacion", count: 32, median: 15, most: 50 }]);
  expect(minutes).toEqual([
    { key: MATRICULA, count: 22, median: 10, most: 10 },
    { key: PASSPORT, count: 12, median: 10, most: 10 },
  ]);
});

test("why somebody was not served, without what points at one of them", async () => {
  expect((await report()).reasons).toEqual([
    { code: "missing_document", reason: "payment", count: null },
    { code: "missing_document", reason: "photo", count: null },
    { code: "refused", reason: "identity_unclear", count: null },
  ]);
  await visits(
    ...Array.from({ length: 20 }, () => ({
      day: MONDAY!,
      wait: 1,
      attended: 1,
      outcomes: [{ service: "visa-turista", code: "missing_document", reason: "birth_record" }],
    })),
  );
  await countPastDays(worker(services));
  expect((await report()).reasons.map(({ count }) => count)).toEqual([20, null, null, null]);
});

test("counted again it is the same, and it stays when the bookings are erased", async () => {
  const before = await report();
  await countPastDays(worker(services));
  expect(await report()).toEqual(before);
  services.clock.set(new Date("2027-02-01T16:00:00Z"));
  await services.adminQuery("delete from booking.appointments; delete from booking.bookings");
  await countPastDays(worker(services));
  expect(await report()).toEqual(before);
  expect((await report(head, { from: "2027-01-01" as LocalDate, to: "2027-01-31" as LocalDate })).attendance).toEqual({
    total: undefined,
    groups: [],
    weekdays: [],
  });
});

describe("who may read", () => {
  test.each<[StaffRole, OfficeId | undefined, boolean, boolean]>([
    ["clerk", FRESNO, false, false],
    ["supervisor", FRESNO, true, false],
    ["office_head", FRESNO, true, false],
    ["supervisor", DALLAS, false, false],
    ["hq", undefined, true, true],
    ["admin", undefined, false, false],
  ])("%s of %s: Fresno's report %s, the network's %s", async (role, officeId, own, all) => {
    const ctx = await contextOf(role, officeId);
    expect((await getOfficeReport(ctx, FRESNO, WEEK)).ok).toBe(own);
    expect((await getNetworkReport(ctx, WEEK)).ok).toBe(all);
  });

  test("headquarters sees each office's counts", async () => {
    const hq = await contextOf("hq");
    const found = await getNetworkReport(hq, WEEK);
    expect(found).toMatchObject({
      ok: true,
      value: [
        { key: "dallas", expected: 250, came: 200, cancelled: 0, moved: 0 },
        { key: "fresno", expected: 140, came: 107, cancelled: 34, moved: 40 },
      ],
    });
    // The difference of two spans of days would tell what one of a few days does not.
    const refusal = { ok: false, refusal: { code: "only_whole_weeks" } };
    expect([await getNetworkReport(hq, SPAN), await getOfficeReport(hq, FRESNO, SPAN)]).toEqual([refusal, refusal]);
  });
});
