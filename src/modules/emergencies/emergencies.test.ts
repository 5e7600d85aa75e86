import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { book } from "#modules/booking/index.ts";
import { aStaffId, staffContext, worker } from "#modules/visits/visits.fixtures.ts";
import type { Context, StaffRole } from "#platform/context.ts";
import { expectConsistent } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, FRESNO } from "#tests/support/fixtures.ts";
import { proposeAnswer, sendBack, signAnswer } from "./commands/answer.ts";
import { askEmergency, reviewEmergency, withdrawEmergency } from "./commands/ask.ts";
import { bookForParty, bookGranted } from "./commands/book.ts";
import { countWeeks, eraseEmergencies, remindOffices } from "./commands/sweep.ts";
import { aNo, anOpenOffice, aPlace, aQuestion, asked, aStranger, at, whoComes } from "./emergencies.fixtures.ts";
import { getEmergencyFigures } from "./queries/figures.ts";
import { getOwnEmergency, listOwnEmergencies } from "./queries/own.ts";
import { listUrgentTimes } from "./queries/places.ts";
import { listQueue, openEmergency } from "./queries/queue.ts";
import type { EmergencyId } from "./types.ts";

const FRIDAY = "2026-12-04" as LocalDate;

let services: TestServices;
const staff = {} as Record<"clerk" | "colleague" | "head", string>;
beforeAll(async () => {
  services = await openTestServices();
  await anOpenOffice(services);
  [staff.clerk, staff.colleague, staff.head] = await Promise.all([
    aStaffId(services),
    aStaffId(services, "supervisor"),
    aStaffId(services, "office_head"),
  ]);
});
afterAll(() => services.close());

const ROLES = { clerk: "clerk", colleague: "supervisor", head: "office_head" } as const satisfies Record<
  string,
  StaffRole
>;
const by = (who: keyof typeof staff): Context => staffContext(services, staff[who], ROLES[who]);
const versionOf = async (id: EmergencyId): Promise<number> => {
  const [row] = await services.adminQuery<{ version: number }>(
    "select version from emergencies.requests where id = $1",
    [id],
  );
  return row!.version;
};
const now = async (id: EmergencyId) => ({ id, version: await versionOf(id) });
const heldBy = async (id: EmergencyId) =>
  services.adminQuery("select state, held_until from schedules.places where holder = $1", [id]);
const code = (outcome: { ok: boolean; refusal?: { code: string } }) => (outcome.ok ? "ok" : outcome.refusal!.code);

test("who asks is in the queue of her office with what happened, due within two opening hours; of another office nobody sees it", async () => {
  const { id, dueAt, ctx } = await asked(services, { kind: "violence", neededBy: "today" });
  expect(dueAt).toEqual(at("11:00"));
  const queue = await listQueue(by("clerk"), FRESNO);
  if (!queue.ok) throw new Error(queue.refusal.code);
  expect(queue.value.find((one) => one.id === id)).toMatchObject({
    kind: "violence",
    neededBy: "today",
    state: "asked",
    dueAt,
  });
  const elsewhere = await aStaffId(services, "clerk", "dallas" as OfficeId);
  const stranger = staffContext(services, elsewhere, "clerk", "dallas" as OfficeId);
  expect(await listQueue(stranger, "dallas" as OfficeId)).toMatchObject({ ok: true, value: [] });
  expect(code(await openEmergency(stranger, "dallas" as OfficeId, id))).toBe("unknown_emergency");
  expect(code(await proposeAnswer(stranger, { id, version: 1 }, aNo))).toBe("unknown_emergency");
  expect(code(await listQueue(stranger, FRESNO))).toBe("not_allowed");
  // What happened stands nowhere in the open, and her own page does not say it.
  const [row] = await services.adminQuery(
    "select to_jsonb(r)::text as text from emergencies.requests r where id = $1",
    [id],
  );
  expect(row!["text"]).not.toMatch(/violence|today/);
  expect(JSON.stringify(await listOwnEmergencies(ctx))).not.toMatch(/violence/);
});

