import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AppointmentId, BookingId, ServiceSlug } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { OutcomeInput, Station } from "../types.ts";
import {
  correctedTime,
  mergeParty,
  wholeHistory,
  type MergeConflict,
  type OfflineAct,
  type Operation,
  type Standing,
} from "./merge.ts";

/** Issue: two hundred operations on two tablets. */
const OPERATIONS = 200;
const PARTIES = 14;
const ROUTE: readonly Station[] = ["filter", "cashier", "capture"];
const NINE = Date.parse("2026-11-23T17:00:00Z");
const CODES = ["issued", "missing_document", "refused"] as const;

const bookingOf = (party: number) => `booking-${party}` as BookingId;
/** Every party has two people, the first with two services. */
const people = (party: number) => [
  { id: `${party}-1` as AppointmentId, services: ["pasaporte-adulto", "matricula-consular"] as ServiceSlug[] },
  { id: `${party}-2` as AppointmentId, services: ["matricula-consular"] as ServiceSlug[] },
];
const outcomesOf = (party: number, person: number, code: (typeof CODES)[number]): OutcomeInput[] => {
  const { id, services } = people(party)[person]!;
  const reason = {
    issued: {},
    missing_document: { reason: "photo" as const },
    refused: { reason: "not_entitled" as const },
  };
  return services.map((service) => ({ appointmentId: id, service, code, ...reason[code] }));
};

/** An office that takes the steps as the commands of the hall do. */
function anOffice() {
  const parties = new Map<BookingId, Standing & { version: number }>();
  const of = (id: BookingId) =>
    parties.get(id) ?? {
      booking: "active" as const,
      visit: null,
      changed: false,
      route: ROUTE,
      recorded: [],
      version: 0,
    };
  const at = { parkedAt: null, arrivedAt: new Date(NINE), route: [...ROUTE] };
  const servicesOf = (id: BookingId) =>
    people(Number(id.slice("booking-".length))).flatMap((one) => one.services).length;
  return {
    parties,
    of,
    /** Merges what a tablet knows of one party, that took its list when nobody had come. */
    merge(id: BookingId, acts: readonly Operation[]): readonly MergeConflict[] {
      let base = 0;
      for (let steps = 0; ; steps++) {
        const now = of(id);
        const merge = mergeParty({ ...now, changed: now.version !== base }, acts);
        const [step] = merge.steps;
        if (!step) return merge.conflicts;
        expect(steps).toBeLessThan(30);
        const visit = now.visit!;
        const next = { ...now, version: now.version + 1 };
        if (step.do === "arrive") {
          const recorded =
            visit?.state === "left" ? now.recorded.filter((one) => one.code !== "no_show") : now.recorded;
          parties.set(id, { ...next, recorded, visit: { ...at, state: "waiting", station: "filter" } });
        } else if (step.do === "call")
          parties.set(id, { ...next, visit: { ...visit, state: "called", parkedAt: null } });
        else if (step.do === "serve")
          parties.set(id, { ...next, visit: { ...visit, state: "serving", parkedAt: null } });
        else if (step.do === "park")
          parties.set(id, { ...next, visit: { ...visit, state: "waiting", parkedAt: new Date(step.at) } });
        else if (step.do === "pass") {
          expect(visit.state).not.toBe("waiting");
          const station = ROUTE[ROUTE.indexOf(visit.station) + 1]!;
          parties.set(id, { ...next, visit: { ...visit, state: "waiting", station, parkedAt: null } });
        } else if (step.do === "record") {
          const recorded = [...now.recorded, ...step.outcomes];
          const over = recorded.length === servicesOf(id);
          parties.set(id, { ...next, recorded, visit: { ...visit, ...(over ? { state: "done" as const } : {}) } });
        } else
          parties.set(id, {
            ...next,
            visit: { ...at, ...(visit ? {} : { arrivedAt: null }), state: "left", station: "filter" },
          });
        if (now.version === base) base = now.version + 1;
      }
    },
  };
}

interface Truth {
  came: boolean;
  left: boolean;
  /** Station and place within it, as one number. */
  place: number;
  /** By person, what stands on each tablet. */
  said: Map<AppointmentId, Map<string, OutcomeInput[]>>;
}

