import { test } from "vitest";
import { tracesHold } from "#tests/support/draw-traces.ts";

test("sixty traces of a cycle and a daily draw keep every place", () => tracesHold(60), 900_000);
