import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { contextFor, systemContext } from "#platform/context.ts";
import { fillHorizon } from "./fill-horizon.ts";
import { aLayout, aVenue } from "../schedules.fixtures.ts";
import { setRelease } from "./set-release.ts";
import { planCircuit, previewSpecialDay, publishSpecialDay, saveSpecialDay, type DaySaved } from "./special-days.ts";
import type { SpecialDayWish } from "./day-checks.ts";
import { addResource, changeVenue, getVenues } from "./venues.ts";

const NOW = new Date("2026-11-20T18:00:00Z");
const [FRESNO, LAS_VEGAS] = ["fresno", "las-vegas"] as OfficeId[];
/** A Saturday five weeks ahead, and one next week. */
const FAR = "2026-12-26" as LocalDate;
const SOON = "2026-11-28" as LocalDate;

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices({ now: NOW });
});
afterEach(() => services.close());

const planner = (officeId = FRESNO!) =>
  contextFor(services, {
    actor: { kind: "staff", staffId: randomUUID(), officeId, role: "supervisor" },
    channel: "console",
    purpose: "office",
    requestId: "test",
    language: "es",
  });
const aDay = (own: Partial<SpecialDayWish> = {}): SpecialDayWish => ({
  kind: "saturday",
  localDate: FAR,
  venueId: null,
  resources: [],
  sessions: [aLayout({ opens: "09:00", closes: "12:00", counters: 2, stepMinutes: 30 })],
  ...own,
});

/** A draft as its planner saw it. */
async function draft(wish: SpecialDayWish, officeId = FRESNO!) {
  const seen = await previewSpecialDay(planner(officeId), officeId, wish);
  if (!seen.ok) return seen;
  return saveSpecialDay(planner(officeId), officeId, { ...wish, seen: seen.value.seen });
}
const seenNow = ({ id, stored }: DaySaved) => ({ id: id!, stored });
async function published(wish: SpecialDayWish, officeId = FRESNO!) {
  const saved = await draft(wish, officeId);
  if (!saved.ok) throw new Error(saved.refusal.code);
  const day = await publishSpecialDay(planner(officeId), officeId, seenNow(saved.value));
  if (!day.ok) throw new Error(day.refusal.code);
  return day.value;
}
const places = () =>
  services.adminQuery<{ state: string; pool: string; count: number }>(
    "select state, pool, count(*)::int as count from schedules.places group by 1, 2 order by 1, 2",
  );
const codeOf = (outcome: Awaited<ReturnType<typeof draft>>) => (outcome.ok ? "saved" : outcome.refusal.code);

describe("a special day", () => {
  test("is a draft that opens nothing, then published at once and whole; the second click does nothing", async () => {
    const wish = aDay({
      sessions: [
        aLayout({
          opens: "09:00",
          closes: "12:00",
          counters: 2,
          stepMinutes: 30,
          reserves: { urgent: 0, walkIn: 25, assisted: 25 },
        }),
      ],
    });
    const seen = await previewSpecialDay(planner(), FRESNO!, wish);
    expect(seen).toMatchObject({
      ok: true,
      value: { places: 12, sessions: [{ places: 12, open: 6, walkIn: 3, assisted: 3, givenOut: "open" }] },
    });
    const saved = await draft(wish);
    expect(await places()).toEqual([]);
    const kept = seenNow(saved.ok ? saved.value : undefined!);
    expect(await publishSpecialDay(planner(), FRESNO!, kept)).toMatchObject({
      ok: true,
      value: { state: "published" },
    });
    const there = await places();
    expect(there).toEqual([
      { state: "open", pool: "open", count: 6 },
      { state: "planned", pool: "assisted", count: 3 },
      { state: "planned", pool: "walk_in", count: 3 },
    ]);
    expect(await publishSpecialDay(planner(), FRESNO!, kept)).toMatchObject({
      ok: true,
      value: { state: "published" },
    });
    await fillHorizon(systemContext(services, "test"));
    expect(await places()).toEqual(there);
  });

  test.each([
    ["at once", undefined],
    ["by draws", { regime: "draw" as const }],
  ])("made less than 14 days ahead is never a race, at an office that gives its places %s", async (_, release) => {
    if (release)
      await setRelease(systemContext(services, "test"), {
        ...release,
        officeId: FRESNO!,
        serviceGroup: "documentacion",
        drawsFrom: SOON,
        demand: null,
        decidedAt: NOW,
        decidedBy: "staff",
      });
    expect(await published(aDay({ localDate: SOON }))).toMatchObject({ givenOut: "short_draw" });
    expect(await places()).toEqual([{ state: "planned", pool: "draw", count: 12 }]);
  });

  test("further ahead is in the weekly draw where its office draws", async () => {
    await setRelease(systemContext(services, "test"), {
      regime: "draw",
      officeId: FRESNO!,
      serviceGroup: "documentacion",
      drawsFrom: SOON,
      demand: null,
      decidedAt: NOW,
      decidedBy: "staff",
    });
    expect(await published(aDay())).toMatchObject({ givenOut: "draw" });
    expect(new Set((await places()).map((one) => one.state))).toEqual(new Set(["planned"]));
  });

  test("that was seen otherwise is not saved, and what is true is told", async () => {
    const seen = await previewSpecialDay(planner(), FRESNO!, aDay());
    const other = aDay({ sessions: [aLayout({ opens: "09:00", closes: "13:00", counters: 2, stepMinutes: 30 })] });
    const saved = await saveSpecialDay(planner(), FRESNO!, { ...other, seen: seen.ok ? seen.value.seen : "" });
    expect(saved).toMatchObject({ ok: true, value: { id: null, preview: { places: 16 } } });
  });
});

