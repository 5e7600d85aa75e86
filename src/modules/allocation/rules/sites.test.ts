import fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR_MS } from "#kernel/time.ts";
import { drawnAt } from "./sites.ts";

const [MONDAY, SATURDAY] = ["2026-12-14", "2026-12-19"] as const;
const NOW = Date.parse("2026-12-10T18:15:00Z");
type Place = Parameters<typeof drawnAt>[1][number];
const place = (site: string | null, localDate: string = SATURDAY) => ({ site, localDate }) as Place;
const draw = (kind: Parameters<typeof drawnAt>[0]["kind"], hour = 0) => ({
  kind,
  drawsAt: new Date(NOW + hour * HOUR_MS),
});

test("a weekly draw, its second round and a demonstration have the office's own places alone", () => {
  const places = [place(null), place("hall"), place(null, MONDAY)];
  for (const kind of ["weekly", "second", "demo"] as const)
    expect(drawnAt(draw(kind), places)).toEqual([place(null), place(null, MONDAY)]);
});

test("two seats of one cell at two sites are never one draw's, and each site has its turn within so many draws", () => {
  const anything = fc.array(
    fc.record({
      site: fc.constantFrom(null, "hall", "library"),
      localDate: fc.constantFrom(MONDAY, SATURDAY),
    }),
  ) as fc.Arbitrary<Place[]>;
  fc.assert(
    fc.property(anything, fc.constantFrom("daily" as const, "short" as const), fc.nat(500), (places, kind, hour) => {
      const every = kind === "daily" ? 24 : 1;
      const turns = [0, 1, 2, 3, 4, 5].map((turn) => drawnAt(draw(kind, hour + turn * every), places));
      for (const given of turns)
        for (const day of [MONDAY, SATURDAY])
          expect(new Set(given.filter((one) => one.localDate === day).map((one) => one.site)).size).toBeLessThan(2);
      expect(new Set(turns.flat())).toEqual(new Set(places));
    }),
  );
});
