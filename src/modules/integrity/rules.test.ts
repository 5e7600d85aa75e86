import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { likeness, PROPOSE_BITS, REVIEW_BITS } from "./rules/compare.ts";
import { damerau, dateLikeness, jaroWinkler, soundexEs } from "./rules/likeness.ts";
import { countedAddress } from "./rules/marks.ts";
import { plainName, profileOf } from "./rules/profile.ts";
import { resolve, type KnownFiling } from "./rules/resolve.ts";
import type { FiledPerson } from "./types.ts";

/** A fictional person of an ordinary name. */
function filed(change: Partial<FiledPerson> = {}): FiledPerson {
  return {
    ordinal: 1,
    givenNames: "María Guadalupe",
    firstSurname: "Hernández",
    secondSurname: "Tzompantzi",
    bornOn: "1990-05-17" as LocalDate,
    bornIn: "OC",
    sex: "M",
    curp: "",
    seen: false,
    ...change,
  };
}
const CURP = "HETG900517MOCRZD06";
const HER_SISTER = "HETR900517MOCRZS08";

function verdict(change: Partial<FiledPerson>, of: Partial<FiledPerson> = {}): "proposed" | "looked at" | "nothing" {
  const { bits } = likeness(profileOf(filed(of)), profileOf(filed(change)));
  if (bits >= PROPOSE_BITS) return "proposed";
  return bits >= REVIEW_BITS ? "looked at" : "nothing";
}
const born = (bornOn: string) => ({ bornOn: bornOn as LocalDate });

describe("two filings", () => {
  test.each<[string, Partial<FiledPerson>, ReturnType<typeof verdict>]>([
    ["misspelt by one letter in a surname", { firstSurname: "Hernándes" }, "proposed"],
    ["misspelt by one letter in a given name", { givenNames: "María Guadulupe" }, "looked at"],
    ["with day and month changed about", { ...born("1990-05-07") }, "proposed"],
    ["without the second surname", { secondSurname: "" }, "proposed"],
    ["with her husband's name behind her own", { firstSurname: "Hernández de Xolotl" }, "proposed"],
    ["with one of two given names", { givenNames: "Guadalupe" }, "proposed"],
    ["with an initial", { givenNames: "Ma. G." }, "proposed"],
    ["with the other of two given names first", { givenNames: "Guadalupe María" }, "proposed"],
    ["on a keyboard without accents", { firstSurname: "HERNANDEZ" }, "proposed"],
    ["with a Cyrillic look-alike", { firstSurname: "Неrnández" }, "proposed"],
    ["of a twin", { givenNames: "Rosa Isela" }, "looked at"],
    ["of a twin, a letter apart", { givenNames: "Maria Guadalupa" }, "looked at"],
    ["of her twin brother", { givenNames: "José Guadalupe", sex: "H" }, "nothing"],
    ["of a homonym born on another day", { ...born("1984-11-02") }, "nothing"],
    ["of a homonym of another state and day", { ...born("1984-11-02"), bornIn: "JC" }, "nothing"],
    ["of somebody born on her day", { givenNames: "Ana", firstSurname: "Gómez", secondSurname: "Xochihua" }, "nothing"],
  ])("%s", (_, change, expected) => expect(verdict(change)).toBe(expected));

  test("day and month changed about is more than one digit that differs", () => {
    expect(verdict(born("1990-12-05"), born("1990-05-12"))).toBe("proposed");
    expect(verdict(born("1999-05-17"))).toBe("proposed");
  });

  test("two valid CURPs under one name are namesakes: looked at, never proposed", () => {
    expect(verdict({ curp: CURP }, { curp: HER_SISTER })).toBe("looked at");
    expect(verdict({ curp: CURP }, { curp: CURP })).toBe("proposed");
  });

  test("one CURP on two names is looked at, however little the names agree", () => {
    expect(
      verdict({ curp: CURP }, { curp: CURP, givenNames: "Otra", firstSurname: "Distinta", secondSurname: "Ajena" }),
    ).toBe("looked at");
  });

  test("a common surname says less than a rare one", () => {
    const shared = (firstSurname: string) =>
      likeness(profileOf(filed({ firstSurname })), profileOf(filed({ firstSurname })));
    expect(shared("Tzompantzi").bits - shared("Hernández").bits).toBeGreaterThan(5);
  });
});

