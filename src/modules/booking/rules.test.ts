import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { folioFrom, formatFolio, parseFolio } from "#kernel/folio.ts";
import { nameForKey } from "#kernel/text.ts";
import type { ServiceGroup, SessionId } from "#kernel/ids.ts";
import { arrange, type Need, type OpenPlace } from "#modules/schedules/index.ts";
import { parseCurp } from "./rules/curp.ts";
import { mayChange, mayMove } from "./rules/states.ts";
import { stepsOf } from "./rules/decide.ts";
import type { BookingView } from "./types.ts";

const STEP = 15 * 60_000;
const places = (counters: number, steps: number, group: ServiceGroup = "documentacion", from = 0): OpenPlace[] =>
  Array.from({ length: counters * steps }, (_, i) => ({
    sessionId: group as string as SessionId,
    serviceGroup: group,
    stepMinutes: 15,
    startsAt: from + Math.floor(i / counters) * STEP,
    counter: (i % counters) + 1,
  }));

describe("arranging a party", () => {
  test("a couple with two children and two groups gets one day with nobody at two counters at once", () => {
    const needs: Need[] = [
      { ordinal: 1, group: "registro_civil", minutes: 45 },
      { ordinal: 1, group: "documentacion", minutes: 20 },
      { ordinal: 2, group: "documentacion", minutes: 20 },
      { ordinal: 3, group: "documentacion", minutes: 30 },
      { ordinal: 4, group: "documentacion", minutes: 15 },
    ];
    const arrangement = arrange([...places(1, 12, "registro_civil"), ...places(4, 12)], needs, 0)!;
    expect(arrangement).toHaveLength(5);
    const [registry, passport] = [
      arrangement.find((one) => one.serviceGroup === "registro_civil")!,
      arrangement.find((one) => one.ordinal === 1 && one.serviceGroup === "documentacion")!,
    ];
    expect(passport.startsAt).toBeGreaterThanOrEqual(registry.endsAt);
  });

  test("takes each place at most once, only open ones, and starts exactly when asked", () => {
    const need = fc.record({ minutes: fc.integer({ min: 5, max: 50 }) });
    fc.assert(
      fc.property(
        fc.array(need, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 20 }),
        (wanted, counters, gone) => {
          const open = places(counters, 12).filter((_, i) => !gone.includes(i));
          const needs = wanted.map(({ minutes }, i) => ({ ordinal: i + 1, group: "documentacion" as const, minutes }));
          const arrangement = arrange(open, needs, STEP);
          if (!arrangement) return;
          const taken = stepsOf(arrangement).map((place) => `${place.startsAt} ${place.counter}`);
          expect(new Set(taken).size).toBe(taken.length);
          for (const place of taken) expect(open.some((one) => `${one.startsAt} ${one.counter}` === place)).toBe(true);
          expect(Math.min(...arrangement.map((one) => one.startsAt))).toBe(STEP);
          for (const one of arrangement)
            expect(one.endsAt - one.startsAt).toBeGreaterThanOrEqual(needs[one.ordinal - 1]!.minutes * 60_000);
        },
      ),
    );
  });
});

describe("a folio", () => {
  test("survives being read out, and one wrong character is noticed", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 12, maxLength: 12 }),
        fc.nat(12),
        fc.constantFrom(..."0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
        (bytes, at, letter) => {
          const folio = folioFrom(bytes);
          expect(parseFolio(formatFolio(folio).toLowerCase().replaceAll("0", "o"))).toBe(folio);
          const slipped = folio.slice(0, at) + letter + folio.slice(at + 1);
          const difference = Math.abs(
            "0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(letter) - "0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(folio[at]!),
          );
          // 0 and Z are 31 apart, the modulus: the only pair that the check character cannot tell apart.
          if (slipped !== folio && difference !== 31) expect(parseFolio(slipped)).toBeUndefined();
        },
      ),
    );
  });
  test("anything else is no folio", () => {
    for (const typed of ["", "hola", "7K3M-9QXA-2B4C", "’; drop table", "0".repeat(41)])
      expect(parseFolio(typed)).toBeUndefined();
  });
});

test("honest spellings of one name share a key and other names do not", () => {
  expect(nameForKey("Ma. de la Luz")).toBe(nameForKey("MARÍA  LUZ"));
  expect(nameForKey("Peña")).not.toBe(nameForKey("Pena"));
  expect(nameForKey("Guadalupe")).not.toBe(nameForKey("Guadalupa"));
});

test("a CURP must have its check digit and a real date", () => {
  expect(parseCurp("hegg900517mocrrd02")).toMatchObject({ bornOn: "1990-05-17", sex: "M", bornIn: "OC" });
  expect(parseCurp("HEGG900517MOCRRD03")).toBeUndefined();
  expect(parseCurp("HEGG900231MOCRRD02")).toBeUndefined();
});

test("a visit can be changed until two hours before", () => {
  const startsAt = new Date("2026-12-03T18:00:00Z");
  expect(mayChange("active", startsAt, new Date("2026-12-03T16:00:00Z"))).toBe("yes");
  expect(mayChange("active", startsAt, new Date("2026-12-03T16:00:01Z"))).toBe("too_late");
  expect(mayChange("cancelled", startsAt, new Date("2026-12-01T16:00:00Z"))).toBe("not_changeable");
});

test("whose hour the office closed moves also at that hour and after it, unless somebody of them was attended to", () => {
  const startsAt = new Date("2026-12-03T18:00:00Z");
  const after = new Date("2026-12-03T19:00:00Z");
  const [first, second] = [{ state: "booked" }, { state: "booked" }] as unknown as BookingView["appointments"];
  const cut = { state: "active", startsAt, displaced: true, appointments: [first!, second!] } as const;
  expect(mayMove(cut, after)).toBe("yes");
  expect(mayMove({ ...cut, displaced: false }, after)).toBe("too_late");
  expect(mayMove({ ...cut, state: "cancelled" }, after)).toBe("not_changeable");
  expect(mayMove({ ...cut, appointments: [first!, { ...first!, state: "served" }] }, after)).toBe("too_late");
});
