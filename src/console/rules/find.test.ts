import { describe, expect, it } from "vitest";
import { folioFrom, formatFolio } from "#kernel/folio.ts";
import { wantedOf } from "./find.ts";

const folio = folioFrom(new Uint8Array(12).map((_, i) => i * 5));

describe("what the find box may send", () => {
  it("is a whole folio, as people write it", () => {
    for (const typed of [folio, formatFolio(folio), ` ${formatFolio(folio).toLowerCase()} `])
      expect(wantedOf(typed)).toEqual({ folio });
  });

  it("is the code of a slip that a hand scanner typed", () => {
    expect(wantedOf("https://citas.example.org/q/aB3_xyz9.kLmNoPqRsTuVwXyZ-01")).toEqual({
      qr: "aB3_xyz9.kLmNoPqRsTuVwXyZ-01",
    });
  });

  it.each([
    "Guadalupe Hernández",
    "Xicoténcatl-Hernández-Rodríguez",
    "MariaGuadalupeHernandezRodriguez",
    "B4CD",
    "https://elsewhere.example/pay/aB3_xyz9.kLmNoPqRsTuVwXyZ-01",
    formatFolio(folio).slice(0, -1) + "?",
    "",
  ])("is never a name, an end of a folio or a slip: %j", (typed) => expect(wantedOf(typed)).toHaveProperty("words"));
});
