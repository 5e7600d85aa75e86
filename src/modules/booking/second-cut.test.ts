import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts, FRESNO, VISIT_DAY } from "#tests/support/fixtures.ts";
import { addDays, HOUR_MS } from "#kernel/time.ts";
import type { ServiceSlug } from "#kernel/ids.ts";
import { expireHolds, reopenFreed } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { cutFresno, cutWork, placeStates, planner } from "./booking.fixtures.ts";
import {
  acceptProposal,
  answerForFamily,
  book,
  cancelBooking,
  declineProposal,
  getProposal,
  previewCut,
  undoCut,
  type CutWish,
} from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const NEXT_DAY = addDays(VISIT_DAY, 1);
const DAY_AFTER = addDays(VISIT_DAY, 2);
const cut = (wish: CutWish) => cutFresno(services, wish);
async function aFamily(wanted: Parameters<typeof book>[1]["wanted"], people: readonly number[], ...of: ServiceSlug[]) {
  const [contactId] = await someContacts(services, 1);
  const booked = await book(citizen(services, contactId!), {
    contactId: contactId!,
    wanted,
    applicants: people.map((one) => anApplicant(one, of.length > 0 ? { services: of } : {})),
  });
  if (!booked.ok) throw new Error(booked.refusal.code);
  return { contactId: contactId!, bookingId: booked.value.bookingId };
}
const asked = async () =>
  (
    await services.adminQuery<{ text: string }>(
      "select state || ' ' || local_date as text from booking.proposals order by asked_at, local_date, state",
    )
  ).map((one) => one.text);
const events = async () =>
  (
    await services.adminQuery<{ name: string }>(
      "select name from platform.outbox where name in ('booking.displaced', 'booking.restored') order by id",
    )
  ).map((one) => one.name);
const counters = async ({ bookingId }: { bookingId: string }) =>
  (
    await services.adminQuery<{ counter: number }>(
      "select counter from booking.appointments where booking_id = $1 order by counter",
      [bookingId],
    )
  ).map((one) => one.counter);
const consistent = async () => expect(await brokenRules(services.adminQuery)).toEqual({});