test("two people grant a place: it is kept from the first signature, she is told at the second, and says who comes", async () => {
  const { id, ctx } = await asked(services);
  expect(code(await proposeAnswer(by("clerk"), await now(id), aPlace("09:15")))).toBe("ok");
  expect(await heldBy(id)).toEqual([
    { state: "held", held_until: aPlace("09:15").kind === "place" ? at("09:15", "2026-12-03" as never) : null },
  ]);
  expect(await getOwnEmergency(ctx, id)).toMatchObject({ state: "asked", answer: undefined, startsAt: undefined });
  expect(code(await bookGranted(ctx, id, [whoComes(1)]))).toBe("not_possible");

  expect(code(await signAnswer(by("clerk"), await now(id)))).toBe("second_person_needed");
  expect(code(await signAnswer(by("colleague"), await now(id)))).toBe("ok");
  expect(await getOwnEmergency(ctx, id)).toMatchObject({ state: "granted", answer: "place", localDate: "2026-12-03" });
  const [told] = await services.adminQuery(
    "select detail from platform.outbox where name = 'emergencies.answered' and subject_id = $1",
    [id],
  );
  expect(Object.keys(told!["detail"] as object)).toEqual(["contactId"]);
  await expectConsistent(services.adminQuery);

  expect(code(await bookGranted(ctx, id, [whoComes(1), whoComes(2)]))).toBe("not_possible");
  expect(code(await bookGranted(aStranger(services), id, [whoComes(1)]))).toBe("unknown_emergency");
  const booked = await bookGranted(ctx, id, [whoComes(1)]);
  if (!booked.ok) throw new Error(booked.refusal.code);
  expect(await getOwnEmergency(ctx, id)).toMatchObject({ state: "booked", bookingId: booked.value.bookingId });
  expect(await heldBy(id)).toEqual([]);
  await expectConsistent(services.adminQuery);
});

test("whoever waits after a cancellation, or holds other places, is not kept from a place that two people signed", async () => {
  const { id, ctx, contactId } = await asked(services);
  await services.adminQuery(
    "insert into booking.contact_counters (contact_id, people, cooling_until) values ($1, 0, $2) on conflict (contact_id) do update set cooling_until = excluded.cooling_until",
    [contactId, new Date(services.clock.now().getTime() + HOUR_MS)],
  );
  const wanted = { officeId: FRESNO, localDate: "2026-12-03" as never, startsAt: at("09:45", "2026-12-03" as never) };
  expect(code(await book(ctx, { contactId, wanted, applicants: [anApplicant(30)] }))).toBe("wait_after_cancel");
  await proposeAnswer(by("clerk"), await now(id), aPlace("09:30"));
  await signAnswer(by("colleague"), await now(id));
  expect(code(await bookGranted(ctx, id, [whoComes(30)]))).toBe("ok");
});

test("an appointment that she has already and that comes too late is moved to the place", async () => {
  const { id, ctx, contactId } = await asked(services);
  const later = { officeId: FRESNO, localDate: "2026-12-03" as never, startsAt: at("09:45", "2026-12-03" as never) };
  const before = await book(ctx, { contactId, wanted: later, applicants: [anApplicant(31)] });
  if (!before.ok) throw new Error(before.refusal.code);
  await proposeAnswer(by("clerk"), await now(id), aPlace("09:00"));
  await signAnswer(by("head"), await now(id));
  expect(await bookGranted(ctx, id, [whoComes(31)])).toEqual({
    ok: true,
    value: { bookingId: before.value.bookingId, officeId: FRESNO },
  });
  const [booking] = await services.adminQuery("select starts_at from booking.bookings where id = $1", [
    before.value.bookingId,
  ]);
  expect(booking!["starts_at"]).toEqual(at("09:00", "2026-12-03" as never));
  await expectConsistent(services.adminQuery);
});

