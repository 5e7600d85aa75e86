import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { randomUUID } from "node:crypto";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { addDays } from "#kernel/time.ts";
import { systemContext, type Context } from "#platform/context.ts";
import { planner } from "./booking.fixtures.ts";
import {
  acceptProposal,
  advanceClosings,
  book,
  CLOSING_MOST_DAYS,
  closeOffices,
  listClosings,
  previewClosing,
  reopenOffices,
  type ClosingWish,
} from "./index.ts";

const DALLAS = "dallas" as OfficeId;
const NEXT_DAY = addDays(VISIT_DAY, 1);
const DAY_AFTER = addDays(VISIT_DAY, 2);
const STORM: ClosingWish = { officeIds: [FRESNO, DALLAS], from: VISIT_DAY, to: VISIT_DAY };

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const hq = (role: "hq" | "supervisor" = "hq"): Context => ({
  ...planner(services),
  actor: { kind: "staff", staffId: randomUUID(), officeId: role === "hq" ? undefined : FRESNO, role },
});
const advance = () => advanceClosings(systemContext(services, "test"));
const events = () =>
  services.adminQuery<{ name: string; count: number }>(
    "select name, count(*)::int from platform.outbox where name in ('booking.displaced', 'booking.restored') group by 1 order by 1",
  );

/** An hour of some counters at both offices on some days, and a family of two at each on the first. */
async function twoOffices(...days: readonly LocalDate[]) {
  const families = [];
  for (const officeId of [FRESNO, DALLAS]) {
    const zone = officeId === FRESNO ? "America/Los_Angeles" : "America/Chicago";
    const sessions = [];
    for (const localDate of days) sessions.push(await aSession(services, { officeId, localDate, zone, counters: 2 }));
    const [contactId] = await someContacts(services, 1);
    const first = families.length * 2;
    const booked = await book(citizen(services, contactId!), {
      contactId: contactId!,
      wanted: sessions[0]!.wanted,
      applicants: [anApplicant(first), anApplicant(first + 1)],
    });
    if (!booked.ok) throw new Error(booked.refusal.code);
    families.push({ officeId, contactId: contactId!, bookingId: booked.value.bookingId });
  }
  return families;
}
async function close(wish: ClosingWish = STORM) {
  const done = await closeOffices(hq(), { ...wish, reason: "storm" });
  if (!done.ok) throw new Error(done.refusal.code);
  return done.value.closingId;
}
async function progress() {
  const found = await listClosings(hq());
  if (!found.ok) throw new Error(found.refusal.code);
  return found.value[0]!.offices.map(({ officeId, state, settled, asked, waiting }) => [
    officeId,
    state,
    settled,
    asked,
    waiting,
  ]);
}

