import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aDrawWorld, DRAWN_DAY, goOn, HOURS, someRequests } from "#tests/support/draw-world.ts";
import { DAY_MS } from "#kernel/time.ts";
import { openNextDraw } from "#modules/allocation/index.ts";
import { systemContext } from "#platform/context.ts";
import { countShows } from "./commands/shows.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const shows = () =>
  services.adminQuery(
    "select contact_class, came, missed from allocation.shows where local_date = $1 and came + missed > 0 order by 1",
    [DRAWN_DAY],
  );

test("a day is counted once, when it is settled: of drawn places who came and who did not, by kind of contact", async () => {
  await aDrawWorld(services, { hours: 2 });
  await someRequests(services, 4);
  // They came before: a mailbox alone is beyond its share of so few places, and is asked last.
  for (const table of ["requests", "entries"])
    await services.adminQuery(
      `update allocation.${table} set ${table === "requests" ? "contact_class" : "contact"} = 'known'`,
    );
  for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
  const bookings = await services.adminQuery<{ id: string }>("select id from booking.bookings order by id");
  expect(bookings.length).toBeGreaterThanOrEqual(3);
  const became = async (at: number, state: string) =>
    services.adminQuery("update booking.bookings set state = $2 where id = $1", [bookings[at]!.id, state]);
  await became(0, "completed");
  await became(1, "missed");
  await became(2, "cancelled");
  services.clock.set(new Date(Date.parse(`${DRAWN_DAY}T12:00:00Z`) + DAY_MS));
  await countShows(systemContext(services, "test"));
  expect(await shows()).toEqual([]);
  services.clock.advance(DAY_MS);
  expect(await countShows(systemContext(services, "test"))).toBe(1);
  const counted = await shows();
  expect(counted).toEqual([{ contact_class: "known", came: 1, missed: 1 }]);
  await became(2, "missed");
  expect(await countShows(systemContext(services, "test"))).toBe(0);
  expect(await shows()).toEqual(counted);
});

test("a kind that did not come has less of the next draw, its notice says so, and the draw keeps to its notice", async () => {
  await services.adminQuery(
    "insert into allocation.shows values ('2026-11-20', 'email_only', 20, 480), ('2026-11-20', 'known', 450, 50), ('2026-09-01', 'unseen_number', 0, 5000)",
  );
  await aDrawWorld(services, { hours: 4 });
  const [opening] = await services.adminQuery<{ shares: unknown }>(
    "select line::jsonb #> '{body,policy,contactShares}' as shares from allocation.documents where kind = 'opening' limit 1",
  );
  // 2 % of the places may be wasted by a kind beyond what others waste: 20 / (0.96 - 0.1).
  expect(opening).toEqual({ shares: { email_only: 23, unseen_number: 400 } });
  await someRequests(services, 3);
  await services.adminQuery("delete from allocation.shows");
  for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
  // All three have a mailbox alone, and 23 of 1,000 places are less than one: each stands behind everybody else.
  expect(await services.adminQuery("select distinct turn from allocation.outcomes")).toEqual([{ turn: 4 }]);
  const next = await openNextDraw({ ...systemContext(services, "test"), now: NEXT_OPENS }, "weekly");
  expect(
    await services.adminQuery(
      "select line::jsonb #> '{body,policy,contactShares}' as shares from allocation.documents where kind = 'opening' and draw_id = $1",
      [next],
    ),
  ).toEqual([{ shares: { email_only: 100, unseen_number: 400 } }]);
});

test("whoever was asked after everybody else took nothing from anybody, and is not counted", async () => {
  await aDrawWorld(services, { hours: 2 });
  await someRequests(services, 3);
  for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
  await services.adminQuery("update booking.bookings set state = 'missed'");
  await services.adminQuery("update allocation.outcomes set turn = 4 where position > 0");
  await services.adminQuery("update allocation.outcomes set turn = 3 where position = 0");
  services.clock.set(new Date(Date.parse(`${DRAWN_DAY}T12:00:00Z`) + 2 * DAY_MS));
  await countShows(systemContext(services, "test"));
  expect(await shows()).toEqual([{ contact_class: "email_only", came: 0, missed: 1 }]);
});
const NEXT_OPENS = new Date("2026-11-30T07:00:00Z");
