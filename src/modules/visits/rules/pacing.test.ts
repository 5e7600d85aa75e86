import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BookingId, SessionId } from "#kernel/ids.ts";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import {
  isToTell,
  MOST_OVERTIME_MINUTES,
  paceDay,
  TOLD_UNTIL_HOURS,
  type PacedParty,
  type PacedSession,
} from "./pacing.ts";

const at = (time: string): number => Date.parse(`2026-12-03T${time}:00Z`);
const EIGHT = at("08:00");
const DOCS = "docs" as SessionId;
const CIVIL = "civil" as SessionId;
const docs = (counters: number, closes = "12:00"): PacedSession => ({
  id: DOCS,
  opensAt: EIGHT,
  closesAt: at(closes),
  counters,
});
const party = (id: string, hour: string, change: Partial<PacedParty> = {}, minutes = 30): PacedParty => ({
  id: id as BookingId,
  hour: at(hour),
  here: false,
  appointments: [{ sessionId: DOCS, ordinal: 1, startsAt: at(hour), minutes }],
  ...change,
});
const shown = (day: ReturnType<typeof paceDay>) =>
  Object.fromEntries([...day.hours].map(([id, ms]) => [id, new Date(ms).toISOString().slice(11, 16)]));
/** A full morning: at each half hour as many parties as there are counters. */
const fullDay = (counters: number, hours = 4): PacedParty[] =>
  Array.from({ length: hours * 2 }, (_, slot) =>
    Array.from({ length: counters }, (_, n) => {
      const time = new Date(EIGHT + slot * 30 * MINUTE_MS).toISOString().slice(11, 16);
      return party(`${String(slot).padStart(2, "0")}-${n}`, time);
    }),
  ).flat();

/** She was told a later hour, and her own is too near for another message. */
const isToldNoMore = ({ hour, toldFor }: PacedParty, now: number): boolean =>
  toldFor !== undefined && toldFor > hour && hour - now < TOLD_UNTIL_HOURS * HOUR_MS;

