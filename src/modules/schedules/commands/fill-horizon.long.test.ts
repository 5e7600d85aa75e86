import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { localTimeAt } from "#kernel/time.ts";
import { systemContext } from "#platform/context.ts";
import { run, sql } from "#platform/db/index.ts";
import type { TestServices } from "#tests/support/database.ts";
import { aTemplate, NETWORK_ZONES, openSchedules } from "../schedules.fixtures.ts";
import { fillHorizon } from "./fill-horizon.ts";

const NOW = new Date("2026-10-26T18:00:00Z");
let services: TestServices;
afterEach(() => services.close());

const fill = (weeks?: number) => fillHorizon(systemContext(services, "test"), weeks === undefined ? {} : { weeks });
const phoenix = (...templates: ReturnType<typeof aTemplate>[]) =>
  openSchedules({ testville: { zone: "America/Phoenix", templates } }, NOW);
const countPlaces = async () =>
  (await services.adminQuery<{ n: number }>("select count(*)::int as n from schedules.places"))[0]!.n;

describe("the horizon", () => {
  test.each([
    ["autumn", "2026-10-26T18:00:00Z"],
    ["spring", "2027-03-08T18:00:00Z"],
  ])("keeps local hours and the number of places across the %s clock change in every zone", async (_season, now) => {
    const template = () => aTemplate({ opens: "08:00", closes: "14:00", stepMinutes: 30, counters: 2 });
    const offices = NETWORK_ZONES.map((zone, i) => [`zone-${i}`, { zone, templates: [template()] }] as const);
    services = await openSchedules(Object.fromEntries(offices), new Date(now));
    expect(await fill(2)).toEqual({ sessions: 12 * 14, places: 12 * 14 * 24 });

    const days = await services.adminQuery<{ office_id: string; starts: Date[]; bands: string[] }>(
      `select s.office_id, array_agg(p.starts_at order by p.starts_at) as starts, array_agg(p.band order by p.starts_at) as bands
       from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
       where p.counter = 1 group by s.office_id, s.local_date`,
    );
    expect(days).toHaveLength(12 * 14);
    const expected = Array.from(
      { length: 12 },
      (_, step) => `${String(8 + Math.floor(step / 2)).padStart(2, "0")}:${step % 2 ? "30" : "00"}`,
    );
    for (const day of days) {
      const zone = NETWORK_ZONES[Number(day.office_id.slice("zone-".length))]!;
      expect(day.starts.map((instant) => localTimeAt(instant, zone))).toEqual(expected);
      expect(day.bands).toEqual([...Array<string>(6).fill("morning"), ...Array<string>(6).fill("midday")]);
    }
  });

  test("filled twice is filled once", async () => {
    services = await phoenix(aTemplate());
    await fill(1);
    const rows = () => services.adminQuery("select ctid, xmin, * from schedules.places order by starts_at, counter");
    const before = await rows();
    expect(await fill(1)).toEqual({ sessions: 0, places: 0 });
    expect(await rows()).toEqual(before);
  });

  test("filled by two at once is filled once", async () => {
    services = await phoenix(aTemplate(), aTemplate({ serviceGroup: "visas" }));
    const both = await Promise.all([fill(), fill()]);
    expect(both[0].places + both[1].places).toBe(2 * 56 * 24);
    expect(await countPlaces()).toBe(2 * 56 * 24);
  });

  test("grows by the days that have passed", async () => {
    services = await phoenix(aTemplate());
    await fill(1);
    services.clock.advance(2 * 24 * 3_600_000);
    expect(await fill(1)).toEqual({ sessions: 2, places: 48 });
  });

  test("leaves out closed days", async () => {
    services = await phoenix(aTemplate());
    await services.adminQuery("insert into schedules.closures values ('testville', '2026-10-28', 'weather', 'test')");
    expect(await fill(1)).toEqual({ sessions: 6, places: 6 * 24 });
  });

  test("completes a session whose places are not all there", async () => {
    services = await phoenix(aTemplate());
    await fill(1);
    await services.adminQuery("update schedules.sessions set counters = 3 where local_date = '2026-10-28'");
    expect(await fill(1)).toEqual({ sessions: 0, places: 12 });
  });
});

describe("the horizon job beside a booking", () => {
  const holder = randomUUID();

  /** A booking has locked and changed a place, and commits while `job` writes the places of the same session. */
  async function bookDuring(job: () => Promise<unknown>): Promise<string | undefined> {
    services = await phoenix(aTemplate({ counters: 1 }));
    await fill(1);
    // A place is missing, so that the job has work in the session of the booking.
    await services.adminQuery("delete from schedules.places where starts_at = '2026-10-28T16:00:00Z'");
    let started!: () => void;
    const locked = new Promise<void>((resolve) => (started = resolve));
    let release!: () => void;
    const jobIsUnderWay = new Promise<void>((resolve) => (release = resolve));
    const booking = services.database.transaction("citizen_writer", {}, async (tx) => {
      await run(
        tx,
        sql`update schedules.places set state = 'booked', holder = ${holder} where starts_at = ${new Date("2026-10-28T15:00:00Z")}`,
      );
      started();
      await jobIsUnderWay;
    });
    await locked;
    const filling = job();
    setTimeout(release, 60);
    await Promise.all([booking, filling]);
    const [place] = await services.adminQuery<{ state: string }>(
      "select state from schedules.places where starts_at = '2026-10-28T15:00:00Z'",
    );
    return place?.state;
  }

  test("the booked place stays booked and the missing one is written", async () => {
    const filled: { places: number }[] = [];
    expect(await bookDuring(async () => filled.push(await fill(1)))).toBe("booked");
    expect(filled).toEqual([{ sessions: 0, places: 1 }]);
    expect(await countPlaces()).toBe(7 * 12);
  });

  test("control: a job that overwrites what it finds loses the booking", async () => {
    const overwrite = () =>
      services.adminQuery(
        `insert into schedules.places (office_id, session_id, starts_at, counter, band)
         select office_id, id, starts_at, 1, 'morning' from schedules.sessions
         on conflict (office_id, session_id, starts_at, counter) do update set state = 'open', holder = null`,
      );
    expect(await bookDuring(overwrite)).toBe("open");
  });
});
