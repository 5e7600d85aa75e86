import { expect, test } from "vitest";
import { drawGroup, WIDTH } from "./cluster-picture.ts";

const booking = (contact: number, device: number | null, people = 1) => ({
  contact,
  device,
  officeId: "fresno",
  people,
  ended: null,
  startsAt: "2026-12-03T16:00:00Z",
});

test("every booking is tied to its contact and its browser, and all of it lies within the drawing", () => {
  const { dots, lines, height } = drawGroup([booking(1, 1, 2), booking(2, 1), booking(2, null)]);
  expect(dots.map(({ kind, size }) => [kind, size])).toEqual([
    ["contact", 1],
    ["contact", 2],
    ["booking", 2],
    ["booking", 1],
    ["booking", 1],
    ["device", 2],
  ]);
  expect(lines.map(({ from, to }) => `${from.key} – ${to.key}`)).toEqual([
    "contact 1 – booking 0",
    "booking 0 – device 1",
    "contact 2 – booking 1",
    "booking 1 – device 1",
    "contact 2 – booking 2",
  ]);
  expect(dots.every(({ x, y }) => x > 0 && x < WIDTH && y > 0 && y < height)).toBe(true);
});
