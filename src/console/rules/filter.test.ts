import { describe, expect, it } from "vitest";
import { aParty } from "../testing/fixtures.ts";
import { fold, partyMatches } from "./filter.ts";

const party = aParty({
  folioTail: "B4C0",
  people: [
    { ordinal: 1, givenNames: "Ana Lucía", firstSurname: "Ñandú", secondSurname: "O’Farrill", child: false },
    { ordinal: 2, givenNames: "José", firstSurname: "de la Cruz", secondSurname: "", child: false },
  ],
});

describe("the filter of today's list", () => {
  it.each(["ana", "LUCIA", "ñan", "nandu", "o'farrill ana", "cruz jose", "de la", "  ana   lu ", ""])(
    "finds by %j",
    (typed) => {
      expect(partyMatches(party, typed)).toBe(true);
    },
  );

  it.each(["b4c0", "B4", "b4cO"])("finds by the end of the folio, %j", (typed) => {
    expect(partyMatches(party, typed)).toBe(true);
  });

  it.each(["ucia", "ana cruz", "b4c0 ana", "b4c00", "x"])("does not find by %j", (typed) => {
    expect(partyMatches(party, typed)).toBe(false);
  });

  it("folds the saltillo and the dieresis", () => {
    expect(fold("Güe Xaꞌan")).toBe("gue xaꞌan");
  });
});
