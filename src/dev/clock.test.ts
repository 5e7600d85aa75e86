import { expect, test } from "vitest";
import { movableClock } from "./clock.ts";

const HOUR = 3_600_000;

test("follows the machine, so far ahead as it was moved, and returns", () => {
  const clock = movableClock();
  const off = () => clock.now().getTime() - Date.now();
  expect(Math.abs(off())).toBeLessThan(1_000);
  clock.move(25 * HOUR);
  clock.move(HOUR);
  expect(Math.abs(off() - 26 * HOUR)).toBeLessThan(1_000);
  expect(clock.ahead()).toBe(26 * HOUR);
  clock.reset();
  expect(Math.abs(off())).toBeLessThan(1_000);
});
