import { describe, expect, test } from "vitest";
import { demandByOffice, visibleDemand } from "./demand.ts";

const row = (office: string, entries: number, group = "documentacion") => ({ office, group, entries, people: entries });
const offices = (rows: readonly { office: string; group: string }[]) => rows.map((one) => `${one.office} ${one.group}`);

describe("the demand that staff may see", () => {
  test("has no number below ten, and none that the total gives away", () => {
    expect(offices(visibleDemand([row("a", 50), row("b", 10)]))).toEqual(["a documentacion", "b documentacion"]);
    // 9 alone would be the total less the others: the smallest of the others is hidden with it.
    expect(offices(visibleDemand([row("a", 50), row("b", 9), row("c", 20)]))).toEqual(["a documentacion"]);
    expect(offices(visibleDemand([row("a", 50), row("b", 9), row("c", 3)]))).toEqual(["a documentacion"]);
    // 3 and 2 are five by the total: the next smallest is hidden with them.
    expect(offices(visibleDemand([row("a", 50), row("b", 3), row("c", 2), row("d", 20)]))).toEqual(["a documentacion"]);
    expect(visibleDemand([row("a", 50), row("b", 9)])).toEqual([]);
    expect(offices(visibleDemand([row("a", 50), row("b", 9), row("a", 12, "visas")]))).toEqual(["a visas"]);
  });

  test("counts each entry once, at the first office of its first wish, for each group and not for its parts", () => {
    const option = { offices: ["b", "a"], from: "2026-12-14", to: "2026-12-18", weekdays: 31, bands: 7 };
    const alike = [{ option, need: { documentacion: 4, "documentacion.4": 4, visas: 1 }, entries: 3, people: 7 }];
    expect(demandByOffice(alike, (name) => !name.includes("."))).toEqual([
      { office: "b", group: "documentacion", entries: 3, people: 7 },
      { office: "b", group: "visas", entries: 3, people: 7 },
    ]);
  });
});
