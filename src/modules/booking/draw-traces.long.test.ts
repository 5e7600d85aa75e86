import { test } from "vitest";
import { tracesHold } from "#tests/support/draw-traces.ts";

test("thirty traces of a cycle and a daily draw keep every place", () => tracesHold(30), 900_000);