describe("a second cut meets a family that was asked already", () => {
  test("the rest of its day is closed too: it is asked anew, and what was kept is kept once", async () => {
    const { wanted, sessionId } = await aSession(services, { counters: 2, steps: 1 });
    await aSession(services, { localDate: NEXT_DAY, counters: 3, steps: 1 });
    const family = await aFamily(wanted, [1, 2]);
    await cut({ localDate: VISIT_DAY, sessionId, counters: { from: 1, to: 1 } });
    await cut({ localDate: VISIT_DAY });
    expect(await asked()).toEqual([`asked ${NEXT_DAY}`, `over ${NEXT_DAY}`]);
    expect(await placeStates(services)).toEqual({ booked: 2, held: 2, open: 1 });
    expect((await cutWork(services)).parties).toMatchObject([{ answer: "asked", proposed: { localDate: NEXT_DAY } }]);
    await consistent();
    expect(await acceptProposal(citizen(services, family.contactId), family)).toMatchObject({ ok: true });
    await consistent();
  });

  test("the day that was proposed is closed: another is proposed, or she is left to the work list", async () => {
    const { wanted } = await aSession(services, { counters: 2, steps: 1 });
    for (const localDate of [NEXT_DAY, DAY_AFTER]) await aSession(services, { localDate, counters: 2, steps: 1 });
    const family = await aFamily(wanted, [1, 2]);
    await cut({ localDate: VISIT_DAY });
    const preview = await previewCut(planner(services), FRESNO, { localDate: NEXT_DAY });
    expect(preview).toMatchObject({
      value: { counts: { held: 2 }, parties: [{ bookingId: family.bookingId, proposed: { localDate: DAY_AFTER } }] },
    });
    await cut({ localDate: NEXT_DAY });
    expect(await asked()).toEqual([`over ${NEXT_DAY}`, `asked ${DAY_AFTER}`]);
    await consistent();
    await cut({ localDate: DAY_AFTER });
    expect(await asked()).toEqual([`over ${NEXT_DAY}`, `over ${DAY_AFTER}`]);
    expect(await placeStates(services)).toEqual({ booked: 2, withdrawn: 4 });
    expect(await events()).toEqual(Array.from({ length: 3 }, () => "booking.displaced"));
    expect((await cutWork(services)).parties).toMatchObject([{ answer: "over", bookingId: family.bookingId }]);
    expect(await getProposal(citizen(services, family.contactId), family.contactId, family.bookingId)).toBeUndefined();
    await consistent();
  });

  test("and a counter is free at her hour again: she is sent there, and hears that she may come after all", async () => {
    const { wanted, sessionId } = await aSession(services, { counters: 2, steps: 1 });
    await aSession(services, { localDate: NEXT_DAY, counters: 1, steps: 1 });
    const alone = await aFamily(wanted, [1]);
    const beside = await aFamily(wanted, [2]);
    await cut({ localDate: VISIT_DAY, sessionId, counters: { from: 1, to: 1 } });
    expect(await events()).toEqual(["booking.displaced"]);
    expect((await cancelBooking(citizen(services, beside.contactId), beside)).ok).toBe(true);
    await reopenFreed(systemContext(services, "test"));
    await cut({ localDate: NEXT_DAY });
    expect(await counters(alone)).toEqual([2]);
    expect(await events()).toEqual(["booking.displaced", "booking.restored"]);
    expect(await asked()).toEqual([`over ${NEXT_DAY}`]);
    expect(await placeStates(services)).toEqual({ booked: 1, withdrawn: 2 });
    expect((await cutWork(services)).parties).toEqual([]);
    await consistent();
  });

  test("whose time to answer is over is asked anew too", async () => {
    const { wanted, sessionId } = await aSession(services, { counters: 2, steps: 1, opens: "15:00" });
    // Proposed at nine, which is sooner than the lost hour of the day after it would be.
    await aSession(services, { localDate: NEXT_DAY, counters: 3, steps: 1, opens: "09:00" });
    await aFamily(wanted, [1, 2]);
    await cut({ localDate: VISIT_DAY, sessionId, counters: { from: 1, to: 1 } });
    await services.adminQuery("update booking.proposals set kept_until = $1", [services.clock.now()]);
    await services.adminQuery("update schedules.places set held_until = $1 where state = 'held'", [
      services.clock.now(),
    ]);
    services.clock.advance(1_000);
    await expireHolds(systemContext(services, "test"));
    await cut({ localDate: VISIT_DAY });
    expect(await asked()).toEqual([`over ${NEXT_DAY}`, `asked ${NEXT_DAY}`]);
    await consistent();
  });
});

describe("within a day of the lost hour", () => {
  test("who has a free counter at her own hour is sent there; another hour of that day is proposed to nobody", async () => {
    const { wanted, sessionId } = await aSession(services, { counters: 3, steps: 2 });
    const first = await aFamily(wanted, [1]);
    const second = await aFamily(wanted, [2]);
    services.clock.set(new Date(wanted.startsAt.getTime() - 2 * HOUR_MS));
    await cut({
      localDate: VISIT_DAY,
      sessionId,
      counters: { from: 1, to: 2 },
      hours: { from: "08:00", until: "08:15" },
    });
    const seats = [await counters(first), await counters(second)];
    expect(seats.flat()).toContain(3);
    expect((await cutWork(services)).parties).toMatchObject([{ answer: null, proposed: null }]);
    expect(await events()).toEqual(["booking.displaced"]);
    expect(await asked()).toEqual([]);
    await consistent();
  });
});