/** A hall with two tablets that do not know of each other, and what really happened of which no act was lost. */
function aDay(draw: readonly number[], cuts: readonly [number, number]) {
  let seed = 0;
  const pick = (count: number) => draw[seed++ % draw.length]! % count;
  const tablets = ["A", "B"] as const;
  const acts: Record<string, Operation[]> = { A: [], B: [] };
  const offset = { A: 20 * MINUTE_MS, B: -20 * MINUTE_MS };
  const hall = Array.from({ length: PARTIES }, () => ({ place: 0 }));
  const truth = Array.from({ length: PARTIES }, (): Truth => ({ came: false, left: false, place: 0, said: new Map() }));
  const own = new Map<
    string,
    { seen: boolean; over: boolean; records: { person: number; code: (typeof CODES)[number] }[] }
  >();

  for (let n = 0; n < OPERATIONS; n++) {
    const which = pick(2);
    const tablet = tablets[which]!;
    const party = pick(PARTIES);
    const real = hall[party]!;
    const mine = own.get(`${tablet} ${party}`) ?? { seen: false, over: false, records: [] };
    own.set(`${tablet} ${party}`, mine);
    // The power goes for good: what follows on that tablet was never recorded and is not part of any history.
    if (acts[tablet]!.length >= cuts[which]!) continue;
    const known = truth[party]!;
    const say = (act: OfflineAct) => {
      const counter = acts[tablet]!.length + 1;
      acts[tablet]!.push({ counter, bookingId: bookingOf(party), at: NINE + n * MINUTE_MS + offset[tablet], act });
    };
    const station = ROUTE[Math.floor(real.place / 3)]!;
    if (!mine.seen) {
      if (!mine.over && pick(8) === 0) {
        mine.over = true;
        say({ do: "no_show" });
        known.left = true;
      } else {
        mine.seen = true;
        say({ do: "arrive" });
        known.came = true;
      }
      continue;
    }
    const kind = pick(7);
    if (kind === 0 && real.place % 3 === 0) {
      real.place += 1;
      say({ do: "call", station, counter: 1 + pick(4) });
    } else if (kind <= 2 && real.place % 3 !== 2) {
      real.place += 2 - (real.place % 3);
      say({ do: "serve", station });
    } else if (kind === 3 && real.place % 3 === 2 && real.place < 8) {
      real.place += 1;
      say({ do: "pass", to: ROUTE[real.place / 3]! });
    } else if (kind === 4) {
      say(pick(2) === 0 ? { do: "park", station } : { do: "unpark" });
      continue;
    } else if (kind === 5 && mine.records.length > 0 && pick(2) === 0) {
      const { person } = mine.records.pop()!;
      known.said.get(people(party)[person]!.id)!.delete(tablet);
      say({ do: "undo" });
      continue;
    } else {
      const person = pick(2);
      if (mine.records.some((one) => one.person === person)) continue;
      // Now and then a clerk records somebody else's outcome.
      const code = pick(6) === 0 ? CODES[pick(3)]! : CODES[party % 3]!;
      mine.records.push({ person, code });
      const outcomes = outcomesOf(party, person, code);
      const said = known.said.get(outcomes[0]!.appointmentId) ?? new Map<string, OutcomeInput[]>();
      known.said.set(outcomes[0]!.appointmentId, said.set(tablet, outcomes));
      say({ do: "record", outcomes });
      continue;
    }
    known.place = Math.max(known.place, real.place);
  }
  return { acts, truth };
}

const anyDay = fc.tuple(
  fc.array(fc.nat(1_000_000), { minLength: 400, maxLength: 800 }),
  fc.tuple(fc.integer({ min: 20, max: OPERATIONS }), fc.integer({ min: 20, max: OPERATIONS })),
);
const textOf = (one: unknown) => JSON.stringify(one);