test("an appointment for other people is not moved, and four of one contact keep nobody from a place", async () => {
  const { id, ctx, contactId } = await asked(services);
  const { wanted: later } = await aSession(services, { localDate: FRIDAY, opens: "12:00", steps: 4, counters: 3 });
  const before = await book(ctx, { contactId, wanted: later, applicants: [33, 34].map((n) => anApplicant(n)) });
  if (!before.ok) throw new Error(before.refusal.code);
  await proposeAnswer(by("clerk"), await now(id), aPlace("12:15", { localDate: FRIDAY }));
  await signAnswer(by("head"), await now(id));
  expect(await bookGranted(ctx, id, [whoComes(33)])).toMatchObject({
    refusal: { code: "already_booked", bookingId: before.value.bookingId },
  });
  expect(await heldBy(id)).toHaveLength(1);
  await services.adminQuery("update booking.contact_counters set people = 5 where contact_id = $1", [contactId]);
  expect(code(await bookGranted(ctx, id, [whoComes(35)]))).toBe("ok");
  expect(await heldBy(id)).toEqual([]);
  await services.adminQuery("update booking.contact_counters set people = 3 where contact_id = $1", [contactId]);
  await expectConsistent(services.adminQuery);
});

test("an hour of today stands until the office has closed, for whoever is late is attended to", async () => {
  const { id, ctx } = await asked(services);
  await proposeAnswer(by("clerk"), await now(id), { kind: "hour", startsAt: at("10:00"), words: "" });
  await signAnswer(by("colleague"), await now(id));
  const sweep = (time: string) => remindOffices({ ...worker(services), now: at(time) });
  await sweep("10:01");
  expect(await getOwnEmergency(ctx, id)).toMatchObject({ state: "granted" });
  await sweep("22:30");
  expect(await getOwnEmergency(ctx, id)).toMatchObject({ state: "lapsed" });
});

test("a proposal that a colleague sends back gives its place back; a place that is gone is not promised", async () => {
  const { id } = await asked(services);
  await proposeAnswer(by("clerk"), await now(id), aPlace("10:00", { localDate: "2026-12-02" as never }));
  expect(await heldBy(id)).toHaveLength(1);
  expect(code(await sendBack(by("colleague"), await now(id)))).toBe("ok");
  expect(await heldBy(id)).toEqual([]);
  expect(code(await proposeAnswer(by("clerk"), await now(id), aPlace("20:00")))).toBe("emergency_place_taken");
  const far = { kind: "hour", startsAt: at("10:00", "2026-12-03" as never), words: "" } as const;
  expect(code(await proposeAnswer(by("clerk"), await now(id), far))).toBe("hour_not_today");
  expect(code(await proposeAnswer(by("clerk"), await now(id), { ...far, startsAt: at("10:00") }))).toBe("ok");
  expect(code(await signAnswer(by("colleague"), await now(id)))).toBe("ok");
});

test("places for emergencies are those that are kept for them and open ones, never a draw's", async () => {
  const span = ["09:00", "09:15", "09:30", "09:45"].map((time) => at(time, "2026-12-03" as never));
  const service = { slug: "matricula-consular" as never, people: 1 };
  const before = await listUrgentTimes(by("clerk"), FRESNO, service);
  const free = before.find((one) => span.some((start) => start.getTime() === one.startsAt.getTime()))!;
  await services.adminQuery(
    "update schedules.places set state = 'planned', pool = 'draw' where state = 'open' and starts_at = $1",
    [free.startsAt],
  );
  const drawn = await listUrgentTimes(by("clerk"), FRESNO, service);
  expect(drawn.map((one) => one.startsAt)).not.toContainEqual(free.startsAt);
  await services.adminQuery("update schedules.places set pool = 'urgent' where state = 'planned' and starts_at = $1", [
    free.startsAt,
  ]);
  expect((await listUrgentTimes(by("clerk"), FRESNO, service)).map((one) => one.startsAt)).toContainEqual(
    free.startsAt,
  );
  const { id, ctx } = await asked(services);
  const place = { ...aPlace(), localDate: free.localDate, startsAt: free.startsAt } as never;
  expect(code(await proposeAnswer(by("clerk"), await now(id), place))).toBe("ok");
  // Given back it is kept for emergencies again, and not opened to all.
  expect(code(await withdrawEmergency(ctx, id))).toBe("ok");
  const [back] = await services.adminQuery(
    "select distinct state, pool from schedules.places where starts_at = $1 and state <> 'booked'",
    [free.startsAt],
  );
  expect(back).toEqual({ state: "planned", pool: "urgent" });
});

