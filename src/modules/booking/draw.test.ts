import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { aCurp } from "#tests/robustness/curps.ts";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, citizen, someContacts } from "#tests/support/fixtures.ts";
import type { LocalDate, ServiceSlug } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { householdLines, listDrawLines, listRequests, openNextDraw, type DrawId } from "#modules/allocation/index.ts";
import { systemContext } from "#platform/context.ts";
import { readPublished } from "../../verify/published.ts";
import { verify } from "../../verify/verify.ts";
import { aDrawWorld, ANY_MORNING, goOn, HOURS, someRequests, type AskingHousehold } from "#tests/support/draw-world.ts";
import { acceptOffer, bookDueOffers, changeRequest, decline, requestPlaces, withdraw } from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

async function counted(what: "state" | "answer", table: string): Promise<Record<string, number>> {
  const found = await services.adminQuery<{ key: string; count: number }>(
    `select ${what} as key, count(*)::int from ${table} group by 1 order by 1`,
  );
  return Object.fromEntries(found.map((one) => [one.key, one.count]));
}
const places = () => counted("state", "schedules.places");
const requests = () => counted("state", "allocation.requests");
const own = async ({ contactId }: AskingHousehold) => (await listRequests(citizen(services, contactId)))[0]!;
const asked = (one: AskingHousehold) => [citizen(services, one.contactId), one.requestId, one.contactId] as const;

async function verdictOf(drawId: DrawId, more: readonly string[] = []) {
  const reader = readPublished();
  for (const file of ["documents", "replay"] as const)
    for await (const line of listDrawLines(systemContext(services, "test"), drawId, file)) reader.line(line);
  more.forEach(reader.line);
  return verify(reader.end());
}
/** The operator's own beacon: right in everything, and not to be checked by the public. */
const RIGHT = { verdict: "not_publicly_verifiable", faults: [] };