describe("two planners of one draft", () => {
  const longer = aDay({ sessions: [aLayout({ opens: "09:00", closes: "13:00", counters: 2, stepMinutes: 30 })] });

  test("the second is told that it changed, whether she saves or publishes; nothing of the first is lost", async () => {
    const saved = await draft(aDay());
    const first = seenNow(saved.ok ? saved.value : undefined!);
    const seen = await previewSpecialDay(planner(), FRESNO!, longer, first);
    const wish = { ...longer, seen: seen.ok ? seen.value.seen : "" };
    expect(await saveSpecialDay(planner(), FRESNO!, wish, first)).toMatchObject({ ok: true, value: { id: first.id } });
    for (const second of [
      previewSpecialDay(planner(), FRESNO!, aDay(), first),
      saveSpecialDay(planner(), FRESNO!, { ...aDay(), seen: wish.seen }, first),
      publishSpecialDay(planner(), FRESNO!, first),
    ])
      expect(await second).toEqual({ ok: false, refusal: { code: "changed_meanwhile" } });
    const kept = await services.adminQuery(
      "select sessions->0->>'closes' as closes, state from schedules.special_days",
    );
    expect(kept).toEqual([{ closes: "13:00", state: "draft" }]);
  });

  test("a crew that was changed is another wish than the one that was seen", async () => {
    const kit = await addResource(planner(), { kind: "kit", name: "Equipo 9", officeId: FRESNO! });
    const seen = await previewSpecialDay(planner(), FRESNO!, aDay());
    const other = aDay({ resources: [kit.ok ? kit.value.id : ""] });
    expect(await saveSpecialDay(planner(), FRESNO!, { ...other, seen: seen.ok ? seen.value.seen : "" })).toMatchObject({
      ok: true,
      value: { id: null },
    });
  });
});

describe("a day that is closed whole", () => {
  const opened = () =>
    services.adminQuery("update schedules.closings set undone_at = $1 where undone_at is null", [NOW]);

  test("takes no special day until it is opened again, and those of its neighbours do", async () => {
    await services.adminQuery(
      `with made as (insert into schedules.closings (id, reason, from_date, to_date, made_at, made_by) values (gen_random_uuid(), 'storm', $1, $1, $2, gen_random_uuid()) returning id)
       insert into schedules.closing_offices (closing_id, office_id, state) select id, 'fresno', 'nothing' from made`,
      [FAR, NOW],
    );
    expect(await draft(aDay())).toEqual({ ok: false, refusal: { code: "day_closed", about: { localDate: FAR } } });
    expect(codeOf(await draft(aDay(), LAS_VEGAS))).toBe("saved");
    await opened();
    expect(codeOf(await draft(aDay()))).toBe("saved");
  });

  test("by a cut is refused too, and by the end of a special day it is not closed", async () => {
    const { id } = await published(aDay());
    await services.adminQuery(
      "insert into schedules.cuts (id, office_id, local_date, reason, places, made_at) values (gen_random_uuid(), 'fresno', $1, 'staff', 12, $2)",
      [FAR, NOW],
    );
    await services.adminQuery(
      "update schedules.places set state = 'withdrawn', cut_id = (select id from schedules.cuts)",
    );
    await services.adminQuery("update schedules.sessions set state = 'closed'");
    const later = aDay({ sessions: [aLayout({ opens: "14:00", closes: "16:00", counters: 1, stepMinutes: 30 })] });
    expect(codeOf(await draft(later))).toBe("day_closed");
    await services.adminQuery("update schedules.special_days set state = 'cancelled' where id = $1", [id]);
    expect(codeOf(await draft(later))).toBe("saved");
  });
});

