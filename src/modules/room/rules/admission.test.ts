import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyId, aRoom, aSeed } from "../room.fixtures.ts";
import type { RankId } from "../types.ts";
import {
  admissionRate,
  advance,
  CHOOSING_MS,
  conversionOf,
  MOST_ADMITTED_PER_S,
  ROOM_HOLD_MS,
  thresholdAt,
  type Progress,
} from "./admission.ts";
import { ranksOf } from "./rank.ts";

const START: Progress = { admitted: 0, rest: 0 };
const facts = { remaining: 1_000, conversion: 0.5, windowMs: 3_600_000, choosing: 0 };

describe("the rate", () => {
  test("is 1.2 places' worth of tickets over the window", () => {
    expect(admissionRate({ remaining: 600, conversion: 0.5, windowMs: 3_600_000 })).toBeCloseTo(0.4, 10);
    expect(admissionRate({ remaining: 1_000_000, conversion: 0.05, windowMs: 60_000 })).toBe(MOST_ADMITTED_PER_S);
    expect(admissionRate({ remaining: 0, conversion: 1, windowMs: 60_000 })).toBe(0);
  });

  test("rises with places and falls with how many of those let in book", () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), fc.double({ min: 0.05, max: 1, noNaN: true }), (a, b, conversion) => {
        const rate = (remaining: number, share: number) =>
          admissionRate({ remaining, conversion: share, windowMs: 3_600_000 });
        expect(rate(Math.max(a, b), conversion)).toBeGreaterThanOrEqual(rate(Math.min(a, b), conversion));
        expect(rate(a, conversion)).toBeGreaterThanOrEqual(rate(a, 1));
        expect(rate(a, conversion)).toBeLessThanOrEqual(MOST_ADMITTED_PER_S);
      }),
    );
  });

  test("learns how many of those let in book, beginning with half", () => {
    expect([conversionOf(0, 0), conversionOf(80, 80), conversionOf(0, 980), conversionOf(0, 1_000_000)]).toEqual([
      0.5, 0.9, 0.05, 0.05,
    ]);
  });
});

describe("the line", () => {
  test("moves by the clock: one step of an hour lets in as many as 720 of five seconds", () => {
    const slow = { ...facts, remaining: 100 };
    let progress = START;
    for (let i = 0; i < 720; i++) progress = advance(progress, slow, 5_000, 10_000);
    expect(Math.abs(progress.admitted - 240)).toBeLessThanOrEqual(1);
    expect(advance(START, slow, 3_600_000, 10_000).admitted).toBe(240);
    const last = { ...facts, remaining: 1, conversion: 1, windowMs: 86_400_000 };
    progress = START;
    for (let i = 0; i < 17_280; i++) progress = advance(progress, last, 5_000, 10);
    expect(progress.admitted).toBe(1);
  });

  test("is not held up by people who were let in and never came, nor let in again what it could not use", () => {
    let progress = START;
    // All of a first wave are choosing: nobody more is let in than would fill what is left.
    for (let i = 0; i < 1_000; i++) progress = advance(progress, { ...facts, remaining: 10, choosing: 24 }, 5_000, 500);
    expect(progress.admitted).toBe(0);
    // They never came and no longer count.
    const next = advance(progress, { ...facts, remaining: 10, choosing: 0 }, 5_000, 500);
    expect(next.admitted).toBeLessThanOrEqual(1);
    for (let i = 0; i < 1_000; i++) progress = advance(progress, { ...facts, remaining: 10 }, 5_000, 500);
    expect(progress.admitted).toBeGreaterThan(20);
  });

  test("stands while nothing is left and moves again when a hold ends", () => {
    const full = advance({ admitted: 50, rest: 0.9 }, { ...facts, remaining: 0 }, 60_000, 500);
    expect(full.admitted).toBe(50);
    expect(advance(full, { ...facts, remaining: 10, windowMs: 60_000 }, 5_000, 500).admitted).toBeGreaterThan(50);
  });

  test("never goes back, never past the drawn ranks, and never lets in more than would fill what is left", () => {
    const step = fc.record({
      remaining: fc.nat(500),
      conversion: fc.double({ min: 0.05, max: 1, noNaN: true }),
      windowMs: fc.integer({ min: 60_000, max: 7_200_000 }),
      choosing: fc.nat(1_000),
      elapsedMs: fc.nat(60_000),
      more: fc.nat(200),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let [progress, drawn] = [START, 0];
        for (const { elapsedMs, more, ...now } of steps) {
          drawn += more;
          const next = advance(progress, now, elapsedMs, drawn);
          const gained = next.admitted - progress.admitted;
          expect(gained).toBeGreaterThanOrEqual(0);
          expect(next.admitted).toBeLessThanOrEqual(drawn);
          expect(gained).toBeLessThanOrEqual(
            Math.max(0, Math.ceil((1.2 * now.remaining) / now.conversion) - now.choosing),
          );
          expect(gained * 1_000).toBeLessThan(MOST_ADMITTED_PER_S * elapsedMs + 1_000);
          progress = next;
        }
      }),
    );
  });
});

