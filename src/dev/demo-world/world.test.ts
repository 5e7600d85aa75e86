import { afterAll, beforeAll, expect, test } from "vitest";
import { seedTemplates } from "#modules/schedules/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { openMade, type Made } from "./made.ts";
import { DEMO_OFFICE } from "./staff.ts";
import { fillToday, makeNearWorld, type World } from "./world.ts";

/** Sunday evening at the demo office, which opens on weekdays only. */
const SUNDAY_EVENING = new Date("2026-11-23T03:10:00Z");
const MONDAY_MORNING = new Date("2026-11-23T18:20:00Z");
const SATURDAY_JUST_AFTER_MIDNIGHT = new Date("2026-11-28T08:11:00Z");

let services: TestServices;
let made: Made;
let world: World;
beforeAll(async () => {
  services = await openTestServices({ now: SUNDAY_EVENING });
  await seedTemplates({ url: services.url, now: SUNDAY_EVENING });
  made = await openMade(services.url);
  world = await makeNearWorld(services, made, () => undefined);
}, 60_000);
afterAll(() => services.close());

const visits = async (day: string) =>
  Object.fromEntries(
    (
      await services.adminQuery<{ state: string; count: number }>(
        "select coalesce(v.state, 'none') as state, count(*)::int as count from booking.bookings b left join visits.visits v on v.booking_id = b.id where b.office_id = $1 and b.local_date = $2 group by 1",
        [DEMO_OFFICE, day],
      )
    ).map((row) => [row.state, row.count]),
  );
const fullness = async (day: string) =>
  Number(
    (
      await services.adminQuery<{ share: string }>(
        `select avg((p.state <> 'open')::int) as share from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
         where s.office_id = $1 and s.local_date = $2 and s.service_group = 'documentacion'`,
        [DEMO_OFFICE, day],
      )
    )[0]!.share,
  );

test("on a day of rest the demo office opens for the hours around now, and people are in its hall", async () => {
  const sessions = await services.adminQuery<{ kind: string; starts_at: Date; ends_at: Date }>(
    "select kind, starts_at, ends_at from schedules.sessions where office_id = $1 and local_date = '2026-11-22'",
    [DEMO_OFFICE],
  );
  expect(sessions).toMatchObject([{ kind: "extraordinary" }]);
  expect(sessions[0]!.starts_at < SUNDAY_EVENING && sessions[0]!.ends_at > SUNDAY_EVENING).toBe(true);
  const states = await visits("2026-11-22");
  expect(states["none"]).toBeGreaterThan(0);
  expect((states["waiting"] ?? 0) + (states["called"] ?? 0) + (states["serving"] ?? 0)).toBeGreaterThan(0);
  expect(states["done"]).toBeGreaterThan(0);
});

test("no counter has two parties at once", async () => {
  const sharing = `select count(*)::int as count from visits.visits a join visits.visits b
     on b.office_id = a.office_id and b.local_date = a.local_date and b.counter = a.counter and b.id > a.id
    and a.called_at < coalesce(b.done_at, 'infinity') and b.called_at < coalesce(a.done_at, 'infinity')`;
  // Over the whole evening: at any one moment chance may have left all of them free.
  const [used] = await services.adminQuery<{ counters: number }>(
    "select count(distinct counter)::int as counters from visits.visits",
  );
  expect(used!.counters).toBeGreaterThan(1);
  expect(await services.adminQuery(sharing)).toEqual([{ count: 0 }]);
  await services.adminQuery(
    "begin; update visits.visits set counter = 1 where counter is not null; create temporary table found on commit drop as " +
      `${sharing}; do $$ begin if (select count from found) = 0 then raise exception 'the control found nobody'; end if; end $$; rollback`,
  );
});

test("the demo office is nearly full today and tomorrow, and later has room", async () => {
  expect(await fullness("2026-11-22")).toBeGreaterThan(0.75);
  expect(await fullness("2026-11-23")).toBeGreaterThan(0.75);
  expect(await fullness("2026-11-23")).toBeLessThan(1);
  expect(await fullness("2026-12-02")).toBeLessThan(0.5);
});

test("the next morning the hall goes on, and what was made is not made again", async () => {
  services.clock.set(MONDAY_MORNING);
  const before = await fullness("2026-11-23");
  await fillToday(services, made, world.staff[0]!);
  expect(await fullness("2026-11-23")).toBeGreaterThanOrEqual(before);
  const states = await visits("2026-11-23");
  expect(states["done"]).toBeGreaterThan(0);
  const again = await makeNearWorld(services, made, () => {
    throw new Error("it was made already");
  });
  expect(again).toEqual(world);
  await fillToday(services, made, world.staff[0]!);
  expect(await visits("2026-11-23")).toEqual(states);
});

test("minutes after the midnight of a day of rest, whoever is in the hall has come on that day", async () => {
  services.clock.set(SATURDAY_JUST_AFTER_MIDNIGHT);
  await fillToday(services, made, world.staff[0]!);
  const states = await visits("2026-11-28");
  expect((states["waiting"] ?? 0) + (states["called"] ?? 0)).toBeGreaterThan(0);
});

test("staff of every role can sign in, and a paper card has an appointment", async () => {
  expect(world.staff.map((one) => one.role).slice(0, 5)).toEqual(["clerk", "supervisor", "office_head", "hq", "admin"]);
  const [booked] = await services.adminQuery<{ count: number }>(
    "select count(*)::int as count from booking.bookings where contact_id = $1 and state = 'active'",
    [world.cards[0]!.contactId],
  );
  expect(booked!.count).toBe(1);
});
