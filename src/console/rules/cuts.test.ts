import { expect, it } from "vitest";
import { cutAsked, type CutForm } from "./cuts.ts";

const EMPTY: CutForm = {
  localDate: "2026-12-03",
  sessionId: "",
  counterFrom: "",
  counterTo: "",
  hourFrom: "",
  hourTo: "",
};

it("asks for the whole day when nothing else is said", () => {
  expect(cutAsked(EMPTY, 4)).toEqual({ localDate: "2026-12-03" });
});

it("asks for one counter alone by its number twice", () => {
  expect(cutAsked({ ...EMPTY, counterFrom: "3", counterTo: "3" }, 4)).toEqual({
    localDate: "2026-12-03",
    counters: { from: 3, to: 3 },
  });
});

it("fills what is left empty with all there is", () => {
  expect(cutAsked({ ...EMPTY, sessionId: "s", counterFrom: "3", hourTo: "10:00" }, 4)).toEqual({
    localDate: "2026-12-03",
    sessionId: "s",
    counters: { from: 3, to: 4 },
    hours: { from: "00:00", until: "10:00" },
  });
  expect(cutAsked({ ...EMPTY, counterTo: "2", hourFrom: "12:00" }, 4)).toMatchObject({
    counters: { from: 1, to: 2 },
    hours: { from: "12:00", until: "23:59" },
  });
});
