import { expect, test } from "vitest";
import type { WaitRow } from "../api/types.ts";
import { sortWaits } from "./waits.ts";

const row = (officeId: string, change: Partial<WaitRow> = {}): WaitRow => ({
  officeId,
  serviceGroup: "documentacion",
  weeks: 4,
  more: false,
  past: false,
  waiting: [0, 0, 0, 0],
  proposal: null,
  ...change,
});

test("offices past the ceiling come first by the places that they lack, the unknown come last", () => {
  const { past, others } = sortWaits([
    row("unknown", { weeks: null }),
    row("few", { weeks: 9, past: true, proposal: { places: 10, weekly: 0 } }),
    row("short"),
    row("many", { weeks: 8, more: true, past: true, proposal: { places: 10, weekly: 5 } }),
    row("too-few-to-tell", { weeks: 12, past: true }),
    row("longer", { more: true }),
  ]);
  expect(past.map(({ officeId }) => officeId)).toEqual(["many", "few", "too-few-to-tell"]);
  expect(others.map(({ officeId }) => officeId)).toEqual(["longer", "short", "unknown"]);
});
