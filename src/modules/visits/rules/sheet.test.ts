import { describe, expect, it } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import type { PartyOfDay } from "#modules/booking/index.ts";
import { sheetOf, sheetParties } from "./sheet.ts";

const named = (givenNames: string, firstSurname: string, secondSurname = "") => ({
  givenNames,
  firstSurname,
  secondSurname,
});

describe("the list of a day", () => {
  const today = "2026-12-03" as LocalDate;
  it.each([
    ["2026-12-10", true, false],
    ["2026-12-11", false, false],
    ["2026-12-03", true, true],
    ["2026-11-26", true, true],
    ["2026-11-25", false, false],
  ])("%s is shown %s and typed in %s", (day, shown, typed) =>
    expect(sheetOf(day as LocalDate, today)).toEqual({ shown, typed }),
  );

  it("names nobody, says who is expected later or may come back, and knows the counter as it hangs in the hall", () => {
    const at = new Date("2026-12-03T16:00:00Z");
    const party = {
      bookingId: "b",
      folioTail: "B4CD",
      startsAt: at,
      state: "active",
      visit: undefined,
      people: [{ ordinal: 1, ...named("Citlali", "Inventada"), child: false }],
      appointments: ["documentacion", "visas"].map((serviceGroup) => ({
        id: serviceGroup,
        bookingId: "b",
        ordinal: 1,
        serviceGroup,
        services: ["x"],
        startsAt: at,
        state: "booked",
        outcomes: [],
      })),
      flags: [],
      permission: undefined,
    } as unknown as PartyOfDay;
    const hall = (["documentacion", "documentacion", "visas"] as const).map((serviceGroup, i) => ({
      number: i + 1,
      serviceGroup,
    }));
    const [line, ...others] = sheetParties(
      [party],
      new Map([
        ["documentacion", 2],
        ["visas", 1],
      ]),
      hall,
      new Map([["b", { expectedAt: new Date("2026-12-03T17:00:00Z"), returnUntil: "2026-12-24" as LocalDate }]]),
    );
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      folioTail: "B4CD",
      expectedAt: new Date("2026-12-03T17:00:00Z"),
      returnUntil: "2026-12-24",
    });
    expect(line!.lines.map(({ counter, initials }) => [counter, initials])).toEqual([
      [2, "C. I."],
      [3, "C. I."],
    ]);
    expect(JSON.stringify(line)).not.toMatch(/Citlali|Inventada/);
    expect(sheetParties([party], new Map(), hall, new Map())[0]!.lines[0]!.counter).toBeNull();
  });
});
