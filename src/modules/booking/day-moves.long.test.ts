import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, FRESNO_ZONE, someContacts } from "#tests/support/fixtures.ts";
import { instantOf } from "#kernel/time.ts";
import type { BookingId, ContactId, LocalDate } from "#kernel/ids.ts";
import {
  previewSpecialDay,
  publishSpecialDay,
  saveSpecialDay,
  type CutId,
  type SpecialDayId,
  type SpecialDayWish,
} from "#modules/schedules/index.ts";
import { aLayout, aVenue } from "../schedules/schedules.fixtures.ts";
import { closePast } from "#modules/visits/index.ts";
import { systemContext } from "#platform/context.ts";
import { cutWork, planner } from "./booking.fixtures.ts";
import {
  book,
  cancelBooking,
  cancelSpecialDay,
  getBooking,
  hold,
  moveSpecialDay,
  suspendSpecialDay,
  undoCut,
} from "./index.ts";

const NOW = new Date("2026-11-20T18:00:00Z");
/** A Saturday, and another one in the week in which nothing else is planned; between them clocks do not change. */
const DAY = "2026-12-12" as LocalDate;
const LATER = "2026-12-19" as LocalDate;

let services: TestServices;
let id: SpecialDayId;
beforeEach(async () => {
  services = await openTestServices({ now: NOW });
});
afterEach(() => services.close());

async function aPublishedDay(own: Partial<SpecialDayWish> = {}): Promise<SpecialDayId> {
  const wish: SpecialDayWish = {
    kind: "mobile",
    localDate: DAY,
    venueId: await aVenue(services, FRESNO),
    resources: [],
    sessions: [
      aLayout({ opens: "09:00", closes: "12:00", counters: 2, stepMinutes: 30 }),
      aLayout({ serviceGroup: "registro_civil", opens: "10:00", closes: "12:00", counters: 1, stepMinutes: 30 }),
    ],
    ...own,
  };
  const ctx = planner(services);
  const seen = await previewSpecialDay(ctx, FRESNO, wish);
  const saved = await saveSpecialDay(ctx, FRESNO, { ...wish, seen: seen.ok ? seen.value.seen : "" });
  if (!saved.ok) throw new Error(saved.refusal.code);
  const published = await publishSpecialDay(ctx, FRESNO, { id: saved.value.id!, stored: saved.value.stored });
  if (!published.ok) throw new Error(published.refusal.code);
  return published.value.id;
}
async function aParty(time: string, people: readonly number[]) {
  const [contactId] = await someContacts(services, 1);
  const booked = await book(citizen(services, contactId!), {
    contactId: contactId!,
    wanted: { officeId: FRESNO, localDate: DAY, startsAt: instantOf(DAY, time, FRESNO_ZONE), specialDayId: id },
    applicants: people.map((one) => anApplicant(one)),
  });
  if (!booked.ok) throw new Error(booked.refusal.code);
  return { contactId: contactId!, bookingId: booked.value.bookingId };
}
const seen = ({ contactId, bookingId }: { contactId: ContactId; bookingId: BookingId }) =>
  getBooking(citizen(services, contactId), contactId, bookingId);
const events = async () =>
  (
    await services.adminQuery<{ name: string }>(
      "select name from platform.outbox where name like 'booking.d%' order by id",
    )
  ).map((one) => one.name);
const places = () =>
  services.adminQuery<{ session_id: string; starts_at: Date; counter: number; state: string; band: string }>(
    "select session_id, starts_at, counter, state, band from schedules.places order by starts_at, session_id, counter",
  );
const DAY_MS = 86_400_000;

