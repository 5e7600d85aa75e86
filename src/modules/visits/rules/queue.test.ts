import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import {
  HALL_RULE,
  INTERLEAVES,
  orderQueue,
  ORDINARY_EVERY,
  type Attended,
  type HallRule,
  type Waiting,
} from "./queue.ts";
import type { Line, Priority } from "../types.ts";

const at = (time: string): number => Date.parse(`2026-12-03T${time}:00Z`);
const NOW = at("10:00");
const NOBODY: Attended = { appointment: 0, return: 0, walk_in: 0 };
const rule = (interleave: HallRule["interleave"]): HallRule => ({ ...HALL_RULE, interleave, openEvery: 4 });
const FIRST = rule("appointments_first");
const ONE_IN_FOUR = rule("one_in_n");
const BY_HOUR = rule("by_hour");

function waits(id: string, line: Line, arrived: string, change: Partial<Waiting> = {}): Waiting {
  return { id, line, priority: null, lot: null, dueAt: null, arrivedAt: at(arrived), parkedAt: null, ...change };
}
const hour = (id: string, due: string, arrived: string, change: Partial<Waiting> = {}): Waiting =>
  waits(id, "appointment", arrived, { dueAt: at(due), ...change });
const walkIn = (id: string, arrived: string, change: Partial<Waiting> = {}): Waiting =>
  waits(id, "walk_in", arrived, change);
const ids = (waiting: readonly Waiting[], by: HallRule = FIRST, attended = NOBODY): string =>
  orderQueue(waiting, attended, NOW, by)
    .map((one) => one.id)
    .join(" ");

describe("who has an hour", () => {
  it("is called by that hour, not by arrival; whoever is early only when nobody else is there", () => {
    const hall = [hour("early", "10:05", "07:00"), hour("b", "09:45", "08:00"), hour("a", "09:40", "09:39")];
    expect(ids([...hall, walkIn("walk-in", "09:59")])).toBe("a b walk-in early");
  });

  it("and is late takes the next turn after those who were due when it came, then today after all appointments", () => {
    const hall = [
      hour("due-then", "09:30", "09:20"),
      hour("late", "08:00", "09:30"),
      hour("in-the-grace", "09:20", "09:35"),
      hour("due-since", "09:40", "09:00"),
      hour("very-late", "07:00", "09:10"),
      hour("from-far", "07:10", "09:50", { priority: "far" }),
    ];
    expect(ids([...hall, walkIn("walk-in", "08:00")])).toBe(
      "from-far in-the-grace due-then late due-since very-late walk-in",
    );
  });

  it("is on time however late, who comes from far", () => {
    const first = { priority: "age_60" } as const;
    const far = hour("far", "08:30", "09:50", { priority: "far" });
    expect(ids([hour("old", "09:00", "09:00", first), far])).toBe("far old");
    expect(ids([hour("old", "09:00", "09:00", first), { ...far, priority: "pregnancy" }])).toBe("old far");
  });

  it("goes before others with the same hour by arrival, and by id at last", () => {
    const same = [hour("c", "09:30", "09:10"), hour("b", "09:30", "09:20"), hour("a", "09:30", "09:20")];
    expect(ids(same)).toBe("c a b");
  });
});

describe("who has no hour", () => {
  const hall = [
    walkIn("came-later", "08:10"),
    walkIn("lot-2", "08:05", { lot: 2 }),
    walkIn("lot-1", "08:06", { lot: 1 }),
    waits("brings-a-paper", "return", "09:55"),
  ];
  const hours = ["09:00", "09:10", "09:20", "09:30", "09:40"].map((due, i) => hour(`h${i}`, due, due));

  it("waits for the lot, then for arrival, and whoever brings a missing paper goes before", () => {
    expect(ids(hall)).toBe("brings-a-paper lot-1 lot-2 came-later");
  });

  it("fills the gaps, has every fourth turn, or the hour that is one hour after arrival", () => {
    expect(ids([...hall, ...hours], FIRST)).toBe("h0 h1 h2 h3 h4 brings-a-paper lot-1 lot-2 came-later");
    expect(ids([...hall, ...hours], ONE_IN_FOUR)).toBe("h0 h1 h2 brings-a-paper h3 h4 lot-1 lot-2 came-later");
    expect(ids([...hall, ...hours], BY_HOUR)).toBe("h0 brings-a-paper lot-1 lot-2 h1 came-later h2 h3 h4");
  });

  it("goes on where the day stands, and does not catch up turns for which nobody was there", () => {
    expect(ids([...hall, ...hours], ONE_IN_FOUR, { appointment: 30, return: 0, walk_in: 1 })).toMatch(
      /^brings-a-paper h0/,
    );
    expect(ids([...hall, ...hours], ONE_IN_FOUR, { appointment: 40, return: 0, walk_in: 0 })).toMatch(
      /^h0 h1 h2 brings/,
    );
  });

  it("is taken like an appointment of now in a proven emergency", () => {
    const emergency = walkIn("emergency", "09:58", { priority: "emergency" });
    for (const by of [FIRST, ONE_IN_FOUR, BY_HOUR])
      expect(ids([...hall, ...hours, emergency], by)).toMatch(/^emergency/);
  });
});

