import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aSession, FRESNO } from "#tests/support/fixtures.ts";
import type { LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import {
  measureDraws,
  openNextDraw,
  openShortDraw,
  openUndrawn,
  setRegime,
  type RegimeWish,
} from "#modules/allocation/index.ts";
import { contextFor, systemContext, type StaffRole } from "#platform/context.ts";
import { aDrawWorld, goOn, HOURS, someRequests } from "#tests/support/draw-world.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const LATER_DAY = "2027-01-04" as LocalDate;
const LOS_ANGELES = "los-angeles" as OfficeId;
const MONDAY = new Date("2026-11-30T07:00:00Z");
/** A second draw's hours, a week after the first one's. */
const NEXT_WEEK_MS = 7 * 86_400_000;
const nextWeek = (at: Date) => new Date(at.getTime() + NEXT_WEEK_MS);
const system = () => systemContext(services, "test");
const leftToMeasure = () => services.adminQuery("update schedules.releases set decided_by = 'measure'");
const measured = () =>
  services.adminQuery<{
    office_id: string;
    asked: string;
    places: number;
    ratio: string | null;
    decision: string;
    reason: string;
  }>(
    "select office_id, asked::float8 as asked, places, ratio::float8 as ratio, decision, reason from allocation.measures where service_group = 'documentacion' order by measured_at, office_id",
  );
const releases = () =>
  services.adminQuery<{ office_id: string; regime: string; draws_from: string; decided_by: string }>(
    "select office_id, regime, draws_from::text, decided_by from schedules.releases order by office_id",
  );
const states = async (officeId: string = FRESNO): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await services.adminQuery<{ state: string; count: number }>(
        "select state, count(*)::int from schedules.places where office_id = $1 group by 1 order by 1",
        [officeId],
      )
    ).map((one) => [one.state, one.count]),
  );

async function staff(role: StaffRole, officeId?: string) {
  const staffId = randomUUID() as string as StaffId;
  const circumstances = { channel: "console", purpose: "office", requestId: "test", language: "es" } as const;
  return contextFor(services, { actor: { kind: "staff", staffId, officeId, role }, ...circumstances });
}
const decide = async (wish: RegimeWish, role: StaffRole = "hq", officeId?: string) =>
  setRegime(await staff(role, officeId), { officeId: FRESNO, serviceGroup: "documentacion", wish });

describe("an office that draws", () => {
  test("goes back to immediate booking after two draws with room, and its places open at a release tick", async () => {
    await aSession(services, { localDate: LATER_DAY, opens: "09:00", steps: 4, counters: 20 });
    await aDrawWorld(services, { counters: 20 });
    await leftToMeasure();
    await someRequests(services, 4);
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    expect(await measureDraws(system())).toBe(0);
    expect(await measured()).toMatchObject([
      { asked: 4, places: 128, ratio: 0.031, decision: "draw", reason: "room_once" },
    ]);
    // Not measured twice.
    expect(await measureDraws(system())).toBe(0);
    expect(await measured()).toHaveLength(1);
    await expect(
      services.adminQuery(
        "insert into allocation.measures select gen_random_uuid(), m.office_id, m.service_group, m.measured_at, m.draw_id, m.regime, m.asked, m.places, m.ratio, m.decision, m.reason, m.staff_id from allocation.measures m",
      ),
    ).rejects.toThrow("measures_draw_id_office_id_service_group_key");

    services.clock.set(MONDAY);
    await openNextDraw(system(), "weekly");
    await goOn(services, HOURS.secondRound);
    await goOn(services, HOURS.over);
    await goOn(services, nextWeek(HOURS.lock));
    await goOn(services, nextWeek(HOURS.round));
    expect(await measureDraws(system())).toBe(1);
    expect((await measured()).at(-1)).toMatchObject({ decision: "immediate", reason: "room_twice" });
    expect(await releases()).toMatchObject([{ regime: "immediate", decided_by: "measure" }]);
    await goOn(services, nextWeek(HOURS.secondRound));
    await goOn(services, nextWeek(HOURS.over));
    expect((await states())["planned"]).toBeGreaterThan(60);
    await openUndrawn(system());
    expect(await states()).toEqual({ booked: 4, open: 156 });
  });

  test("keeps its promise to the draw that is open: what was announced is committed, not opened", async () => {
    await aDrawWorld(services, { counters: 2 });
    expect(await decide("immediate")).toMatchObject({ ok: true, value: { regime: "immediate" } });
    expect(await openUndrawn(system())).toBe(0);
    await goOn(services, HOURS.lock);
    expect(await states()).toEqual({ committed: 8 });
    // Over, they are nobody's: the draw that opened after the decision does not count on them.
    for (const at of [HOURS.round, HOURS.answers, HOURS.secondRound, HOURS.over]) await goOn(services, at);
    expect(await states()).toEqual({ planned: 8 });
    await openNextDraw(system(), "weekly");
    expect(await openUndrawn(system())).toBe(8);
  });

  test("opens what no draw can give any more at a release tick: places for urgent cases and for nobody two days ahead, the others once no short draw has anybody to ask", async () => {
    // Ten blocks of one counter each: eight to draw, one for urgent cases, one for the rest.
    await aDrawWorld(services, { counters: 10 });
    for (const at of [HOURS.lock, HOURS.round, HOURS.answers, HOURS.secondRound, HOURS.over]) await goOn(services, at);
    expect(await states()).toEqual({ planned: 40 });
    services.clock.set(new Date("2026-12-12T16:00:00Z"));
    expect(await openUndrawn(system())).toBe(0);
    services.clock.set(new Date("2026-12-12T22:00:00Z"));
    expect(await openUndrawn(system())).toBe(8);
    services.clock.set(new Date("2026-12-13T16:00:00Z"));
    expect(await openUndrawn(system())).toBe(0);
    expect(await openShortDraw(system())).toBeUndefined();
    expect(await openUndrawn(system())).toBe(32);
    expect(await states()).toEqual({ open: 40 });
  });
});

