import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { LEVELS, type Band, type CellCount, type Level } from "../types.ts";
import { FEW_UP_TO, levelOf, listDays, NEXT_DAYS, pictureOf } from "./snapshot.ts";

const office = "fresno" as OfficeId;
const cell = (
  localDate: string,
  open: number,
  band: Band = "morning",
  serviceGroup: ServiceGroup = "documentacion",
): CellCount => ({
  officeId: office,
  serviceGroup,
  localDate: localDate as LocalDate,
  band,
  open,
});
const at = (time: string) => new Date(`2026-11-24T${time}Z`);
const levelIn = (picture: ReturnType<typeof pictureOf>, date = "2026-12-01"): Level | undefined =>
  picture.offices
    .get(office)
    ?.get("documentacion")
    ?.days.get(date as LocalDate)?.morning;

describe("a level", () => {
  test("is none at nothing, few up to the threshold, some above", () => {
    expect([0, 1, FEW_UP_TO, FEW_UP_TO + 1].map(levelOf)).toEqual(["none", "few", "few", "some"]);
  });

  test("stays few until the last place is gone", () => {
    const before = pictureOf([cell("2026-12-01", 2)], at("17:00:00"));
    expect(levelIn(pictureOf([cell("2026-12-01", 1)], at("17:01:00"), before))).toBe("few");
    expect(levelIn(pictureOf([cell("2026-12-01", 0)], at("17:01:00"), before))).toBe("none");
  });

  test("rises only at a release tick", () => {
    const before = pictureOf([cell("2026-12-01", 0)], at("17:00:00"));
    const between = pictureOf([cell("2026-12-01", 50)], at("21:59:00"), before);
    const atTick = pictureOf([cell("2026-12-01", 50)], at("22:00:00"), between);
    expect(
      [between, atTick, pictureOf([cell("2026-12-01", 50)], at("22:01:00"), atTick)].map((one) => levelIn(one)),
    ).toEqual(["none", "none", "some"]);
  });

  test("of a day never shown before is shown as it is", () => {
    const before = pictureOf([cell("2026-12-01", 0)], at("17:00:00"));
    expect(levelIn(pictureOf([cell("2026-12-02", 50)], at("17:01:00"), before), "2026-12-02")).toBe("some");
  });

  test("never rises between ticks, whatever is counted", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 2, maxLength: 40 }), (counts) => {
        let picture = pictureOf([cell("2026-12-01", counts[0]!)], at("17:00:00"));
        for (const [minute, count] of counts.entries()) {
          const next = pictureOf(
            [cell("2026-12-01", count)],
            new Date(at("17:01:00").getTime() + minute * 60_000),
            picture,
          );
          expect(LEVELS.indexOf(levelIn(next)!)).toBeLessThanOrEqual(LEVELS.indexOf(levelIn(picture)!));
          if (count === 0) expect(levelIn(next)).toBe("none");
          picture = next;
        }
      }),
    );
  });
});

test("the next days are the first with something left", () => {
  const cells = Array.from({ length: 20 }, (_, i) =>
    cell(`2026-12-${String(i + 1).padStart(2, "0")}`, i < 3 ? 0 : 9),
  ).reverse();
  const group = pictureOf(cells, at("17:00:00")).offices.get(office)!.get("documentacion")!;
  expect(group.soonest).toBe("2026-12-04");
  expect(group.nextDays).toHaveLength(NEXT_DAYS);
  expect(group.nextDays.at(-1)).toBe("2026-12-13");
});

describe("listDays", () => {
  const picture = pictureOf(
    [
      cell("2026-12-02", 9),
      cell("2026-12-02", 0, "midday"),
      cell("2026-12-01", 3),
      cell("2026-12-02", 2, "midday", "registro_civil"),
      cell("2026-12-03", 9, "morning", "registro_civil"),
      cell("2026-12-04", 0),
    ],
    at("17:00:00"),
  );
  const days = (...args: [ServiceGroup[], Parameters<typeof listDays>[3]?]) =>
    listDays(picture, office, ...args).map((day) => `${day.date} ${day.level}`);

  test("shows a day by its best part, full days included, in order", () => {
    expect(days(["documentacion"])).toEqual(["2026-12-01 few", "2026-12-02 some", "2026-12-04 none"]);
  });
  test("for several groups shows only days with all of them, by the scarcest", () => {
    expect(days(["documentacion", "registro_civil"])).toEqual(["2026-12-02 few"]);
  });
  test("filters by weekday and part of the day", () => {
    expect(days(["documentacion"], { weekday: 2 })).toEqual(["2026-12-01 few"]);
    expect(days(["documentacion"], { band: "midday" })).toEqual(["2026-12-02 none"]);
  });
  test("has nothing for an unknown office or group", () => {
    expect(listDays(picture, "nowhere" as OfficeId, ["documentacion"])).toEqual([]);
    expect(days(["visas"])).toEqual([]);
    expect(days(["documentacion", "visas"])).toEqual([]);
  });
});
