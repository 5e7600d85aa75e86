import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LocalDate, OfficeId, ServiceGroup, SessionId } from "#kernel/ids.ts";
import { BLOCK_STEPS } from "#kernel/limits.ts";
import { addDays, MINUTE_MS } from "#kernel/time.ts";
import type { DrawPlace, Need } from "#modules/schedules/index.ts";
import type { Option } from "../types.ts";
import { seatElsewhere, whoFits } from "./displaced.ts";
import { piecesOf, seatParties, stepsOfNeed } from "./seats.ts";

const MONDAY = "2026-12-14" as LocalDate;
const NINE = Date.parse("2026-12-14T17:00:00Z");
const DOCUMENTS = "documentacion" as ServiceGroup;
const STEPS = { documentacion: 15 };

/** Counters side by side through a morning of one day. */
const places = (
  counters: number,
  blocks: number,
  localDate = MONDAY,
  band: DrawPlace["band"] = "morning",
): DrawPlace[] =>
  Array.from({ length: counters * blocks * BLOCK_STEPS }, (_, i) => ({
    sessionId: `${localDate} ${band}` as SessionId,
    serviceGroup: DOCUMENTS,
    localDate,
    band,
    startsAt: NINE + (i % (blocks * BLOCK_STEPS)) * 15 * MINUTE_MS,
    bandStartsAt: NINE,
    site: null,
    counter: 1 + Math.floor(i / (blocks * BLOCK_STEPS)),
    stepMinutes: 15,
  }));
const needs = (minutes: readonly number[]): Need[] =>
  minutes.map((each, i) => ({ ordinal: i + 1, group: DOCUMENTS, minutes: each }));
const party = (position: number, minutes: readonly number[]) => ({
  id: String(position),
  position,
  needs: needs(minutes),
  bandOf: new Map([[DOCUMENTS, "morning"]]),
});

describe("who still fits after a cut", () => {
  const asked = fc.array(fc.array(fc.constantFrom(15, 30, 60), { minLength: 1, maxLength: 4 }), { maxLength: 12 });

  it("is everybody whom the supply holds, and whoever fits can be seated, whatever was cut", () => {
    fc.assert(
      fc.property(asked, fc.array(fc.nat(31), { maxLength: 30 }), (all, cut) => {
        const left = places(2, 4).filter((_, i) => !cut.includes(i));
        const fitting = whoFits(
          piecesOf(left),
          all.map((minutes, i) => party(i, minutes)),
          STEPS,
        );
        const seats = [...seatParties(piecesOf(left), fitting).values()].flat();
        const taken = seats.reduce((sum, one) => sum + one.steps, 0);
        expect(taken).toBeLessThanOrEqual(left.length);
        expect(seats).toHaveLength(fitting.flatMap((one) => one.needs).length);
        const wanted = all.flat().reduce((sum, minutes) => sum + stepsOfNeed(minutes, 15), 0);
        if (all.flat().every((minutes) => minutes === 15) && wanted <= left.length)
          expect(fitting).toHaveLength(all.length);
      }),
    );
  });

  it("is who came first in the order of the draw, a family whole or not at all", () => {
    const fitting = whoFits(piecesOf(places(1, 1)), [party(2, [15]), party(1, [15, 15, 15]), party(0, [30])], STEPS);
    expect(fitting.map((one) => one.position)).toEqual([0, 2]);
  });
});

describe("another place for a displaced household", () => {
  const option = (change: Partial<Option> = {}): Option => ({
    offices: ["fresno"],
    from: MONDAY,
    to: addDays(MONDAY, 20),
    weekdays: 0b1,
    bands: 0b1,
    ...change,
  });
  const household = (minutes: readonly number[], options = [option()]) => ({
    id: "a",
    officeId: "fresno" as OfficeId,
    localDate: MONDAY,
    needs: needs(minutes),
    options,
  });

  it("is on the lost day if there is room, for all of them", () => {
    const found = seatElsewhere(household([15, 15]), [...places(2, 1), ...places(2, 1, addDays(MONDAY, 7))], STEPS);
    expect(found).toMatchObject({ localDate: MONDAY, seats: [{ steps: 1 }, { steps: 1 }] });
  });

  it("is on no day, part of a day or office for which nobody asked", () => {
    const tuesday = places(2, 1, addDays(MONDAY, 1));
    const afternoon = places(2, 1, MONDAY, "afternoon");
    const asked = household([15]);
    expect(seatElsewhere(asked, [...tuesday, ...afternoon], STEPS)).toBeUndefined();
    expect(seatElsewhere({ ...asked, officeId: "tucson" as OfficeId }, places(2, 1), STEPS)).toBeUndefined();
    const wide = household([15], [option({ weekdays: 0b11 }), option({ bands: 0b100 })]);
    expect(seatElsewhere(wide, tuesday, STEPS)?.localDate).toBe(addDays(MONDAY, 1));
    expect(seatElsewhere(wide, afternoon, STEPS)?.localDate).toBe(MONDAY);
  });

  it("is never half a family: who needs an hour in a row is not given four quarters apart", () => {
    const scattered = places(4, 1).filter((one) => one.startsAt === NINE);
    expect(seatElsewhere(household([60]), scattered, STEPS)).toBeUndefined();
    expect(seatElsewhere(household([15, 15, 15, 15]), scattered, STEPS)?.seats).toHaveLength(4);
  });

  it("is never two counters at once for one person, for whom nobody is there to change with", () => {
    const CIVIL = "registro_civil" as ServiceGroup;
    const both: Need[] = [
      { ordinal: 1, group: DOCUMENTS, minutes: 15 },
      { ordinal: 1, group: CIVIL, minutes: 15 },
    ];
    const civil = places(1, 2).map((one) => ({ ...one, sessionId: "civil" as SessionId, serviceGroup: CIVIL }));
    const steps = { ...STEPS, registro_civil: 15 };
    const atNine = places(1, 1).slice(0, 1);
    // A piece of one step at nine is the smallest; behind it a whole hour is free.
    const aside = [...civil.slice(0, 1), ...civil.slice(4)];
    const found = seatElsewhere({ ...household([]), needs: both }, [...atNine, ...aside], steps);
    expect(found?.seats.map((one) => one.startsAt).sort()).toEqual([NINE, NINE + 4 * 15 * MINUTE_MS]);
    expect(seatElsewhere({ ...household([]), needs: both }, [...atNine, ...civil.slice(0, 1)], steps)).toBeUndefined();
    fc.assert(
      fc.property(fc.subarray(places(2, 1)), fc.subarray(civil), (documents, records) => {
        const seats = seatElsewhere({ ...household([]), needs: both }, [...documents, ...records], steps)?.seats;
        const apart = documents.some((one) => records.some((other) => one.startsAt !== other.startsAt));
        expect(seats !== undefined).toBe(apart);
        if (seats) expect(seats[0]!.startsAt).not.toBe(seats[1]!.startsAt);
      }),
    );
  });
});
