import { expect, test } from "vitest";
import { tracesHold } from "#tests/support/draw-traces.ts";

test("thirty traces of a cycle, a daily draw and the hours of a last day keep every place", async () => {
  const { offered, held } = await tracesHold(30);
  console.info(`${offered} places offered at short notice, ${held} held in a second round`);
  expect(offered).toBeGreaterThan(0);
  expect(held).toBeGreaterThan(0);
}, 900_000);
