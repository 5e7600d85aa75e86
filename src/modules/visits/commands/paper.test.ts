import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, FRESNO, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import type { BookingId, ContactId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { addDays, DAY_MS } from "#kernel/time.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import type { Context } from "#platform/context.ts";
import { getDaySheet } from "../queries/sheet.ts";
import { getWeekPlan } from "../queries/week.ts";
import type { OutcomeInput } from "../types.ts";
import {
  aBooking,
  allOf,
  appointmentsOf,
  aStaffId,
  goToVisit,
  staffContext,
  whatIsLeft,
  worker,
} from "../visits.fixtures.ts";
import { enterFromPaper } from "./paper.ts";
import { checkIn } from "./reception.ts";
import { closePast, settleOutcomes } from "./settle.ts";
import { printDaySheet } from "./sheet.ts";

let services: TestServices;
let wanted: WantedTime;
let contacts: ContactId[];
let contact: ContactId;
let family: BookingId;
let clerk: () => Context;

beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 2, counters: 30 }));
  contacts = await someContacts(services, 20);
  const id = await aStaffId(services);
  clerk = () => staffContext(services, id);
});
afterAll(() => services.close());
beforeEach(async () => {
  goToVisit(services, wanted);
  contact = contacts.pop()!;
  family = await aBooking(services, contact, wanted, [
    anApplicant(2 * contacts.length),
    anApplicant(2 * contacts.length + 1),
  ]);
});

const nextDay = () => services.clock.set(new Date(wanted.startsAt.getTime() + DAY_MS));
const type = (outcomes: readonly OutcomeInput[], bookingId = family) =>
  enterFromPaper(clerk(), { bookingId, outcomes });
const codeOf = (outcome: Awaited<ReturnType<typeof type>>) => (outcome.ok ? "done" : outcome.refusal.code);
const recorded = () =>
  services.adminQuery(
    "select code, reason, count(*)::int from visits.outcomes o join visits.visits v on v.id = o.visit_id where undone_at is null and v.booking_id = $1 group by 1, 2 order by 1, 2",
    [family],
  );
const people = async () =>
  (
    await services.adminQuery<{ people: number }>("select people from booking.contact_counters where contact_id = $1", [
      contact,
    ])
  )[0]!.people;

describe("a day that was worked on paper", () => {
  test("is typed in after it was closed: who came was served, and typing it twice records it once", async () => {
    nextDay();
    await closePast(worker(services));
    expect(await whatIsLeft(services, family)).toMatchObject({ state: "missed", claims: 0, people: 0 });
    // Meanwhile the contact booked for somebody else: what the day ended is not ended twice.
    await services.adminQuery("update booking.contact_counters set people = 1 where contact_id = $1", [contact]);
    const outcomes = await allOf(services, family);
    expect(codeOf(await type(outcomes))).toBe("done");
    expect(codeOf(await type(outcomes))).toBe("done");
    await settleOutcomes(worker(services));
    await closePast(worker(services));
    expect(await recorded()).toEqual([{ code: "issued", reason: null, count: 2 }]);
    expect(await people()).toBe(1);
    expect(await whatIsLeft(services, family)).toMatchObject({ state: "completed", places: "used" });
    expect(
      await services.adminQuery(
        "select state, on_paper, local_date::text as day, arrived_at as at from visits.visits where booking_id = $1",
        [family],
      ),
    ).toEqual([{ state: "done", on_paper: true, day: VISIT_DAY, at: wanted.startsAt }]);
    expect(
      await services.adminQuery("select 1 from platform.outbox where name = 'visits.served' and subject_id = $1", [
        family,
      ]),
    ).toHaveLength(1);
    expect(await services.adminQuery("select 1 from audit.entries where action = 'visit.paper'")).toHaveLength(1);
  });

  test("two clerks who type the same at once record it once", async () => {
    nextDay();
    await closePast(worker(services));
    const outcomes = await allOf(services, family);
    const codes = (await Promise.all(Array.from({ length: 4 }, () => type(outcomes)))).map(codeOf);
    expect(codes.filter((code) => code !== "done")).toEqual([]);
    expect(await recorded()).toEqual([{ code: "issued", reason: null, count: 2 }]);
  });

  test("may be typed in person by person, and nobody's outcome is overruled by paper", async () => {
    nextDay();
    await closePast(worker(services));
    const [one, other] = await allOf(services, family);
    const paper = { ...one!, code: "missing_document" as const, reason: "photo" as const };
    expect(codeOf(await type([paper]))).toBe("done");
    expect(codeOf(await type([one!]))).toBe("recorded_otherwise");
    expect(codeOf(await type([{ ...other!, code: "no_show" }]))).toBe("done");
    expect((await appointmentsOf(services, family)).map(({ state }) => state)).toEqual(["unserved", "missed"]);
    expect(await recorded()).toEqual([
      { code: "missing_document", reason: "photo", count: 1 },
      { code: "no_show", reason: null, count: 1 },
    ]);
  });

  test("of the same day is typed in too, also of whom was received before the system fell", async () => {
    await checkIn(clerk(), { bookingId: family });
    const outcomes = await allOf(services, family);
    expect(codeOf(await type(outcomes))).toBe("done");
    services.clock.advance(2 * 60_000);
    await settleOutcomes(worker(services));
    expect(await whatIsLeft(services, family)).toMatchObject({
      state: "completed",
      claims: 0,
      people: 0,
      places: "used",
    });
    expect(codeOf(await type(outcomes))).toBe("done");
    expect(await recorded()).toEqual([{ code: "issued", reason: null, count: 2 }]);
  });

  test("whoever stood in the hall when the day ended was served all the same", async () => {
    await checkIn(clerk(), { bookingId: family });
    nextDay();
    await closePast(worker(services));
    expect((await appointmentsOf(services, family)).map(({ state }) => state)).toEqual(["unserved", "unserved"]);
    expect(codeOf(await type(await allOf(services, family)))).toBe("done");
    expect((await appointmentsOf(services, family)).map(({ state }) => state)).toEqual(["served", "served"]);
  });

  test("is refused before its day, after a week, at another office, and of a booking that was cancelled", async () => {
    const outcomes = await allOf(services, family);
    const elsewhere = staffContext(
      services,
      await aStaffId(services, "clerk", "dallas" as OfficeId),
      "clerk",
      "dallas" as OfficeId,
    );
    expect(codeOf(await enterFromPaper(elsewhere, { bookingId: family, outcomes }))).toBe("unknown_booking");
    const at = (days: number) => services.clock.set(new Date(wanted.startsAt.getTime() + days * DAY_MS));
    at(-1);
    expect(codeOf(await type(outcomes))).toBe("not_on_paper");
    at(8);
    expect(codeOf(await type(outcomes))).toBe("not_on_paper");
    at(1);
    expect(codeOf(await type(outcomes.slice(0, 1).map((one) => ({ ...one, reason: "photo" as const }))))).toBe(
      "wrong_outcomes",
    );
    await services.adminQuery("update booking.bookings set state = 'cancelled' where id = $1", [family]);
    expect(codeOf(await type(outcomes))).toBe("booking_ended");
    expect(await recorded()).toEqual([]);
  });
});

