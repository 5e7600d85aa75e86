import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO } from "#tests/support/fixtures.ts";
import { aDrawWorld, ANY_MORNING, DRAWN_DAY, goOn, HOURS, someRequests } from "#tests/support/draw-world.ts";
import type { ServiceSlug } from "#kernel/ids.ts";
import { addDays, MINUTE_MS } from "#kernel/time.ts";
import { listRequests } from "#modules/allocation/index.ts";
import { placeStore } from "#modules/schedules/index.ts";
import { systemContext, transaction } from "#platform/context.ts";
import type { Database } from "#platform/db/index.ts";
import { cutFresno, cutWork, placeStates, planner } from "./booking.fixtures.ts";
import { acceptOffer, bookDueOffers, cutCapacity, undoCut, withdraw, type CutWish } from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const supervisor = () => planner(services);
const places = () => placeStates(services);
const cut = (wish: CutWish) => cutFresno(services, wish);
const work = () => cutWork(services);

describe("places of a draw", () => {
  const own = async ({ contactId }: { contactId: Parameters<typeof citizen>[1] }) =>
    (await listRequests(citizen(services, contactId)))[0]!;
  const states = async () =>
    Object.fromEntries(
      (
        await services.adminQuery<{ answer: string; count: number }>(
          "select answer, count(*)::int from allocation.filings where answer is not null group by 1 order by 1",
        )
      ).map((one) => [one.answer, one.count]),
    );

  test("cut between lock and result: nobody is told a wrong hour, and the papers stay as they are", async () => {
    await aDrawWorld(services, { counters: 2 });
    const households = await someRequests(services, 8, { autoConfirm: false });
    await goOn(services, HOURS.lock);
    const before = await services.adminQuery("select * from allocation.documents order by draw_id, seq");
    await cut({ localDate: DRAWN_DAY, counters: { from: 2, to: 2 } });
    expect(await places()).toEqual({ committed: 4, withdrawn: 4 });
    await goOn(services, HOURS.round);
    expect(await states()).toEqual({ displaced: 4, offered: 4 });
    expect(await places()).toEqual({ assigned: 4, withdrawn: 4 });
    const after = await services.adminQuery("select * from allocation.documents where seq <= 2 order by draw_id, seq");
    expect(after).toEqual(before);
    const [told] = await services.adminQuery(
      "select count(*) filter (where name = 'allocation.offered')::int as offered, count(*) filter (where name = 'allocation.displaced')::int as displaced from platform.outbox",
    );
    expect(told).toEqual({ offered: 4, displaced: 4 });
    expect((await work()).households).toEqual([{ localDate: DRAWN_DAY, count: 4 }]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
    expect((await Promise.all(households.map(own))).filter((one) => one.state === "standing")).toHaveLength(4);
  });

  test("go to the displaced before the next draw, on a day for which they asked", async () => {
    await aDrawWorld(services, { counters: 2 });
    await someRequests(services, 8, { autoConfirm: false, wish: { ...ANY_MORNING, to: addDays(DRAWN_DAY, 14) } });
    await goOn(services, HOURS.lock);
    const cutId = await cut({ localDate: DRAWN_DAY });
    await goOn(services, HOURS.round);
    expect(await states()).toEqual({ displaced: 8 });
    // Two days open that were not part of the draw: one of them on a weekday for which nobody asked.
    for (const [day, steps] of [
      [addDays(DRAWN_DAY, 7), 4],
      [addDays(DRAWN_DAY, 5), 4],
    ] as const) {
      const { sessionId } = await aSession(services, {
        localDate: day,
        opens: "09:00",
        steps,
        counters: 1,
      });
      await services.adminQuery("update schedules.places set state = 'planned', pool = 'draw' where session_id = $1", [
        sessionId,
      ]);
    }
    await goOn(services, new Date(HOURS.round.getTime() + 60_000));
    expect(await states()).toEqual({ displaced: 4, offered: 4 });
    const days = await services.adminQuery(
      "select distinct s.local_date::text as day from schedules.places p join schedules.sessions s on s.id = p.session_id where p.state = 'assigned'",
    );
    expect(days).toEqual([{ day: addDays(DRAWN_DAY, 7) }]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
    // Undone, what nobody was given elsewhere is the draw's again, and the rest stand there within the minute.
    expect(await undoCut(supervisor(), FRESNO, cutId)).toMatchObject({ ok: true });
    await goOn(services, new Date(HOURS.round.getTime() + 120_000));
    expect(await states()).toEqual({ offered: 8 });
    expect(await brokenRules(services.adminQuery)).toEqual({});
    await goOn(services, HOURS.answers);
    expect(await brokenRules(services.adminQuery)).toEqual({});
    const booked = await services.adminQuery(
      "select local_date::text as day, count(*)::int from booking.bookings group by 1 order by 1",
    );
    expect(booked.map((one) => ({ ...one }))).toEqual([
      { day: DRAWN_DAY, count: 4 },
      { day: addDays(DRAWN_DAY, 7), count: 4 },
    ]);
  });

  test("that were offered are taken back with the rest of the family, which is seated together elsewhere", async () => {
    await aDrawWorld(services, { counters: 3 });
    const [family] = await someRequests(services, 1, {
      autoConfirm: false,
      applicants: [1, 2].map((one) => anApplicant(one, { services: ["matricula-consular" as ServiceSlug] })),
    });
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    const lost = (await own(family!)).draws[0]!.seating!;
    await cut({ localDate: DRAWN_DAY, counters: { from: lost[0]!.counter, to: lost[0]!.counter } });
    const moved = await own(family!);
    expect(moved).toMatchObject({ state: "offered", draws: [{ answer: "offered", localDate: DRAWN_DAY }] });
    const seating = moved.draws[0]!.seating!;
    expect(seating).toHaveLength(2);
    for (const one of seating) expect(one.counter).not.toBe(lost[0]!.counter);
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  const told = async () => {
    const [row] = await services.adminQuery<{ offered: number; displaced: number }>(
      "select count(*) filter (where name = 'allocation.offered')::int as offered, count(*) filter (where name = 'allocation.displaced')::int as displaced from platform.outbox",
    );
    return { ...row };
  };

  test("that were lost, given back and lost again are told of each time", async () => {
    await aDrawWorld(services, { counters: 2 });
    await someRequests(services, 1, { autoConfirm: false });
    for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
    const first = await cut({ localDate: DRAWN_DAY });
    expect(await told()).toEqual({ offered: 1, displaced: 1 });
    expect(await undoCut(supervisor(), FRESNO, first)).toMatchObject({ ok: true });
    await goOn(services, new Date(HOURS.round.getTime() + MINUTE_MS));
    expect(await states()).toEqual({ offered: 1 });
    await cut({ localDate: DRAWN_DAY });
    expect(await states()).toEqual({ displaced: 1 });
    expect(await told()).toEqual({ offered: 2, displaced: 2 });
    // And once only, however often the minute comes.
    await goOn(services, new Date(HOURS.round.getTime() + 2 * MINUTE_MS));
    expect(await told()).toEqual({ offered: 2, displaced: 2 });
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  /** The cut stands, and the run after it, by which its households are seated elsewhere, does not come. */
  async function cutAlone(): Promise<void> {
    const database: Database = {
      ...services.database,
      transaction: (role, ...rest) =>
        role === "worker" ? Promise.reject(new Error("no worker")) : services.database.transaction(role, ...rest),
    };
    const wish = { localDate: DRAWN_DAY, reason: "storm" } as const;
    expect(await cutCapacity({ ...supervisor(), database }, FRESNO, wish)).toMatchObject({ ok: true });
    expect(await states()).toEqual({ offered: 1 });
  }

  test("that are cut are booked for nobody from then on, neither with a yes nor by silence, and the time to answer ends nothing", async () => {
    await aDrawWorld(services, { counters: 2 });
    const [household] = await someRequests(services, 1, { autoConfirm: false });
    for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
    await cutAlone();
    const { contactId, requestId } = household!;
    expect(await acceptOffer(citizen(services, contactId), requestId, contactId)).toMatchObject({ ok: false });
    services.clock.set(HOURS.answers);
    expect(await bookDueOffers(systemContext(services, "test"))).toBe(0);
    expect(await places()).toEqual({ assigned: 1, withdrawn: 7 });
    await goOn(services, HOURS.answers);
    expect(await states()).toEqual({ displaced: 1 });
    expect(await places()).toEqual({ withdrawn: 8 });
    expect(await told()).toEqual({ offered: 1, displaced: 1 });
    expect((await work()).households).toEqual([{ localDate: DRAWN_DAY, count: 1 }]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
    // Who asks no more is waited for no more.
    expect(await withdraw(citizen(services, contactId), requestId, contactId)).toMatchObject({ ok: true });
    expect((await work()).households).toEqual([]);
  });

  test("that a booking has before her, ready to be taken, are not taken once they are cut", async () => {
    await aDrawWorld(services, { counters: 2 });
    const [household] = await someRequests(services, 1, { autoConfirm: false });
    for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
    const holdIds = [household!.requestId];
    const found = () =>
      transaction(systemContext(services, "test"), "citizen_writer", (tx) =>
        placeStore.lockHeldPlaces(tx, holdIds, services.clock.now()),
      );
    expect(await found()).toHaveLength(1);
    await cutAlone();
    expect(await found()).toEqual([]);
  });
});
