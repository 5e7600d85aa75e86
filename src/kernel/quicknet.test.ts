import { expect, test } from "vitest";
import recorded from "#tests/vectors/allocation/quicknet.json" with { type: "json" };
import { isRoundOfQuicknet, QUICKNET, roundAt, timeOfRound } from "./quicknet.ts";

const { rounds } = recorded;

test("the recorded rounds are quicknet's", () => {
  expect(recorded.chain).toBe(QUICKNET.chain);
  expect(rounds.length).toBeGreaterThan(4);
  for (const round of rounds) expect([round.round, isRoundOfQuicknet(round)]).toEqual([round.round, true]);
});

test("no recorded round passes for its neighbour, and none with another's signature or value", () => {
  rounds.forEach((one, at) => {
    const other = rounds[(at + 1) % rounds.length]!;
    expect(isRoundOfQuicknet({ ...one, round: one.round + 1 })).toBe(false);
    expect(isRoundOfQuicknet({ ...other, round: one.round })).toBe(false);
    expect(isRoundOfQuicknet({ ...one, randomness: other.randomness })).toBe(false);
    // Half a signature's bytes changed: mostly no point of the curve at all.
    expect(isRoundOfQuicknet({ ...one, signature: one.signature.slice(0, 48) + other.signature.slice(48) })).toBe(
      false,
    );
  });
});

test("nothing that is no round number is a round", () => {
  for (const round of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, null])
    expect(isRoundOfQuicknet({ ...rounds[0]!, round })).toBe(false);
});

test("a round's second and the first round of a second belong together", () => {
  expect(timeOfRound(1)).toBe(QUICKNET.genesis);
  expect(timeOfRound(14_517_013)).toBe(Date.parse("2025-01-08T16:40:03Z") / 1000);
  for (const { round } of rounds) {
    expect(roundAt(timeOfRound(round))).toBe(round);
    expect(roundAt(timeOfRound(round) + 1)).toBe(round + 1);
  }
  expect(roundAt(0)).toBe(1);
});
