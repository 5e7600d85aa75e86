import { afterEach, beforeEach, expect, test } from "vitest";
import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { addDays } from "#kernel/time.ts";
import type { PlacesRequest } from "#modules/booking/index.ts";
import { systemContext } from "#platform/context.ts";
import { aDrawWorld, ANY_MORNING, DRAWN_DAY, goOn, HOURS, someRequests } from "#tests/support/draw-world.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aSession } from "#tests/support/fixtures.ts";
import type { RequestId } from "../types.ts";
import { openNextDraw } from "./advance.ts";
import { declineOffer } from "./answer.ts";
import { countWaits } from "./count-waits.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

/** When the second week's window and those after it open, a week after the reference instant's. */
const OPENS = new Date("2026-11-23T07:00:00Z");
const WEEK_MS = 7 * 86_400_000;
const later = (at: Date, weeks: number) => new Date(at.getTime() + weeks * WEEK_MS);
const ctx = () => systemContext(services, "test");
const ANY_DAY = { ...ANY_MORNING, to: "2027-03-31" as LocalDate };
const counted = () =>
  services.adminQuery<{ weeks: number; stood: number; served: number; places: number }>(
    "select w.weeks, w.stood, w.served, w.places from allocation.waits w join allocation.draws d on d.id = w.draw_id order by d.draws_at, w.weeks",
  );

/** The Monday that the second draw can give and the first cannot: its days reach five weeks. */
const NEXT_DRAWN_DAY = addDays(DRAWN_DAY, 7 * 5);

/** Eight places in each of so many draws. */
async function places(draws: number): Promise<void> {
  for (let week = 0; week < draws - 1; week++)
    await aSession(services, { localDate: addDays(NEXT_DRAWN_DAY, 7 * week), opens: "09:00", steps: 4, counters: 2 });
  await aDrawWorld(services);
}

/** The window opens, so many new families ask, and all is done up to the result. */
async function ask(week: number, newcomers: number, change: Partial<PlacesRequest> = {}): Promise<void> {
  if (week > 0) {
    services.clock.set(later(OPENS, week));
    await openNextDraw(ctx(), "weekly");
  }
  await someRequests(services, newcomers, { wish: ANY_DAY, ...change }, week * 100);
  await goOn(services, later(HOURS.lock, week));
  await goOn(services, later(HOURS.round, week));
}

async function secondRound(week: number): Promise<void> {
  for (const hour of [HOURS.answers, HOURS.secondRound, HOURS.over]) await goOn(services, later(hour, week));
}

/** One of those who still wait is given a place by a daily draw before the next first one. */
async function servedInBetween(): Promise<void> {
  await services.adminQuery(
    `with daily as (
       insert into allocation.draws (id, kind, state, opens_at, locks_at, draws_at, answers_by, horizon_from, horizon_to, rows_from, steps, root)
       select gen_random_uuid(), 'daily', 'settled', at, at + interval '1 hour', at + interval '2 hours', at + interval '3 hours', '2026-12-07', '2026-12-14', '2027-01-13', '{}', ''::bytea
       from (values ($1::timestamptz)) v (at) returning id),
     lucky as (
       update allocation.requests set state = 'confirmed' where id = (select id from allocation.requests r where state = 'standing' and not exists (
         select from allocation.filings f where f.request_id = r.id and f.answer = 'declined') order by id limit 1) returning id)
     insert into allocation.filings (draw_id, request_id, app_id, salt, promised_at, promise, answer)
     select daily.id, lucky.id, gen_random_uuid(), '', now(), '', 'accepted' from daily, lucky`,
    [HOURS.over],
  );
}

test("who still waits is a week older in each draw; who was given a place, and said no to it, is never counted again", async () => {
  await places(3);
  await ask(0, 16, { autoConfirm: false });
  const [offered] = await services.adminQuery<{ id: RequestId; contact: ContactId }>(
    "select id, contact_id as contact from allocation.requests where state = 'offered' order by id limit 1",
  );
  await declineOffer(ctx(), { id: offered!.id, contactId: offered!.contact, subject: Buffer.alloc(32) });
  await secondRound(0);
  await servedInBetween();
  expect(await countWaits(ctx())).toBe(0);

  await ask(1, 4);
  // Counted when the next one is drawn; two nodes at a time count it once.
  expect((await Promise.all([countWaits(ctx()), countWaits(ctx())])).sort()).toEqual([0, 1]);
  // Eight of the first round, one more to whom the declined place went in the second, and one of a daily draw.
  expect(await counted()).toEqual([{ weeks: 1, stood: 16, served: 10, places: 16 }]);
  await secondRound(1);

  const standing = await services.adminQuery(
    "select count(*)::int as stood from allocation.filings f join allocation.draws d on d.id = f.draw_id where d.kind = 'weekly' and d.draws_at = $1",
    [later(HOURS.round, 1)],
  );
  // Four new ones, six that wait for the second week, and the one that said no.
  expect(standing).toEqual([{ stood: 11 }]);
  await ask(2, 0);
  expect(await countWaits(ctx())).toBe(1);
  const [newcomers, older, ...more] = (await counted()).slice(1);
  expect([newcomers, older]).toMatchObject([
    { weeks: 1, stood: 4 },
    { weeks: 2, stood: 6 },
  ]);
  expect([7, 8]).toContain(newcomers!.served + older!.served);
  expect(more).toEqual([]);
  await expect(services.adminQuery("update allocation.waits set served = stood")).rejects.toThrow();
});