describe("an office that gives its places at once", () => {
  test("draws them from the next draw's first day on when nearly all are taken", async () => {
    await aDrawWorld(services, { counters: 2 });
    for (const localDate of ["2026-12-15", "2026-12-22"] as LocalDate[])
      await aSession(services, { officeId: LOS_ANGELES, localDate, steps: 4, counters: 20 });
    await services.adminQuery(
      `update schedules.places p set state = 'booked', holder = gen_random_uuid() from schedules.sessions s
       where s.id = p.session_id and s.office_id = $1 and s.local_date = '2026-12-22' and (p.counter > 1 or p.starts_at = s.starts_at)`,
      [LOS_ANGELES],
    );
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    // Two nodes at once turn it once.
    expect((await Promise.all([measureDraws(system()), measureDraws(system())])).sort()).toEqual([0, 1]);
    expect(await measured()).toMatchObject([
      { office_id: FRESNO, decision: "draw", reason: "by_hand" },
      { office_id: LOS_ANGELES, asked: 77, places: 80, decision: "draw", reason: "scarce" },
    ]);
    expect(await releases()).toMatchObject([
      { office_id: FRESNO },
      { office_id: LOS_ANGELES, regime: "draw", draws_from: "2026-12-21", decided_by: "measure" },
    ]);
    // The day before that one stays as it was announced.
    expect(await states(LOS_ANGELES)).toEqual({ booked: 77, open: 80, planned: 3 });
  });
});

describe("headquarters", () => {
  test("decides by hand, with a line of audit; the measure leaves it alone until it is left to it", async () => {
    await aDrawWorld(services, { counters: 2 });
    expect(await decide("immediate", "office_head", FRESNO)).toMatchObject({ refusal: { code: "not_allowed" } });
    expect(await decide("immediate")).toMatchObject({ ok: true });
    expect(await decide("draw")).toMatchObject({ ok: true });
    expect(await releases()).toMatchObject([{ regime: "draw", decided_by: "staff" }]);
    expect(await decide("measured")).toMatchObject({ ok: true, value: { regime: "draw" } });
    expect(await releases()).toMatchObject([{ regime: "draw", decided_by: "measure" }]);
    expect((await measured()).map((one) => one.reason)).toEqual(["by_hand", "by_hand", "left_to_measure"]);
    const [audit] = await services.adminQuery(
      "select count(*)::int as lines, min(actor_kind) as actor, min(office_id) as office from audit.entries where action = 'allocation.set_regime'",
    );
    expect(audit).toEqual({ lines: 3, actor: "staff", office: FRESNO });
  });

  test("cannot have what was measured changed", async () => {
    await aDrawWorld(services, { counters: 2 });
    await decide("immediate");
    await expect(services.adminQuery("update allocation.measures set decision = 'draw'")).rejects.toThrow();
    await expect(services.adminQuery("delete from allocation.measures")).rejects.toThrow();
  });
});