describe("a storm over two offices", () => {
  test("is seen first, as counts, and changes nothing by that", async () => {
    await twoOffices(VISIT_DAY, NEXT_DAY);
    expect(await previewClosing(hq(), STORM)).toEqual({
      ok: true,
      value: [
        { officeId: FRESNO, places: 8, parties: 1, people: 2, proposed: 1, inside: 0 },
        { officeId: DALLAS, places: 8, parties: 1, people: 2, proposed: 1, inside: 0 },
      ],
    });
    expect(
      await services.adminQuery("select 1 from schedules.closings union all select 1 from schedules.cuts"),
    ).toEqual([]);
  });

  test("is one action: each family is asked once about a place that is kept for all of it, and says yes", async () => {
    const families = await twoOffices(VISIT_DAY, NEXT_DAY);
    await close();
    expect(await progress()).toEqual([
      [DALLAS, "due", 0, 0, 0],
      [FRESNO, "due", 0, 0, 0],
    ]);
    expect(await Promise.all([advance(), advance()])).toSatisfy((done: number[]) => done[0]! + done[1]! === 2);
    expect(await advance()).toBe(0);
    expect(await events()).toEqual([{ name: "booking.displaced", count: 2 }]);
    const [first] = families;
    const context = citizen(services, first!.contactId);
    expect(await acceptProposal(context, first!)).toMatchObject({ ok: true });
    expect(await progress()).toEqual([
      [DALLAS, "closed", 0, 1, 0],
      [FRESNO, "closed", 1, 0, 0],
    ]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("sends nobody from one closed day to the next", async () => {
    await twoOffices(VISIT_DAY, NEXT_DAY, DAY_AFTER);
    await close({ ...STORM, to: NEXT_DAY });
    await advance();
    expect(
      await services.adminQuery("select distinct to_char(local_date, 'YYYY-MM-DD') as day from booking.proposals"),
    ).toEqual([{ day: DAY_AFTER }]);
    expect(await events()).toEqual([{ name: "booking.displaced", count: 2 }]);
  });

  test("sent again it does nothing, and with another body it is refused", async () => {
    await twoOffices(VISIT_DAY, NEXT_DAY);
    const asked = hq();
    const wish = { ...STORM, reason: "storm" } as const;
    const key = { route: "test", key: "one", body: "one" };
    const first = await closeOffices(asked, wish, key);
    expect(await closeOffices(asked, wish, key)).toEqual(first);
    expect(await closeOffices(asked, wish, { ...key, body: "two" })).toMatchObject({
      refusal: { code: "idempotency_mismatch" },
    });
    expect(await advance()).toBe(2);
    // Somebody else with the same storm finds nothing left to close.
    services.clock.advance(1);
    await close();
    await advance();
    expect(await progress()).toEqual([
      [DALLAS, "nothing", 0, 0, 0],
      [FRESNO, "nothing", 0, 0, 0],
    ]);
    expect(await events()).toEqual([{ name: "booking.displaced", count: 2 }]);
  });

  test("taken back it opens again what was closed, tells who had been told, and leaves the rest open", async () => {
    await twoOffices(VISIT_DAY, NEXT_DAY);
    const id = await close();
    await advance();
    expect(await reopenOffices(hq(), id)).toMatchObject({ ok: true });
    expect(await reopenOffices(hq(), id)).toMatchObject({ refusal: { code: "unknown_cut" } });
    expect(await advance()).toBe(2);
    expect(await advance()).toBe(0);
    expect(await events()).toEqual([
      { name: "booking.displaced", count: 2 },
      { name: "booking.restored", count: 2 },
    ]);
    expect(await services.adminQuery("select 1 from schedules.places where cut_id is not null")).toEqual([]);
    const before = await close({ ...STORM, from: NEXT_DAY, to: NEXT_DAY });
    await reopenOffices(hq(), before);
    expect(await advance()).toBe(0);
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("an office with a family in the hall decides itself", async () => {
    const [first] = await twoOffices(VISIT_DAY, NEXT_DAY);
    services.clock.set(new Date("2026-12-03T13:30:00Z"));
    await services.adminQuery(
      "insert into visits.visits (office_id, id, booking_id, local_date, state, arrived_at) values ($1, gen_random_uuid(), $2, $3, 'waiting', $4)",
      [FRESNO, first!.bookingId, VISIT_DAY, services.clock.now()],
    );
    expect(await previewClosing(hq(), STORM)).toMatchObject({ ok: true, value: [{ inside: 1 }, { inside: 0 }] });
    await close();
    await advance();
    expect(await progress()).toEqual([
      [DALLAS, "closed", 0, 1, 0],
      [FRESNO, "inside", 0, 0, 0],
    ]);
  });
});

describe("refused with what to do", () => {
  test.each<[why: string, wish: Partial<ClosingWish>, code: string]>([
    ["a day that is over", { from: "2026-10-01" as LocalDate, to: "2026-10-01" as LocalDate }, "day_is_over"],
    ["a vacation", { to: addDays(VISIT_DAY, CLOSING_MOST_DAYS) }, "too_many_days"],
    ["what is beyond the horizon", { from: addDays(VISIT_DAY, 80), to: addDays(VISIT_DAY, 80) }, "beyond_horizon"],
    ["an office that does not exist", { officeIds: ["atlantis" as OfficeId] }, "unknown_office"],
    ["a day without places", {}, "nothing_to_cut"],
  ])("%s", async (_, wish, code) => {
    expect(await previewClosing(hq(), { ...STORM, ...wish })).toMatchObject({ refusal: { code } });
    if (code !== "nothing_to_cut")
      expect(await closeOffices(hq(), { ...STORM, ...wish, reason: "storm" })).toMatchObject({ refusal: { code } });
  });

  test("whoever answers for one office alone", async () => {
    const asked = hq("supervisor");
    for (const outcome of [
      await previewClosing(asked, STORM),
      await closeOffices(asked, { ...STORM, reason: "storm" }),
      await reopenOffices(asked, randomUUID() as never),
      await listClosings(asked),
    ])
      expect(outcome).toEqual({ ok: false, refusal: { code: "not_allowed" } });
  });
});