test("a no is told in writing, and goes to the head of office once", async () => {
  const { id, ctx } = await asked(services);
  await proposeAnswer(by("clerk"), await now(id), aNo);
  await signAnswer(by("colleague"), await now(id));
  expect(await getOwnEmergency(ctx, id)).toMatchObject({
    state: "refused",
    reason: "ordinary_in_time",
    words: aNo.words,
    mayReview: true,
  });
  expect(code(await reviewEmergency(ctx, id))).toBe("ok");
  expect(code(await reviewEmergency(ctx, id))).toBe("ok");
  expect(await getOwnEmergency(ctx, id)).toMatchObject({ state: "asked", answer: undefined, words: "" });
  expect(code(await proposeAnswer(by("colleague"), await now(id), aNo))).toBe("head_needed");
  expect(code(await proposeAnswer(by("head"), await now(id), aNo))).toBe("ok");
  services.clock.set(at("09:29"));
  expect(code(await signAnswer(by("head"), await now(id)))).toBe("second_person_needed");
  services.clock.set(at("09:30"));
  expect(code(await signAnswer(by("head"), await now(id)))).toBe("ok");
  const [row] = await services.adminQuery(
    "select signed_how, opening_minutes from emergencies.requests where id = $1",
    [id],
  );
  expect(row).toEqual({ signed_how: "alone", opening_minutes: 0 });
  expect(code(await reviewEmergency(ctx, id))).toBe("not_possible");
  services.clock.set(at("09:00"));
});

test("one question at a time for a contact and a visit; three in a week; telephones that nobody proved wait by thirty", async () => {
  const { ctx, id } = await asked(services);
  expect(await askEmergency(ctx, aQuestion())).toMatchObject({ refusal: { code: "already_asked", id } });
  const phone = "(559) 233-4000";
  const sessionId = randomUUID();
  const first = await askEmergency(aStranger(services, sessionId), aQuestion({ phone }));
  if (!first.ok) throw new Error(first.refusal.code);
  expect(await askEmergency(aStranger(services, sessionId), aQuestion({ phone: "559 233 4001" }))).toMatchObject({
    refusal: { code: "already_asked", id: first.value.id },
  });
  // Whether its owner asked is told to nobody who types her telephone.
  expect(code(await askEmergency(aStranger(services), aQuestion({ phone: "+1 559 233 4000" })))).toBe("ok");
  expect(code(await askEmergency(aStranger(services), aQuestion({ phone: "911" })))).toBe("invalid_phone");
  expect(code(await askEmergency(aStranger(services), aQuestion()))).toBe("prove_contact");
  expect(code(await askEmergency(ctx, aQuestion({ officeId: "atlantis" as OfficeId })))).toBe("unknown_office");

  for (let again = 1; again <= 2; again++) {
    const [open] = (await listOwnEmergencies(ctx)).filter((one) => one.state === "asked");
    await withdrawEmergency(ctx, open!.id);
    await askEmergency(ctx, aQuestion());
  }
  const [last] = (await listOwnEmergencies(ctx)).filter((one) => one.state === "asked");
  await withdrawEmergency(ctx, last!.id);
  expect(await askEmergency(ctx, aQuestion())).toMatchObject({ refusal: { code: "too_many_asked", most: 3 } });

  const flood = await Promise.all(
    Array.from({ length: 32 }, (_, i) =>
      askEmergency(aStranger(services), aQuestion({ phone: `559 233 ${5000 + i}`, officeId: "dallas" as OfficeId })),
    ),
  );
  const refused = flood.filter((one) => !one.ok).length;
  expect(refused).toBe(2);
  expect(
    code(await askEmergency(aStranger(services), aQuestion({ phone: "559 233 6000", officeId: "dallas" as OfficeId }))),
  ).toBe("prove_contact");
});