describe("priority", () => {
  it("goes before others of its line in two of three turns", () => {
    const old = (id: string, due: string) => hour(id, due, due, { priority: "age_60" });
    const hall = [hour("a", "09:00", "09:00"), hour("b", "09:01", "09:01")];
    const first = [old("p", "09:50"), old("q", "09:51"), old("r", "09:52"), old("s", "09:53")];
    expect(ids([...hall, ...first])).toBe("p q a r s b");
  });

  it("of who comes to the open door goes before whoever had no luck, never before priority in the lot", () => {
    const hall = [
      walkIn("lot-1", "08:00", { lot: 1, priority: "pregnancy" }),
      walkIn("lot-2", "08:00", { lot: 2 }),
      walkIn("child", "09:00", { priority: "small_child" }),
    ];
    expect(ids(hall)).toBe("lot-1 child lot-2");
  });
});

describe("at every station", () => {
  it("a turn keeps its hour, its lot and its arrival, and whoever is set aside is left out", () => {
    const hall = [hour("a", "09:30", "09:00"), walkIn("lot", "08:00", { lot: 4 }), walkIn("b", "09:40")];
    expect(ids([...hall, walkIn("set-aside", "07:00", { parkedAt: at("09:00") })], BY_HOUR)).toBe("lot a b");
  });
});

const LINES: readonly Line[] = ["appointment", "return", "walk_in"];
const PRIORITIES: readonly Priority[] = ["age_60", "disability", "pregnancy", "small_child", "far"];
const anybody = fc.record({
  line: fc.constantFrom(...LINES),
  priority: fc.option(fc.constantFrom<Priority>(...PRIORITIES, "emergency"), { freq: 2 }),
  due: fc.integer({ min: -240, max: 60 }),
  arrived: fc.integer({ min: -120, max: 0 }),
  isDrawn: fc.boolean(),
  isParked: fc.boolean(),
});
/** Lots are given in the order of the list, with priority first as rules/lot.ts does. */
const halls = fc.array(anybody, { maxLength: 14 }).map((list): Waiting[] =>
  list
    .toSorted((a, b) => Number(a.priority === null) - Number(b.priority === null))
    .map(({ line, priority, due, arrived, isDrawn, isParked }, i): Waiting => {
      const arrivedAt = NOW + arrived * MINUTE_MS;
      return {
        ...{ id: String.fromCharCode(97 + i), line, priority, arrivedAt },
        dueAt: line === "appointment" ? NOW + due * MINUTE_MS : null,
        lot: line === "walk_in" && isDrawn ? i : null,
        parkedAt: isParked && i % 3 === 0 ? NOW : null,
      };
    }),
);
const rules = fc.constantFrom(...INTERLEAVES).map(rule);
const days = fc.record({ appointment: fc.nat(9), return: fc.nat(9), walk_in: fc.nat(9) });

describe("any hall", () => {
  it("has one order, whoever lists it, of everybody who is not set aside", () => {
    const shuffled = halls.chain((hall) =>
      fc.tuple(fc.constant(hall), fc.shuffledSubarray(hall, { minLength: hall.length })),
    );
    fc.assert(
      fc.property(shuffled, days, rules, ([hall, mixed], day, by) => {
        expect(ids(mixed, by, day)).toBe(ids(hall, by, day));
        const called = orderQueue(hall, day, NOW, by);
        expect(new Set(called)).toEqual(new Set(hall.filter((one) => one.parkedAt === null)));
      }),
    );
  });

  it("keeps the hours of those on time and the lot, whatever the rule", () => {
    fc.assert(
      fc.property(halls, days, rules, (hall, day, by) => {
        const called = orderQueue(hall, day, NOW, by);
        // An emergency that two people signed has the hour of its arrival instead.
        const isOnTime = ({ dueAt, arrivedAt, priority }: Waiting) =>
          priority !== "emergency" && dueAt !== null && dueAt <= NOW && arrivedAt <= dueAt;
        for (const hasPriority of [true, false]) {
          const hours = called.filter((one) => isOnTime(one) && (one.priority !== null) === hasPriority);
          expect(hours.map((one) => one.dueAt)).toEqual(hours.map((one) => one.dueAt).sort((a, b) => a! - b!));
        }
        const lots = called.filter((one) => one.lot !== null && one.priority !== "emergency").map((one) => one.lot!);
        expect(lots).toEqual(lots.toSorted((a, b) => a - b));
      }),
    );
  });

  it("does not ask somebody else to come next because one more came behind", () => {
    fc.assert(
      fc.property(halls, anybody, days, rules, (hall, { line, priority, due }, day, by) => {
        const dueAt = line === "appointment" ? NOW + due * MINUTE_MS : null;
        const more = waits("z", line, "10:00", { priority, dueAt });
        const [next] = orderQueue([...hall, more], day, NOW, by);
        if (next !== more) expect(next).toBe(orderQueue(hall, day, NOW, by)[0]);
      }),
    );
  });
});