const name = fc.oneof(
  fc.constantFrom(
    "María",
    "Ma.",
    "José",
    "J.",
    "Guadalupe",
    "Ana",
    "Luz",
    "Ñandú",
    "Güemes",
    "de la O",
    "Hernández",
    "Peña",
    "Pena",
    "X",
    "ꞌNdu",
    "𝝰ñ",
    "ΐ",
    "ﬁ",
    "",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
const names = fc.array(name, { maxLength: 3 }).map((words) => words.join(" "));
const person = fc.record({
  ordinal: fc.constant(1),
  givenNames: names,
  firstSurname: names,
  secondSurname: names,
  bornOn: fc.constantFrom("1990-05-07", "1990-07-05", "1990-05-17", "2001-01-01").map((day) => day as LocalDate),
  bornIn: fc.constantFrom("OC", "JC", "NE"),
  sex: fc.constantFrom("H" as const, "M" as const, "X" as const),
  curp: fc.constantFrom("", CURP, HER_SISTER),
  seen: fc.constant(false),
});

describe("for all names", () => {
  test("the normaliser changes nothing that it has already made", () => {
    fc.assert(
      fc.property(names, (typed) => plainName(plainName(typed)) === plainName(typed)),
      { numRuns: 2000 },
    );
  });

  test("the bits of two filings are those of the two the other way round", () => {
    fc.assert(
      fc.property(person, person, (a, b) => {
        const [one, other] = [profileOf(a), profileOf(b)];
        return likeness(one, other).bits === likeness(other, one).bits;
      }),
    );
  });

  test("whose given names or CURPs differ is never proposed as one", () => {
    fc.assert(
      fc.property(person, person, (a, b) => {
        const { bits, terms } = likeness(profileOf(a), profileOf(b), "phone");
        const apart = terms.given_other !== undefined || (a.curp !== b.curp && a.curp !== "" && b.curp !== "");
        return !apart || bits < PROPOSE_BITS;
      }),
    );
  });
});

test("words are compared as the books have it", () => {
  expect(jaroWinkler("MARTHA", "MARHTA")).toBeCloseTo(0.961, 3);
  expect(jaroWinkler("DIXON", "DICKSONX")).toBeCloseTo(0.813, 3);
  expect(jaroWinkler("ABC", "XYZ")).toBe(0);
  expect([damerau("JUAREZ", "JAUREZ"), damerau("JUAREZ", "SUAREZ"), damerau("", "LUZ")]).toEqual([1, 1, 3]);
});

test.each([
  ["Vázquez", "Basques"],
  ["Jiménez", "Ximenes"],
  ["Hernández", "Ernandes"],
  ["Quintero", "Kintero"],
  ["Cervantes", "Servantez"],
  ["Llanos", "Yanos"],
])("%s sounds like %s", (a, b) => expect(soundexEs(plainName(a))).toBe(soundexEs(plainName(b))));

test("names that sound otherwise are told apart", () => {
  expect(new Set(["GARCIA", "LOPEZ", "CRUZ", "TORRES", "MENDOZA"].map(soundexEs)).size).toBe(5);
});

test("slips in a date", () => {
  expect(
    ["1990-05-07", "1990-07-05", "1991-05-07", "1991-06-07"].map((day) => dateLikeness("1990-05-07", day)),
  ).toEqual(["equal", "swapped", "digit", "other"]);
});

test.each([
  ["a.b+x@googlemail.com", "ab@gmail.com", true],
  ["A.B@Gmail.com", "ab@gmail.com", true],
  ["ana.luz@outlook.com", "analuz@outlook.com", false],
  ["ana+citas@outlook.com", "ana@outlook.com", true],
  ["ana+citas@ejemplo.mx", "ana@ejemplo.mx", false],
])("%s and %s: one mailbox %s", (a, b, same) => {
  expect(countedAddress(a) === countedAddress(b)).toBe(same);
  expect(countedAddress(countedAddress(a))).toBe(countedAddress(a));
});

describe("which person a filing is of", () => {
  const known = (
    personId: string,
    contactId: string,
    change: Partial<FiledPerson> = {},
    ownOnly = contactId === "me",
  ): KnownFiling => ({ personId, contactId, ownOnly, profile: profileOf(filed(change)) });
  const of = (others: KnownFiling[], change: Partial<FiledPerson> = {}, current?: string) =>
    resolve({ contactId: "me", profile: profileOf(filed(change)), current }, others);

  test("whoever has the same keys, whoever filed her", () => {
    expect(of([])).toBeUndefined();
    expect(of([known("p", "other")])).toBe("p");
    expect(of([known("p", "other", { curp: CURP })], { curp: CURP })).toBe("p");
  });

  test("a CURP that is added later joins what this contact alone filed, and nothing of another's", () => {
    expect(of([known("p", "me")], { curp: CURP })).toBe("p");
    expect(of([known("p", "me", {}, false)], { curp: CURP })).toBeUndefined();
    expect(of([known("p", "other")], { curp: CURP })).toBeUndefined();
  });

  test("a CURP under other names makes nobody part of another's person", () => {
    const stranger = { curp: CURP, givenNames: "Otra", firstSurname: "Distinta" };
    expect(of([known("p", "other", { curp: CURP })], stranger)).toBeUndefined();
    expect(of([known("p", "me", { curp: CURP })], stranger)).toBe("p");
  });

  test("two CURPs under one name are two; whoever gives none is whoever has none", () => {
    const two = [known("p", "other", { curp: CURP }), known("q", "other", { curp: HER_SISTER })];
    expect(of(two, { curp: "HETG900517MOCRZD14" })).toBeUndefined();
    expect(of(two)).toBeUndefined();
    expect(of([...two, known("r", "other")])).toBe("r");
  });

  test("what moves or is written anew stays who it is while another filing agrees", () => {
    expect(of([known("p", "other", { curp: CURP }), known("q", "other")], {}, "p")).toBe("p");
    expect(of([known("p", "other", { curp: HER_SISTER })], { curp: CURP }, "p")).toBeUndefined();
  });
});