describe("the list of a day", () => {
  test("has code, hour, initials and counter, names nobody, and printing it is written down", async () => {
    services.clock.set(new Date(wanted.startsAt.getTime() - DAY_MS));
    const sheet = await printDaySheet(clerk(), FRESNO, "next");
    if (!sheet.ok) throw new Error(sheet.refusal.code);
    expect(sheet.value).toMatchObject({ typed: false, localDate: VISIT_DAY });
    const party = sheet.value.parties.find(({ bookingId }) => bookingId === family)!;
    const hours = sheet.value.parties.map(({ startsAt }) => startsAt.getTime());
    expect(hours).toEqual([...hours].sort((a, b) => a - b));
    expect(party.lines.map(({ initials }) => initials)).toEqual(["F. I. D.", "F. I. D."]);
    expect(new Set(party.lines.map(({ counter }) => counter)).size).toBe(2);
    expect(JSON.stringify(sheet.value)).not.toMatch(/Ficticia|Inventada/);
    const written = "select action, count from audit.entries where action in ('sheet.print', 'day.list') order by 1";
    expect(await services.adminQuery(written)).toEqual([
      { action: "day.list", count: sheet.value.parties.length },
      { action: "sheet.print", count: sheet.value.parties.length },
    ]);
  });

  test("is there from a week back to a week ahead, for whoever sees the day", async () => {
    const codes = async (days: number) => {
      const found = await getDaySheet(clerk(), FRESNO, addDays(VISIT_DAY, days));
      return found.ok ? "shown" : found.refusal.code;
    };
    expect(await Promise.all([-8, -7, 7, 8].map(codes))).toEqual(["no_such_sheet", "shown", "shown", "no_such_sheet"]);
    const hq = staffContext(services, await aStaffId(services, "hq", "" as OfficeId).catch(() => "x"), "hq");
    expect((await getDaySheet(hq, FRESNO, VISIT_DAY)).ok).toBe(false);
  });
});

test("the week says of each counter what is taken", async () => {
  const monday = "2026-11-30" as LocalDate;
  const head = staffContext(services, await aStaffId(services, "supervisor"), "supervisor");
  const plan = await getWeekPlan(head, FRESNO, monday);
  expect(plan.ok && plan.value).toMatchObject([
    {
      localDate: VISIT_DAY,
      serviceGroup: "documentacion",
      kind: "regular",
      stepMinutes: 15,
      counters: Array.from({ length: 30 }, (_, i) => ({ counter: i + 1, places: 2 })),
    },
  ]);
  const taken = plan.ok ? plan.value[0]!.counters.reduce((sum, one) => sum + one.taken, 0) : 0;
  expect(taken).toBeGreaterThanOrEqual(2);
  expect((await getWeekPlan(clerk(), FRESNO, monday)).ok).toBe(false);
});
