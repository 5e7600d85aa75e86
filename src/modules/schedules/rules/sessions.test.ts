import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, instantOf, localDateAt, localTimeAt, MINUTE_MS } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { aTemplate, NETWORK_ZONES } from "../schedules.fixtures.ts";
import { planSessions, stepsOf } from "./sessions.ts";

/** Nights on which the clocks of most zones change in 2026 to 2028, each in the middle of three weeks. */
const SWITCHES = ["2026-11-01", "2027-03-14", "2027-11-07", "2028-03-12"] as LocalDate[];
const open = (zone: string) => ({ zone, closedOn: new Set<LocalDate>() });

const zone = fc.constantFrom(...NETWORK_ZONES);
const aroundASwitch = fc
  .constantFrom(...SWITCHES)
  .map((night) => ({ from: addDays(night, -10), to: addDays(night, 10) }));
/** A session of the day: from after the hour of the clock change to before midnight. */
const daytime = fc
  .record({
    opensAt: fc.integer({ min: 4 * 4, max: 20 * 4 }),
    quarters: fc.integer({ min: 1, max: 15 }),
    stepMinutes: fc.constantFrom(5, 10, 15, 20, 30, 45),
  })
  .map(({ opensAt, quarters, stepMinutes }) =>
    aTemplate({ opens: clock(opensAt), closes: clock(opensAt + quarters), stepMinutes }),
  );

function clock(quarters: number): string {
  return `${String(Math.floor(quarters / 4)).padStart(2, "0")}:${String((quarters % 4) * 15).padStart(2, "0")}`;
}

describe("across both clock changes, in every zone of the network", () => {
  test("covers twelve zones", () => expect(NETWORK_ZONES).toHaveLength(12));

  test("an office opens and closes at the same local hour on every date", () => {
    fc.assert(
      fc.property(zone, aroundASwitch, daytime, (where, { from, to }, template) => {
        const sessions = planSessions([template], open(where), from, to);
        expect(sessions.map((one) => one.localDate)).toEqual(
          Array.from({ length: 21 }, (_, day) => addDays(from, day)),
        );
        for (const session of sessions) {
          expect(localTimeAt(session.startsAt, where)).toBe(template.opens);
          expect(localTimeAt(session.endsAt, where)).toBe(template.closes);
          expect(localDateAt(session.startsAt, where)).toBe(session.localDate);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("every date has the same steps at the same local times, in strictly increasing instants", () => {
    fc.assert(
      fc.property(zone, aroundASwitch, daytime, (where, { from, to }, template) => {
        const days = planSessions([template], open(where), from, to).map((session) => stepsOf(session, where));
        const local = days.map((steps) =>
          steps.map((step) => `${localTimeAt(new Date(step.startsAt), where)} ${step.band}`),
        );
        for (const day of local) expect(day).toEqual(local[0]);
        const instants = days.flat().map((step) => step.startsAt);
        for (let i = 1; i < instants.length; i += 1) expect(instants[i]!).toBeGreaterThan(instants[i - 1]!);
      }),
      { numRuns: 60 },
    );
  });

  test("control: repeating every 24 hours would open at another local hour", () => {
    const first = instantOf("2027-03-13" as LocalDate, "08:00", "America/Chicago");
    expect(localTimeAt(new Date(first.getTime() + 24 * 60 * MINUTE_MS), "America/Chicago")).toBe("09:00");
  });

  test("a session across the switch itself has the places of its real length and only real local times", () => {
    fc.assert(
      fc.property(zone, fc.constantFrom(...SWITCHES), fc.constantFrom(10, 15, 30), (where, night, stepMinutes) => {
        const [session] = planSessions(
          [aTemplate({ opens: "00:30", closes: "05:00", stepMinutes })],
          open(where),
          night,
          night,
        );
        const steps = stepsOf(session!, where);
        const minutes = (session!.endsAt.getTime() - session!.startsAt.getTime()) / MINUTE_MS;
        expect([3.5, 4.5, 5.5]).toContain(minutes / 60);
        expect(steps).toHaveLength(Math.floor(minutes / stepMinutes));
        expect(steps[0]!.startsAt).toBe(session!.startsAt.getTime());
        expect(new Set(steps.map((step) => step.startsAt)).size).toBe(steps.length);
        expect(steps.every((step) => step.startsAt + stepMinutes * MINUTE_MS <= session!.endsAt.getTime())).toBe(true);
      }),
    );
  });
});

describe("planSessions", () => {
  const zoneOfFresno = "America/Los_Angeles";
  const days = (template: ReturnType<typeof aTemplate>, closedOn: string[] = []) =>
    planSessions(
      [template],
      { zone: zoneOfFresno, closedOn: new Set(closedOn as LocalDate[]) },
      "2026-11-23" as LocalDate,
      "2026-11-29" as LocalDate,
    ).map((one) => one.localDate);

  test("opens on the template's weekdays only", () => {
    expect(days(aTemplate({ weekdays: [1, 6] }))).toEqual(["2026-11-23", "2026-11-28"]);
  });
  test("skips closed days", () => {
    expect(days(aTemplate({ weekdays: [3, 4, 5] }), ["2026-11-26"])).toEqual(["2026-11-25", "2026-11-27"]);
  });
  test("respects the first and last day of a template, both included", () => {
    expect(days(aTemplate({ validFrom: "2026-11-25" as LocalDate, validTo: "2026-11-26" as LocalDate }))).toEqual([
      "2026-11-25",
      "2026-11-26",
    ]);
  });
});

test("the parts of the day change at 11:00 and 14:00 local time", () => {
  const [session] = planSessions(
    [aTemplate({ opens: "10:30", closes: "14:30" })],
    open("America/Phoenix"),
    "2026-11-23" as LocalDate,
    "2026-11-23" as LocalDate,
  );
  expect(stepsOf(session!, "America/Phoenix").map((step) => step.band)).toEqual([
    "morning",
    "midday",
    "midday",
    "midday",
    "midday",
    "midday",
    "midday",
    "afternoon",
  ]);
});

test("a step that would end after closing is not offered", () => {
  const [session] = planSessions(
    [aTemplate({ opens: "08:00", closes: "09:10" })],
    open("America/Phoenix"),
    "2026-11-23" as LocalDate,
    "2026-11-23" as LocalDate,
  );
  expect(stepsOf(session!, "America/Phoenix")).toHaveLength(2);
});
