import { expect, test } from "vitest";
import { tracesHold } from "#tests/support/draw-traces.ts";

test("thirty traces of a cycle, a daily draw and the hours of a last day keep every place", async () => {
  expect(await tracesHold(30)).toBeGreaterThan(0);
}, 900_000);
