import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { addDays } from "#kernel/time.ts";
import { expireHolds, fillHorizon, reopenFreed } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { cutFresno, cutWork, placeStates, planner } from "./booking.fixtures.ts";
import {
  acceptProposal,
  answerForFamily,
  book,
  cancelBooking,
  cutCapacity,
  declineProposal,
  getProposal,
  hold,
  moveBookingTo,
  previewCut,
  undoCut,
  type CutWish,
} from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const supervisor = (...who: [role?: "supervisor" | "clerk", officeId?: string]) => planner(services, ...who);
const places = () => placeStates(services);
const cut = (wish: CutWish) => cutFresno(services, wish);
const work = () => cutWork(services);
async function aFamily(wanted: Parameters<typeof book>[1]["wanted"], people: readonly number[]) {
  const [contactId] = await someContacts(services, 1);
  const booked = await book(citizen(services, contactId!), {
    contactId: contactId!,
    wanted,
    applicants: people.map((one) => anApplicant(one)),
  });
  if (!booked.ok) throw new Error(booked.refusal.code);
  return { contactId: contactId!, bookingId: booked.value.bookingId };
}
const NEXT_DAY = addDays(VISIT_DAY, 1);

describe("a day that is closed", () => {
  test("shows first what is lost and whom it meets, and changes nothing by that", async () => {
    const { wanted } = await aSession(services, { counters: 3, steps: 3 });
    await aSession(services, { localDate: NEXT_DAY, counters: 2, steps: 1, opens: "08:15" });
    const family = await aFamily(wanted, [1, 2]);
    const alone = await aFamily(wanted, [3]);
    const preview = await previewCut(supervisor(), FRESNO, { localDate: VISIT_DAY });
    expect(preview).toMatchObject({
      ok: true,
      value: { counts: { free: 6, booked: 3 }, parties: [{ people: 2 }, { people: 1 }] },
    });
    if (!preview.ok) return;
    const [first, second] = preview.value.parties;
    // Of those of one hour the largest party chooses first, and then there is nothing left for whoever is alone.
    expect([first!.bookingId, second!.bookingId]).toEqual([family.bookingId, alone.bookingId]);
    expect(first!.proposed).toMatchObject({ localDate: NEXT_DAY });
    expect(second!.proposed).toBeNull();
    expect(await places()).toEqual({ booked: 3, open: 8 });
  });

  test("is nobody's to have any more, whatever happens afterwards", async () => {
    const { wanted } = await aSession(services, { counters: 2, steps: 4 });
    const family = await aFamily(wanted, [1, 2]);
    const [other] = await someContacts(services, 1);
    const held = await hold(citizen(services, other!), {
      contactId: other!,
      wanted: { ...wanted, startsAt: new Date(wanted.startsAt.getTime() + 15 * 60_000) },
      applicants: [anApplicant(9)],
    });
    expect(held).toMatchObject({ ok: true });
    await cut({ localDate: VISIT_DAY });
    expect(await places()).toEqual({ booked: 2, withdrawn: 6 });
    // Who held a place is told so in time; nobody had been promised it.
    if (held.ok)
      expect(
        await book(citizen(services, other!), {
          contactId: other!,
          wanted,
          applicants: [anApplicant(9)],
          holdId: held.value.holdId,
        }),
      ).toMatchObject({ ok: false, refusal: { code: "hold_expired" } });
    await cancelBooking(citizen(services, family.contactId), family);
    const ctx = systemContext(services, "test");
    await expireHolds(ctx);
    await reopenFreed(ctx);
    await fillHorizon(ctx, { weeks: 3 });
    const [left] = await services.adminQuery(
      "select count(*)::int from schedules.places p join schedules.sessions s on s.id = p.session_id where s.local_date = $1 and p.state <> 'withdrawn'",
      [VISIT_DAY],
    );
    expect(left).toEqual({ count: 0 });
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("leaves no appointment cancelled: each is asked about a place that is kept for it, or to choose another day", async () => {
    const { wanted } = await aSession(services, { counters: 3, steps: 1 });
    await aSession(services, { localDate: NEXT_DAY, counters: 2, steps: 1 });
    const family = await aFamily(wanted, [1, 2]);
    const alone = await aFamily(wanted, [3]);
    await cut({ localDate: VISIT_DAY });
    const { parties, cuts } = await work();
    expect(cuts).toMatchObject([{ places: 3, reason: "storm", undoneAt: null }]);
    expect(parties).toMatchObject([
      { bookingId: family.bookingId, people: 2, answer: "asked", proposed: { localDate: NEXT_DAY } },
      { bookingId: alone.bookingId, people: 1, answer: null, proposed: null },
    ]);
    expect(await places()).toEqual({ booked: 3, held: 2 });
    const [told] = await services.adminQuery(
      "select count(*)::int from platform.outbox where name = 'booking.displaced'",
    );
    expect(told).toEqual({ count: 2 });
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("is only of the own office, and only by who plans it", async () => {
    await aSession(services);
    const wish = { localDate: VISIT_DAY, reason: "other" } as const;
    for (const ctx of [supervisor("clerk"), supervisor("supervisor", "chicago")])
      expect(await cutCapacity(ctx, FRESNO, wish)).toEqual({ ok: false, refusal: { code: "not_allowed" } });
    expect(await cutCapacity(supervisor(), FRESNO, { ...wish, localDate: NEXT_DAY })).toEqual({
      ok: false,
      refusal: { code: "nothing_to_cut" },
    });
    expect(await places()).toEqual({ open: 8 });
  });

  test("comes back when the cut is undone: who stayed keeps her place, what is kept elsewhere is free", async () => {
    const { wanted } = await aSession(services, { counters: 2, steps: 2 });
    await aSession(services, { localDate: NEXT_DAY, counters: 2, steps: 2 });
    await aFamily(wanted, [1, 2]);
    const cutId = await cut({ localDate: VISIT_DAY });
    expect(await places()).toEqual({ booked: 2, held: 2, open: 2, withdrawn: 2 });
    expect(await undoCut(supervisor(), FRESNO, cutId)).toMatchObject({ ok: true });
    // Through the next tick, like all that had been gone: nobody gains by watching.
    expect(await places()).toEqual({ booked: 2, freed: 2, open: 4 });
    expect(await undoCut(supervisor(), FRESNO, cutId)).toEqual({ ok: false, refusal: { code: "unknown_cut" } });
    expect((await work()).parties).toEqual([]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });
});

describe("another place that is proposed", () => {
  async function proposed() {
    const { wanted } = await aSession(services, { counters: 2, steps: 1 });
    const { wanted: other } = await aSession(services, { localDate: NEXT_DAY, counters: 3, steps: 1 });
    const family = await aFamily(wanted, [1, 2]);
    const cutId = await cut({ localDate: VISIT_DAY });
    return { family, other, cutId, ctx: citizen(services, family.contactId) };
  }
  const row = async ({ bookingId }: { bookingId: string }) =>
    (
      await services.adminQuery(
        "select local_date::text as day, state, moves, (select state from booking.proposals where booking_id = b.id) as proposal from booking.bookings b where id = $1",
        [bookingId],
      )
    )[0];

  test("is hers with a yes, also in the last hour, and is not counted as a move", async () => {
    const { family, ctx } = await proposed();
    expect(await getProposal(ctx, family.contactId, family.bookingId)).toMatchObject({ localDate: NEXT_DAY });
    services.clock.set(new Date("2026-12-03T15:30:00Z"));
    const late = { ...ctx, now: services.clock.now() };
    expect(await acceptProposal(late, family)).toMatchObject({ ok: true });
    expect(await row(family)).toEqual({ day: NEXT_DAY, state: "active", moves: 0, proposal: "accepted" });
    expect(await acceptProposal(late, family)).toMatchObject({ ok: false, refusal: { code: "place_taken" } });
    expect(await places()).toEqual({ booked: 2, open: 1, withdrawn: 2 });
    expect((await work()).parties).toEqual([]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("on the same day is hers with a yes while it is kept, also within two hours of it", async () => {
    const { wanted, sessionId } = await aSession(services, { counters: 1, steps: 3, opens: "10:00" });
    const family = await aFamily(wanted, [1]);
    await cut({ localDate: VISIT_DAY, sessionId, hours: { from: "10:00", until: "10:30" } });
    const at0845 = { ...citizen(services, family.contactId), now: new Date("2026-12-03T16:45:00Z") };
    const kept = { startsAt: new Date("2026-12-03T18:30:00Z") };
    expect(await getProposal(at0845, family.contactId, family.bookingId)).toMatchObject(kept);
    expect(await acceptProposal(at0845, family)).toMatchObject({ ok: true });
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("or not: another day may be chosen until the lost hour, at it and after it, and cancelling keeps its rule", async () => {
    const { family, other, ctx } = await proposed();
    const { wanted: another } = await aSession(services, { localDate: addDays(VISIT_DAY, 2), counters: 2, steps: 1 });
    const at = (time: string) => ({ ...ctx, now: new Date(`2026-12-03T${time}:00Z`) });
    expect(await cancelBooking(at("15:30"), family)).toMatchObject({ ok: false, refusal: { code: "too_late" } });
    expect(await moveBookingTo(at("17:00"), { ...family, wanted: another })).toMatchObject({ ok: true });
    expect(await row(family)).toMatchObject({ state: "active", moves: 0, proposal: "declined" });
    // There it has an hour again, and with it the rule.
    const near = { ...ctx, now: new Date(another.startsAt.getTime() - 60 * 60_000) };
    expect(await moveBookingTo(near, { ...family, wanted: other })).toMatchObject({ ok: false });
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("is free again with a no, and the family is on the work list until it has another", async () => {
    const { family, other, ctx } = await proposed();
    expect(await answerForFamily(supervisor(), FRESNO, { ...family, answer: "no" })).toMatchObject({ ok: true });
    expect(await places()).toEqual({ booked: 2, open: 3 });
    expect((await work()).parties).toMatchObject([{ answer: "declined" }]);
    // Whatever day she takes instead, it is the office's doing.
    expect(await moveBookingTo(ctx, { ...family, wanted: other })).toMatchObject({ ok: true });
    expect(await row(family)).toEqual({ day: NEXT_DAY, state: "active", moves: 0, proposal: "declined" });
    expect((await work()).parties).toEqual([]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("is nobody else's to answer, and its place is given up with the appointment, which costs no waiting", async () => {
    const { family, ctx } = await proposed();
    const [stranger] = await someContacts(services, 1);
    const foreign = { ...family, contactId: stranger! };
    for (const answer of [acceptProposal, declineProposal])
      expect((await answer(citizen(services, stranger!), foreign)).ok).toBe(false);
    expect(await answerForFamily(supervisor("clerk"), FRESNO, { ...family, answer: "yes" })).toMatchObject({
      ok: false,
    });
    expect(await cancelBooking(ctx, family)).toMatchObject({ ok: true });
    expect(await places()).toEqual({ open: 3, withdrawn: 2 });
    const [counter] = await services.adminQuery(
      "select cooling_until from booking.contact_counters where contact_id = $1",
      [family.contactId],
    );
    expect(counter).toEqual({ cooling_until: null });
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("is kept until the hour that was lost, and no longer", async () => {
    const { family, ctx } = await proposed();
    services.clock.set(new Date("2026-12-03T16:00:00Z"));
    await expireHolds(systemContext(services, "test"));
    expect(await places()).toEqual({ booked: 2, open: 3 });
    expect(await acceptProposal({ ...ctx, now: services.clock.now() }, family)).toMatchObject({ ok: false });
  });
});

test("a cut of counters or hours takes these and no others, and the same key twice is one cut", async () => {
  const { sessionId } = await aSession(services, { counters: 3, steps: 4 });
  const wish = {
    localDate: VISIT_DAY,
    sessionId,
    counters: { from: 2, to: 3 },
    hours: { from: "08:15", until: "08:45" },
    reason: "staff",
  } as const;
  const key = { route: "test", key: "one", body: "x" };
  const ctx = supervisor();
  const answers = [await cutCapacity(ctx, FRESNO, wish, key), await cutCapacity(ctx, FRESNO, wish, key)];
  expect(answers[0]).toMatchObject({ ok: true });
  expect(answers[1]).toEqual(answers[0]);
  const taken = await services.adminQuery(
    "select counter, to_char(starts_at at time zone 'America/Los_Angeles', 'HH24:MI') as at from schedules.places where state = 'withdrawn' order by 2, 1",
  );
  expect(taken.map(({ counter, at }) => `${at} ${counter}`)).toEqual(["08:15 2", "08:15 3", "08:30 2", "08:30 3"]);
});

test("who has a free counter beside her at the same hour is sent there, and is not asked", async () => {
  const { wanted, sessionId } = await aSession(services, { counters: 4, steps: 1 });
  const family = await aFamily(wanted, [1, 2]);
  const counters = async () =>
    (
      await services.adminQuery<{ counter: number }>(
        "select counter from booking.appointments where booking_id = $1 order by counter",
        [family.bookingId],
      )
    ).map((one) => one.counter);
  expect(await counters()).toEqual([1, 2]);
  await cut({ localDate: VISIT_DAY, sessionId, counters: { from: 1, to: 1 } });
  expect(await counters()).toEqual([3, 4]);
  expect((await work()).parties).toEqual([]);
  const told = await services.adminQuery("select 1 from platform.outbox where name = 'booking.displaced'");
  expect(told).toEqual([]);
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

test("two cuts at once take each place once", async () => {
  await aSession(services, { counters: 4, steps: 4 });
  const both = await Promise.all([
    cutCapacity(supervisor(), FRESNO, { localDate: VISIT_DAY, reason: "storm" }),
    cutCapacity(supervisor(), FRESNO, { localDate: VISIT_DAY, reason: "venue" }),
  ]);
  expect(both.filter((one) => one.ok)).toHaveLength(1);
  const cuts = await services.adminQuery("select places from schedules.cuts");
  expect(cuts).toEqual([{ places: 16 }]);
});

test("what families in the hall would lose is not closed until they were attended to", async () => {
  const { wanted } = await aSession(services, { counters: 1, steps: 2 });
  const family = await aFamily(wanted, [1]);
  services.clock.set(new Date(wanted.startsAt.getTime() - 60_000));
  await services.adminQuery(
    "insert into visits.visits (office_id, id, booking_id, local_date, state, arrived_at) values ($1, gen_random_uuid(), $2, $3, 'waiting', $4)",
    [FRESNO, family.bookingId, VISIT_DAY, services.clock.now()],
  );
  const asked = supervisor();
  const key = { route: "test", key: "one", body: "one" };
  const close = () => cutCapacity(asked, FRESNO, { localDate: VISIT_DAY, reason: "staff" }, key);
  expect(await close()).toEqual({ ok: false, refusal: { code: "people_inside" } });
  expect(
    await cutCapacity(supervisor(), FRESNO, {
      localDate: VISIT_DAY,
      hours: { from: "08:15", until: "09:00" },
      reason: "staff",
    }),
  ).toMatchObject({ ok: true });
  await services.adminQuery("update visits.visits set state = 'done'");
  expect(await close()).toMatchObject({ ok: true });
});