test("a venue stays where it was told while a day to come is there; its way in may change", async () => {
  const venueId = await aVenue(services, FRESNO!);
  const venue = async () => (await getVenues(planner(), FRESNO!)).find((one) => one.id === venueId)!;
  const change = async (own: object) => {
    const done = await changeVenue(planner(), FRESNO!, { ...(await venue()), ...own });
    return done.ok ? "changed" : done.refusal.code;
  };
  const elsewhere = { street: "2 Calle Nueva", latitude: 36.9 };
  const saved = await draft(aDay({ venueId }));
  expect([await change(elsewhere), await change({ retired: true })]).toEqual(["changed", "venue_in_use"]);
  expect(await publishSpecialDay(planner(), FRESNO!, seenNow(saved.ok ? saved.value : undefined!))).toMatchObject({
    ok: true,
  });
  const moved = await Promise.all(
    [{ street: "3 Calle Nueva" }, { city: "Selma" }, { latitude: 37 }, { retired: true }].map(change),
  );
  expect(moved).toEqual(Array(4).fill("venue_in_use"));
  expect(await change({ wayIn: "Por la puerta azul." })).toBe("changed");
  expect(await venue()).toMatchObject({ street: "2 Calle Nueva", wayIn: "Por la puerta azul.", retired: false });
  services.clock.advance(40 * 24 * 3_600_000);
  expect([await change(elsewhere), await change({ retired: true })]).toEqual(["changed", "changed"]);
});

describe("is refused", () => {
  test("what can be no day, by its date, its kind, its venue and its crew", async () => {
    const wrong: readonly [Partial<SpecialDayWish>, string][] = [
      [{ localDate: "2026-11-14" as LocalDate }, "in_the_past"],
      [{ localDate: "2026-12-25" as LocalDate }, "wrong_weekday"],
      [{ kind: "mobile" }, "venue_missing"],
      [{ venueId: randomUUID() }, "unknown_venue"],
      [{ resources: [randomUUID()] }, "unknown_resource"],
    ];
    for (const [own, code] of wrong) expect(codeOf(await draft(aDay(own)))).toBe(code);
  });

  test("what opens the counters of a template, and what opens those of another special day", async () => {
    await services.adminQuery(
      `insert into schedules.templates (id, office_id, service_group, kind, weekdays, opens, closes, counters, step_minutes, valid_from)
       values (gen_random_uuid(), 'fresno', 'documentacion', 'saturday', '{6}', '08:00', '10:00', 2, 30, '2026-01-01')`,
    );
    expect(codeOf(await draft(aDay()))).toBe("overlapping_sessions");
    // Within the horizon by its session, beyond it by the template alone; after it there is room.
    await fillHorizon(systemContext(services, "test"));
    expect(codeOf(await draft(aDay()))).toBe("overlapping_sessions");
    expect(codeOf(await draft(aDay({ localDate: "2027-03-06" as LocalDate })))).toBe("overlapping_sessions");
    const later = aDay({ sessions: [aLayout({ opens: "10:00", closes: "12:00", counters: 2, stepMinutes: 30 })] });
    expect(codeOf(await draft(later))).toBe("saved");
    expect(codeOf(await draft(later))).toBe("overlapping_sessions");
    expect(codeOf(await draft({ ...later, venueId: await aVenue(services, FRESNO!) }))).toBe("saved");
  });

  test("two planners of the same hours at once: one day is there", async () => {
    const both = await Promise.all([draft(aDay()), draft(aDay())]);
    expect(both.map(codeOf).sort()).toEqual(["overlapping_sessions", "saved"]);
  });
});