it("calls an emergency before those whose hour has come, also where its own is still to come", () => {
  const hall = [
    waits("a", "appointment", "09:00", { dueAt: at("09:30") }),
    waits("b", "appointment", "09:10", { dueAt: at("11:00"), priority: "emergency" }),
  ];
  expect(orderQueue(hall, NOBODY, NOW, HALL_RULE)[0]!.id).toBe("b");
});

describe("nobody waits for ever", () => {
  /** Turns of a minute until `one` is called while in each minute somebody with priority and an hour comes, and somebody with priority and none. */
  function turnsUntil(one: Waiting, ahead: readonly Waiting[], by: HallRule, most: number): number {
    let hall = [...ahead, one];
    const day: Record<Line, number> = { ...NOBODY };
    for (let turn = 1; turn <= most; turn++) {
      const now = NOW + turn * MINUTE_MS;
      const fresh = { priority: "age_60", arrivedAt: now } as const;
      const newcomers = [
        hour(`a${turn}`, "10:00", "10:00", { ...fresh, dueAt: now }),
        walkIn(`w${turn}`, "10:00", fresh),
      ];
      hall = [...hall, ...newcomers];
      const next = orderQueue(hall, day, now, by)[0]!;
      if (next === one) return turn;
      day[next.line]++;
      hall = hall.filter((other) => other !== next);
    }
    return Infinity;
  }
  const rank = fc.nat(6);
  const before = (count: number, make: (id: string) => Waiting) =>
    Array.from({ length: count }, (_, i) => make(`b${i}`));

  it("with an appointment or without one, while priority goes on coming in both lines", () => {
    fc.assert(
      fc.property(rank, (ahead) => {
        const walked = before(ahead, (id) => walkIn(id, "09:00"));
        const turns = (ahead + 1) * ORDINARY_EVERY;
        expect(turnsUntil(walkIn("me", "09:30"), walked, ONE_IN_FOUR, 1_000)).toBeLessThanOrEqual(turns * 4);
        const due = before(ahead, (id) => hour(id, "09:00", "09:00"));
        expect(turnsUntil(hour("me", "09:30", "09:30"), due, ONE_IN_FOUR, 1_000)).toBeLessThanOrEqual(turns * 2);
        expect(turnsUntil(hour("me", "09:30", "09:30"), due, FIRST, 1_000)).toBeLessThanOrEqual(turns);
        // Both shares count to three here: the turn of those without priority must not always be one of the walk-ins'.
        const oneInThree = { ...ONE_IN_FOUR, openEvery: ORDINARY_EVERY };
        expect(turnsUntil(hour("me", "09:30", "09:30"), due, oneInThree, 1_000)).toBeLessThanOrEqual(turns * 2);
        expect(turnsUntil(hour("me", "09:30", "09:30"), due, BY_HOUR, 1_000)).toBeLessThanOrEqual(turns);
        // Her hour is 10:30: thirty turns of a minute each, and then two of three go to priority in her line.
        expect(turnsUntil(walkIn("me", "09:30"), walked, BY_HOUR, 1_000)).toBeLessThanOrEqual(30 + turns);
      }),
      { numRuns: 7 },
    );
  });

  it("but whoever has no hour does, where appointments always go first", () => {
    expect(turnsUntil(walkIn("me", "09:30"), [], FIRST, HOUR_MS / MINUTE_MS)).toBe(Infinity);
    expect(turnsUntil(walkIn("me", "09:30"), [], BY_HOUR, HOUR_MS / MINUTE_MS)).toBeLessThan(HOUR_MS / MINUTE_MS);
  });
});