describe("a draw from the first request to the last booking", () => {
  test("gives every place to those who asked, books them, and is verified from its files", async () => {
    const draw = await aDrawWorld(services, { counters: 2 });
    const households = await someRequests(services, 12);
    expect(await places()).toEqual({ planned: 8 });
    await goOn(services, HOURS.lock);
    expect(await places()).toEqual({ committed: 8 });
    await goOn(services, HOURS.round);
    expect(await places()).toEqual({ booked: 8 });
    expect(await requests()).toEqual({ confirmed: 8, standing: 4 });
    expect(await brokenRules(services.adminQuery)).toEqual({});
    const papers = await Promise.all(
      households.map((one) => householdLines(citizen(services, one.contactId), one.requestId, draw)),
    );
    expect(await verdictOf(draw, papers.flat())).toMatchObject({ ...RIGHT, households: 12 });
    expect(await householdLines(citizen(services, households[0]!.contactId), households[1]!.requestId, draw)).toEqual(
      [],
    );
  });

  test("runs once: whoever comes second or comes again finds it done", async () => {
    const draw = await aDrawWorld(services);
    await someRequests(services, 3);
    await Promise.all([goOn(services, HOURS.lock), goOn(services, HOURS.lock)]);
    await Promise.all([goOn(services, HOURS.round), goOn(services, HOURS.round)]);
    await goOn(services, HOURS.round);
    const [counts] = await services.adminQuery(
      "select (select count(*)::int from booking.bookings) as bookings, (select count(*)::int from allocation.documents where draw_id = $1 and kind = 'result') as results",
      [draw],
    );
    expect(counts).toEqual({ bookings: 3, results: 1 });
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("seats a family together on one day, each person for as long as she needs", async () => {
    await aDrawWorld(services, { hours: 2, counters: 3 });
    const [contactId] = await someContacts(services, 1);
    const people = [
      ["pasaporte-adulto", "matricula-consular", "credencial-votar"],
      ["pasaporte-adulto"],
      ["matricula-consular"],
    ];
    const filed = await requestPlaces(citizen(services, contactId!), {
      contactId: contactId!,
      applicants: people.map((slugs, i) => anApplicant(i, { services: slugs as ServiceSlug[] })),
      wish: ANY_MORNING,
      autoConfirm: true,
    });
    expect(filed).toMatchObject({ ok: true });
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    const rows = await services.adminQuery<{ ordinal: number; steps: number; day: string }>(
      "select ordinal, steps, local_date::text as day from booking.appointments order by ordinal",
    );
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { ordinal: 1, steps: 4, day: "2026-12-14" },
      { ordinal: 2, steps: 1, day: "2026-12-14" },
      { ordinal: 3, steps: 1, day: "2026-12-14" },
    ]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });
});

describe("an offer", () => {
  test("is a booking after a yes, and one booking however often it is pressed", async () => {
    await aDrawWorld(services);
    const [household] = await someRequests(services, 1, { autoConfirm: false });
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    expect(await places()).toEqual({ assigned: 1, committed: 7 });
    const answers = await Promise.all([1, 2, 3].map(() => acceptOffer(...asked(household!))));
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
    expect(await requests()).toEqual({ confirmed: 1 });
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("is nobody else's to accept, decline or withdraw", async () => {
    await aDrawWorld(services);
    const [hers, other] = await someRequests(services, 2, { autoConfirm: false });
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    const stranger = [citizen(services, other!.contactId), hers!.requestId, other!.contactId] as const;
    for (const act of [acceptOffer, decline, withdraw])
      expect(await act(...stranger)).toEqual({ ok: false, refusal: { code: "unknown_request" } });
    expect(await own(hers!)).toMatchObject({ state: "offered" });
  });

  test("that was silent is kept when the time to say no is over", async () => {
    await aDrawWorld(services);
    await someRequests(services, 2, { autoConfirm: false });
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    expect(await requests()).toEqual({ offered: 2 });
    await goOn(services, HOURS.answers);
    expect(await requests()).toEqual({ confirmed: 2 });
  });

  test("that got a no goes to somebody who waits, in a second round with an order of its own", async () => {
    const draw = await aDrawWorld(services);
    const households = await someRequests(services, 12, { autoConfirm: false });
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    const states = await Promise.all(households.map(own));
    const winners = households.filter((_, i) => states[i]!.state === "offered");
    expect(winners).toHaveLength(8);
    for (const winner of winners.slice(0, 3)) expect(await decline(...asked(winner))).toMatchObject({ ok: true });
    await goOn(services, HOURS.answers);
    expect(await places()).toEqual({ booked: 5, committed: 3 });
    await goOn(services, new Date(HOURS.answers.getTime() + 5 * MINUTE_MS));
    await goOn(services, HOURS.secondRound);
    expect(await places()).toEqual({ assigned: 3, booked: 5 });
    const [second] = await services.adminQuery<{ id: DrawId }>("select id from allocation.draws where follows = $1", [
      draw,
    ]);
    expect(await verdictOf(draw)).toMatchObject(RIGHT);
    expect(await verdictOf(second!.id)).toMatchObject(RIGHT);
    const after = await Promise.all(households.map(own));
    // Those who said no stand in the next draw, not in the second round of this one.
    expect(winners.slice(0, 3).map((winner) => after[households.indexOf(winner)]!.state)).toEqual([
      "standing",
      "standing",
      "standing",
    ]);
    await goOn(services, HOURS.over);
    expect(await requests()).toEqual({ confirmed: 8, standing: 4 });
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("of days that nobody else wanted returns to the calendar for the next draw", async () => {
    await aDrawWorld(services);
    await someRequests(services, 1);
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    await goOn(services, HOURS.answers);
    await goOn(services, HOURS.secondRound);
    await goOn(services, HOURS.over);
    await goOn(services, HOURS.over);
    expect(await places()).toEqual({ booked: 1, planned: 7 });
  });
});

describe("a request", () => {
  test("stands in the next draw when it got nothing, under a number of its own", async () => {
    await aDrawWorld(services);
    const households = await someRequests(services, 9, { wish: { ...ANY_MORNING, to: null } });
    for (const to of [HOURS.lock, HOURS.round, HOURS.answers, HOURS.secondRound, HOURS.over]) await goOn(services, to);
    const waiting = households[(await Promise.all(households.map(own))).findIndex((one) => one.state === "standing")]!;
    await openNextDraw(systemContext(services, "test"), "weekly");
    await goOn(services, new Date(HOURS.over.getTime() + MINUTE_MS));
    const draws = (await own(waiting)).draws;
    expect(draws.map((one) => one.kind)).toEqual(["weekly", "second", "weekly"]);
    expect(new Set(draws.map((one) => one.app)).size).toBe(2);
  });

  test("is changed and withdrawn before the lock, and each promise ends the one before", async () => {
    const draw = await aDrawWorld(services);
    const [kept, changed, gone] = await someRequests(services, 3);
    const before = (await own(changed!)).draws[0]!;
    const again = await changeRequest(citizen(services, changed!.contactId), changed!.requestId, {
      contactId: changed!.contactId,
      applicants: [anApplicant(1, { services: ["pasaporte-adulto" as ServiceSlug] })],
      wish: { ...ANY_MORNING, weekdays: [5] },
      autoConfirm: true,
    });
    const over = await withdraw(...asked(gone!));
    if (!again.ok || !over.ok) throw new Error("refused");
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    const promises = [before.promise, again.value.promise, over.value.promise!].map((note) =>
      JSON.stringify({ kind: "promise", note }),
    );
    expect(await verdictOf(draw, promises)).toMatchObject(RIGHT);
    // A promise that was ended proves nothing against the draw: its ending stands among the rows, and in her own papers.
    const old = JSON.stringify({ kind: "promise", note: before.promise });
    expect(await verdictOf(draw, [old])).toMatchObject(RIGHT);
    const papers = await householdLines(citizen(services, changed!.contactId), changed!.requestId, draw);
    expect(await verdictOf(draw, papers)).toMatchObject({ ...RIGHT, households: 1 });
    await services.adminQuery("delete from allocation.endings");
    expect((await verdictOf(draw, [old])).faults).toMatchObject([{ code: "promise_without_leaf" }]);
    expect(await requests()).toEqual({ confirmed: 1, standing: 1, withdrawn: 1 });
    expect((await own(kept!)).state).toBe("confirmed");
  });

  test("that is withdrawn after the lock stays in the draw, and its place goes to the second round", async () => {
    const draw = await aDrawWorld(services);
    const [household] = await someRequests(services, 1);
    await goOn(services, HOURS.lock);
    expect(await withdraw(...asked(household!))).toEqual({ ok: true, value: { promise: null } });
    await goOn(services, HOURS.round);
    expect(await places()).toEqual({ committed: 8 });
    expect(await verdictOf(draw)).toMatchObject(RIGHT);
    expect(await bookDueOffers(systemContext(services, "test"))).toBe(0);
  });

  test.each([
    ["no day of the draw", { from: "2027-03-01" as LocalDate, to: "2027-03-05" as LocalDate }, "bad_options"],
    ["no office", { offices: [] }, "bad_options"],
    ["no part of the day", { bands: [] }, "bad_options"],
  ])("for %s is refused", async (_, change, code) => {
    await aDrawWorld(services);
    const [contactId] = await someContacts(services, 1);
    const filed = await requestPlaces(citizen(services, contactId!), {
      contactId: contactId!,
      applicants: [anApplicant(1)],
      wish: { ...ANY_MORNING, ...change },
      autoConfirm: true,
    });
    expect(filed).toMatchObject({ ok: false, refusal: { code } });
    expect(await requests()).toEqual({});
  });

  test("of the same contact for the same kind of service is one: the second press is told of the first", async () => {
    await aDrawWorld(services);
    const [contactId] = await someContacts(services, 1);
    const file = () =>
      requestPlaces(citizen(services, contactId!), {
        contactId: contactId!,
        applicants: [anApplicant(1)],
        wish: ANY_MORNING,
        autoConfirm: true,
      });
    const answers = await Promise.all([file(), file(), file()]);
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
    expect(await requests()).toEqual({ standing: 1 });
  });

  test("for somebody whom the same contact has booked already shows that booking, and six people of one contact are too many", async () => {
    const draw = await aDrawWorld(services);
    const [household] = await someRequests(services, 1);
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    const { bookingId } = await own(household!);
    await services.adminQuery("update allocation.draws set state = 'void' where follows = $1", [draw]);
    services.clock.set(HOURS.over);
    await openNextDraw(systemContext(services, "test"), "weekly");
    const file = (numbers: readonly number[]) =>
      requestPlaces(citizen(services, household!.contactId), {
        contactId: household!.contactId,
        applicants: numbers.map((number) => anApplicant(number)),
        wish: { ...ANY_MORNING, to: null },
        autoConfirm: true,
      });
    expect(await file([70, 0])).toEqual({ ok: false, refusal: { code: "already_booked", bookingId, ordinal: 2 } });
    expect(await file([71, 72, 73, 74, 75])).toMatchObject({ ok: false, refusal: { code: "too_many_people" } });
    expect(await file([71, 72, 73, 74])).toMatchObject({ ok: true });
  });

  test("after the lock is for the next draw: none is open, and no leaf is added", async () => {
    const draw = await aDrawWorld(services);
    await goOn(services, HOURS.lock);
    await expect(someRequests(services, 1)).rejects.toThrow("no_draw");
    const slipIn = services.adminQuery(
      "insert into allocation.entries select $1, gen_random_uuid(), 1, '{}', 3, 'known', '', '{1}', '\\x00', '\\x00'",
      [draw],
    );
    await expect(slipIn).rejects.toThrow("the draw is locked");
  });
});

describe("one person, one chance", () => {
  test("of leaves of several contacts for one person one is live; all are drawn alike and answered alike", async () => {
    const draw = await aDrawWorld(services, { counters: 4 });
    // Four contacts file for the same person, beside others; there is room for everybody.
    const rivals = (
      await Promise.all([0, 1, 2, 3].map(() => someRequests(services, 1, { autoConfirm: false }, 77)))
    ).flat();
    await someRequests(services, 3);
    const papers = await Promise.all(rivals.map(async (one) => (await own(one)).draws[0]!.promise.length));
    expect(new Set(papers).size).toBe(1);
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    expect(await counted("answer", "allocation.filings")).toEqual({ accepted: 3, not_live: 3, offered: 1 });
    await goOn(services, HOURS.answers);
    expect(await brokenRules(services.adminQuery)).toEqual({});
    const [counting] = await services.adminQuery(
      "select count(*)::int as claims from booking.claims where standing = 'contested'",
    );
    expect(counting).toEqual({ claims: 0 });
    expect(await verdictOf(draw)).toMatchObject(RIGHT);
  });

  test("namesakes with two CURPs are two people, and both have their chance", async () => {
    await aDrawWorld(services, { counters: 4 });
    const named = (curp: string) => ({ applicants: [anApplicant(5, { curp })], autoConfirm: false });
    await someRequests(services, 1, named(aCurp(1)));
    await someRequests(services, 1, named(aCurp(2)));
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    expect(await counted("answer", "allocation.filings")).toEqual({ offered: 2 });
  });
});
