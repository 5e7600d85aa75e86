import { expect, it } from "vitest";
import { shipped } from "./mechanisms.ts";
import { otherWishes, padding, smallExample, tryLies, worseTier } from "./strategy.ts";

it("not one of 300,000 lies about wishes, tier or size gains", () => {
  const examples = Array.from({ length: 200 }, (_, index) => smallExample(1000 + index));
  const tallies = [otherWishes, worseTier, padding].map((lie) => tryLies(shipped, examples, lie));
  const tried = tallies.reduce((sum, tally) => sum + tally.tried, 0);
  console.info(`${tried} lies tried`);
  expect(tried).toBeGreaterThan(300_000);
  expect(tallies.map(({ profitable }) => profitable)).toEqual([0, 0, 0]);
}, 900_000);