describe("a cut that is undone", () => {
  test("tells whoever has her hour again, once, and nobody who has another place", async () => {
    const { wanted } = await aSession(services, { counters: 3, steps: 1 });
    await aSession(services, { localDate: NEXT_DAY, counters: 3, steps: 1 });
    const moved = await aFamily(wanted, [1, 2]);
    const stays = await aFamily(wanted, [3]);
    const id = await cut({ localDate: VISIT_DAY });
    expect(await acceptProposal(citizen(services, moved.contactId), moved)).toMatchObject({ ok: true });
    expect(await undoCut(planner(services), FRESNO, id)).toMatchObject({ ok: true });
    const told = await services.adminQuery(
      "select subject_id as id from platform.outbox where name = 'booking.restored'",
    );
    expect(told).toEqual([{ id: stays.bookingId }]);
    expect((await asked()).sort()).toEqual([`accepted ${NEXT_DAY}`, `over ${NEXT_DAY}`]);
    await consistent();
  });

  test("tells nobody of whom another cut still has a place", async () => {
    const { wanted, sessionId } = await aSession(services, { counters: 2, steps: 1 });
    await aSession(services, { localDate: NEXT_DAY, counters: 2, steps: 1 });
    await aFamily(wanted, [1, 2]);
    const first = await cut({ localDate: VISIT_DAY, sessionId, counters: { from: 1, to: 1 } });
    const second = await cut({ localDate: VISIT_DAY, sessionId, counters: { from: 2, to: 2 } });
    expect(await undoCut(planner(services), FRESNO, first)).toMatchObject({ ok: true });
    expect(await events()).toEqual(["booking.displaced", "booking.displaced"]);
    expect((await cutWork(services)).parties).toMatchObject([{ answer: "asked" }]);
    expect(await undoCut(planner(services), FRESNO, second)).toMatchObject({ ok: true });
    expect(await events()).toEqual(["booking.displaced", "booking.displaced", "booking.restored"]);
    await consistent();
  });
});

test("a yes finds the kept places, whichever of her two counters comes first", async () => {
  const { wanted, sessionId } = await aSession(services, { counters: 1, steps: 6 });
  await aSession(services, { group: "registro_civil", counters: 1, steps: 6 });
  const alone = await aFamily(wanted, [1], "matricula-consular" as ServiceSlug, "copia-acta" as ServiceSlug);
  // A draw seats her as its places lie: at the civil registry first, for her papers later.
  const mine = "where session_id = $1 and holder = $2";
  const [own] = await services.adminQuery<{ steps: number }>(
    `select count(*)::int as steps from schedules.places ${mine}`,
    [sessionId, alone.bookingId],
  );
  await services.adminQuery(`update schedules.places set state = 'open', holder = null ${mine}`, [
    sessionId,
    alone.bookingId,
  ]);
  const later = new Date(wanted.startsAt.getTime() + HOUR_MS - 15 * 60_000);
  await services.adminQuery(
    "update schedules.places set state = 'booked', holder = $2 where session_id = $1 and starts_at >= $3 and starts_at < $3::timestamptz + $4::int * interval '15 minutes'",
    [sessionId, alone.bookingId, later, own!.steps],
  );
  await services.adminQuery(
    "update booking.appointments set starts_at = $2 where booking_id = $1 and service_group = 'documentacion'",
    [alone.bookingId, later],
  );
  await consistent();
  for (const group of ["registro_civil", "documentacion"])
    await aSession(services, { localDate: NEXT_DAY, group, counters: 1, steps: 4 });
  await cut({ localDate: VISIT_DAY });
  expect(await asked()).toEqual([`asked ${NEXT_DAY}`]);
  const kept = await services.adminQuery(
    "select session_id, starts_at from schedules.places where state = 'held' order by 2",
  );
  expect(await acceptProposal(citizen(services, alone.contactId), alone)).toMatchObject({ ok: true });
  const booked = await services.adminQuery(
    "select session_id, starts_at from schedules.places where state = 'booked' order by 2",
  );
  expect(booked).toEqual(kept);
  await consistent();
});

test("a no where nothing is asked any more is noted nowhere", async () => {
  const { wanted } = await aSession(services, { counters: 2, steps: 1 });
  await aSession(services, { localDate: NEXT_DAY, counters: 2, steps: 1 });
  const family = await aFamily(wanted, [1, 2]);
  const ctx = citizen(services, family.contactId);
  const noted = async () =>
    (await services.adminQuery("select count(*)::int from audit.entries where action = 'cut.decline'"))[0];
  expect(await declineProposal(ctx, family)).toMatchObject({ ok: true });
  expect(await noted()).toEqual({ count: 0 });
  await cut({ localDate: VISIT_DAY });
  for (let i = 0; i < 2; i++)
    expect(await answerForFamily(planner(services), FRESNO, { ...family, answer: "no" })).toMatchObject({ ok: true });
  expect(await noted()).toEqual({ count: 1 });
});