describe("a kit", () => {
  async function aKit(): Promise<string> {
    const kit = await addResource(planner(), { kind: "kit", name: "Equipo 1", officeId: FRESNO! });
    return kit.ok ? kit.value.id : "";
  }
  const travelling = async (kit: string, officeId: OfficeId, city: string) =>
    aDay({ kind: "mobile", venueId: await aVenue(services, officeId, city), resources: [kit] });

  test("that is in another town on that day is refused by its name, and free on the next", async () => {
    const kit = await aKit();
    expect(codeOf(await draft(await travelling(kit, LAS_VEGAS!, "Reno"), LAS_VEGAS))).toBe("saved");
    const here = await travelling(kit, FRESNO!, "Visalia");
    expect(await draft(here)).toMatchObject({
      ok: false,
      refusal: { code: "resource_elsewhere", about: { resource: "Equipo 1", town: "Reno", localDate: FAR } },
    });
    expect(codeOf(await draft({ ...here, localDate: "2026-12-27" as LocalDate }))).toBe("saved");
  });

  /** Two towns take it at the same moment; how many of them have it then. */
  async function inTwoTowns(): Promise<number> {
    const kit = await aKit();
    const [there, here] = [await travelling(kit, LAS_VEGAS!, "Reno"), await travelling(kit, FRESNO!, "Visalia")];
    const seen = [
      await previewSpecialDay(planner(LAS_VEGAS), LAS_VEGAS!, there),
      await previewSpecialDay(planner(), FRESNO!, here),
    ].map((one) => (one.ok ? one.value.seen : ""));
    const both = await Promise.all([
      saveSpecialDay(planner(LAS_VEGAS), LAS_VEGAS!, { ...there, seen: seen[0]! }),
      saveSpecialDay(planner(), FRESNO!, { ...here, seen: seen[1]! }),
    ]);
    return both.filter((one) => one.ok).length;
  }

  test("taken by two towns at once is in one", async () => {
    expect(await inTwoTowns()).toBe(1);
    expect(await services.adminQuery("select * from schedules.special_days")).toHaveLength(1);
  });

  test("control: without the key of its days it would be in two", async () => {
    await services.adminQuery("alter table schedules.resource_days drop constraint resource_days_pkey");
    await services.adminQuery(
      "create function schedules.late() returns trigger language plpgsql as $$ begin perform pg_sleep(0.2); return new; end $$",
    );
    await services.adminQuery(
      "create trigger late before insert on schedules.special_days for each row execute function schedules.late()",
    );
    expect(await inTwoTowns()).toBe(2);
  });
});

test("a circuit is a draft for each stop of each round, or nothing of it", async () => {
  const stops = [
    { venueId: await aVenue(services, FRESNO!, "Visalia"), weekday: 6, sessions: [aLayout()] },
    { venueId: await aVenue(services, FRESNO!, "Merced"), weekday: 7, sessions: [aLayout()] },
  ];
  const wish = {
    name: "Ruta del valle",
    from: "2026-12-01" as LocalDate,
    weeks: 4,
    everyWeeks: 2,
    stops,
    resources: [],
  };
  const made = await planCircuit(planner(), FRESNO!, wish);
  expect(made.ok && made.value.days.map((one) => one.localDate)).toEqual([
    "2026-12-05",
    "2026-12-06",
    "2026-12-19",
    "2026-12-20",
  ]);
  const again = await planCircuit(planner(), FRESNO!, {
    ...wish,
    name: "Otra",
    from: "2026-11-24" as LocalDate,
    weeks: 2,
  });
  expect(again.ok).toBe(true);
  expect(await planCircuit(planner(), FRESNO!, { ...wish, name: "La misma" })).toMatchObject({
    ok: false,
    refusal: { code: "overlapping_sessions" },
  });
  const days = await services.adminQuery<{ count: number }>(
    "select count(*)::int as count from schedules.special_days",
  );
  expect(days[0]!.count).toBe(6);
});