describe("a special day that moves", () => {
  test("takes everybody along by as much, with folio and people, in another venue; nobody's change is used", async () => {
    id = await aPublishedDay();
    const family = await aParty("09:30", [1, 2]);
    const before = await places();
    const folio = (await seen(family))!.folio;
    const venueId = await aVenue(services, FRESNO, "Merced");
    const moved = await moveSpecialDay(planner(services), FRESNO, id, { localDate: LATER, venueId });
    expect(moved).toMatchObject({
      ok: true,
      value: { told: 2, day: { localDate: LATER, state: "published", venueId } },
    });
    expect(
      (await places()).map((one) => ({ ...one, starts_at: new Date(one.starts_at.getTime() - 7 * DAY_MS) })),
    ).toEqual(before);
    const after = (await seen(family))!;
    expect(after).toMatchObject({ folio, localDate: LATER, moves: 0, displaced: false });
    expect(after.startsAt).toEqual(instantOf(LATER, "09:30", FRESNO_ZONE));
    expect(after.appointments.map((one) => one.startsAt)).toEqual([after.startsAt, after.startsAt]);
    expect(after.applicants.map((one) => one.givenNames)).toEqual([
      anApplicant(1).givenNames,
      anApplicant(2).givenNames,
    ]);
    expect(await events()).toEqual(["booking.day_moved"]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
    // The second click finds it there.
    expect(await moveSpecialDay(planner(services), FRESNO, id, { localDate: LATER, venueId })).toMatchObject({
      value: { told: 0 },
    });
    expect(await events()).toHaveLength(1);
  });

  test("to other hours keeps the distance of its groups and tells the parts of the day anew", async () => {
    id = await aPublishedDay();
    await moveSpecialDay(planner(services), FRESNO, id, { localDate: DAY, opens: "13:00" });
    const starts = await services.adminQuery<{ starts: Date; service_group: string }>(
      "select min(starts_at) as starts, service_group from schedules.sessions group by 2 order by 1",
    );
    expect(starts.map((one) => one.starts)).toEqual([
      instantOf(DAY, "13:00", FRESNO_ZONE),
      instantOf(DAY, "14:00", FRESNO_ZONE),
    ]);
    const bands = await services.adminQuery(
      "select band, count(*)::int as count from schedules.places group by 1 order by 1",
    );
    expect(bands).toEqual([
      { band: "afternoon", count: 12 },
      { band: "midday", count: 4 },
    ]);
  });

  test("across the change of the clock opens at the same local hour", async () => {
    services.clock.set(new Date("2026-02-20T18:00:00Z"));
    id = await aPublishedDay({ localDate: "2026-03-07" as LocalDate });
    const after = "2026-03-14" as LocalDate;
    expect(await moveSpecialDay(planner(services), FRESNO, id, { localDate: after })).toMatchObject({ ok: true });
    const [first] = await places();
    expect(first!.starts_at).toEqual(instantOf(after, "09:00", FRESNO_ZONE));
    expect(first!.starts_at.getTime() - instantOf("2026-03-07" as LocalDate, "09:00", FRESNO_ZONE).getTime()).toBe(
      7 * DAY_MS - 3_600_000,
    );
  });

  test("leaves whoever has no confirmed place behind: what was kept is free again", async () => {
    id = await aPublishedDay();
    const [contactId] = await someContacts(services, 1);
    const held = await hold(citizen(services, contactId!), {
      contactId: contactId!,
      wanted: { officeId: FRESNO, localDate: DAY, startsAt: instantOf(DAY, "09:00", FRESNO_ZONE), specialDayId: id },
      applicants: [anApplicant(1)],
    });
    expect(held.ok).toBe(true);
    await moveSpecialDay(planner(services), FRESNO, id, { localDate: LATER });
    expect(new Set((await places()).map((one) => one.state))).toEqual(new Set(["open"]));
  });

  test.each([
    ["to a day that is over", { localDate: "2026-11-14" as LocalDate }, "in_the_past"],
    ["so late that it would not end", { localDate: LATER, opens: "22:00" }, "too_long_a_day"],
  ])("%s is refused", async (_, wish, code) => {
    id = await aPublishedDay();
    expect(await moveSpecialDay(planner(services), FRESNO, id, wish)).toMatchObject({ ok: false, refusal: { code } });
    expect((await places())[0]!.starts_at).toEqual(instantOf(DAY, "09:00", FRESNO_ZONE));
  });
});

describe("a special day that is suspended", () => {
  test("keeps all places and folios and gives nothing out; moved, it is there again", async () => {
    id = await aPublishedDay();
    const party = await aParty("09:30", [1]);
    const before = await places();
    expect(await suspendSpecialDay(planner(services), FRESNO, id)).toMatchObject({ ok: true, value: { told: 1 } });
    expect(await suspendSpecialDay(planner(services), FRESNO, id)).toMatchObject({ ok: true, value: { told: 0 } });
    expect(await places()).toEqual(before);
    expect(await seen(party)).toMatchObject({ state: "active", specialDay: { suspended: true } });
    await expect(aParty("10:00", [2])).rejects.toThrow("place_taken");
    await moveSpecialDay(planner(services), FRESNO, id, { localDate: DAY });
    expect(await seen(party)).toMatchObject({ state: "active", specialDay: { suspended: false } });
    await aParty("10:00", [2]);
    expect(await events()).toEqual(["booking.day_suspended", "booking.day_moved"]);
  });

  test("has no day on which anybody is missed, and moves also afterwards", async () => {
    id = await aPublishedDay();
    const party = await aParty("09:30", [1]);
    await suspendSpecialDay(planner(services), FRESNO, id);
    services.clock.set(new Date("2026-12-14T18:00:00Z"));
    await closePast(systemContext(services, "test"));
    expect(await cancelSpecialDay(planner(services), FRESNO, id)).toMatchObject({ refusal: { code: "in_the_past" } });
    expect(await moveSpecialDay(planner(services), FRESNO, id, { localDate: LATER })).toMatchObject({ ok: true });
    expect(await seen(party)).toMatchObject({ state: "active", localDate: LATER });
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });
});

test("a special day that is cancelled cancels nobody: all are asked about another place, or are on the work list", async () => {
  id = await aPublishedDay();
  const party = await aParty("09:30", [1]);
  await aSession(services, { localDate: "2026-12-15" as LocalDate });
  expect(await cancelSpecialDay(planner(services), FRESNO, id)).toMatchObject({ ok: true, value: { told: 1 } });
  expect(await cancelSpecialDay(planner(services), FRESNO, id)).toMatchObject({ ok: true, value: { told: 0 } });
  expect(await seen(party)).toMatchObject({ state: "active", displaced: true });
  expect((await cutWork(services)).parties).toMatchObject([{ bookingId: party.bookingId }]);
  expect(
    (await places()).filter((one) => !["withdrawn", "booked"].includes(one.state)).map((one) => one.state),
  ).not.toContain("planned");
  expect(await events()).toEqual(["booking.displaced"]);
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

test("to undo the cut of a cancelled special day gives nothing back: the day stays cancelled", async () => {
  id = await aPublishedDay();
  await aParty("09:30", [1]);
  await cancelSpecialDay(planner(services), FRESNO, id);
  const before = await places();
  const [cut] = await services.adminQuery<{ id: CutId }>("select id from schedules.cuts");
  await undoCut(planner(services), FRESNO, cut!.id);
  expect(await places()).toEqual(before);
  const states = await services.adminQuery("select distinct state from schedules.sessions");
  expect(states).toEqual([{ state: "closed" }]);
});

test("a day whose places are all a draw's moves to other hours of its own date: its sessions stand", async () => {
  id = await aPublishedDay();
  await services.adminQuery("update schedules.places set state = 'committed', draw_id = gen_random_uuid()");
  const moved = await moveSpecialDay(planner(services), FRESNO, id, { localDate: DAY, opens: "13:00" });
  expect(moved).toMatchObject({ ok: true, value: { told: 0, day: { state: "published" } } });
  expect(await services.adminQuery("select distinct state from schedules.sessions")).toEqual([{ state: "open" }]);
});

test("somebody cancels while her day moves: whoever is second sees what the first did", async () => {
  id = await aPublishedDay();
  const party = await aParty("09:30", [1]);
  const [moved, cancelled] = await Promise.all([
    moveSpecialDay(planner(services), FRESNO, id, { localDate: LATER }),
    cancelBooking(citizen(services, party.contactId), party),
  ]);
  expect([moved.ok, cancelled.ok]).toEqual([true, true]);
  expect((await seen(party))!.state).toBe("cancelled");
  expect((await places()).every((one) => one.starts_at >= instantOf(LATER, "09:00", FRESNO_ZONE))).toBe(true);
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

test("a day that has begun is left to those who came", async () => {
  id = await aPublishedDay();
  const { bookingId } = await aParty("09:30", [1]);
  services.clock.set(instantOf(DAY, "09:20", FRESNO_ZONE));
  await services.adminQuery(
    `insert into visits.visits (office_id, id, booking_id, local_date, state, arrived_at) values ('fresno', gen_random_uuid(), $1, $2, 'waiting', $3)`,
    [bookingId, DAY, services.clock.now()],
  );
  const begun = { ok: false, refusal: { code: "day_has_begun" } };
  expect(await suspendSpecialDay(planner(services), FRESNO, id)).toEqual(begun);
  expect(await moveSpecialDay(planner(services), FRESNO, id, { localDate: LATER })).toEqual(begun);
});

test("a visit that is partly in another session is not divided: the day stays, and may be suspended", async () => {
  await aSession(services, { localDate: DAY, opens: "09:00", group: "registro_civil", steps: 8, counters: 1 });
  id = await aPublishedDay({
    kind: "saturday",
    venueId: null,
    sessions: [aLayout({ opens: "09:00", closes: "12:00", counters: 2, stepMinutes: 30 })],
  });
  const [contactId] = await someContacts(services, 1);
  const both = anApplicant(1, { services: ["matricula-consular", "copia-acta"] as never });
  const wanted = { officeId: FRESNO, localDate: DAY, startsAt: instantOf(DAY, "09:00", FRESNO_ZONE) };
  const booked = await book(citizen(services, contactId!), { contactId: contactId!, wanted, applicants: [both] });
  expect(booked).toMatchObject({ ok: true });
  expect(await moveSpecialDay(planner(services), FRESNO, id, { localDate: LATER })).toEqual({
    ok: false,
    refusal: { code: "visits_divided", about: { families: "1" } },
  });
  expect(await suspendSpecialDay(planner(services), FRESNO, id)).toMatchObject({ ok: true, value: { told: 1 } });
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

test("whoever does not run the office changes no day of it", async () => {
  id = await aPublishedDay();
  for (const change of [suspendSpecialDay, cancelSpecialDay])
    expect(await change(planner(services, "clerk"), FRESNO, id)).toMatchObject({ refusal: { code: "not_allowed" } });
});