describe("two tablets that did not know of each other, two hundred acts, power cut in the middle, clocks twenty minutes wrong", () => {
  const mergedInOrder = (acts: Record<string, Operation[]>, order: readonly string[]) => {
    const office = anOffice();
    const conflicts: string[] = [];
    for (const tablet of order)
      for (let party = 0; party < PARTIES; party++) {
        const own = acts[tablet]!.filter((one) => one.bookingId === bookingOf(party));
        if (own.length > 0) conflicts.push(...office.merge(bookingOf(party), own).map((one) => one.appointmentId!));
      }
    return { office, conflicts: conflicts.sort() };
  };

  test("the merge is the true history, and the list of conflicts is exact, whichever comes back first and however often", () => {
    let disputedDays = 0;
    fc.assert(
      fc.property(anyDay, ([draw, cuts]) => {
        const { acts, truth } = aDay(draw, cuts);
        const disputed = truth.flatMap(({ said }) =>
          [...said].flatMap(([id, by]) => (new Set([...by.values()].map(textOf)).size > 1 ? [id] : [])),
        );
        if (disputed.length > 0) disputedDays += 1;
        for (const order of [
          ["A", "B"],
          ["B", "A"],
          ["A", "B", "A", "B"],
        ]) {
          const { office, conflicts } = mergedInOrder(acts, order);
          expect([...new Set(conflicts)]).toEqual([...disputed].sort());
          truth.forEach((real, party) => {
            const { visit, recorded } = office.of(bookingOf(party));
            if (!real.came) return expect(visit?.state).toBe(real.left ? "left" : undefined);
            for (const [id, by] of real.said) {
              const stands = recorded.filter((one) => one.appointmentId === id);
              // Disputed, it is what the first said until a person decides; else what anybody said.
              if (by.size === 0) expect(stands).toEqual([]);
              else if (disputed.includes(id)) expect([...by.values()].map(textOf)).toContain(textOf(stands));
              else expect(stands).toEqual([...by.values()][0]);
            }
            expect(new Set(recorded.map((one) => `${one.appointmentId} ${one.service}`)).size).toBe(recorded.length);
            if (recorded.length === 3) return expect(visit!.state).toBe("done");
            const within = { waiting: 0, called: 1, serving: 2 }[visit!.state as "waiting"];
            if (visit!.parkedAt === null) expect(ROUTE.indexOf(visit!.station) * 3 + within).toBe(real.place);
          });
        }
      }),
      { numRuns: 60 },
    );
    // The property says nothing of conflicts on days without any.
    expect(disputedDays).toBeGreaterThan(20);
  });

  test("what arrives in any order, twice, and in pieces is one history, and nothing is applied while a piece is missing", () => {
    fc.assert(
      fc.property(anyDay, fc.array(fc.nat(), { minLength: 50, maxLength: 50 }), ([draw, cuts], twice) => {
        const { A } = aDay(draw, cuts).acts;
        const sent = [...A!, ...twice.map((n) => A![n % A!.length]!)].sort(
          (a, b) => ((a.counter * 7_919) % 211) - ((b.counter * 7_919) % 211),
        );
        expect(wholeHistory(sent, A!.length)).toEqual(A);
        const lost = 1 + (twice[0]! % A!.length);
        const without = sent.filter((one) => one.counter !== lost);
        expect(wholeHistory(without, A!.length)).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  test("without the numbers an act that is sent twice counts twice", () => {
    const { A } = aDay([5, 2, 9, 4, 7, 1, 8, 3], [50, 50]).acts;
    const sent = [...A!, ...A!.slice(0, 10)];
    expect(sent.length).toBe(A!.length + 10);
    expect(wholeHistory(sent, A!.length)).toHaveLength(A!.length);
  });
});

const standing = (change: Partial<Standing>): Standing => ({
  booking: "active",
  visit: null,
  changed: false,
  route: ROUTE,
  recorded: [],
  ...change,
});
const act = (counter: number, one: OfflineAct): Operation => ({
  counter,
  bookingId: bookingOf(0),
  at: NINE + counter,
  act: one,
});

test("whoever was seen on a tablet was there, though the office marked her as not come", () => {
  const marked = people(0).flatMap(({ id, services }) =>
    services.map((service) => ({ appointmentId: id, service, code: "no_show" as const })),
  );
  const left = { state: "left" as const, station: "filter" as const, route: ROUTE, parkedAt: null, arrivedAt: null };
  const issued = outcomesOf(0, 0, "issued");
  const merge = mergeParty(standing({ booking: "missed", visit: left, changed: true, recorded: marked }), [
    act(1, { do: "arrive" }),
    act(2, { do: "record", outcomes: issued }),
  ]);
  expect(merge.conflicts).toEqual([]);
  expect(merge.steps.map((one) => one.do)).toEqual(["arrive", "record"]);
});

test("of a booking that was cancelled meanwhile a person hears, when somebody came", () => {
  const cancelled = standing({ booking: "cancelled" });
  expect(mergeParty(cancelled, [act(1, { do: "arrive" })])).toMatchObject({
    steps: [],
    conflicts: [{ code: "booking_ended" }],
  });
  expect(mergeParty(cancelled, [act(1, { do: "no_show" })])).toEqual({ steps: [], conflicts: [] });
});

test("times are those of the server, and never outside of the loan", () => {
  const span = { offset: -20 * MINUTE_MS, from: NINE, to: NINE + 60 * MINUTE_MS };
  expect(correctedTime(NINE + 30 * MINUTE_MS, span)).toBe(NINE + 10 * MINUTE_MS);
  expect(correctedTime(NINE + 10 * MINUTE_MS, span)).toBe(NINE);
  expect(correctedTime(NINE + 200 * MINUTE_MS, span)).toBe(span.to);
});

test("of a person of whom anything is disputed nothing is added", () => {
  const [first] = outcomesOf(0, 0, "issued");
  const visit = {
    state: "serving" as const,
    station: "capture" as const,
    route: ROUTE,
    parkedAt: null,
    arrivedAt: new Date(NINE),
  };
  const merge = mergeParty(standing({ visit, recorded: [first!] }), [
    act(1, { do: "record", outcomes: outcomesOf(0, 0, "refused") }),
  ]);
  expect(merge.steps).toEqual([]);
  expect(merge.conflicts).toMatchObject([{ code: "recorded_otherwise", appointmentId: first!.appointmentId }]);
});