describe("a day with fewer counters", () => {
  it("keeps everybody's hour while nobody is missing", () => {
    const day = paceDay([docs(4)], fullDay(4), EIGHT);
    for (const one of fullDay(4)) expect(day.hours.get(one.id)).toBe(one.hour);
    expect(day.sessions).toEqual([
      { id: DOCS, endsAt: at("12:00"), overMinutes: 0, cutFrom: undefined, cutParties: 0 },
    ]);
  });

  it("with three of four is later bit by bit, in the order of the hours, and ends ninety minutes late", () => {
    const day = paceDay([docs(3)], fullDay(4), EIGHT);
    expect(shown(day)).toMatchObject({
      "00-0": "08:00",
      "00-3": "08:30",
      "01-0": "08:30",
      "01-2": "09:00",
      "07-3": "13:00",
    });
    expect(day.sessions[0]).toMatchObject({ endsAt: at("13:30"), overMinutes: 90 });
  });

  it("offers to cut from the hour on whose parties would be done more than an hour after closing, and whole hours only", () => {
    const day = paceDay([docs(2)], fullDay(4), EIGHT);
    // 32 parties at two counters: 08:00 to 16:00; done by 13:00 are the first twenty.
    expect(day.sessions[0]).toMatchObject({ overMinutes: 240, cutFrom: at("10:30"), cutParties: 12 });
    const rest = fullDay(4).filter((one) => one.hour < at("10:30"));
    expect(paceDay([docs(2)], rest, EIGHT).sessions[0]).toMatchObject({
      overMinutes: MOST_OVERTIME_MINUTES,
      cutFrom: undefined,
    });
  });

  it("has no hour for whom no counter is left", () => {
    const day = paceDay([docs(0)], fullDay(1, 1), EIGHT);
    expect([day.hours.size, day.sessions[0]]).toMatchObject([0, { overMinutes: 0, cutFrom: EIGHT, cutParties: 2 }]);
  });

  it("waits for whoever is at a counter now, and expects nobody who is much too late", () => {
    const now = at("10:10");
    const day = paceDay(
      [docs(1)],
      [
        party("at counter", "09:30", { here: true, servedFrom: at("09:50") }),
        party("in the hall", "09:00", { here: true }),
        party("late", "08:30"),
        party("too late", "08:00"),
        party("next", "10:15"),
      ],
      now,
    );
    expect(shown(day)).toEqual({ "at counter": "09:50", late: "10:20", "in the hall": "10:50", next: "11:20" });
  });

  it("has nobody at two counters at once, and other sessions go on", () => {
    const both = party("both", "08:00", {
      appointments: [
        { sessionId: DOCS, ordinal: 1, startsAt: EIGHT, minutes: 30 },
        { sessionId: CIVIL, ordinal: 1, startsAt: at("08:30"), minutes: 30 },
      ],
    });
    const civil = party("civil", "08:30", {
      appointments: [{ sessionId: CIVIL, ordinal: 1, startsAt: at("08:30"), minutes: 30 }],
    });
    const sessions = [docs(1), { ...docs(1), id: CIVIL }];
    const day = paceDay(sessions, [party("before", "08:00"), both, civil], EIGHT);
    expect(shown(day)).toEqual({ before: "08:00", both: "08:30", civil: "08:30" });
  });

  it("keeps no counter waiting for whoever was told a later hour, when the clerks come back", () => {
    const told = party("told", "08:00", { toldFor: at("11:00") });
    const day = paceDay([docs(1)], [told, party("a", "08:30"), party("b", "09:00"), party("c", "11:00")], EIGHT);
    expect(shown(day)).toEqual({ a: "08:30", b: "09:00", told: "11:00", c: "11:30" });
  });

  it("cuts from the hour of the appointment that would be late, not from that of another of the same party", () => {
    const family = party("family", "08:00", {
      appointments: [
        { sessionId: CIVIL, ordinal: 1, startsAt: EIGHT, minutes: 30 },
        { sessionId: DOCS, ordinal: 1, startsAt: at("11:30"), minutes: 30 },
      ],
    });
    const others = [...fullDay(2), party("00-9", "08:00")];
    const sessions = [docs(1), { ...docs(1), id: CIVIL }];
    const { cutFrom, cutParties } = paceDay(sessions, [...others, family], EIGHT).sessions[0]!;
    expect(cutFrom).toBe(at("10:00"));
    expect(cutParties).toBe(9);
    const late = paceDay(sessions, [family, ...Array.from({ length: 6 }, (_, i) => party(`p${i}`, "11:00"))], EIGHT);
    expect(late.sessions[0]).toMatchObject({ cutFrom: at("11:00"), cutParties: 7 });
    const last = [family, ...Array.from({ length: 3 }, (_, i) => party(`p${i}`, "11:00"))];
    expect(paceDay(sessions, last, EIGHT).sessions[0]).toMatchObject({ cutFrom: undefined });
  });

  it("never calls anybody before her hour, loses nobody and takes no more counters than there are", () => {
    const parties = fc.array(
      fc.record({
        slot: fc.nat(11),
        minutes: fc.constantFrom(15, 30, 45),
        toldSlots: fc.option(fc.integer({ min: 1, max: 6 })),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(parties, fc.integer({ min: 1, max: 4 }), fc.nat(8), (list, counters, late) => {
        const now = EIGHT + late * 15 * MINUTE_MS;
        const all = list.map(({ slot, minutes, toldSlots }, i): PacedParty => {
          const hour = EIGHT + slot * 30 * MINUTE_MS;
          const toldFor = toldSlots === null ? undefined : hour + toldSlots * 15 * MINUTE_MS;
          const appointments = [{ sessionId: DOCS, ordinal: 1, startsAt: hour, minutes }];
          return { id: String(i).padStart(3, "0") as BookingId, hour, toldFor, here: false, appointments };
        });
        const { hours } = paceDay([docs(counters)], all, now);
        const awaited = all.filter((one) => now - Math.max(one.hour, one.toldFor ?? 0) <= 2 * HOUR_MS);
        expect(hours.size).toBe(awaited.length);
        for (const one of awaited) {
          const start = hours.get(one.id)!;
          expect(start).toBeGreaterThanOrEqual(Math.max(one.hour, now));
          const atOnce = awaited.filter((other) => {
            const begun = hours.get(other.id)!;
            return begun <= start && start < begun + other.appointments[0]!.minutes * MINUTE_MS;
          });
          expect(atOnce.length).toBeLessThanOrEqual(counters);
          // While she could have come and was not called, every counter had somebody.
          const couldCome = Math.max(now, one.hour, isToldNoMore(one, now) ? one.toldFor! : 0);
          for (let t = couldCome; t < start; t += 5 * MINUTE_MS) {
            const served = awaited.filter((other) => {
              const begun = hours.get(other.id)!;
              return begun <= t && t < begun + other.appointments[0]!.minutes * MINUTE_MS;
            });
            expect(served.length).toBe(counters);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("a new hour", () => {
  const told = (hour: string, next: string, change: Partial<PacedParty> = {}) =>
    isToTell(party("a", hour, change), at(next), EIGHT);

  it("is told from a quarter of an hour on, and only to who has two hours to go", () => {
    expect([told("14:00", "14:14"), told("14:00", "14:15"), told("09:59", "11:00"), told("10:00", "11:00")]).toEqual([
      false,
      true,
      false,
      true,
    ]);
    expect(told("14:00", "15:00", { here: true })).toBe(false);
  });

  it("is told once, again when it changes, and when it is the own hour after all", () => {
    const toldFor = at("15:00");
    expect(told("14:00", "15:00", { toldFor })).toBe(false);
    expect(told("14:00", "15:10", { toldFor })).toBe(false);
    expect(told("14:00", "15:30", { toldFor })).toBe(true);
    expect(told("14:00", "14:00", { toldFor })).toBe(true);
    expect(told("09:30", "09:30", { toldFor })).toBe(false);
  });

  it("that can be told no more is the hour at which she comes", () => {
    const late = party("a", "09:30", { toldFor: at("11:00") });
    expect(shown(paceDay([docs(2)], [late], EIGHT))).toEqual({ a: "11:00" });
    expect(shown(paceDay([docs(2)], [{ ...late, hour: at("10:00") }], EIGHT))).toEqual({ a: "10:00" });
  });
});
