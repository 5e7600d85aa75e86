import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LocalDate, ServiceGroup, SessionId } from "#kernel/ids.ts";
import { BLOCK_STEPS } from "#kernel/limits.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { Assigned, DrawPlace, Need } from "#modules/schedules/index.ts";
import { needOfParty, piecesOf, seatParties, stepsOfNeed, supplyOf, type PartyToSeat, type Piece } from "./seats.ts";

const DOCUMENTS = "documentacion" as ServiceGroup;
const REGISTRY = "registro_civil" as ServiceGroup;
const NINE = Date.parse("2026-12-14T17:00:00Z");

/** Counters of one group side by side through a morning. */
function places(group: ServiceGroup, counters: number, blocks: number, stepMinutes = 15): DrawPlace[] {
  return Array.from({ length: counters }, (_, c) => c + 1).flatMap((counter) =>
    Array.from({ length: blocks * BLOCK_STEPS }, (_, step) => ({
      sessionId: group as string as SessionId,
      serviceGroup: group,
      localDate: "2026-12-14" as LocalDate,
      band: "morning" as const,
      startsAt: NINE + step * stepMinutes * MINUTE_MS,
      bandStartsAt: NINE,
      site: null,
      counter,
      stepMinutes,
    })),
  );
}
const party = (id: string, needs: readonly Need[]): PartyToSeat => ({
  id,
  needs,
  bandOf: new Map(needs.map((need) => [need.group, "morning"])),
});
const stepsOf = (seats: Iterable<Assigned>): string[] =>
  [...seats].flatMap(({ sessionId, counter, startsAt, steps, stepMinutes }) =>
    Array.from({ length: steps }, (_, i) => `${sessionId} ${counter} ${startsAt + i * stepMinutes * MINUTE_MS}`),
  );

describe("what a person needs", () => {
  it("is rounded up to one, two or four steps", () => {
    expect([5, 15, 16, 30, 45, 60].map((minutes) => stepsOfNeed(minutes, 15))).toEqual([1, 1, 2, 2, 4, 4]);
  });

  it("is counted by group, and refused when it is longer than a block or is not drawn", () => {
    const needs: Need[] = [
      { ordinal: 1, group: DOCUMENTS, minutes: 45 },
      { ordinal: 1, group: REGISTRY, minutes: 60 },
      { ordinal: 2, group: DOCUMENTS, minutes: 15 },
    ];
    expect(needOfParty(needs, { documentacion: 15, registro_civil: 30 })).toEqual({
      documentacion: 5,
      "documentacion.2": 4,
      "documentacion.4": 4,
      registro_civil: 2,
      "registro_civil.2": 2,
    });
    expect(needOfParty(needs, { documentacion: 15 })).toBeUndefined();
    expect(needOfParty([{ ordinal: 1, group: DOCUMENTS, minutes: 75 }], { documentacion: 15 })).toBeUndefined();
  });
});

const suppliedBy = (pieces: readonly Piece[]): Record<string, number> =>
  Object.fromEntries(supplyOf(pieces).map((cell) => [cell.group, cell.places]));

describe("pieces", () => {
  it("are the largest that lie in a row from the start of their block", () => {
    const counter = places(DOCUMENTS, 1, 2);
    const lengths = (gaps: readonly number[]) =>
      piecesOf(counter.filter((_, i) => !gaps.includes(i))).map((piece) => piece.places.length);
    expect(lengths([])).toEqual([4, 4]);
    expect(lengths([1])).toEqual([1, 2, 4]);
    expect(lengths([0, 3, 5])).toEqual([1, 1, 1, 2]);
  });

  it("count as places, and those in pairs and in fours apart", () => {
    const pieces = piecesOf(places(DOCUMENTS, 1, 2).filter((_, i) => i !== 1));
    expect(suppliedBy(pieces)).toEqual({ documentacion: 7, "documentacion.2": 6, "documentacion.4": 4 });
  });
});

describe("seats", () => {
  const minutes = fc.array(fc.constantFrom(15, 20, 30, 45, 60), { minLength: 1, maxLength: 5 });
  const market = fc.record({
    counters: fc.integer({ min: 1, max: 4 }),
    blocks: fc.integer({ min: 1, max: 3 }),
    gaps: fc.array(fc.nat(47), { maxLength: 20 }),
    asked: fc.array(minutes, { maxLength: 20 }),
  });

  it("are found for whatever a draw gives within the supply: nobody twice, each need whole, at one counter", () => {
    fc.assert(
      fc.property(market, ({ counters, blocks, gaps, asked }) => {
        const pieces = piecesOf(places(DOCUMENTS, counters, blocks).filter((_, i) => !gaps.includes(i)));
        const left = suppliedBy(pieces);
        const parties = asked.flatMap((each, i) => {
          const needs = each.map((one, n): Need => ({ ordinal: n + 1, group: DOCUMENTS, minutes: one }));
          const need = Object.entries(needOfParty(needs, { documentacion: 15 })!);
          if (need.some(([group, count]) => (left[group] ?? 0) < count)) return [];
          for (const [group, count] of need) left[group]! -= count;
          return [party(String(i), needs)];
        });
        const seated = seatParties(pieces, parties);
        const taken = stepsOf([...seated.values()].flat());
        expect(new Set(taken).size).toBe(taken.length);
        for (const { id, needs } of parties) {
          const seats = seated.get(id)!;
          expect(seats.map((seat) => seat.ordinal).sort()).toEqual(needs.map((need) => need.ordinal));
          for (const seat of seats) expect(seat.steps).toBe(stepsOfNeed(needs[seat.ordinal - 1]!.minutes, 15));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("never put a person at two counters at once where there is a choice", () => {
    const both: Need[] = [
      { ordinal: 1, group: DOCUMENTS, minutes: 15 },
      { ordinal: 1, group: REGISTRY, minutes: 30 },
    ];
    const blocks = piecesOf([...places(DOCUMENTS, 1, 2), ...places(REGISTRY, 1, 1, 30)]);
    const parties = ["a", "b", "c", "d"].map((id) => party(id, both));
    const seated = seatParties(blocks, parties);
    for (const seats of seated.values()) {
      const [one, other] = seats;
      expect(one!.endsAt <= other!.startsAt || other!.endsAt <= one!.startsAt).toBe(true);
    }
  });

  it("are close together for a family where there is a choice", () => {
    const four = [1, 2, 3, 4].map((ordinal): Need => ({ ordinal, group: DOCUMENTS, minutes: 15 }));
    const seated = seatParties(piecesOf(places(DOCUMENTS, 4, 3)), [party("family", four)]);
    const starts = seated.get("family")!.map((seat) => seat.startsAt);
    expect(Math.max(...starts) - Math.min(...starts)).toBeLessThanOrEqual(45 * MINUTE_MS);
  });

  it("are refused aloud when a draw gave more than there is", () => {
    const two = ["a", "b"].map((id) => party(id, [{ ordinal: 1, group: DOCUMENTS, minutes: 60 }]));
    expect(() => seatParties(piecesOf(places(DOCUMENTS, 1, 1)), two)).toThrow("more than its places hold");
  });
});
