import { describe, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { networkOfFiles } from "#modules/offices/offices.fixtures.ts";
import type { Service } from "#modules/offices/index.ts";
import { copyCents, meansOf, offersFor, proofsFor, quote } from "./commands/quotes.ts";

const network = networkOfFiles();
const service = (slug: string): Service => network.serviceBySlug.get(slug)!;
const ON = "2026-12-03" as LocalDate;
const choice = (variant: string, change = {}) => ({ variant, proofs: [], copies: 0, ...change });
const cents = (slug: string, age: number, variant: string, change = {}) => {
  const amount = quote(service(slug), age, choice(variant, change), ON);
  return amount.ok ? amount.value.cents : amount.refusal.code;
};

describe("the cashier", () => {
  test("asks the tariff for the validity that was chosen, to the cent", () => {
    expect(["3y", "6y", "10y"].map((one) => cents("pasaporte-adulto", 36, one))).toEqual([10_100, 13_700, 20_900]);
    expect(offersFor(service("pasaporte-menor-3"), 1, [], ON).map((one) => one.cents)).toEqual([4_400, 10_100]);
    expect(cents("pasaporte-adulto", 36, "99y")).toBe("unknown_variant");
  });

  test("gives half to whoever is of age unasked, half on proof, and adds the surcharge of an emergency", () => {
    expect(cents("pasaporte-adulto", 60, "6y")).toBe(6_850);
    expect(cents("pasaporte-adulto", 59, "6y")).toBe(13_700);
    expect(cents("pasaporte-adulto", 30, "6y", { proofs: ["disability"] })).toBe(6_850);
    expect(cents("pasaporte-adulto", 30, "6y", { proofs: ["emergency"] })).toBe(17_810);
    // The best discount alone, and the surcharge on top of it.
    expect(cents("pasaporte-adulto", 70, "6y", { proofs: ["disability", "emergency"] })).toBe(8_905);
    expect(proofsFor(service("pasaporte-adulto"), 30)).toContain("disability");
    expect(proofsFor(service("pasaporte-adulto"), 30)).not.toContain("over-60");
  });

  test("adds copies at their own price, and none where the tariff has none", () => {
    expect(copyCents(service("registro-nacimiento"), ON)).toBe(1_900);
    const [free] = offersFor(service("registro-nacimiento"), 0, [], ON);
    expect(cents("registro-nacimiento", 0, free!.variant, { copies: 2 })).toBe(3_800);
    expect(
      cents("matricula-consular", 30, offersFor(service("matricula-consular"), 30, [], ON)[0]!.variant, { copies: 1 }),
    ).toBe("unknown_variant");
  });

  test("takes the means that the office confirmed, and all while that is not known", () => {
    expect(meansOf({ publicFacts: {} })).toHaveLength(4);
    const fact = {
      field: "payment_means",
      value: ["cash"],
      level: "confirmed",
      source: "",
      confirmedAt: undefined,
      dueAt: undefined,
    } as const;
    expect(meansOf({ publicFacts: { payment_means: fact } })).toEqual(["cash"]);
  });
});