describe("a room of 600 places and 3,000 tickets, of which three in ten never come", () => {
  const [PLACES, TICKETS, STEP_MS] = [600, 3_000, 5_000];
  const HOUR = 3_600_000;
  /** What each does, by a number of its own: stay away, look and leave, take a hold and keep it or let it end. */
  const behaviour = (ticket: number) => {
    const lot = Number.parseInt(anyId(ticket).slice(0, 4), 16) / 65_536;
    return { comes: lot > 0.3, holds: lot > 0.5, keeps: lot > 0.6, afterMs: 30_000 + (ticket % 37) * 6_000 };
  };

  test("is nearly given out within its hour and wholly after it, and few come for nothing", () => {
    const due: { at: number; what: (now: number) => void }[] = [];
    let [progress, remaining, kept, decided, forNothing] = [START, PLACES, 0, 0, 0];
    const undecided = new Map<number, number>();
    let keptInTime = 0;
    for (let now = 0; now < 2 * HOUR; now += STEP_MS) {
      for (const one of due.filter(({ at }) => at <= now)) one.what(now);
      due.splice(0, due.length, ...due.filter(({ at }) => at > now));
      for (const [ticket, since] of undecided)
        if (now - since >= CHOOSING_MS) {
          undecided.delete(ticket);
          decided += 1;
        }
      const windowMs = Math.max(10 * 60_000, HOUR - now);
      const office = { remaining, conversion: conversionOf(kept, decided), windowMs, choosing: undecided.size };
      const next = advance(progress, office, STEP_MS, TICKETS);
      for (let ticket = progress.admitted; ticket < next.admitted; ticket++) {
        undecided.set(ticket, now);
        const { comes, holds, keeps, afterMs } = behaviour(ticket);
        if (!comes) continue;
        due.push({
          at: now + afterMs,
          what: (at) => {
            undecided.delete(ticket);
            if (remaining === 0) forNothing += 1;
            else if (holds) {
              remaining -= 1;
              if (keeps) kept += 1;
              else due.push({ at: at + ROOM_HOLD_MS, what: () => (remaining += 1) });
            }
            decided += 1;
          },
        });
      }
      progress = next;
      if (now < HOUR) keptInTime = kept;
    }
    expect(kept).toBe(PLACES);
    expect(keptInTime).toBeGreaterThan(0.9 * PLACES);
    expect(forNothing).toBeLessThan(0.05 * PLACES);
    // Half of them would have been let in to see nothing if the line followed tickets and not places.
    expect(progress.admitted).toBeLessThan(TICKETS / 1.5);
  });
});

describe("the threshold", () => {
  test("rises with the number let in, and is only made of counts", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 12 }), fc.nat(700), fc.nat(700), (counts, a, b) => {
        const [less, more] = [thresholdAt(counts, Math.min(a, b)), thresholdAt(counts, Math.max(a, b))];
        expect(less <= more).toBe(true);
        // A tick that closes later changes nothing of what was reached before it.
        const total = counts.reduce((sum, one) => sum + one, 0);
        const reached = Math.min(a, total);
        expect(thresholdAt([...counts, 30], reached)).toBe(thresholdAt(counts, reached));
      }),
    );
    expect(thresholdAt([], 5)).toBe("");
    expect(thresholdAt([4], 0)).toBe("");
    expect(thresholdAt([4, 0, 2], 5)).toBe("000000027fffffffffffffff");
  });

  test("lets in about as many as it counts: within five standard deviations", () => {
    const [room, people] = [aRoom(), 20_000];
    const ranks = ranksOf(
      aSeed(room, 0).seed,
      0,
      Array.from({ length: people }, (_, i) => anyId(i) as RankId),
    );
    for (const wanted of [100, 5_000, 19_000]) {
      const threshold = thresholdAt([people], wanted);
      const letIn = ranks.filter((rank) => rank <= threshold).length;
      const deviation = Math.sqrt((wanted * (people - wanted)) / people);
      expect(Math.abs(letIn - wanted)).toBeLessThan(5 * deviation);
    }
    expect(ranks.every((rank) => rank <= thresholdAt([people], people))).toBe(true);
  });
});
