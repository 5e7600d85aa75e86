import fc from "fast-check";
import { expect, test } from "vitest";
import { distanceKm, townsAround } from "#modules/offices/index.ts";
import { AROUND_DEGREES, drawMap, HIGH, WIDE } from "./map.ts";

const SELMA = { lat: 36.5708, lng: -119.6121 };
const around = (point: { lat: number; lng: number }) => drawMap(point, townsAround(point, AROUND_DEGREES));

test("a venue in Selma lies south-east of Fresno, north of which nothing is drawn below it", () => {
  const map = around(SELMA)!;
  expect(map.from).toMatchObject({ name: "Fresno", way: "se" });
  expect(map.from.km).toBeGreaterThan(16);
  expect(map.from.km).toBeLessThan(40);
  const fresno = map.towns.find(({ name }) => name === "Fresno")!;
  expect(fresno.x).toBeLessThan(map.venue.x);
  expect(fresno.y).toBeLessThan(map.venue.y);
});

test("the bar is as long as it says", () => {
  const map = around(SELMA)!;
  const fresno = map.towns.find(({ name }) => name === "Fresno")!;
  const [known] = townsAround(SELMA, AROUND_DEGREES);
  const miles = distanceKm(SELMA, known!) / 1.609;
  const drawn = (Math.hypot(fresno.x - map.venue.x, fresno.y - map.venue.y) / map.bar.length) * map.bar.distance;
  expect(Math.abs(drawn - miles)).toBeLessThan(0.05 * miles);
});

test("in Canada it is kilometres; where no town is near there is no map", () => {
  expect(around({ lat: 43.7, lng: -79.42 })!.bar.unit).toBe("km");
  expect(around({ lat: 30, lng: -60 })).toBeUndefined();
});

test("wherever it is, what is named stands inside and not over another name", () => {
  const place = fc.record({
    lat: fc.double({ min: 25, max: 55, noNaN: true }),
    lng: fc.double({ min: -125, max: -65, noNaN: true }),
  });
  fc.assert(
    fc.property(place, (point) => {
      const map = around(point);
      if (!map) return;
      expect(map.from.name).not.toBe("");
      for (const [i, one] of map.towns.entries()) {
        expect(one.x >= 0 && one.x <= WIDE && one.y >= 0 && one.y <= HIGH).toBe(true);
        for (const other of map.towns.slice(i + 1))
          expect(Math.abs(one.x - other.x) >= 190 || Math.abs(one.y - other.y) >= 44).toBe(true);
      }
      expect(map.bar.length).toBeLessThanOrEqual(WIDE / 3);
    }),
    { numRuns: 150 },
  );
});