test("whoever gave a telephone sees the answer in the visit in which she asked; the office calls and books her in under a card", async () => {
  const mine = aStranger(services);
  const outcome = await askEmergency(mine, aQuestion({ phone: "559 233 4100" }));
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  const { id } = outcome.value;
  const opened = await openEmergency(by("clerk"), FRESNO, id);
  expect(opened).toMatchObject({ ok: true, value: { byPhone: true, phone: "+15592334100" } });
  await proposeAnswer(by("clerk"), await now(id), aPlace("11:00", { localDate: "2026-12-02" as never }));
  await signAnswer(by("colleague"), await now(id));
  expect(await getOwnEmergency(mine, id)).toMatchObject({ state: "granted" });
  expect(await getOwnEmergency(aStranger(services), id)).toBeUndefined();
  expect(code(await bookGranted(mine, id, [whoComes(40)]))).toBe("not_possible");
  const booked = await bookForParty(by("clerk"), id, [whoComes(40)]);
  if (!booked.ok) throw new Error(booked.refusal.code);
  expect(booked.value.card).toMatchObject({ pin: expect.stringMatching(/^\d{6}$/) as string });
  expect(await getOwnEmergency(mine, id)).toMatchObject({ state: "booked", bookingId: booked.value.booked.bookingId });
  await expectConsistent(services.adminQuery);
});

test("what is late reminds the office once and is counted; a place that nobody took up is over, and free", async () => {
  const { id } = await asked(services);
  services.clock.set(at("10:59"));
  const due = await remindOffices(worker(services));
  services.clock.set(at("11:00"));
  expect(await remindOffices(worker(services))).toBeGreaterThan(0);
  expect(await remindOffices(worker(services))).toBe(0);
  expect(due).toBe(0);
  await proposeAnswer(by("clerk"), await now(id), aPlace("12:00", { localDate: "2026-12-02" as never }));
  await signAnswer(by("colleague"), await now(id));
  services.clock.set(at("12:00"));
  await remindOffices(worker(services));
  expect((await services.adminQuery("select state from emergencies.requests where id = $1", [id]))[0]).toEqual({
    state: "lapsed",
  });
  expect(await heldBy(id)).toEqual([]);
  await expectConsistent(services.adminQuery);
});

test("a place that the office closed goes back to its queue, due anew, and is not told as given", async () => {
  services.clock.set(at("09:00"));
  const { id, ctx } = await asked(services);
  await proposeAnswer(by("clerk"), await now(id), aPlace("10:15", { localDate: "2026-12-02" as never }));
  await signAnswer(by("colleague"), await now(id));
  await services.adminQuery(
    "update schedules.places set state = 'withdrawn', holder = null, held_until = null where holder = $1",
    [id],
  );
  services.clock.set(at("09:30"));
  await remindOffices(worker(services));
  expect(await getOwnEmergency(ctx, id)).toMatchObject({ state: "asked", answer: undefined, dueAt: at("11:30") });
  expect(code(await withdrawEmergency(ctx, id))).toBe("ok");
});

test("weeks that are over are counted once; thirty days later nothing names anybody any more, and the numbers stay", async () => {
  const [{ count }] = (await services.adminQuery("select count(*)::int as count from emergencies.requests")) as [
    { count: number },
  ];
  services.clock.set(at("12:00", "2026-12-11" as never));
  expect(await countWeeks(worker(services))).toBe(2);
  expect(await countWeeks(worker(services))).toBe(0);
  const [fresno] = await services.adminQuery(
    "select asked, granted, refused, alone, late, cardinality(minutes) as answered from emergencies.weeks where office_id = 'fresno'",
  );
  const [expected] = await services.adminQuery(
    `select count(*)::int as asked, (count(*) filter (where state in ('granted', 'booked', 'lapsed')))::int as granted, (count(*) filter (where state = 'refused'))::int as refused, (count(*) filter (where signed_how = 'alone'))::int as alone,
       (count(*) filter (where reminded_at is not null))::int as late, (count(*) filter (where opening_minutes is not null))::int as answered from emergencies.requests where office_id = 'fresno'`,
  );
  expect(fresno).toEqual(expected);
  expect(count).toBeGreaterThan(40);
  const { periods } = await getEmergencyFigures(services);
  expect(periods).toMatchObject([{ from: "2026-11-30", to: "2026-12-06", asked: count }]);
  services.clock.set(at("12:00", "2027-01-04" as never));
  expect(await eraseEmergencies(worker(services))).toBe(count);
  expect((await getEmergencyFigures(services)).periods).toEqual(periods);
});
