import { test } from "vitest";
import { tracesHold } from "#tests/support/draw-traces.ts";

test(
  "whatever households do and when, no place is doubled or lost, and none is seen before it is drawn again",
  async () => void (await tracesHold(2)),
  120_000,
);
